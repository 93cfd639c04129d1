//! The width of commas, stops, colons, exclamation and question marks.

use std::ops::{Range, RangeInclusive};

use super::bracket::set;
use super::class;
use super::context::{Side, Surroundings};
use super::enumeration;
use super::full_stop;
use super::protect::Shield;

/// Number of stars on each side of emphasized text. A single star is as often a wildcard.
const EMPHASIS: RangeInclusive<usize> = 2..=3;

/// Maximum number of digits in a number that counts something.
const LONGEST_NUMBER: usize = 8;

/// A Latin stretch with at least this many words is a sentence and keeps its own marks.
const SENTENCE_WORDS: u8 = 4;

/// Makes the half-width marks of Chinese text full-width.
pub(super) fn widen(chars: &mut [char], shields: &[Shield], context: &Surroundings) {
    let mut emphasis = None;
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let end = if class::is_mark(c) { run_end(chars, shields, at) } else { at };
        if end > at {
            let after = chars.get(end..).unwrap_or_default();
            let is_exclamation =
                chars.get(at..end).is_some_and(|run| run.iter().all(|c| "!?！？".contains(*c)));
            let closes =
                is_exclamation && closes_tag(after, shields.get(end)) || closes_emphasis(after, emphasis);
            widen_run(chars, at..end, shields, context, closes);
        }
        let stars = stars(chars.get(at..).unwrap_or_default());
        if EMPHASIS.contains(&stars) {
            emphasis = if emphasis == Some(stars) { None } else { Some(stars) };
        }
        at = end.max(at + stars.max(1));
    }
}

fn stars(chars: &[char]) -> usize {
    chars.iter().take_while(|&&c| c == '*').count()
}

/// Whether the mark is the last character inside a tag: `<p>別忘了!</p>`.
fn closes_tag(after: &[char], shield: Option<&Shield>) -> bool {
    after.first() == Some(&'<') && after.get(1) == Some(&'/') && shield == Some(&Shield::Clear)
}

/// Whether the mark is the last character of emphasized text: `**別忘了!**`.
fn closes_emphasis(after: &[char], emphasis: Option<usize>) -> bool {
    let stars = stars(after);
    let ends = |c: &char| {
        c.is_whitespace() || class::is_east_asian(*c) || class::is_mark(*c) || class::is_closing(*c)
    };
    emphasis == Some(stars) && after.get(stars).is_none_or(ends)
}

/// The end of a run of marks. Marks in a run share their surroundings, whatever their width.
fn run_end(chars: &[char], shields: &[Shield], start: usize) -> usize {
    let tail = chars.get(start..).unwrap_or_default().iter();
    let rest = tail.zip(shields.get(start..).unwrap_or_default());
    start + rest.take_while(|&(&c, &shield)| class::is_mark(c) && shield == Shield::None).count()
}

fn widen_run(
    chars: &mut [char],
    run: Range<usize>,
    shields: &[Shield],
    context: &Surroundings,
    closes: bool,
) {
    let clause = MarkRun::of(chars, &run, context, closes).is_chinese();
    let stop = run.len() == 1 && full_stop::is_chinese(chars, run.start, shields, context);
    for at in run {
        let Some(&c) = chars.get(at) else { continue };
        let wanted = if c == '.' { stop } else { clause };
        if let Some(wide) = class::wide_mark(c).filter(|_| wanted) {
            set(chars, at, wide);
        }
    }
}

struct MarkRun<'a> {
    marks: &'a [char],
    previous: Option<char>,
    next: Option<char>,
    second_next: Option<char>,
    before: Side,
    after: Side,
    words: u8,
    latin: bool,
    /// Whether the mark separates the text that follows: the marker of a list item, or a number followed by Han.
    item: bool,
    /// Whether emphasized text, or text inside a tag, ends after the marks.
    closes: bool,
    /// Whether the comma separates ASCII words among Han.
    enumerates: bool,
}

impl<'a> MarkRun<'a> {
    fn of(chars: &'a [char], run: &Range<usize>, context: &Surroundings, closes: bool) -> Self {
        let previous = run.start.checked_sub(1).and_then(|left| chars.get(left)).copied();
        let after_han = context.before(run.start) == Side::Han;
        let counts = previous.is_some_and(class::is_east_asian) && starts_count(chars, run.end);
        Self {
            marks: chars.get(run.clone()).unwrap_or_default(),
            previous,
            next: chars.get(run.end).copied(),
            second_next: chars.get(run.end + 1).copied(),
            before: context.before(run.start),
            after: context.after(run.end.saturating_sub(1)),
            words: context.words_before(run.start),
            latin: context.is_latin(),
            item: after_han && starts_item(chars, run.end) || counts,
            closes,
            enumerates: run.len() == 1 && enumeration::divides(chars, run.start),
        }
    }

    fn is_chinese(&self) -> bool {
        let exempt = self.is_operator()
            || self.is_prefix()
            || self.is_mentioned()
            || self.ends_latin()
            || self.is_lost_text()
            || self.is_code();
        !exempt && self.belongs_to_han()
    }

    fn belongs_to_han(&self) -> bool {
        let (before, after) = (self.before == Side::Han, self.after == Side::Han);
        if self.latin { before && after } else { before || after || self.enumerates }
    }

    /// Whether the marks are an operator: `!=`, `:=`, `::`, `://`, `key:"`.
    fn is_operator(&self) -> bool {
        let colon = self.marks.last() == Some(&':');
        let starts_path = self.next == Some('/') && self.second_next == Some('/');
        let starts_value = self.next == Some('"') && self.previous.is_some_and(|c| c.is_ascii_alphanumeric());
        let doubled = self.marks == [':', ':'] || self.marks == ['：', '：'];
        self.next == Some('=') || doubled || (colon && (starts_path || starts_value))
    }

    /// Whether the mark begins the following word: `使用 !important`, `“:hover”`.
    fn is_prefix(&self) -> bool {
        let starts_word = self.next.is_some_and(|c| c.is_ascii_alphanumeric() || "-_/$#".contains(c));
        starts_word && self.previous.is_none_or(|c| class::is_space(c) || class::is_opening(c))
    }

    /// Whether the mark itself is the subject of the text: `“;”`, `;号`, `/、?`.
    fn is_mentioned(&self) -> bool {
        let quoted = self.previous.is_some_and(class::is_opening) && self.next.is_some_and(class::is_closing);
        let named = matches!(self.next, Some('号' | '號'))
            && self.second_next.is_none_or(|c| !"称稱码碼召令".contains(c));
        quoted || named || self.marks.contains(&'、')
    }

    /// Whether the mark ends a Latin sentence, or quoted Latin text.
    fn ends_latin(&self) -> bool {
        let next_is_han = self.next.is_some_and(class::is_east_asian);
        let sentence = self.words >= SENTENCE_WORDS && !next_is_han && !self.enumerates;
        let quoted = self.next.is_some_and(class::is_closing);
        self.before != Side::Han && self.before != Side::Edge && (sentence || quoted)
    }

    /// Whether the marks are a piece of code or of a path: `s3:*`, `加?,/,`, `;.jsp`, `f();`.
    fn is_code(&self) -> bool {
        let joins = !self.closes && self.next.is_some_and(|c| r"*/\$_<>&^|{".contains(c))
            || self.previous.is_some_and(|c| r"/\$<=&^|{".contains(c));
        let ascii = |c: Option<char>| c.is_some_and(|c| c.is_ascii_graphic());
        let closed = matches!(self.previous, Some(')' | '}'));
        let statement = self.marks == [';'] && !self.item && !self.closes && (closed || ascii(self.next));
        let suffix = self.marks.len() > 1 && self.marks.contains(&'.') && ascii(self.next);
        joins || statement || suffix
    }

    /// Whether the marks are question marks that replace characters lost by an encoding.
    fn is_lost_text(&self) -> bool {
        let asked = self.marks.iter().filter(|c| matches!(c, '?' | '？')).count();
        asked >= 2 && asked == self.marks.len() && self.before != Side::Han
    }
}

/// Whether a number and the Han that it counts begin here: `1700萬`.
fn starts_count(chars: &[char], start: usize) -> bool {
    let rest = chars.get(start..).unwrap_or_default();
    let digits = rest.iter().take(LONGEST_NUMBER).take_while(|c| c.is_ascii_digit()).count();
    digits > 0 && rest.get(digits).is_some_and(|&c| class::is_east_asian(c))
}

/// Whether an item of a list that continues in the same line begins here: `(2)再`, `2)再`, `2.再`, `2、再`,
/// `(b)再`.
fn starts_item(chars: &[char], start: usize) -> bool {
    let rest = chars.get(start..).unwrap_or_default();
    let open = usize::from(rest.first() == Some(&'('));
    let number = rest.iter().skip(open).take_while(|c| c.is_ascii_digit()).count();
    let letter = usize::from(number == 0 && rest.get(open).is_some_and(char::is_ascii_lowercase));
    let len = open + number + letter;
    let closes = match rest.get(len) {
        Some(')') => true,
        Some('.' | '、') => open == 0,
        _ => false,
    };
    let counted = matches!(number, 1 | 2) || letter == 1;
    counted && closes && rest.get(len + 1).is_some_and(|&c| class::is_east_asian(c))
}
