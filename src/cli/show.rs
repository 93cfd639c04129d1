//! `qingwen corpus show`.

use super::args::{ShowArgs, corpus_model};
use super::{Ending, print};
use crate::report::terminal;

pub(super) fn command(args: &ShowArgs) -> anyhow::Result<Ending> {
    print(terminal::learned(&corpus_model(&args.file)?).as_bytes())
}
