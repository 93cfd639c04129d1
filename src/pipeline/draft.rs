//! A document on its way through the pipeline: which of its lines still stand, and as what.

mod records;

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashSet;
use std::fmt::Debug;
use std::sync::Arc;

use super::difference::characters_changed;
use super::evidence::Evidence;
use super::exceptions::Exceptions;
use super::fixpoint::History;
use super::mending::{Mending, converted, mend, rewritten_title};
use super::options::{Options, Punctuation};
use super::{Cleaned, ConversionSummary, Removal, RemovedSpan, count_lines};
use crate::analysis::{Folded, LineNo, Row, View, ViewLine, whole_lines};
use crate::decide::{self, KeepTwin, Settings};
use crate::detect::Finding;
use crate::detect::classifier::is_of_model;
use crate::detect::learned::SourceLines;
use crate::metadata::Metadata;
use crate::rules::Rule;
use crate::script::{Conversion, Script, ScriptCount, Target};
use crate::text::{Document, FrontMatter, Line, Span, TextHash};
use crate::typography;
use crate::typography::QuoteStyle;
use records::{leading_mark, removed_span, replacements_of, rewrite_of};

/// What stands in for a rule where no detector is the reason for a removal.
pub(super) const BLANK: &str = "blank";
const MARK: char = '\u{FEFF}';
/// What [`RemovedSpan::rule`] says of a byte-order mark.
pub const BYTE_ORDER_MARK: &str = "byte-order-mark";

/// Who has a say in a round.
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
    /// What a model of a collection knows of the article's source.
    learned: Option<&'d SourceLines>,
    lines: Vec<DraftLine<'d, 's>>,
    /// The front matter at the document's start, which stays byte for byte.
    front: FrontMatter,
    conversion: Conversion,
    /// The lines that stand are converted and mended.
    rewritten: bool,
    metadata: Metadata,
    /// What each policy said, where that is asked for.
    history: Option<&'d RefCell<History>>,
}

#[derive(Clone)]
struct DraftLine<'d, 's> {
    line: &'d Line,
    source: &'s str,
    /// With references of HTML and radicals replaced.
    read: Cow<'s, str>,
    /// After script conversion.
    converted: Cow<'s, str>,
    /// After mending; what the clean text will hold.
    text: Cow<'s, str>,
    /// What the text comes to in comparison.
    folded: Arc<Folded>,
    /// An editor keeps it.
    kept: bool,
    /// Why it does not stand.
    gone: Option<Box<Gone>>,
}

/// A line that does not stand.
#[derive(Clone)]
struct Gone {
    removal: Removal,
    /// The number of the line that a rule found to say the same.
    duplicate_of: Option<usize>,
    /// The wording is left in another line, or in the title given.
    leaves_wording: bool,
}

impl<'s> DraftLine<'_, 's> {
    /// What the line comes to with no reference read and nothing mended.
    fn unread(&mut self, conversion: &Conversion, index: usize) -> Cow<'s, str> {
        self.read = Cow::Borrowed(self.source);
        self.converted = converted(conversion, index, &self.read);
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
                read: text.clone(),
                converted: text.clone(),
                text,
                folded: Folded::of(source),
                kept: exceptions.keeps(source),
                gone: None,
            }
        });
        let conversion = Conversion::of(Target::Keep, []);
        let lines: Vec<DraftLine> = lines.collect();
        let read =
            || lines.iter().map(|draft| (draft.line.number.into(), draft.source, Arc::clone(&draft.folded)));
        let metadata = options.metadata.then(|| Metadata::of(&View::of(read().collect(), title)));
        let metadata = metadata.unwrap_or_default();
        let front = FrontMatter::of(lines.iter().map(|draft| draft.source));
        let (rewritten, history) = (false, None);
        Self { document, options, title, learned, lines, front, conversion, rewritten, metadata, history }
    }

    /// The same, with an account of what each policy says.
    pub fn with_history(self, history: &'d RefCell<History>) -> Self {
        Self { history: Some(history), ..self }
    }

    /// One round: removes what is found, and converts and mends what stands. Whether anything changed.
    /// Removing a line can show another one for what it is, and so can conversion.
    pub fn advance(&mut self, judges: Judges) -> bool {
        let removed = self.remove_found(judges);
        self.rewrite() || removed
    }

    /// A measure that grows with every round that changes anything, so that rounds end: first of the lines that went for
    /// their own sake, which never come back; then of all that went; then of whether what stands is rewritten. A
    /// duplicate comes back only where a line goes for its own sake.
    pub fn progress(&self) -> impl Ord + Debug + use<> {
        let gone = || self.lines.iter().filter_map(|draft| draft.gone.as_ref());
        let for_own_sake = gone().filter(|gone| gone.duplicate_of.is_none()).count();
        (for_own_sake, gone().count(), self.rewritten)
    }

    /// Removes the lines that go of those that stand; whether there were any.
    fn remove_found(&mut self, judges: Judges) -> bool {
        let found = self.found(judges);
        let any = !found.is_empty();
        self.rewritten &= !any;
        self.restore_duplicates(&found);
        for gone in found {
            let line = gone.removal.line - 1;
            self.lines[line].gone = Some(Box::new(gone));
        }
        any
    }

    /// Restores duplicates whose surviving copy is now removed as boilerplate: the line may be the article's own, and the
    /// next round judges it again.
    fn restore_duplicates(&mut self, found: &[Gone]) {
        let going: HashSet<usize> =
            found.iter().filter(|gone| !gone.leaves_wording).map(|gone| gone.removal.line).collect();
        let stood_for = |gone: &Gone| gone.duplicate_of.is_some_and(|line| going.contains(&line));
        for draft in &mut self.lines {
            if draft.gone.as_deref().is_some_and(stood_for) {
                draft.gone = None;
            }
        }
    }

    fn found(&mut self, judges: Judges) -> Vec<Gone> {
        // Front matter is no part of the text: no rule, no feature and no duplicate rests on it.
        let standing = self.standing().filter(|draft| draft.line.number > self.front.lines);
        let lines =
            standing.map(|draft| (draft.line.number.into(), draft.text.as_ref(), Arc::clone(&draft.folded)));
        let lines = whole_lines(&lines.collect::<Vec<_>>());
        let view = View::of_whole(&lines, self.title.or(self.front.title.as_deref()));
        let kept = |row: Row| {
            let line = &lines[usize::from(row)];
            let numbers = || std::iter::once(&line.number).chain(&line.further);
            numbers().any(|number| self.lines[index(*number)].kept) || self.is_kept_by_list(&view.lines[row])
        };
        let speaks = |rule: &Rule| judges == Judges::All || !is_of_model(rule);
        let settings = Settings {
            model: self.options.model.as_deref(),
            keep: self.options.keep_twin,
            script: self.target_script(),
            pack: Some(&self.options.rules),
            remove_lines: &self.options.remove_lines,
            learned: self.learned,
            wanted: &|rule| self.options.removes(rule) && speaks(rule),
            kept: &kept,
        };
        let findings = match &self.history {
            None => decide::removals(&view, settings),
            Some(history) => history.borrow_mut().decide(&view, settings),
        };
        // What is found of a line that the page broke is found of all its pieces.
        let of_pieces = |finding: Finding| {
            let line = &lines[usize::from(finding.row)];
            let numbers = std::iter::once(line.number).chain(line.further.iter().copied());
            numbers.map(|number| self.gone(number, &finding, &view)).collect::<Vec<_>>()
        };
        findings.into_iter().flat_map(of_pieces).collect()
    }

    /// Whether a list keeps a line, as it stands now or as it stood in the source.
    fn is_kept_by_list(&self, line: &ViewLine) -> bool {
        let source = self.lines[index(line.number)].source;
        let lists = &self.options.keep_lines;
        lists.iter().any(|list| list.find(line.text).or_else(|| list.find(source)).is_some())
    }

    /// The script that the text is converted to: the target's, else the majority's.
    fn target_script(&self) -> Option<Script> {
        if self.options.keep_twin != KeepTwin::TargetScript {
            return None;
        }
        let majority = || ScriptCount::of(self.document.source()).majority();
        self.options.target.script().or_else(majority)
    }

    fn gone(&self, number: LineNo, finding: &Finding, view: &View) -> Gone {
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
        Gone { removal, duplicate_of, leaves_wording: finding.because.leaves_wording() }
    }

    fn standing(&self) -> impl Iterator<Item = &DraftLine<'d, 's>> {
        self.lines.iter().filter(|draft| draft.gone.is_none())
    }

    /// Converts and mends the lines that stand, anew from the source: what was removed has no say. Whether
    /// any line changed by it.
    fn rewrite(&mut self) -> bool {
        if std::mem::replace(&mut self.rewritten, true) {
            return false;
        }
        let mending = (self.options.punctuation == Punctuation::Auto).then(|| self.read_prose());
        let standing = self.standing().map(|draft| draft.read.as_ref());
        self.conversion = Conversion::with(self.options.target, &self.options.conversion, standing);
        let replacing = self.options.replacing();
        let mut changed = false;
        let standing = self.lines.iter_mut().filter(|draft| draft.gone.is_none());
        for (index, draft) in standing.enumerate() {
            if draft.line.number <= self.front.lines {
                continue;
            }
            draft.converted = converted(&self.conversion, index, &draft.read);
            let quotes = mending.as_ref().and_then(|mending| mending.of_line(draft.line.number));
            let text = match quotes {
                None => draft.converted.clone(),
                Some(quotes) => mend(&draft.converted, quotes),
            };
            // A mended line in which references could be read again would not rest: it stays unmended.
            let rests = quotes.is_none() || replacing.apply(&text) == text;
            let text = if rests { text } else { draft.unread(&self.conversion, index) };
            if draft.text != text {
                changed = true;
                draft.folded = Folded::of(&text);
            }
            draft.text = text;
        }
        changed
    }

    /// Tells the lines that stand and are prose, reads the references and radicals in them, and says how they are
    /// mended. Code is told by what lines come to, so that reading a line does not make it code.
    fn read_prose(&mut self) -> Mending {
        let replacing = self.options.replacing();
        let front = self.front.lines;
        let read = self.standing().map(|draft| replacing.apply(draft.source)).collect::<Vec<_>>();
        let visible: Vec<_> = read.iter().map(|text| typography::strip_invisible(text)).collect();
        let is_code = typography::code_lines(&visible.iter().map(AsRef::as_ref).collect::<Vec<_>>());
        drop(visible);
        let mut code = Vec::new();
        let standing = self.lines.iter_mut().filter(|draft| draft.gone.is_none());
        for ((draft, read), is_code) in standing.zip(read).zip(is_code) {
            let stays = is_code || draft.line.number <= front;
            draft.read = if stays { Cow::Borrowed(draft.source) } else { read };
            code.extend(stays.then_some(draft.line.number));
        }
        Mending { quotes: QuoteStyle::of(self.standing().map(|draft| draft.read.as_ref())), code }
    }

    /// The clean text and the account of it.
    pub fn finish(self) -> Cleaned {
        let blanks = self.blanks_left_behind();
        let replacing = self.options.replacing();
        let mends = self.title.is_some() && self.options.punctuation == Punctuation::Auto;
        let quotes = mends.then(|| QuoteStyle::of(self.standing().map(|draft| draft.read.as_ref())));
        let mut cleaned = Cleaned {
            text: String::with_capacity(self.document.source().len()),
            title: self.title.map(|title| rewritten_title(title, &self.conversion, replacing, quotes)),
            removals: Vec::new(),
            removed: self.byte_order_mark().into_iter().collect(),
            rewrites: Vec::new(),
            replacements: Vec::new(),
            conversion: self.summary(),
            metadata: self.metadata.clone(),
        };
        for (draft, blank) in self.lines.into_iter().zip(blanks) {
            let rule = draft.gone.as_ref().map(|gone| gone.removal.rule.clone());
            match rule.or(blank.then_some(BLANK.into())) {
                Some(rule) => {
                    let span = Span { start: draft.line.span.start, end: draft.line.next };
                    let removed = removed_span(self.document, draft.line.number, span, rule);
                    cleaned.removed.push(RemovedSpan { at: cleaned.text.len(), ..removed });
                }
                None => {
                    // What stood behind a removed line must not become the document's byte-order mark.
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
            cleaned.removals.extend(draft.gone.map(|gone| gone.removal));
        }
        if !cleaned.removed.is_empty() {
            let hash = TextHash::of(&cleaned.text);
            cleaned.removed.iter_mut().for_each(|removed| removed.clean = hash);
        }
        cleaned
    }

    /// Which lines are blank lines that a removal left behind: of a run of blank and removed lines the first
    /// blank one stays, and none at the start or the end of the document.
    fn blanks_left_behind(&self) -> Vec<bool> {
        let mut left = vec![false; self.lines.len()];
        let mut start = 0;
        while start < self.lines.len() {
            let run = self.lines[start..].iter().take_while(|draft| draft.is_gap()).count();
            let (end, at_an_edge) = (start + run, start == 0 || start + run == self.lines.len());
            if self.lines[start..end].iter().any(|draft| draft.gone.is_some()) {
                let blanks = (start..end).filter(|index| self.lines[*index].gone.is_none());
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

    fn summary(&self) -> ConversionSummary {
        let (hans_lines, hant_lines) = count_lines(self.standing().map(|draft| draft.source));
        let changed = self.standing().map(|draft| characters_changed(&draft.read, &draft.converted));
        ConversionSummary {
            target: self.conversion.target(),
            configuration: self.conversion.configuration(),
            hans_lines,
            hant_lines,
            characters_changed: changed.sum(),
        }
    }
}

/// The index of a physical line.
fn index(line: LineNo) -> usize {
    usize::from(line) - 1
}
