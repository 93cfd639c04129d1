//! The inputs of a run, and how they are read.

use std::collections::HashSet;
use std::fmt::Display;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use super::super::args::{InputArgs, OutputArgs, OutputEncoding, Unencodable};
use super::super::destination::irreplaceable;
use crate::io::{Failure, Fields, Format, Input, Opened, Reading};

/// The inputs of a run, and how they are read.
pub(in crate::cli) struct Plan<'p> {
    /// All inputs, in order.
    pub(super) inputs: Vec<Input>,
    /// How they are read.
    pub(super) reading: Arc<Reading>,
    /// The title of articles that have none of their own.
    pub(super) title: Option<&'p str>,
    /// Number of threads.
    pub(super) threads: usize,
    /// The encoding of results; `None` for UTF-8.
    pub(super) output_encoding: Option<OutputEncoding>,
    /// Whether characters that this encoding does not have are escaped.
    pub(super) escape: bool,
    /// Whether remarks are left out.
    pub(super) quiet: bool,
    args: &'p InputArgs,
}

impl<'p> Plan<'p> {
    /// The plan for the arguments. Nothing is opened.
    pub fn new(args: &'p InputArgs) -> Self {
        let fields = Fields {
            text: args.text_field.clone(),
            id: args.id_field.clone(),
            title: args.title_field.clone(),
            added: None,
        };
        let reading = Reading {
            format: args.format.0,
            encoding: args.encoding,
            strict: args.strict,
            literal: false,
            repair_mojibake: args.repair_mojibake,
            html: args.html.map(Into::into),
            max_record: args.max_record,
            fields,
        };
        let inputs = match args.paths.as_slice() {
            [] => vec![Input::Standard],
            paths => paths.iter().map(|path| Input::from_path(path)).collect(),
        };
        let (title, threads) = (args.title.as_deref(), args.threads.count());
        let (output_encoding, escape, quiet) = (None, false, false);
        Self { inputs, reading: Arc::new(reading), title, threads, output_encoding, escape, quiet, args }
    }

    /// The same plan, with a field that is written in addition to the text.
    pub fn with_added_field(self, name: Option<&str>) -> Self {
        self.reading(|reading| reading.fields.added = name.map(str::to_owned))
    }

    /// The same plan for a job that judges nothing but characters. It takes text in formats that are not known.
    pub fn of_any_text(self) -> Self {
        self.reading(|reading| reading.literal = true)
    }

    /// The same plan, without remarks.
    pub fn quiet(self, quiet: bool) -> Self {
        Self { quiet, ..self }
    }

    /// The same plan, with results that are written as the arguments say. A file is never replaced by a result that
    /// lacks some of its bytes, so reading is strict in place.
    pub fn written(self, args: &OutputArgs) -> Self {
        let escape = args.unencodable == Unencodable::Escape;
        let plan = Self { output_encoding: args.output_encoding, escape, ..self };
        if args.in_place { plan.reading(|reading| reading.strict = true) } else { plan }
    }

    fn reading(self, change: impl FnOnce(&mut Reading)) -> Self {
        let mut reading = (*self.reading).clone();
        change(&mut reading);
        Self { reading: Arc::new(reading), ..self }
    }

    /// The options that name a field to read, each with the name, unless it is the default.
    pub(super) fn named_fields(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.args.fields()
    }

    /// The format that an input has by its name.
    fn format_by_name(&self, input: &Input) -> &'static Format {
        self.reading.format.unwrap_or_else(|| Format::of(input))
    }

    /// The reason why an input in this format cannot be processed with the options: a field is named and there are no
    /// fields.
    pub(super) fn misfit(&self, index: usize, opened: &Opened, in_place: bool) -> Option<Failure> {
        let (input, format) = (&self.inputs[index], opened.format);
        let added = self.reading.fields.added.as_ref().map(|_| "--metadata-field");
        let named = self.named_fields().map(|(option, _)| option).chain(added).next();
        let has_fields = |input: &Input| self.format_by_name(input).has_fields;
        let may_hold_html = |input: &Input| !self.format_by_name(input).is_one_text;
        let reason = match (opened.compression, named) {
            (Some(compression), _) if in_place && !compression.is_written() => {
                format!("{compression} is read and not written; write to another file with --output")
            }
            (_, Some(option)) if !format.has_fields && !self.inputs.iter().any(has_fields) => {
                format!(
                    "{option} names a field of records, and this is read as text; --format jsonl reads it as JSON Lines"
                )
            }
            _ if format.is_one_text && self.args.html.is_some() && !self.inputs.iter().any(may_hold_html) => {
                "--html reads HTML, and this is read as text; --format html reads it as HTML".to_owned()
            }
            _ if in_place && !format.is_written => format!(
                "{} is read and not written, and its text would replace the page; write to another file with --output",
                format.title
            ),
            _ if added.is_some() && format.has_fields && !format.adds_fields => {
                format!("--metadata-field cannot add a field to {}", format.title)
            }
            _ => return None,
        };
        Some(self.failure(index, &format!("{input}: {reason}")))
    }

    /// The inputs in order, cut where reading must wait until earlier results are delivered. This is necessary before
    /// and after a text that is converted piece by piece, and before a file that an earlier input of the same name
    /// replaces.
    pub(super) fn stretches(&self, in_place: bool, streaming: bool) -> Vec<Range<usize>> {
        let mut stretches: Vec<Range<usize>> = Vec::new();
        let mut seen: HashSet<PathBuf> = HashSet::new();
        let mut alone = true;
        for (index, input) in self.inputs.iter().enumerate() {
            let file = if in_place { input.resolved() } else { None };
            let streams = streaming && self.may_stream(index);
            if alone || streams || file.as_ref().is_some_and(|file| seen.contains(file)) {
                stretches.push(index..index);
                seen.clear();
            }
            alone = streams;
            seen.extend(file);
            stretches.last_mut().into_iter().for_each(|stretch| stretch.end = index + 1);
        }
        stretches
    }

    /// Whether an input may be one text that is converted piece by piece. Its content may show that it is none.
    pub(super) fn may_stream(&self, index: usize) -> bool {
        self.format_by_name(&self.inputs[index]).is_one_text
    }

    /// The reason why an input is not read at all.
    pub(super) fn refusal(&self, index: usize, in_place: bool) -> Option<Failure> {
        let input = &self.inputs[index];
        let reason = irreplaceable(input).filter(|_| in_place)?;
        Some(self.failure(index, &format!("{input}: {reason}")))
    }

    /// The failure of an input as a whole.
    pub(super) fn failure(&self, index: usize, message: &dyn Display) -> Failure {
        Failure { name: self.inputs[index].name(), message: message.to_string() }
    }
}
