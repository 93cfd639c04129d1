//! The records of a draft's lines: removed spans, rewrites and replacements.

use std::borrow::Cow;

use super::super::{RemovedSpan, Replacement, Rewrite};
use super::{DraftLine, MARK};
use crate::text::{Document, Span, TextHash};
use crate::typography::{Replaced, Replacing};

impl DraftLine<'_, '_> {
    /// Whether the line is removed or blank.
    pub(super) fn is_gap(&self) -> bool {
        self.removed.is_some() || self.text.trim().is_empty()
    }
}

/// The byte-order mark at the start of a kept line.
pub(super) fn leading_mark(draft: &DraftLine) -> Option<Span> {
    let bytes = draft.source.len() - draft.source.trim_start_matches(MARK).len();
    let is_kept = draft.text.starts_with(MARK) && bytes > 0;
    is_kept.then_some(Span { start: draft.line.span.start, end: draft.line.span.start + bytes })
}

/// A removed span of a line. Its position in the clean text and the hash of that text are not known yet.
pub(super) fn removed_span(
    document: &Document,
    line: usize,
    span: Span,
    rule: Cow<'static, str>,
) -> RemovedSpan {
    let text = span.of(document.source()).to_owned();
    RemovedSpan { span, rule, line, at: 0, clean: TextHash::default(), text }
}

/// The rewrite of a kept line, if it changed.
pub(super) fn rewrite_of(draft: &DraftLine) -> Option<Rewrite> {
    (draft.text != draft.source).then(|| Rewrite {
        line: draft.line.number,
        span: draft.line.span,
        converted: draft.converted != draft.replaced,
        mended: draft.text != draft.converted,
        replaced: draft.replaced != draft.source,
        text: draft.text.to_string(),
    })
}

/// The pieces of a kept line that represented a character.
pub(super) fn replacements_of(draft: &DraftLine, replacing: Replacing) -> Vec<Replacement> {
    if draft.replaced == draft.source {
        return Vec::new();
    }
    let (line, start) = (draft.line.number, draft.line.span.start);
    let replacement = |Replaced { span, rule, becomes }| Replacement {
        line,
        span: Span { start: start + span.start, end: start + span.end },
        rule,
        text: draft.source.get(span).unwrap_or_default().to_owned(),
        becomes,
    };
    replacing.replacements(draft.source).into_iter().map(replacement).collect()
}
