//! Captions of pictures: their wording, and the credit after it.

use std::sync::LazyLock;

use foldhash::{HashMap, HashSet};

use super::words::folded_words;
use crate::analysis::{ViewLine, fold};

/// Number of characters at the end of a key among which a word of a credit is looked for.
const WORD_CHARACTERS: usize = 8;
/// Maximum number of characters of a credit after a mark.
const CREDIT_CHARACTERS: usize = 18;
/// Maximum number of characters of a credit in brackets.
const BRACKET_CHARACTERS: usize = 24;

/// Marks that end the wording of a caption.
const ENDS: &[char] = &['。', '！', '？', '!', '?', '|', '｜'];
/// Marks after which a credit begins.
const STARTS: &[char] = &['。', '！', '？', '!', '?', ' ', '　', '（', '(', '【', '[', '／', '/', '|', '｜'];
/// Marks that end a quotation before a credit.
const QUOTATION_ENDS: &[char] = &['」', '』', '”', '’'];
/// Brackets around a credit.
const OPENERS: &[char] = &['（', '(', '【', '['];
const CLOSERS: &[char] = &['）', ')', '】', ']'];
/// Marks between the label of a credit and the credit.
const LABEL_MARKS: &[char] = &[':', '：', '︰', '／', '/', '|', '｜'];

/// Words at the end of a credit, folded, by their first character.
static WORDS: LazyLock<HashMap<char, Vec<String>>> = LazyLock::new(|| {
    let mut words: HashMap<char, Vec<String>> = HashMap::default();
    for word in folded_words(include_str!("../../dictionaries/repeat/credits.txt")) {
        words.entry(word.chars().next().unwrap_or_default()).or_default().push(word);
    }
    words
});
/// Labels of a credit in brackets, folded.
static LABELS: LazyLock<HashSet<String>> =
    LazyLock::new(|| folded_words(include_str!("../../dictionaries/repeat/credit_labels.txt")).collect());

/// Words that no credit contains, folded.
static NO_CREDIT: LazyLock<Vec<String>> =
    LazyLock::new(|| folded_words(include_str!("../../dictionaries/repeat/no_credit.txt")).collect());

/// A caption with a credit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Caption<'t> {
    /// The text before the credit.
    pub wording: &'t str,
    /// The person or agency that made or gave the picture, with the words that say so, and without brackets.
    pub credit: &'t str,
}

impl<'t> Caption<'t> {
    /// The parts of a line that ends with a credit.
    pub fn of(line: &ViewLine<'t>) -> Option<Self> {
        let text = line.text.trim_end();
        match text.trim_end_matches('。').strip_suffix(CLOSERS) {
            Some(inside) => Self::in_brackets(inside),
            // Only a credit may follow a full stop here, and not another sentence.
            None => Self::after_mark(text, line.key()).or_else(|| Self::after_label(text)),
        }
    }

    /// The caption of a text with a credit in brackets. The closing bracket is cut off already.
    fn in_brackets(inside: &'t str) -> Option<Self> {
        let opener = |(_, c): &(usize, char)| OPENERS.contains(c);
        let (at, opener) = inside.char_indices().rev().take(BRACKET_CHARACTERS).find(opener)?;
        let credit = &inside[at + opener.len_utf8()..];
        let label = credit.split_once(LABEL_MARKS).map(|(label, _)| fold(label));
        let is_labelled = label.is_some_and(|label| LABELS.contains(&label));
        // A list of the people in the picture is more than a credit.
        let is_credit = is_labelled || is_credit(credit) && !credit.contains('，');
        is_credit.then_some(Self { wording: &inside[..at], credit })
    }

    /// The caption of a text with a credit after a mark: the last mark that ends a sentence and has a credit
    /// after it, or else the last other mark.
    fn after_mark(text: &'t str, key: &str) -> Option<Self> {
        if !ends_with_credit(key) {
            return None;
        }
        let parts = |marks: &[char], (at, mark): (usize, char)| {
            let credit = &text[at + mark.len_utf8()..];
            let is_credit = marks.contains(&mark) && !credit.ends_with('。') && is_credit(credit);
            let credit = credit.trim_start_matches(QUOTATION_ENDS);
            is_credit.then_some(Self { wording: &text[..at], credit })
        };
        let at_end = text.char_indices().rev().take(CREDIT_CHARACTERS + 1);
        let mut at_end = at_end.take_while(|(_, c)| *c != '，');
        let mut weaker = at_end.clone();
        at_end.find_map(|at| parts(ENDS, at)).or_else(|| weaker.find_map(|at| parts(STARTS, at)))
    }

    /// The caption of a text that ends with the label of a credit and a name: 圖／某社.
    fn after_label(text: &'t str) -> Option<Self> {
        let at_end = text.char_indices().rev().take(CREDIT_CHARACTERS + 1).take_while(|(_, c)| *c != '，');
        let mut starts = at_end.filter(|(_, mark)| STARTS.contains(mark) && !LABEL_MARKS.contains(mark));
        let (at, mark) = starts.next()?;
        let credit = &text[at + mark.len_utf8()..];
        let (label, name) = credit.split_once(LABEL_MARKS)?;
        let is_labelled = LABELS.contains(&fold(label)) && !name.trim().is_empty();
        is_labelled.then_some(Self { wording: &text[..at], credit })
    }
}

fn is_credit(text: &str) -> bool {
    let key = fold(text);
    ends_with_credit(&key) && !NO_CREDIT.iter().any(|word| key.contains(word.as_str()))
}

/// Whether a key ends with a word of a credit, or with such a word and a name.
pub(crate) fn ends_with_credit(key: &str) -> bool {
    let start = key.char_indices().rev().nth(WORD_CHARACTERS - 1).map_or(0, |(at, _)| at);
    let mut ends = key[start..].char_indices().map(|(at, first)| (&key[start + at..], first));
    ends.any(|(end, first)| {
        WORDS.get(&first).is_some_and(|words| words.iter().any(|word| end.starts_with(word.as_str())))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::View;

    fn parts(line: &str) -> Option<(&str, &str)> {
        let view = View::new(&[(1, line)], None);
        Caption::of(&view.lines.raw[0]).map(|caption| (caption.wording, caption.credit))
    }

    #[test]
    fn a_caption_has_a_wording_and_a_credit() {
        for (line, wording, credit) in [
            ("老街的燈火。林小溪攝", "老街的燈火", "林小溪攝"),
            ("老街的灯火。（老街社记者 林小溪 摄）", "老街的灯火。", "老街社记者 林小溪 摄"),
            ("老街的燈火 (插圖：Lin Siu-kai)", "老街的燈火 ", "插圖：Lin Siu-kai"),
            ("他說：「點燈。」林小溪攝", "他說：「點燈", "林小溪攝"),
            ("老街的灯火。老街社记者 林小溪 摄", "老街的灯火", "老街社记者 林小溪 摄"),
            ("老街的燈火在午夜熄滅。 圖／老街社", "老街的燈火在午夜熄滅。", "圖／老街社"),
            ("老街的灯火。老街区公安分局供图 老街网发", "老街的灯火", "老街区公安分局供图 老街网发"),
        ] {
            assert_eq!(parts(line), Some((wording, credit)), "{line}");
        }
    }

    #[test]
    fn other_lines_have_no_credit() {
        for line in [
            "老街的燈火。",
            "老街的燈火（圖中左方）",
            "老街的燈火。（左起王強，李強，資料圖片）",
            "他什麼也沒有找到。只有一張照片",
            "參觀的人可以自由走動。請勿攝影",
            "老街的燈火。地點：河邊",
            "圖／老街社",
            "學員自己帶電腦。午餐由主辦方提供。",
        ] {
            assert_eq!(parts(line), None, "{line}");
        }
    }
}
