//! The comparison key of a line: script, region, width, case, punctuation and spacing removed.
//!
//! Text is never rewritten to its key; the key only decides what is equal.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::LazyLock;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

use crate::script::characters::unified;

/// Symbols that the key keeps.
static SYMBOLS: LazyLock<HashSet<char>> = LazyLock::new(|| {
    let lines = include_str!("../../dictionaries/fold/symbols.txt").lines();
    // A comment has text after its `#`; a lone `#` is the symbol.
    lines.filter(|line| line.chars().count() == 1).flat_map(str::chars).collect()
});

/// The comparison key of `text`.
///
/// What stays is letters, digits, Han characters and a few symbols that carry meaning (`%`, `+`, `$` …),
/// each as its representative across scripts, regions, widths and cases. Between two digits a mark stays as
/// `.` or `-`, so that 1.5 is not 15 and 3:2 is not 32; a thousands comma goes. A minus before a digit stays
/// where no letter or digit stands before it.
///
/// Texts that have no letter at all have an empty key, and an empty key equals nothing.
///
/// ```
/// use qingwen::fold;
/// assert_eq!(fold("圍觀!來看"), fold("围观！ 来看"));
/// assert_eq!(fold("ＱＱ空間"), fold("qq空间"));
/// assert_ne!(fold("下降1.5%"), fold("下降15%"));
/// assert_eq!(fold("3,000人"), fold("3000人"));
/// assert_eq!(fold("★★★"), "");
/// ```
pub fn fold(text: &str) -> String {
    let mut key = Key::with_capacity(text.len());
    let normalized = normalized(text);
    let mut rest = normalized.chars();
    while let Some(character) = rest.next() {
        key.push(character, rest.as_str());
    }
    key.text
}

/// The text in NFKC, which unites widths, compatibility ideographs and presentation forms.
fn normalized(text: &str) -> Cow<'_, str> {
    match is_nfkc_quick(text.chars().filter(|c| !plain_punctuation(*c))) {
        IsNormalized::Yes => Cow::Borrowed(text),
        _ => Cow::Owned(text.nfkc().collect()),
    }
}

/// Full-width marks whose normal form is a mark as well: the key drops both, so they need no normalising.
fn plain_punctuation(character: char) -> bool {
    matches!(character, '，' | '！' | '？' | '：' | '；' | '（' | '）')
}

struct Key {
    text: String,
    /// The mark since the last kept character, where that was a digit.
    mark: Option<char>,
    /// Anything at all was dropped since the last kept character.
    gap: bool,
    last: Option<char>,
}

impl Key {
    fn with_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), mark: None, gap: true, last: None }
    }

    fn push(&mut self, character: char, rest: &str) {
        let character = if self.is_zero(character) { '〇' } else { character };
        if character.is_alphanumeric() || SYMBOLS.contains(&character) {
            self.keep(character);
        } else if is_minus(character) && self.negates(rest) {
            self.append('-');
        } else {
            self.drop(character, rest);
        }
    }

    fn keep(&mut self, character: char) {
        if character.is_ascii_digit()
            && let Some(mark) = self.mark.take()
        {
            self.text.push(mark);
        }
        if character.is_ascii() {
            return self.append(character.to_ascii_lowercase());
        }
        character.to_lowercase().map(unified).for_each(|c| self.append(c));
    }

    fn append(&mut self, character: char) {
        self.text.push(character);
        self.last = Some(character);
        self.mark = None;
        self.gap = false;
    }

    fn drop(&mut self, character: char, rest: &str) {
        self.gap = true;
        if self.last.is_some_and(|last| last.is_ascii_digit()) && !is_invisible(character) {
            self.mark = match (self.mark, character) {
                (None, '.') => Some('.'),
                (None, ',') if starts_with_thousand(rest) => None,
                _ => Some('-'),
            };
        }
    }

    /// A circle behind a Han numeral stands for zero: 一○八年.
    fn is_zero(&self, character: char) -> bool {
        let circle = matches!(character, '○' | '◯');
        circle && !self.gap && self.last.is_some_and(|last| "〇一二三四五六七八九十".contains(last))
    }

    /// A minus directly before a digit and not directly after a letter or digit makes a number negative.
    fn negates(&self, rest: &str) -> bool {
        let follows_text = self.last.is_some_and(char::is_alphanumeric) && !self.gap;
        let after_latin = follows_text && self.last.is_some_and(|last| last.is_ascii_alphanumeric());
        let first_digit = rest.chars().next().is_some_and(|c| c.is_ascii_digit());
        first_digit && follows_text && !after_latin
    }
}

fn is_minus(character: char) -> bool {
    matches!(character, '-' | '−')
}

/// Three digits and no fourth: the comma before them groups thousands.
fn starts_with_thousand(rest: &str) -> bool {
    let digits = rest.chars().take(4).take_while(char::is_ascii_digit).count();
    digits == 3
}

/// Characters that separate nothing, even between digits.
fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn script_width_case_punctuation_and_spacing_do_not_count() {
        for (a, b) in [
            ("……顯示「無結果」", "……显示“无结果”"),
            ("Ｗｅｂ　Sec", "websec"),
            ("掃黑除惡“大合唱”都有誰?", "扫黑除恶\"大合唱\"都有谁？"),
            ("\u{200B}標題", "标题"),
            ("葛\u{E0100}城", "葛城"),
            ("\u{F9DC}法", "隆法"),
        ] {
            assert_eq!(fold(a), fold(b), "{a} / {b}");
        }
    }

    #[test]
    fn numbers_stay_apart() {
        for (a, b) in
            [("1.5", "15"), ("3:2", "32"), ("1-2", "12"), ("1,2", "12"), ("氣溫-5度", "氣溫5度"), ("5%", "5")]
        {
            assert_ne!(fold(a), fold(b), "{a} / {b}");
        }
        assert_eq!(fold("2019-08-13"), fold("2019/08/13"));
        assert_eq!(fold("1,234,567"), fold("1234567"));
        assert_eq!(fold("- 5個"), fold("5个"));
        assert_eq!(fold("一○八年"), fold("一〇八年"));
        assert_ne!(fold("其一○"), fold("其一"));
    }

    #[test]
    fn rare_characters_stay_apart() {
        assert_ne!(fold("𠀀字"), fold("𠀁字"));
        assert!(!fold("𠮷𩸽").is_empty());
    }

    #[test]
    fn a_fold_is_its_own_fold() {
        for text in ["圍觀!來看“大合唱”", "1.5 - 2", "C++ 與 C#", "①②", "ǅ"] {
            let once = fold(text);
            assert_eq!(fold(&once), once, "{text}");
        }
    }
}
