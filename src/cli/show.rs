//! `qingwen corpus show`.

use std::io::Write;

use anyhow::Context;

use super::args::{ShowArgs, corpus_model};
use super::sinks::{learned_page, refuse_shared};
use super::{Ending, print};
use crate::report::{html, terminal};

pub(super) fn command(args: &ShowArgs) -> anyhow::Result<Ending> {
    refuse_shared(std::slice::from_ref(&args.file), None, &[("--html", args.html.as_deref())])?;
    let model = corpus_model(&args.file)?;
    let Some(mut page) = learned_page(args)? else { return print(terminal::learned(&model).as_bytes()) };
    let written = page.write_all(html::learned(&model).as_bytes()).and_then(|()| page.finish());
    written.context("cannot write the page")?;
    Ok(Ending::default())
}
