//! Shows people how a conversion comes about. The steps run one after the other, and nothing is composed.

use std::collections::BTreeMap;

use super::chain::{Chain, Node};
use super::opencc::{ChainPlan, Dictionaries, FoundKey, Tables, Token, winning_keys};
use crate::text::Span;

/// How a conversion came about: the segments, and the result of each step for each segment.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Trace {
    /// The text after normalisation of compatibility ideographs.
    pub normalized: String,
    /// The segments into which the normalised text was cut.
    pub segments: Vec<String>,
    /// For each step of the chain, the segments after it. Entries of users' dictionaries are final from the first step
    /// on.
    pub steps: Vec<Vec<String>>,
    /// The converted text.
    pub output: String,
}

/// A place where a dictionary offers more than one replacement. Conversion takes the first.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Ambiguity {
    /// The step of the chain, counted from 1.
    pub step: usize,
    /// Byte range of the key in the input of that step: the normalised text, or the output of the previous step.
    #[serde(flatten)]
    pub span: Span,
    /// The key.
    pub key: String,
    /// The possible replacements. Conversion takes the first.
    pub candidates: Vec<String>,
}

/// The chain of a converter, step by step.
#[derive(Debug)]
pub(super) struct Stages {
    /// The tables that cut segments: the segmentation's keys and users' keys.
    segmentation: Tables,
    /// Users' entries. No step converts them.
    own: Tables,
    steps: Vec<InspectedStep>,
}

#[derive(Debug)]
struct InspectedStep {
    tables: Tables,
    /// Keys with more than one candidate.
    ambiguous: BTreeMap<String, Vec<String>>,
}

/// A piece of text that passes through the steps.
struct Segment {
    text: String,
    /// A user's entry produced it, so no step changes it.
    is_final: bool,
}

impl Stages {
    pub fn of(chain: &Chain, dictionaries: &Dictionaries, own: &str) -> Self {
        let compiled = |chain: &Chain, own: &str| ChainPlan::compile(chain, dictionaries, own).fused;
        let segmentation = Chain { segmentation: chain.segmentation.clone(), ..Chain::default() };
        let step = |node: &Node| InspectedStep {
            tables: compiled(&Chain { steps: vec![node.clone()], ..Chain::default() }, ""),
            ambiguous: ambiguous(node, dictionaries),
        };
        Self {
            segmentation: compiled(&segmentation, own),
            own: compiled(&Chain::default(), own),
            steps: chain.steps.iter().map(step).collect(),
        }
    }

    pub fn trace(&self, normalized: &str) -> Trace {
        let segments: Vec<String> =
            pieces(&self.segmentation, normalized).into_iter().map(String::from).collect();
        let mut current = self.settled(&segments);
        let steps: Vec<Vec<String>> = self
            .steps
            .iter()
            .map(|step| {
                current = current.iter().map(|segment| step.convert(segment)).collect();
                current.iter().map(|segment| segment.text.clone()).collect()
            })
            .collect();
        let output = current.iter().map(|segment| segment.text.as_str()).collect();
        Trace { normalized: normalized.to_owned(), segments, steps, output }
    }

    pub fn ambiguities(&self, normalized: &str) -> Vec<Ambiguity> {
        let segments: Vec<String> =
            pieces(&self.segmentation, normalized).into_iter().map(String::from).collect();
        let mut current = self.settled(&segments);
        let mut found = Vec::new();
        for (index, step) in self.steps.iter().enumerate() {
            let mut offset = 0;
            for segment in &current {
                if !segment.is_final {
                    step.ambiguities(index + 1, offset, &segment.text, &mut found);
                }
                offset += segment.text.len();
            }
            current = current.iter().map(|segment| step.convert(segment)).collect();
        }
        found
    }

    /// The segments, with users' entries applied.
    fn settled(&self, segments: &[String]) -> Vec<Segment> {
        let settle = |segment: &String| {
            let is_final = match self.own.view().token(segment.as_bytes(), 0) {
                Token::Key(found) => found.key == segment.len(),
                Token::Becomes { length, .. } => length == segment.len(),
                _ => false,
            };
            let text = if is_final { self.own.replaced(segment) } else { segment.clone() };
            Segment { text, is_final }
        };
        segments.iter().map(settle).collect()
    }
}

impl InspectedStep {
    fn convert(&self, segment: &Segment) -> Segment {
        let text = if segment.is_final { segment.text.clone() } else { self.tables.replaced(&segment.text) };
        Segment { text, is_final: segment.is_final }
    }

    fn ambiguities(&self, step: usize, offset: usize, text: &str, found: &mut Vec<Ambiguity>) {
        let mut at = 0;
        for piece in pieces(&self.tables, text) {
            if let Some(candidates) = self.ambiguous.get(piece) {
                let start = offset + at;
                let span = Span { start, end: start + piece.len() };
                found.push(Ambiguity { step, span, key: piece.to_owned(), candidates: candidates.clone() });
            }
            at += piece.len();
        }
    }
}

/// The keys with more than one candidate.
fn ambiguous(node: &Node, dictionaries: &Dictionaries) -> BTreeMap<String, Vec<String>> {
    let candidates =
        |text: &str| -> Vec<String> { text.split(' ').filter(|c| !c.is_empty()).map(String::from).collect() };
    let keys = winning_keys(node, dictionaries).into_iter();
    let all = keys.map(|(key, k)| (key.to_owned(), candidates(k.candidates)));
    all.filter(|(_, candidates)| candidates.len() > 1).collect()
}

/// A text cut into the keys that match and the text between them.
fn pieces<'t>(tables: &Tables, text: &'t str) -> Vec<&'t str> {
    let (mut pieces, mut run, mut at) = (Vec::new(), 0, 0);
    while at < text.len() {
        match tables.view().token(text.as_bytes(), at) {
            Token::Key(FoundKey { key: length, .. }) | Token::Becomes { length, .. } => {
                pieces.extend([&text[run..at], &text[at..at + length]]);
                at += length;
                run = at;
            }
            Token::Same { length, .. }
            | Token::Sequence { length }
            | Token::IncompleteSequence { length } => {
                at += length;
            }
            Token::Compatibility => at += text[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
    pieces.push(&text[run..]);
    pieces.retain(|piece| !piece.is_empty());
    pieces
}
