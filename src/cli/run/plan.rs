//! The inputs of a run, and how they are read.

use std::collections::HashSet;
use std::fmt::Display;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use super::super::args::{InputArgs, ThreadArgs};
use super::super::destination::irreplaceable;
use crate::io::{Failure, Fields, Format, Input};

/// The inputs of a run, and how they are read.
pub(in crate::cli) struct Plan<'p> {
    /// All inputs, in order.
    pub(super) inputs: Vec<Planned>,
    /// The fields to read, and the field to add.
    pub(super) fields: Arc<Fields>,
    /// The title of articles that have none of their own.
    pub(super) title: Option<&'p str>,
    /// Number of threads.
    pub(super) threads: usize,
    args: &'p InputArgs,
}

/// An input, and the format in which it is read.
pub(super) struct Planned {
    pub input: Input,
    pub format: &'static Format,
}

impl<'p> Plan<'p> {
    /// The plan for the arguments. Nothing is opened.
    pub fn new(args: &'p InputArgs, threads: &ThreadArgs) -> Self {
        let fields = Fields {
            text: args.text_field.clone(),
            id: args.id_field.clone(),
            title: args.title_field.clone(),
            added: None,
        };
        let inputs = match args.paths.as_slice() {
            [] => vec![Input::Standard],
            paths => paths.iter().map(|path| Input::from_path(path)).collect(),
        };
        let planned = |input| Planned { format: args.format.0.unwrap_or_else(|| Format::of(&input)), input };
        Self {
            inputs: inputs.into_iter().map(planned).collect(),
            fields: Arc::new(fields),
            title: args.title.as_deref(),
            threads: threads.count(),
            args,
        }
    }

    /// The same plan, with a field that is written in addition to the text.
    pub fn with_added_field(mut self, name: Option<&str>) -> Self {
        let fields = Fields { added: name.map(str::to_owned), ..(*self.fields).clone() };
        self.fields = Arc::new(fields);
        self
    }

    /// The options that name a field to read, each with the name, unless it is the default.
    pub(super) fn named_fields(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.args.fields()
    }

    /// Returns an error if a field is named and no input has fields.
    pub(super) fn refuse_fields_of_text(&self) -> anyhow::Result<()> {
        let added = self.fields.added.as_ref().map(|_| "--metadata-field");
        let named = self.named_fields().map(|(option, _)| option).chain(added).next();
        let is_text = || self.inputs.iter().all(|planned| !planned.format.has_fields);
        if let Some(option) = named.filter(|_| is_text()) {
            anyhow::bail!(
                "{option} names a field of JSON Lines, and all input is read as text; --format jsonl reads it as JSON Lines"
            );
        }
        Ok(())
    }

    /// The inputs in order, cut where reading must wait until earlier results are delivered. This is necessary before
    /// and after a text that is converted piece by piece, and before a file that an earlier input of the same name
    /// replaces.
    pub(super) fn stretches(&self, in_place: bool, streaming: bool) -> Vec<Range<usize>> {
        let mut stretches: Vec<Range<usize>> = Vec::new();
        let mut seen: HashSet<PathBuf> = HashSet::new();
        let mut alone = true;
        for (index, Planned { input, format }) in self.inputs.iter().enumerate() {
            let file = if in_place { input.resolved() } else { None };
            let streams = streaming && format.is_one_text;
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

    /// The reason why an input is not read at all.
    pub(super) fn refusal(&self, index: usize, in_place: bool) -> Option<Failure> {
        let input = &self.inputs[index].input;
        let reason = irreplaceable(input).filter(|_| in_place)?;
        Some(self.failure(index, &format!("{input}: {reason}")))
    }

    /// The failure of an input as a whole.
    pub(super) fn failure(&self, index: usize, message: &dyn Display) -> Failure {
        Failure { name: self.inputs[index].input.name(), message: message.to_string() }
    }
}
