//! The inputs of a run, and how they are read.

mod results;

use std::collections::{BTreeSet, HashSet};
use std::fmt::Display;
use std::io::{self, IsTerminal};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::super::args::{
    InputArgs, OutputEncoding, ProgressForm, ReadingArgs, SourceArgs, TitleArgs, UnencodablePolicy,
};
use super::super::destination::irreplaceable;
use super::super::exceptions::keep_file_of;
use super::super::fingerprint::Fingerprint;
use super::super::gather::Shared;
use super::folders::{Selected, Selection};
use crate::io::{Failure, Fields, Format, Input, OpenedInput, Reading, Stamp, UTF_8};

/// The inputs of a run, and how they are read.
pub(in crate::cli) struct RunPlan<'p> {
    /// All inputs, in order.
    pub(super) inputs: Vec<Selected>,
    /// Remarks on files that are left out.
    pub(super) remarks: Vec<String>,
    /// Folders that could not be searched.
    pub(super) problems: Vec<Failure>,
    /// How they are read.
    pub(super) reading: Arc<Reading>,
    /// The title of the only article.
    pub(super) title: Option<&'p str>,
    /// Number of threads.
    pub(super) threads: usize,
    /// The encoding of results; `None` for UTF-8.
    pub(super) output_encoding: Option<OutputEncoding>,
    /// What becomes of characters that this encoding does not have; `None` where no option says it, so that they are errors.
    pub(super) unencodable: Option<UnencodablePolicy>,
    /// Whether remarks are left out.
    pub(super) quiet: bool,
    /// Whether the results of several inputs go to one output.
    pub(super) is_joined: bool,
    /// Whether the inputs were read before, so that nothing of them is told again.
    pub(super) is_repeated: bool,
    /// The articles whose results are not written, by their numbers in the run, from 0. A sink may add the one that it takes.
    pub(super) left_out: Shared<HashSet<usize>>,
    /// Whether each result is written at once.
    pub(super) flush: bool,
    /// How the progress is shown.
    pub(super) progress: ProgressForm,
    /// What becomes of articles in this reading, if there are several.
    pub(super) phase: Option<&'static str>,
    /// Whether the exceptions beside inputs hold.
    pub(super) has_exceptions: bool,
    date_field: Option<String>,
    args: &'p InputArgs,
    titles: Option<&'p TitleArgs>,
    sources: Option<&'p SourceArgs>,
}

impl<'p> RunPlan<'p> {
    /// The plan for the arguments. Folders are searched, and nothing is opened. What the run itself writes is `written`,
    /// and is no input.
    ///
    /// # Errors
    /// If a glob is not valid.
    pub fn new(args: &'p InputArgs, written: &[&Path]) -> anyhow::Result<Self> {
        let fields = Fields {
            text: args.text_field.clone(),
            id: args.id_field.clone(),
            title: None,
            source: None,
            url: None,
            date: None,
            added: None,
            configured: args.configured.clone(),
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
            ..Reading::default()
        };
        let Selection { files, remarks, problems } = Selection::of(&args.paths, &args.globs, written)?;
        Ok(Self {
            inputs: files,
            remarks,
            problems,
            reading: Arc::new(reading),
            title: None,
            threads: args.threads.count(),
            output_encoding: None,
            unencodable: None,
            quiet: false,
            is_joined: false,
            is_repeated: false,
            left_out: Shared::new(HashSet::new()),
            flush: false,
            progress: ProgressForm::None,
            phase: None,
            has_exceptions: false,
            date_field: None,
            args,
            titles: None,
            sources: None,
        })
    }

    /// The same plan for a job that compares articles with their titles.
    ///
    /// # Errors
    /// If one title is given for several inputs.
    pub fn titled(self, args: &'p TitleArgs) -> anyhow::Result<Self> {
        let title = args.title.as_deref();
        if title.is_some() && self.inputs.len() > 1 {
            anyhow::bail!("--title is the title of one article, and there are {} inputs", self.inputs.len());
        }
        let plan = self.reading(|reading| reading.fields.title = args.title_field.clone());
        Ok(Self { title, titles: Some(args), ..plan })
    }

    /// The same plan for a job that asks for the sources of articles.
    pub fn with_sources(self, args: &'p SourceArgs) -> Self {
        let plan = self.reading(|reading| {
            reading.fields.source = args.source_field.clone();
            reading.fields.url = Some(args.url_field.clone());
        });
        Self { sources: Some(args), ..plan }
    }

    /// The same plan, with a field that is written in addition to the text.
    pub fn with_added_field(self, name: Option<&str>) -> Self {
        self.reading(|reading| reading.fields.added = name.map(str::to_owned))
    }

    /// The same plan for a job that judges nothing but characters. It takes text in formats that are not known.
    pub fn of_any_text(self) -> Self {
        self.reading(|reading| reading.literal = true)
    }

    /// The same plan, with the field that holds the date of an article.
    pub fn dated(self, name: Option<&str>) -> Self {
        let plan = self.reading(|reading| reading.fields.date = name.map(str::to_owned));
        Self { date_field: name.map(str::to_owned), ..plan }
    }

    /// The same plan, whose progress is shown.
    pub fn shown(self, args: &ReadingArgs) -> Self {
        Self { progress: args.progress, ..self }
    }

    /// The same plan for a reading of which this is said: in it, articles are `signed`.
    pub fn phase(self, phase: &'static str) -> Self {
        let plan = self.reading(|reading| reading.read = Arc::default());
        Self { phase: Some(phase), ..plan }
    }

    /// The same plan for another reading of the same inputs. Nothing of them is told again.
    pub fn again(self) -> Self {
        Self { is_repeated: true, ..self }
    }

    /// The same plan for the reading that tells what is wrong with the inputs.
    pub fn told(self) -> Self {
        let plan = self.reading(|reading| reading.read = Arc::default());
        Self { is_repeated: false, phase: None, ..plan }
    }

    /// The same plan, in which the results of some articles are not written. They are named by their numbers in the run.
    pub fn leaving_out(self, left_out: Shared<HashSet<usize>>) -> Self {
        Self { left_out, ..self }
    }

    /// The same plan, with results that are written at once.
    pub fn flushing(self) -> Self {
        Self { flush: true, ..self }
    }

    /// The same plan, in which the exceptions beside inputs hold.
    pub fn with_exceptions(self) -> Self {
        Self { has_exceptions: true, ..self }
    }

    /// The same plan, without remarks.
    pub fn quiet(self, quiet: bool) -> Self {
        Self { quiet, ..self }
    }

    /// The bytes of all inputs; `None` if standard input is one of them.
    pub fn bytes(&self) -> Option<u64> {
        self.inputs.iter().map(|selected| Some(selected.input.stamp()?.length)).sum()
    }

    /// A hash of the inputs' names and of what they are now. In place, only of their names, because a run changes them.
    pub(in crate::cli) fn fingerprint(&self, in_place: bool) -> String {
        let mut hash = Sha256::new();
        for Selected { input, .. } in &self.inputs {
            let stamp = input.stamp().filter(|_| !in_place);
            hash.update(format!("{}\0{stamp:?}\n", input.name()));
        }
        format!("{:x}", hash.finalize())
    }

    /// The exceptions beside the inputs, if they hold.
    pub(super) fn exceptions(&self) -> Fingerprint {
        let inputs = self.inputs.iter().filter(|_| self.has_exceptions);
        let files: BTreeSet<_> = inputs.filter_map(|selected| keep_file_of(&selected.input)).collect();
        let mut fingerprint = Fingerprint::default();
        files.iter().for_each(|file| fingerprint.add_file(file));
        fingerprint
    }

    /// Whether a person may not know that the command waits for input: no input is named, and it comes from a terminal.
    pub(super) fn waits_for_terminal(&self) -> bool {
        let is_awaited = self.inputs.iter().any(|selected| selected.input == Input::Standard);
        self.args.paths.is_empty() && is_awaited && !self.quiet && io::stdin().is_terminal()
    }

    fn reading(self, change: impl FnOnce(&mut Reading)) -> Self {
        let mut reading = (*self.reading).clone();
        change(&mut reading);
        Self { reading: Arc::new(reading), ..self }
    }

    /// The options that name a field to read, each with the name, unless it is the default.
    pub(super) fn named_fields(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let title = self.titles.and_then(|titles| titles.title_field.as_deref());
        let title = title.map(|name| ("--title-field", name));
        let about = title.into_iter().chain(self.sources.into_iter().flat_map(SourceArgs::fields));
        let date = self.date_field.as_deref().map(|name| ("--date-field", name));
        self.args.fields().chain(about.filter(|(option, _)| !self.args.is_configured(option))).chain(date)
    }

    /// The format that an input has by its name.
    fn format_by_name(&self, input: &Input) -> &'static Format {
        self.reading.format.unwrap_or_else(|| Format::of(input))
    }

    /// The reason why an input in this format cannot be processed with the options: a field is named and there are no
    /// fields.
    pub(super) fn misfit(&self, index: usize, opened: &OpenedInput, in_place: bool) -> Option<Failure> {
        let (input, format) = (&self.inputs[index].input, opened.format);
        let added = self.reading.fields.added.as_ref().map(|_| "--metadata-field");
        let named = self.named_fields().map(|(option, _)| option).chain(added).next();
        let has_fields = |input: &Input| self.format_by_name(input).has_fields;
        let may_hold_html = |selected: &Selected| !self.format_by_name(&selected.input).is_one_text;
        let reason = match named {
            Some(option)
                if !format.has_fields && !self.inputs.iter().any(|selected| has_fields(&selected.input)) =>
            {
                format!(
                    "{option} names a field of records, and this is read as text; --format jsonl reads it as JSON Lines"
                )
            }
            _ if self.title.is_some() && format.has_fields => {
                format!(
                    "--title is the title of one article, and this is read as {}; --title-field names a field",
                    format.title
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
            _ if self.is_joined && !format.is_joinable => format!(
                "{} cannot stand in one output with other results; --output-dir keeps them apart",
                format.title
            ),
            _ if format.is_binary
                && matches!(self.output_encoding, Some(OutputEncoding::Named(named)) if named != UTF_8) =>
            {
                format!("{} is always in UTF-8; leave out --output-encoding", format.title)
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
        for (index, selected) in self.inputs.iter().enumerate() {
            let file = if in_place { selected.input.resolved() } else { None };
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
        self.format_by_name(&self.inputs[index].input).is_one_text
    }

    /// The reason why an input is not read at all.
    pub(super) fn refusal(&self, index: usize, in_place: bool) -> Option<Failure> {
        let input = &self.inputs[index].input;
        let reason = irreplaceable(input).filter(|_| in_place)?;
        Some(self.failure(index, &format!("{input}: {reason}")))
    }

    /// Whether a file is one of the inputs.
    pub(super) fn reads(&self, file: &Path) -> bool {
        let file = file.canonicalize().ok();
        file.is_some() && self.inputs.iter().any(|selected| selected.input.resolved() == file)
    }

    /// The failure of a file that is no longer what it was when it was opened.
    pub(super) fn changed(&self, index: usize, before: Option<Stamp>) -> Option<Failure> {
        let input = &self.inputs[index].input;
        (before != input.stamp()).then(|| self.failure(index, &format!("{input}: changed while it was read")))
    }

    /// The failure of an input as a whole.
    pub(super) fn failure(&self, index: usize, message: &dyn Display) -> Failure {
        Failure { name: self.inputs[index].input.name(), message: message.to_string(), source: None }
    }
}
