//! `qingwen keep`: writes exceptions beside articles.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};

use super::args::KeepArgs;
use super::{Ending, complain, exceptions};
use crate::clean::Document;
use crate::io::{Entry, Fields, Input, InputRecord, OpenedInput, Reading, ShownPath};

/// Writes an exception for each place. A place that does not exist does not stop the others.
pub(super) fn command(args: &KeepArgs) -> anyhow::Result<Ending> {
    let mut ending = Ending::default();
    for place in &args.places {
        if let Err(error) = keep(place, args) {
            complain(&format!("{place}: {error:#}"));
            ending.failed = true;
        }
    }
    Ok(ending)
}

fn keep(place: &str, args: &KeepArgs) -> anyhow::Result<()> {
    let (path, line) = match parts(place)? {
        (path, None) => (path, None),
        (path, Some((record, number))) => {
            let line = line(&text(&path, record, args)?, number)?;
            (path, Some(line))
        }
    };
    let is_new = match &line {
        Some(line) => exceptions::keep_lines(&path, std::slice::from_ref(line))?,
        None => exceptions::keep_file(&path)?,
    };
    if args.quiet {
        return Ok(());
    }
    let state = if is_new { "kept" } else { "is kept already" };
    let what = line.map_or_else(|| "all lines".to_owned(), |line| line.trim().to_owned());
    complain(&format!("{place}: {state}: {what}"));
    Ok(())
}

/// The place of a line: the record's name, if there is one, and the line's 1-based number.
type LinePlace<'p> = (Option<&'p str>, usize);

/// The parts of `FILE`, `FILE:LINE` or `FILE:RECORD:LINE`. The file is the longest start that is one.
fn parts(place: &str) -> anyhow::Result<(PathBuf, Option<LinePlace<'_>>)> {
    let ends = place.match_indices(':').map(|(end, _)| end).chain([place.len()]);
    let is_file = |end: &usize| Path::new(&place[..*end]).is_file();
    let Some(end) = ends.clone().rev().find(is_file) else {
        let is_folder = ends.rev().any(|end| Path::new(&place[..end]).is_dir());
        bail!(if is_folder { "is a folder: name a file in it" } else { "no such file" });
    };
    let path = PathBuf::from(&place[..end]);
    let Some(line) = place[end..].strip_prefix(':') else { return Ok((path, None)) };
    let (record, number) =
        line.rsplit_once(':').map_or((None, line), |(record, number)| (Some(record), number));
    let number = number.parse().ok().with_context(|| format!("{number:?} is no number of a line"))?;
    Ok((path, Some((record, number))))
}

/// The text that has the line: that of the file, or of a record in it.
fn text(path: &Path, record: Option<&str>, args: &KeepArgs) -> anyhow::Result<String> {
    let fields = Fields { text: args.text_field.clone(), id: args.id_field.clone(), ..Fields::default() };
    let opened =
        OpenedInput::open(&Input::File(path.into()), &Arc::new(Reading { fields, ..Reading::default() }))?;
    let format = opened.format;
    if format.is_one_text != record.is_none() {
        let file = path.shown();
        match record {
            None => {
                bail!("{} has records: write {file}:RECORD:LINE, with the name as in reports", format.title)
            }
            Some(record) => bail!("{file} has no records, such as {record:?}: write {file}:LINE"),
        }
    }
    let full = record.map(|record| format!("{}:{record}", path.shown()));
    let is_it = |known: &InputRecord| {
        record.is_none_or(|name| known.name == name || full.as_ref() == Some(&known.name))
    };
    let mut reader = opened.reader()?;
    while let Some(batch) = reader.next_batch()? {
        for entry in batch.entries() {
            match entry {
                Entry::Record(known) if is_it(&known) => return Ok(known.text),
                _ => {}
            }
        }
    }
    bail!("no record {:?}", record.unwrap_or_default())
}

/// A line of a text.
fn line(text: &str, number: usize) -> anyhow::Result<String> {
    let document = Document::new(text);
    let count = document.lines().len();
    let line = number.checked_sub(1).and_then(|index| document.lines().get(index));
    let line = document.text(line.with_context(|| format!("no line {number}; it has {count}"))?);
    if line.trim().is_empty() {
        bail!("the line is blank, and blank lines only go with others");
    }
    Ok(line.to_owned())
}
