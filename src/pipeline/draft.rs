//! A document on its way through the pipeline: its lines, which of them are removed, and the current text of
//! the others.

mod conversion;
mod records;

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashSet;
use std::fmt::Debug;
use std::sync::Arc;

use super::evidence::Evidence;
use super::exceptions::Exceptions;
use super::fixpoint::History;
use super::mending::{Mending, converted, mend};
use super::options::{Options, Punctuation};
use super::{Cleaned, Removal, RemovedSpan};
use crate::analysis::{Folded, LineNo, Row, View, ViewLine, whole_lines};
use crate::decide::{self, KeepTwin, Settings};
use crate::detect::Finding;
use crate::detect::classifier::is_of_model;
use crate::detect::learned::SourceLines;
use crate::metadata::Metadata;
use crate::rules::Rule;
use crate::script::{Conversion, Script, ScriptCount};
use crate::text::{Document, FrontMatter, Line, Span, TextHash};
use crate::typography;
use crate::typography::QuoteStyle;
use conversion::LastConversion;
use records::{leading_mark, removed_span, replacements_of, rewrite_of};

/// The name in place of a rule for a blank line that a removal left behind.
pub(super) const BLANK: &str = "blank";
const MARK: char = '\u{FEFF}';
/// The value of [`RemovedSpan::rule`] for a byte-order mark.
pub const BYTE_ORDER_MARK: &str = "byte-order-mark";

/// The judges whose findings count in a round.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Judges {
    /// Rules and the line model.
    All,
    /// Rules alone.
    Rules,
}

#[derive(Clone)]
pub(super) struct Draft<'d, 's> {
    document: &'d Document<'s>,
    options: &'d Options,
    title: Option<&'d str>,
    /// The lines that a model of a collection knows of the article's source.
    learned: Option<&'d SourceLines>,
    lines: Vec<DraftLine<'d, 's>>,
    /// The front matter at the document's start, which stays byte for byte.
    front: FrontMatter,
    conversion: LastConversion,
    /// Whether the remaining lines are converted and mended.
    rewritten: bool,
    metadata: Metadata,
    /// The steps of each policy, if they are asked for.
    history: Option<&'d RefCell<History>>,
}

#[derive(Clone)]
struct DraftLine<'d, 's> {
    line: &'d Line,
    source: &'s str,
    /// The source with references of HTML and radicals replaced.
    replaced: Cow<'s, str>,
    /// The same text after script conversion.
    converted: Cow<'s, str>,
    /// The same text after mending. The clean text gets it.
    text: Cow<'s, str>,
    /// The comparison form of the text.
    folded: Arc<Folded>,
    /// Whether an editor keeps the line.
    kept: bool,
    /// The removal, if the line is removed.
    removed: Option<Box<RemovedLine>>,
}

/// The removal of a line, with the facts that decide whether it is restored.
#[derive(Clone)]
struct RemovedLine {
    removal: Removal,
    /// The number of the line that a rule found to say the same.
    duplicate_of: Option<usize>,
    /// Whether the wording is also in another line, or in the title given.
    leaves_wording: bool,
}

impl<'s> DraftLine<'_, 's> {
    /// Converts the line without replacements, and returns the result, which is not mended.
    fn convert_unreplaced(&mut self, conversion: &Conversion, index: usize) -> Cow<'s, str> {
        self.replaced = Cow::Borrowed(self.source);
        self.converted = converted(conversion, index, &self.replaced);
        self.converted.clone()
    }
}

impl<'d, 's> Draft<'d, 's> {
    pub fn new(
        document: &'d Document<'s>,
        options: &'d Options,
        title: Option<&'d str>,
        exceptions: &Exceptions,
        learned: Option<&'d SourceLines>,
    ) -> Self {
        let lines = document.lines().iter().map(|line| {
            let source = document.text(line);
            let text = Cow::Borrowed(source);
            DraftLine {
                line,
                source,
                replaced: text.clone(),
                converted: text.clone(),
                text,
                folded: Folded::of(source),
                kept: exceptions.keeps(source),
                removed: None,
            }
        });
        let conversion = LastConversion::default();
        let lines: Vec<DraftLine> = lines.collect();
        let sources =
            || lines.iter().map(|draft| (draft.line.number.into(), draft.source, Arc::clone(&draft.folded)));
        let metadata = options.metadata.then(|| Metadata::of(&View::of(sources().collect(), title)));
        let metadata = metadata.unwrap_or_default();
        let front = FrontMatter::of(lines.iter().map(|draft| draft.source));
        let (rewritten, history) = (false, None);
        Self { document, options, title, learned, lines, front, conversion, rewritten, metadata, history }
    }

    /// The same draft, with a history that gets the steps of each policy.
    pub fn with_history(self, history: &'d RefCell<History>) -> Self {
        Self { history: Some(history), ..self }
    }

    /// Runs one round: removes the lines that are found, and converts and mends the others. Returns whether
    /// anything changed. The removal of a line can show what another line is, and so can conversion.
    pub fn advance(&mut self, judges: Judges) -> bool {
        let removed = !self.lines.is_empty() && self.remove_found(judges);
        self.rewrite() || removed
    }

    /// A measure that grows with every round that changes anything, so that rounds end. It has three parts:
    /// the lines that are removed for their own sake, which never come back; all removed lines; and whether
    /// the other lines are rewritten. A duplicate comes back only if a line is removed for its own sake.
    pub fn progress(&self) -> impl Ord + Debug + use<> {
        let removed = || self.lines.iter().filter_map(|draft| draft.removed.as_ref());
        let for_own_sake = removed().filter(|line| line.duplicate_of.is_none()).count();
        (for_own_sake, removed().count(), self.rewritten)
    }

    /// Removes the lines that are found. Returns whether there were any.
    fn remove_found(&mut self, judges: Judges) -> bool {
        let found = self.find_removed(judges);
        let has_found = !found.is_empty();
        self.rewritten &= !has_found;
        self.restore_duplicates(&found);
        for line in found {
            let index = line.removal.line - 1;
            self.lines[index].removed = Some(Box::new(line));
        }
        has_found
    }

    /// Restores duplicates whose surviving copy is now removed as boilerplate. Such a line may belong to the
    /// article, and the next round judges it again.
    fn restore_duplicates(&mut self, found: &[RemovedLine]) {
        let boilerplate: HashSet<usize> =
            found.iter().filter(|line| !line.leaves_wording).map(|line| line.removal.line).collect();
        let lost_original =
            |line: &RemovedLine| line.duplicate_of.is_some_and(|original| boilerplate.contains(&original));
        for draft in &mut self.lines {
            if draft.removed.as_deref().is_some_and(lost_original) {
                draft.removed = None;
            }
        }
    }

    fn find_removed(&mut self, judges: Judges) -> Vec<RemovedLine> {
        // Front matter is not part of the text, so no rule, feature or duplicate is based on it.
        let remaining = self.left().filter(|draft| draft.line.number > self.front.lines);
        let lines =
            remaining.map(|draft| (draft.line.number.into(), draft.text.as_ref(), Arc::clone(&draft.folded)));
        let lines = whole_lines(&lines.collect::<Vec<_>>());
        let view = View::of_whole(&lines, self.title.or(self.front.title.as_deref()));
        let kept = |row: Row| {
            let line = &lines[usize::from(row)];
            let numbers = || std::iter::once(&line.number).chain(&line.further);
            numbers().any(|number| self.lines[index(*number)].kept) || self.is_kept_by_list(&view.lines[row])
        };
        let judges_by = |rule: &Rule| judges == Judges::All || !is_of_model(rule);
        let settings = Settings {
            model: self.options.model.as_deref(),
            keep: self.options.keep_twin,
            script: self.target_script(),
            pack: Some(&self.options.rules),
            remove_lines: &self.options.remove_lines,
            learned: self.learned,
            wanted: &|rule| self.options.removes(rule) && judges_by(rule),
            kept: &kept,
        };
        let findings = match &self.history {
            None => decide::removals(&view, settings),
            Some(history) => history.borrow_mut().decide(&view, settings),
        };
        // A finding about a line that the page broke into pieces applies to all its pieces.
        let of_pieces = |finding: Finding| {
            let line = &lines[usize::from(finding.row)];
            let numbers = std::iter::once(line.number).chain(line.further.iter().copied());
            numbers.map(|number| self.removed_line(number, &finding, &view)).collect::<Vec<_>>()
        };
        findings.into_iter().flat_map(of_pieces).collect()
    }

    /// Whether a list keeps a line, in its current form or in the form of the source.
    fn is_kept_by_list(&self, line: &ViewLine) -> bool {
        let source = self.lines[index(line.number)].source;
        let lists = &self.options.keep_lines;
        lists.iter().any(|list| list.find(line.text).or_else(|| list.find(source)).is_some())
    }

    /// The script that the text is converted to: the target's, else that of the majority.
    fn target_script(&self) -> Option<Script> {
        if self.options.keep_twin != KeepTwin::TargetScript {
            return None;
        }
        let majority = || ScriptCount::of(self.document.source()).majority();
        self.options.target.script().or_else(majority)
    }

    fn removed_line(&self, number: LineNo, finding: &Finding, view: &View) -> RemovedLine {
        let draft = &self.lines[index(number)];
        let removal = Removal {
            line: number.into(),
            span: draft.line.span,
            category: finding.rule.category,
            rule: finding.rule.id.into(),
            certainty: finding.rule.certainty,
            text: draft.source.to_owned(),
            evidence: Evidence::of(&finding.because, view),
        };
        let duplicate_of = finding.because.duplicate_of().map(|row| view.lines[row].number.into());
        RemovedLine { removal, duplicate_of, leaves_wording: finding.because.leaves_wording() }
    }

    fn remaining(&self) -> impl Iterator<Item = &DraftLine<'d, 's>> {
        self.lines.iter().filter(|draft| draft.removed.is_none())
    }

    /// The lines of the clean text if nothing more is removed.
    fn left(&self) -> impl Iterator<Item = &DraftLine<'d, 's>> {
        let lines = self.lines.iter().zip(self.blanks_left_behind());
        lines.filter(|(draft, is_blank)| draft.removed.is_none() && !is_blank).map(|(draft, _)| draft)
    }

    /// Converts and mends the remaining lines anew from the source, so that removed lines have no influence.
    /// Returns whether any line changed.
    fn rewrite(&mut self) -> bool {
        if std::mem::replace(&mut self.rewritten, true) {
            return false;
        }
        let mending = (self.options.punctuation == Punctuation::Auto).then(|| self.replace_in_prose());
        let remaining = self.remaining().map(|draft| draft.replaced.as_ref());
        let conversion = Conversion::with(self.options.target, &self.options.conversion, remaining);
        let replacing = self.options.replacing();
        let mut changed = false;
        let remaining = self.lines.iter_mut().filter(|draft| draft.removed.is_none());
        for (index, draft) in remaining.enumerate() {
            if draft.line.number <= self.front.lines {
                continue;
            }
            draft.converted = converted(&conversion, index, &draft.replaced);
            let quotes = mending.as_ref().and_then(|mending| mending.of_line(draft.line.number));
            let text = match quotes {
                None => draft.converted.clone(),
                Some(quotes) => mend(&draft.converted, quotes),
            };
            // If replacing would change the mended line again, the line stays unmended.
            let is_stable = quotes.is_none() || replacing.apply(&text) == text;
            let text = if is_stable { text } else { draft.convert_unreplaced(&conversion, index) };
            if draft.text != text {
                changed = true;
                draft.folded = Folded::of(&text);
            }
            draft.text = text;
        }
        self.conversion = self.last_conversion(&conversion);
        changed
    }

    /// Replaces the references and radicals in the remaining lines of prose, and returns the settings for
    /// mending. Code is recognised in the text with replacements, so that replacing does not turn a line into
    /// code.
    fn replace_in_prose(&mut self) -> Mending {
        let replacing = self.options.replacing();
        let front = self.front.lines;
        let replaced = self.remaining().map(|draft| replacing.apply(draft.source)).collect::<Vec<_>>();
        let visible: Vec<_> = replaced.iter().map(|text| typography::strip_invisible(text)).collect();
        let is_code = typography::code_lines(&visible.iter().map(AsRef::as_ref).collect::<Vec<_>>());
        drop(visible);
        let mut code = Vec::new();
        let remaining = self.lines.iter_mut().filter(|draft| draft.removed.is_none());
        for ((draft, replaced), is_code) in remaining.zip(replaced).zip(is_code) {
            let is_kept_as_is = is_code || draft.line.number <= front;
            draft.replaced = if is_kept_as_is { Cow::Borrowed(draft.source) } else { replaced };
            code.extend(is_kept_as_is.then_some(draft.line.number));
        }
        Mending { quotes: QuoteStyle::of(self.remaining().map(|draft| draft.replaced.as_ref())), code }
    }

    /// The clean text with all records.
    pub fn finish(self) -> Cleaned {
        let blanks = self.blanks_left_behind();
        let replacing = self.options.replacing();
        let mut cleaned = Cleaned {
            text: String::with_capacity(self.document.source().len()),
            title: self.conversion.title.clone(),
            removals: Vec::new(),
            removed: self.byte_order_mark().into_iter().collect(),
            rewrites: Vec::new(),
            replacements: Vec::new(),
            conversion: self.summary(),
            metadata: self.metadata.clone(),
        };
        for (draft, blank) in self.lines.into_iter().zip(blanks) {
            let rule = draft.removed.as_ref().map(|line| line.removal.rule.clone());
            match rule.or(blank.then_some(BLANK.into())) {
                Some(rule) => {
                    let span = Span { start: draft.line.span.start, end: draft.line.next };
                    let removed = removed_span(self.document, draft.line.number, span, rule);
                    cleaned.removed.push(RemovedSpan { at: cleaned.text.len(), ..removed });
                }
                None => {
                    // The text after a removed line must not become the document's byte-order mark.
                    match leading_mark(&draft).filter(|_| cleaned.text.is_empty()) {
                        Some(mark) => {
                            cleaned.text.push_str(draft.text.trim_start_matches(MARK));
                            let number = draft.line.number;
                            cleaned.removed.push(removed_span(
                                self.document,
                                number,
                                mark,
                                BYTE_ORDER_MARK.into(),
                            ));
                        }
                        None => cleaned.text.push_str(&draft.text),
                    }
                    cleaned.text.push_str(self.document.terminator(draft.line));
                    cleaned.rewrites.extend(rewrite_of(&draft));
                    cleaned.replacements.extend(replacements_of(&draft, replacing));
                }
            }
            cleaned.removals.extend(draft.removed.map(|line| line.removal));
        }
        if !cleaned.removed.is_empty() {
            let hash = TextHash::of(&cleaned.text);
            cleaned.removed.iter_mut().for_each(|removed| removed.clean = hash);
        }
        cleaned
    }

    /// For each line, whether it is a blank line that a removal left behind. Of a run of blank and removed
    /// lines, the first blank line is kept, but none at the start or the end of the document.
    fn blanks_left_behind(&self) -> Vec<bool> {
        let mut left = vec![false; self.lines.len()];
        let mut start = 0;
        while start < self.lines.len() {
            let run = self.lines[start..].iter().take_while(|draft| draft.is_gap()).count();
            let (end, at_an_edge) = (start + run, start == 0 || start + run == self.lines.len());
            if self.lines[start..end].iter().any(|draft| draft.removed.is_some()) {
                let blanks = (start..end).filter(|index| self.lines[*index].removed.is_none());
                blanks.skip(usize::from(!at_an_edge)).for_each(|index| left[index] = true);
            }
            start = end + 1;
        }
        left
    }

    fn byte_order_mark(&self) -> Option<RemovedSpan> {
        let span = self.document.byte_order_mark()?;
        Some(removed_span(self.document, 1, span, BYTE_ORDER_MARK.into()))
    }
}

/// The index of a physical line in `lines`.
fn index(line: LineNo) -> usize {
    usize::from(line) - 1
}
