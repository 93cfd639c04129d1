//! Exact conversion: what OpenCC 1.4.2 gives for a configuration, for every input.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, OnceLock};

use super::automaton::{Automaton, Match, NeedsNormalization};
use super::chain::{self, Chain, Node};
use crate::document::Span;

/// A name that is no OpenCC configuration.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no configuration named {name:?}; there are {}", Converter::configurations().join(", "))]
pub struct UnknownConfiguration {
    /// The name asked for.
    pub name: String,
}

/// Converts text by one of OpenCC's configurations, byte for byte as OpenCC 1.4.2 does.
///
/// (OpenCC's library loses what follows a NUL character in a segment; here it stays.)
///
/// The whole text is taken to be in the configuration's source script. For text that mixes scripts use
/// [`Cleaner`](crate::Cleaner) or [`Target`](crate::Target), which convert only what is in the other script.
/// A converter is immutable; clones share its tables.
///
/// ```
/// let s2twp = qingwen::Converter::new("s2twp")?;
/// assert_eq!(s2twp.convert("鼠标里面的硅二极管坏了"), "滑鼠裡面的矽二極體壞了");
/// # Ok::<(), qingwen::UnknownConfiguration>(())
/// ```
#[derive(Debug, Clone)]
pub struct Converter {
    inner: Arc<Inner>,
}

/// Each built-in configuration, compiled when it is first asked for and then shared.
static BUILTIN: LazyLock<HashMap<&str, OnceLock<Converter>>> =
    LazyLock::new(|| chain::builtin().iter().map(|(name, _)| (*name, OnceLock::new())).collect());

#[derive(Debug)]
struct Inner {
    name: String,
    title: String,
    normalization: Vec<Automaton>,
    segmentation: Option<Segmentation>,
    steps: Vec<Automaton>,
}

/// Cuts a text by longest match: every match is a segment, and so is every run between matches.
#[derive(Debug)]
struct Segmentation {
    automaton: Automaton,
    /// By entry of the automaton, its key after all steps.
    converted: Vec<Box<str>>,
    /// The steps for runs: as the chain's, but without keys that would have been segments.
    run_steps: Vec<Automaton>,
}

/// How a conversion came about: the segments and what each step made of them.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Trace {
    /// The text after normalisation of compatibility ideographs.
    pub normalized: String,
    /// The segments that the normalised text was cut into.
    pub segments: Vec<String>,
    /// For each step of the chain, the segments after it.
    pub steps: Vec<Vec<String>>,
    /// The converted text.
    pub output: String,
}

/// A place where a dictionary offers more than one replacement and conversion takes the first.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Ambiguity {
    /// Byte range of the key in the text.
    #[serde(flatten)]
    pub span: Span,
    /// The key.
    pub key: String,
    /// What it may become; the first is what conversion takes.
    pub candidates: Vec<String>,
}

impl Converter {
    /// A converter for a configuration such as `s2t` or `tw2sp`.
    ///
    /// # Errors
    /// [`UnknownConfiguration`] where OpenCC has no configuration of that name.
    pub fn new(configuration: &str) -> Result<Self, UnknownConfiguration> {
        let cell = BUILTIN.get(configuration);
        let cell = cell.ok_or_else(|| UnknownConfiguration { name: configuration.into() })?;
        Ok(cell.get_or_init(|| Self::compile(configuration, &chain::named(configuration))).clone())
    }

    /// The names of all configurations, sorted.
    ///
    /// ```
    /// assert!(qingwen::Converter::configurations().contains(&"s2hk"));
    /// ```
    pub fn configurations() -> Vec<&'static str> {
        chain::builtin().iter().map(|(name, _)| *name).collect()
    }

    fn compile(name: &str, chain: &Chain) -> Self {
        let compile = |node: &Node| Automaton::compile(node, &chain.normalization);
        let steps: Vec<Automaton> = chain.steps.iter().map(compile).collect();
        let inner = Inner {
            name: name.into(),
            title: chain.title.clone(),
            normalization: chain.normalization.iter().map(|node| Automaton::compile(node, &[])).collect(),
            segmentation: chain.segmentation.as_ref().map(|node| Segmentation::compile(node, chain, &steps)),
            steps,
        };
        Self { inner: Arc::new(inner) }
    }

    /// The configuration's name.
    pub fn name(&self) -> &str {
        &self.inner.name
    }

    /// What the configuration converts, in OpenCC's words.
    pub fn title(&self) -> &str {
        &self.inner.title
    }

    /// The converted text; borrowed where nothing changes. Never panics.
    pub fn convert<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut output = String::with_capacity(text.len() + text.len() / 8);
        self.convert_into(text, &mut output);
        if output == text { Cow::Borrowed(text) } else { Cow::Owned(output) }
    }

    /// Appends the converted text to `output`.
    pub fn convert_into(&self, text: &str, output: &mut String) {
        let before = output.len();
        if self.append_normal(text, output).is_err() {
            output.truncate(before);
            // What is left to normalise now stands in description sequences, which no step looks into.
            let normalized = self.normalize(text);
            let done = self.append_normal(&normalized, output);
            debug_assert_eq!(done, Ok(()), "normalising twice");
        }
    }

    /// Appends the converted text, if nothing in it is to be normalised.
    fn append_normal(&self, text: &str, output: &mut String) -> Result<(), NeedsNormalization> {
        match &self.inner.segmentation {
            None => run_steps(&self.inner.steps, text, output, &mut [String::new(), String::new()]),
            Some(segmentation) => segmentation.append(text, output),
        }
    }

    /// Converts and keeps every intermediate result.
    ///
    /// ```
    /// let trace = qingwen::Converter::new("s2tw")?.trace("出发");
    /// assert_eq!((trace.segments.len(), trace.output.as_str()), (1, "出發"));
    /// # Ok::<(), qingwen::UnknownConfiguration>(())
    /// ```
    pub fn trace(&self, text: &str) -> Trace {
        let normalized = self.normalize(text).into_owned();
        let segments: Vec<String> = match &self.inner.segmentation {
            None => vec![normalized.clone()],
            Some(segmentation) => segmentation.segments(&normalized),
        };
        let mut steps: Vec<Vec<String>> = Vec::new();
        for automaton in &self.inner.steps {
            let before = steps.last().unwrap_or(&segments);
            steps.push(before.iter().map(|segment| replaced(automaton, segment)).collect());
        }
        let output = steps.last().unwrap_or(&segments).concat();
        Trace { normalized, segments, steps, output }
    }

    /// The places of `text` where the first step has more than one candidate.
    ///
    /// ```
    /// let found = qingwen::Converter::new("s2t")?.ambiguities("他干");
    /// assert_eq!(found[0].candidates, ["幹", "乾", "干", "榦"]);
    /// # Ok::<(), qingwen::UnknownConfiguration>(())
    /// ```
    pub fn ambiguities(&self, text: &str) -> Vec<Ambiguity> {
        let Some(step) = self.inner.steps.first() else { return Vec::new() };
        let mut found = Vec::new();
        let mut at = 0;
        while let Ok(Some(Match { start, end, entry })) = step.next_match(text, at) {
            let candidates: Vec<String> = step.entry(entry).candidates().map(String::from).collect();
            if candidates.len() > 1 {
                let span = Span { start, end };
                found.push(Ambiguity { span, key: span.of(text).to_owned(), candidates });
            }
            at = end;
        }
        found
    }

    fn normalize<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut normalized = Cow::Borrowed(text);
        for automaton in &self.inner.normalization {
            normalized = Cow::Owned(replaced(automaton, &normalized));
        }
        normalized
    }
}

impl Segmentation {
    fn compile(node: &Node, chain: &Chain, steps: &[Automaton]) -> Self {
        let automaton = Automaton::compile(node, &chain.normalization);
        let converted = automaton.entries().iter().map(|entry| {
            let mut text = entry.key.to_owned();
            steps.iter().for_each(|step| text = replaced(step, &text));
            text.into_boxed_str()
        });
        let converted = converted.collect();
        // A run holds no place where a key of the segmentation matches, so the first step need not look for
        // those keys again.
        let run_steps = chain.steps.iter().enumerate().map(|(index, step)| {
            let step = if index == 0 { step.without(node) } else { step.clone() };
            Automaton::compile(&step, &chain.normalization)
        });
        Self { automaton, converted, run_steps: run_steps.collect() }
    }

    /// Appends the text, segment by segment converted.
    fn append(&self, text: &str, output: &mut String) -> Result<(), NeedsNormalization> {
        let mut scratch = [String::new(), String::new()];
        let mut run = 0;
        while let Some(Match { start, end, entry }) = self.automaton.next_match(text, run)? {
            run_steps(&self.run_steps, &text[run..start], output, &mut scratch)?;
            output.push_str(&self.converted[entry]);
            run = end;
        }
        run_steps(&self.run_steps, &text[run..], output, &mut scratch)
    }

    fn segments(&self, text: &str) -> Vec<String> {
        let mut segments = Vec::new();
        let mut run = 0;
        while let Ok(Some(Match { start, end, .. })) = self.automaton.next_match(text, run) {
            segments.extend([&text[run..start], &text[start..end]].into_iter().map(String::from));
            run = end;
        }
        segments.push(text[run..].to_owned());
        segments.retain(|segment| !segment.is_empty());
        segments
    }
}

/// Appends `text` after all steps.
fn run_steps(
    steps: &[Automaton],
    text: &str,
    output: &mut String,
    [from, to]: &mut [String; 2],
) -> Result<(), NeedsNormalization> {
    match steps {
        _ if text.is_empty() => Ok(()),
        [] => {
            output.push_str(text);
            Ok(())
        }
        [only] => only.replace(text, output),
        [first, between @ .., last] => {
            from.clear();
            first.replace(text, from)?;
            for step in between {
                to.clear();
                step.replace(from, to)?;
                std::mem::swap(from, to);
            }
            last.replace(from, output)
        }
    }
}

/// The text after one step; as it is where it would have to be normalised first.
fn replaced(automaton: &Automaton, text: &str) -> String {
    let mut output = String::with_capacity(text.len());
    match automaton.replace(text, &mut output) {
        Ok(()) => output,
        Err(NeedsNormalization) => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unchanged_text_is_borrowed() {
        let t2s = Converter::new("t2s").unwrap();
        assert!(matches!(t2s.convert("清文 abc"), Cow::Borrowed(_)));
    }

    #[test]
    fn segments_join_to_the_text() {
        let s2t = Converter::new("s2tw").unwrap();
        for text in ["", "出发", "x出发y头发", "⿰头发", "头发⿰头发"] {
            let trace = s2t.trace(text);
            assert_eq!(trace.segments.concat(), text);
            assert_eq!(trace.output, s2t.convert(text));
        }
    }

    #[test]
    fn an_unknown_name_is_an_error_that_lists_the_known_ones() {
        let error = Converter::new("s2x").unwrap_err().to_string();
        assert!(error.contains("s2x") && error.contains("tw2sp"), "{error}");
    }
}
