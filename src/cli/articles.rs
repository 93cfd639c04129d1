//! Running over articles: every input, every record, with its result written where it belongs.

use std::borrow::Cow;
use std::io::{BufRead, Write};
use std::path::Path;

use anyhow::Context;

use super::args::{FormatArg, InputArgs, OutputArgs};
use super::stream;
use super::stream::Stopped;
use super::{Outcome, complain};
use crate::Converter;
use crate::io::{Fields, Input, Output, Record, replace_file};

/// The byte-order mark.
const MARK: char = '\u{FEFF}';

/// One article of an input.
pub(super) struct Article<'a> {
    /// The record's id; without one the file's path, with the line for a record.
    pub name: &'a str,
    pub text: &'a str,
    pub title: Option<&'a str>,
}

/// What is done with articles.
pub(super) trait Task {
    /// The text that the article becomes. An error stops the run: it is for results that cannot be written.
    fn article<'a>(&mut self, article: &Article<'a>) -> anyhow::Result<Cow<'a, str>>;

    /// The converter that is all there is to the task, so that a text of any size may be read piece by piece.
    fn streaming(&self) -> Option<&Converter> {
        None
    }

    /// The field that is written beside the text of JSON Lines.
    fn field(&self) -> Option<&str> {
        None
    }

    /// What that field holds for the article that was done last, as JSON.
    fn value(&self) -> String {
        "null".into()
    }

    /// Takes note of an article that could not be read.
    fn failed(&mut self, _name: &str, _message: &str) -> anyhow::Result<()> {
        Ok(())
    }
}

/// Runs a task over all inputs. Whether any of them could not be processed.
///
/// # Errors
/// Where a field is named and no input has fields, and where a result cannot be written.
pub(super) fn run(inputs: &InputArgs, outputs: &Outputs, task: &mut impl Task) -> anyhow::Result<Outcome> {
    let plan = Plan::of(inputs, task.field());
    plan.refuse_fields_of_text(inputs)?;
    let mut run = Run { plan, task, outcome: Outcome::default(), done: false, records: Records::default() };
    match outputs {
        Outputs::InPlace => run.in_place(&inputs_of(inputs))?,
        Outputs::One(open) => {
            let mut output = Separated { output: open()?, ended: true };
            for input in inputs_of(inputs) {
                output.separate()?;
                run.input(&input, &mut output)?;
            }
            // What stands there is worth more than the empty result of inputs that could not be read.
            if run.done || !run.outcome.failed {
                output.output.finish().context("cannot write the result")?;
            }
        }
    }
    run.records.complain_of(inputs);
    Ok(run.outcome)
}

/// An output that knows whether its last line ended, so that two inputs do not run together in one line.
struct Separated {
    output: Output,
    ended: bool,
}

impl Separated {
    fn separate(&mut self) -> anyhow::Result<()> {
        if !self.ended {
            self.write_all(b"\n").context("cannot write the result")?;
        }
        Ok(())
    }
}

impl Write for Separated {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.output.write(bytes)?;
        if let Some(last) = written.checked_sub(1).and_then(|last| bytes.get(last)) {
            self.ended = *last == b'\n';
        }
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.output.flush()
    }
}

/// Where the articles' results go.
pub(super) enum Outputs {
    /// Each file is replaced by its result.
    InPlace,
    /// All results go to one place.
    One(Box<dyn Fn() -> anyhow::Result<Output>>),
}

impl Outputs {
    pub fn of(args: &OutputArgs) -> Self {
        match args.output.clone() {
            _ if args.in_place => Outputs::InPlace,
            Some(path) if path != Path::new("-") => Outputs::One(Box::new(move || create(&path))),
            _ => Outputs::One(Box::new(|| Ok(Output::standard()))),
        }
    }

    pub fn nowhere() -> Self {
        Outputs::One(Box::new(|| Ok(Output::Nowhere)))
    }
}

/// A file to write to.
pub(super) fn create(path: &Path) -> anyhow::Result<Output> {
    Output::file(path).with_context(|| format!("{}: cannot be written", path.display()))
}

fn inputs_of(args: &InputArgs) -> Vec<Input> {
    match args.paths.as_slice() {
        [] => vec![Input::Standard],
        paths => paths.iter().map(|path| Input::from_path(path)).collect(),
    }
}

/// How inputs are read.
struct Plan<'p> {
    format: FormatArg,
    fields: Fields,
    title: Option<&'p str>,
}

impl<'p> Plan<'p> {
    fn of(args: &'p InputArgs, extra: Option<&str>) -> Self {
        let fields = Fields {
            text: args.text_field.clone(),
            id: Some(args.id_field.clone()),
            title: args.title_field.clone(),
            extra: extra.map(str::to_owned),
        };
        Self { format: args.format, fields, title: args.title.as_deref() }
    }

    /// An error where a field is named and all input is text, which has none.
    fn refuse_fields_of_text(&self, inputs: &InputArgs) -> anyhow::Result<()> {
        let added = self.fields.extra.as_ref().map(|_| "--metadata-field");
        let named = inputs.fields().map(|(option, _)| option).chain(added).next();
        let is_text = || inputs_of(inputs).iter().all(|input| !self.is_jsonl(input));
        if let Some(option) = named.filter(|_| is_text()) {
            anyhow::bail!(
                "{option} names a field of JSON Lines, and all input is read as text; --format jsonl reads it as JSON Lines"
            );
        }
        Ok(())
    }

    fn is_jsonl(&self, input: &Input) -> bool {
        match self.format {
            FormatArg::Text => false,
            FormatArg::Jsonl => true,
            FormatArg::Auto => matches!(input.ending().as_deref(), Some("jsonl" | "ndjson")),
        }
    }
}

struct Run<'p, T> {
    plan: Plan<'p>,
    task: &'p mut T,
    outcome: Outcome,
    /// An article was processed.
    done: bool,
    records: Records,
}

/// The records that were read.
#[derive(Default)]
struct Records {
    all: usize,
    with_id: usize,
    with_title: usize,
}

impl Records {
    fn add(&mut self, record: &Record) {
        self.all += 1;
        self.with_id += usize::from(record.id.is_some());
        self.with_title += usize::from(record.title.is_some());
    }

    /// Says where a field was asked for that no record has: its name may be misspelt.
    fn complain_of(&self, inputs: &InputArgs) {
        for (option, name) in inputs.fields() {
            let found = match option {
                "--id-field" => self.with_id,
                "--title-field" => self.with_title,
                _ => self.all,
            };
            if self.all > 0 && found == 0 {
                complain(&format!("{option} {name}: no record has such a field"));
            }
        }
    }
}

impl<T: Task> Run<'_, T> {
    /// Processes one input; what cannot be read is told and passed over.
    fn input(&mut self, input: &Input, output: &mut (impl Write + Send)) -> anyhow::Result<()> {
        if self.plan.is_jsonl(input) { self.records(input, output) } else { self.text(input, output) }
    }

    fn text(&mut self, input: &Input, output: &mut (impl Write + Send)) -> anyhow::Result<()> {
        if let Some(converter) = self.task.streaming().cloned() {
            return self.stream(input, &converter, output);
        }
        let text = match input.read_text() {
            Ok(text) => text,
            Err(error) => return self.fail(&input.name(), &error.to_string()),
        };
        let name = input.name();
        let article = Article { name: &name, text: &text, title: self.plan.title };
        let result = self.task.article(&article)?;
        self.done = true;
        output.write_all(result.as_bytes()).context("cannot write the result")
    }

    /// Converts a text piece by piece. What is before the place where it cannot be read on has been written.
    fn stream(
        &mut self,
        input: &Input,
        converter: &Converter,
        output: &mut (impl Write + Send),
    ) -> anyhow::Result<()> {
        let reader = match input.open_unbuffered() {
            Ok(reader) => reader,
            Err(error) => return self.fail(&input.name(), &error.to_string()),
        };
        match stream::convert(converter, reader, output) {
            Err(Stopped::Reading(error)) => self.fail(&input.name(), &input.error(error).to_string()),
            Err(Stopped::Writing(error)) => Err(error).context("cannot write the result"),
            Ok(()) => {
                self.done = true;
                Ok(())
            }
        }
    }

    fn records(&mut self, input: &Input, output: &mut impl Write) -> anyhow::Result<()> {
        let mut reader = match input.open() {
            Ok(reader) => reader,
            Err(error) => return self.fail(&input.name(), &error.to_string()),
        };
        let mut bytes = Vec::new();
        for number in 1_u64.. {
            bytes.clear();
            match reader.read_until(b'\n', &mut bytes) {
                Ok(0) => break,
                Ok(_) => self.record(input, number, &bytes, output)?,
                Err(error) => return self.fail(&input.name(), &input.error(error).to_string()),
            }
        }
        Ok(())
    }

    fn record(
        &mut self,
        input: &Input,
        number: u64,
        bytes: &[u8],
        output: &mut impl Write,
    ) -> anyhow::Result<()> {
        let name = format!("{}:{number}", input.name());
        let line = match simdutf8::compat::from_utf8(bytes) {
            Ok(line) => line,
            Err(error) => {
                return self
                    .fail(&name, &format!("{input}:{number}: not UTF-8 at byte {}", error.valid_up_to()));
            }
        };
        // A byte-order mark is no part of the first record, and comes through as all else beside the text.
        let marked = number == 1 && line.starts_with(MARK);
        let (mark, line) = line.split_at(if marked { MARK.len_utf8() } else { 0 });
        if line.trim().is_empty() {
            return output.write_all(bytes).context("cannot write the result");
        }
        match Record::parse(line, &self.plan.fields) {
            Ok(record) => {
                self.records.add(&record);
                let result = self.task.article(&Article {
                    name: record.id.as_deref().unwrap_or(&name),
                    text: &record.text,
                    title: record.title.as_deref().or(self.plan.title),
                })?;
                self.done = true;
                output.write_all(mark.as_bytes()).context("cannot write the result")?;
                let value = self.task.field().map(|name| (name, self.task.value()));
                let extra = value.as_ref().map(|(name, json)| (*name, json.as_str()));
                output.write_all(record.with(&result, extra).as_bytes()).context("cannot write the result")
            }
            Err(error) => self.fail(&name, &format!("{input}:{number}: {error}")),
        }
    }

    /// Replaces every file by its result; a file with any error stays as it is.
    fn in_place(&mut self, inputs: &[Input]) -> anyhow::Result<()> {
        for input in inputs {
            let Input::File(path) = input else {
                self.fail("-", "standard input: cannot be replaced in place")?;
                continue;
            };
            if path.exists() && !path.is_file() && !path.is_dir() {
                self.fail(&input.name(), &format!("{input}: is no regular file and cannot be replaced"))?;
                continue;
            }
            let failed_before = std::mem::take(&mut self.outcome.failed);
            let mut result = Vec::new();
            self.input(input, &mut result)?;
            if self.outcome.failed {
                complain(&format!("{input}: left as it was"));
            } else if std::fs::read(path).is_ok_and(|old| old != result)
                && let Err(error) = replace_file(path, &result)
            {
                self.fail(&input.name(), &format!("{input}: cannot be replaced: {error}"))?;
            }
            self.outcome.failed |= failed_before;
        }
        Ok(())
    }

    fn fail(&mut self, name: &str, message: &str) -> anyhow::Result<()> {
        complain(message);
        self.outcome.failed = true;
        self.task.failed(name, message)
    }
}
