//! Exact conversion: what OpenCC 1.4.2 gives for a configuration, for every input.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, OnceLock};

use super::automaton::Automaton;
use super::chain::{self, Chain};
use super::dictionary::Entry;
use super::ids;
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
    segmentation: Option<Automaton>,
    steps: Vec<Automaton>,
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
        let inner = Inner {
            name: name.into(),
            title: chain.title.clone(),
            normalization: chain.normalization.iter().map(Automaton::compile).collect(),
            segmentation: chain.segmentation.as_ref().map(Automaton::compile),
            steps: chain.steps.iter().map(Automaton::compile).collect(),
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
        let normalized = self.normalize(text);
        match &self.inner.segmentation {
            None => self.convert_segment(&normalized, output),
            Some(segmentation) => {
                for segment in segments(segmentation, &normalized) {
                    self.convert_segment(segment, output);
                }
            }
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
            Some(automaton) => segments(automaton, &normalized).map(String::from).collect(),
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
        let mut start = 0;
        while start < text.len() {
            let (length, matched) = next(step, &text[start..]);
            let candidates: Vec<String> =
                matched.iter().flat_map(Entry::candidates).map(String::from).collect();
            let span = Span { start, end: start + length };
            if candidates.len() > 1 {
                found.push(Ambiguity { span, key: span.of(text).to_owned(), candidates });
            }
            start += length;
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

    fn convert_segment(&self, segment: &str, output: &mut String) {
        let Some((last, before)) = self.inner.steps.split_last() else { return output.push_str(segment) };
        let mut text = Cow::Borrowed(segment);
        for automaton in before {
            text = Cow::Owned(replaced(automaton, &text));
        }
        replace(last, &text, output);
    }
}

fn replaced(automaton: &Automaton, text: &str) -> String {
    let mut output = String::with_capacity(text.len());
    replace(automaton, text, &mut output);
    output
}

/// Appends `text` with every match replaced by its entry's default.
fn replace(automaton: &Automaton, text: &str, output: &mut String) {
    let mut rest = text;
    while !rest.is_empty() {
        let (length, matched) = next(automaton, rest);
        match matched {
            Some(entry) => output.push_str(entry.default()),
            None => output.push_str(&rest[..length]),
        }
        rest = &rest[length..];
    }
}

/// Length of the next piece and, where a key matched, its entry. A piece that no key starts is a whole
/// description sequence or one character.
fn next(automaton: &Automaton, text: &str) -> (usize, Option<Entry<'static>>) {
    match automaton.find(text) {
        Some(entry) => (entry.key.len(), Some(entry)),
        None => {
            let character = text.chars().next().map_or(0, char::len_utf8);
            (ids::sequence_length(text).unwrap_or(character), None)
        }
    }
}

/// Cuts a text by longest match: every match is a segment, and so is every run between matches.
fn segments<'t>(automaton: &'t Automaton, text: &'t str) -> impl Iterator<Item = &'t str> {
    let mut rest = text;
    let mut matched_after_run = 0;
    std::iter::from_fn(move || {
        if matched_after_run > 0 {
            let (segment, tail) = rest.split_at(std::mem::take(&mut matched_after_run));
            rest = tail;
            return Some(segment);
        }
        let mut run = 0;
        while run < rest.len() {
            let (length, matched) = next(automaton, &rest[run..]);
            if matched.is_some() {
                matched_after_run = length;
                break;
            }
            run += length;
        }
        let end = if run == 0 { std::mem::take(&mut matched_after_run) } else { run };
        let (segment, tail) = rest.split_at(end);
        rest = tail;
        (!segment.is_empty()).then_some(segment)
    })
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
