//! The comparison key of a line: script, region, width, case, punctuation and spacing removed.
//!
//! Text is never rewritten to its key; the key only decides what is equal.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

use super::character::{KeyClass, is_dropped, is_invisible, is_plain, is_symbol, is_word};
use crate::script::characters::unified;
use crate::text::numerals::is_han_numeral;

/// The version of the keys that [`fold`] gives. It grows by one whenever a text gets another key, because
/// programs store keys: those of different versions must not be compared.
pub const FOLD_VERSION: u32 = 1;

/// The comparison key of `text`. [`FOLD_VERSION`] says when keys may be stored.
///
/// The key has no punctuation, no white space, no invisible characters, and no ornaments from the start and
/// end of a line. It keeps letters, digits, Han characters and symbols, each as its representative across
/// scripts, regions, widths and cases. A mark between two digits stays, so that 1.5 is not 15 and 3:2 is not
/// 32. But a comma between thousands does not stay. A minus before a number stays.
///
/// A text without such characters has an empty key, and an empty key equals nothing.
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
    fold_onto(String::new(), text)
}

/// A key, and the comparison key of `text` behind it.
pub(crate) fn fold_onto(key: String, text: &str) -> String {
    FoldedKey::behind(key, text).text
}

/// The form of a character in a key, if it does not depend on the characters around it.
pub(crate) fn fold_character(character: char) -> Option<char> {
    KeyClass::of(character).kept()
}

/// The comparison key of `text`, and the words of the key. The words are `None` if they are the whole key.
pub(crate) fn fold_with_words(text: &str) -> (String, Option<String>) {
    let key = FoldedKey::behind(String::new(), text);
    let words = (!key.is_words).then(|| words(&key.text));
    (key.text, words)
}

/// The words of a key, for which the patterns of rules are written. Signs and symbols are left out, and each
/// mark between digits except the point becomes `-`.
fn words(key: &str) -> String {
    let mut words = String::with_capacity(key.len());
    let mut rest = key.chars();
    let mut after_digit = false;
    while let Some(character) = rest.next() {
        let between = after_digit && rest.as_str().starts_with(|c: char| c.is_ascii_digit());
        match character {
            '.' | '-' | ':' | '/' | '*' | '^' | '_' | ';' | '|' | '~' | ' ' | '(' | ')' if between => {
                words.push(if character == '.' { '.' } else { '-' });
            }
            _ if KeyClass::of(character).is_word() => words.push(character),
            _ => {}
        }
        after_digit = character.is_ascii_digit();
    }
    words
}

/// The text without the ornaments at its start and end, if it starts with an ornament. An ornament before a
/// number has a meaning and stays: ▲1.5% is not ▼1.5%.
fn without_ornaments(text: &str) -> &str {
    let trimmed = |c: char| is_ornament(c) || is_dropped(c);
    let inside = text.trim_start_matches(trimmed);
    let is_ornamented = text[..text.len() - inside.len()].contains(is_ornament);
    let is_number = || inside.starts_with(|c: char| c.is_numeric());
    if is_ornamented && !is_number() { inside.trim_end_matches(trimmed) } else { text }
}

/// The text in NFKC, which unites widths, compatibility ideographs and presentation forms.
fn normalized(text: &str) -> Cow<'_, str> {
    match is_nfkc_quick(text.chars().filter(|c| !is_plain(*c))) {
        IsNormalized::Yes => Cow::Borrowed(text),
        _ => Cow::Owned(with_separators(text).nfkc().collect()),
    }
}

/// The characters of a text, with `^` between a number and the power, circled number or fraction after it:
/// 10⁶ is not 106.
fn with_separators(text: &str) -> impl Iterator<Item = char> {
    let mut last_is_digit = false;
    text.chars().flat_map(move |character| {
        let small = character.is_numeric() && !character.is_ascii() && !is_wide_digit(character);
        let separator = (small && last_is_digit && !is_han_numeral(character)).then_some('^');
        last_is_digit = character.is_ascii_digit() || is_wide_digit(character);
        separator.into_iter().chain([character])
    })
}

/// A key while it is built, and what the next character needs to know.
#[derive(Default)]
struct FoldedKey {
    text: String,
    /// Whether the key is made of words alone so far.
    is_words: bool,
    /// The mark after the last kept character, if that character belongs to a number.
    mark: Option<char>,
    /// The last kept character.
    last: Option<char>,
    /// The previous character, kept or not.
    previous: Option<char>,
}

impl FoldedKey {
    /// The key of a text, behind the key of another.
    fn behind(before: String, text: &str) -> Self {
        let text = without_ornaments(text);
        let start = before.len();
        let mut key = Self::empty(before);
        if !key.read(text, KeyClass::is_normal) {
            key.text.truncate(start);
            key = Self::empty(key.text);
            key.read(&normalized(text), |_| true);
        }
        key
    }

    fn empty(before: String) -> Self {
        Self { text: before, is_words: true, ..Self::default() }
    }

    /// Reads a text as long as `accepts` is true for the class of each of its characters. Returns whether that is all
    /// of it.
    #[inline]
    fn read(&mut self, text: &str, accepts: impl Fn(KeyClass) -> bool) -> bool {
        self.text.reserve(text.len());
        let mut after_numeral = false;
        let mut rest = text.chars();
        while let Some(character) = rest.next() {
            let class = KeyClass::of(character);
            if !accepts(class) {
                return false;
            }
            match class.kept() {
                // `push` would do the same, because nothing around the character changes its form.
                Some(kept) if self.mark.is_none() => {
                    self.text.push(kept);
                    self.last = Some(kept);
                    self.is_words &= class.is_word();
                    after_numeral = class.is_numeral();
                }
                None if class.is_dropped() && !after_numeral => {}
                _ => {
                    self.push(character, rest.as_str());
                    after_numeral = self.last.is_some_and(|last| KeyClass::of(last).is_numeral());
                }
            }
            self.previous = Some(character);
        }
        true
    }

    fn push(&mut self, character: char, rest: &str) {
        match if self.is_zero(character) { '〇' } else { character } {
            sign if self.is_sign(sign, rest) => self.append(if sign == '.' { '.' } else { '-' }),
            kept if !is_dropped(kept) || is_symbol(kept) => self.keep(kept),
            dropped => self.drop(dropped, rest),
        }
    }

    fn keep(&mut self, character: char) {
        let number = character.is_ascii_digit() || is_han_numeral(character);
        if let Some(mark) = self.mark.take().filter(|_| number) {
            self.text.push(mark);
            self.is_words = false;
        }
        if character.is_ascii() {
            return self.append(character.to_ascii_lowercase());
        }
        character.to_lowercase().map(unified).for_each(|c| self.append(c));
    }

    fn append(&mut self, character: char) {
        self.text.push(character);
        self.is_words &= is_word(character);
        self.last = Some(character);
        self.mark = None;
    }

    fn drop(&mut self, character: char, rest: &str) {
        let Some(last) = self.last else { return };
        if last.is_ascii_digit() && !is_invisible(character) {
            self.mark = match (self.mark, wide_to_narrow(character)) {
                (None, ',') if starts_with_thousand(rest) => None,
                (Some(mark), ' ') => Some(mark),
                (None | Some(' '), mark) => Some(mark),
                _ => Some('-'),
            };
        } else if is_han_numeral(last) && is_point(character) {
            self.mark = Some('.');
        }
    }

    /// Whether a character is a minus or a decimal point that begins a number, or a minus that ends a grade
    /// (BBB-).
    fn is_sign(&self, character: char, rest: &str) -> bool {
        let next = rest.chars().next();
        let before_number = next.is_some_and(|c| c.is_ascii_digit());
        let after_word = self.previous.is_some_and(|c| c.is_ascii_alphanumeric());
        match character {
            '-' | '−' | '–' if before_number => !after_word,
            '.' if before_number => self
                .previous
                .is_none_or(|c| c.is_whitespace() || !(c.is_ascii_alphanumeric() || is_dropped(c))),
            '-' | '−' => {
                let grade = self.previous.is_some_and(|c| c.is_ascii_uppercase());
                grade && next.is_none_or(|c| !c.is_alphanumeric() && c != '-')
            }
            _ => false,
        }
    }

    /// Whether a character is a circle after a Han numeral, which is a zero: 一○八年.
    fn is_zero(&self, character: char) -> bool {
        matches!(character, '○' | '◯') && self.previous.is_some_and(is_han_numeral)
    }
}

fn is_wide_digit(character: char) -> bool {
    matches!(character, '０'..='９')
}

fn is_point(character: char) -> bool {
    matches!(character, '.' | '．' | '·' | '‧' | '•' | '・')
}

/// The form in which a dropped mark stays between digits: white space becomes a space, and a mark without a
/// narrow form becomes `-`.
fn wide_to_narrow(character: char) -> char {
    match character {
        '：' => ':',
        '，' => ',',
        _ if character.is_whitespace() => ' ',
        _ if character.is_ascii() => character,
        _ => '-',
    }
}

/// Whether a text starts with exactly three digits: then the comma before them separates thousands.
fn starts_with_thousand(rest: &str) -> bool {
    let digits = rest.chars().take(4).take_while(char::is_ascii_digit).count();
    digits == 3
}

/// Bullets, stars, arrows and boxes that decorate a line.
fn is_ornament(character: char) -> bool {
    matches!(character, '\u{2190}'..='\u{21FF}' | '\u{2500}'..='\u{27BF}' | '\u{2B00}'..='\u{2BFF}' | '※')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::TextHash;

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

    /// If this test fails, raise the version, write the new hash beside it, and say so in the changelog.
    #[test]
    fn the_keys_are_those_of_their_version() {
        let characters = ('\0'..=char::MAX).map(|c| fold(&format!("甲{c}乙1{c}2{c}")));
        let keys = characters.collect::<Vec<_>>().join("\n");
        assert_eq!((FOLD_VERSION, TextHash::of(&keys).to_string().as_str()), (1, "40bf83bac923e208"));
    }

    #[test]
    fn texts_that_differ_in_a_sign_have_different_keys() {
        for (a, b) in [
            ("氣溫：-5度", "氣溫：5度"),
            ("（–5度）", "（5度）"),
            ("評級下調至BBB-", "評級下調至BBB"),
            ("收市▲1.5%", "收市▼1.5%"),
            ("▲1.5%", "▼1.5%"),
            ("口味：★★★★★", "口味：★★"),
            ("≥60分", "≤60分"),
            ("面積10⁶平方米", "面積106平方米"),
            ("圖3②", "圖32"),
            ("百分之三．五", "百分之三五"),
            ("一百○八人", "一百八人"),
            ("人民幣.5萬元", "人民幣5萬元"),
            ("比分8-2", "比分8:2"),
            ("₩5000", "₹5000"),
            ("5′", "5″"),
            ("⿰木口", "⿱木口"),
            ("\u{E001}字", "\u{E002}字"),
            ("ป่า", "ปา"),
        ] {
            assert_ne!(fold(a), fold(b), "{a} / {b}");
        }
        for (a, b) in [("▼舊書市場▼", "舊書市場"), ("★ 舊書市場", "舊書市場"), ("→舊書", "旧书")]
        {
            assert_eq!(fold(a), fold(b), "{a} / {b}");
        }
    }

    #[test]
    fn different_numbers_have_different_keys() {
        for (a, b) in
            [("1.5", "15"), ("3:2", "32"), ("1-2", "12"), ("1,2", "12"), ("氣溫-5度", "氣溫5度"), ("5%", "5")]
        {
            assert_ne!(fold(a), fold(b), "{a} / {b}");
        }
        assert_eq!(fold("2019-08-13"), fold("２０１９－０８－１３"));
        assert_eq!(fold("3 : 2"), fold("3：2"));
        assert_eq!(fold("1,234,567"), fold("1234567"));
        assert_eq!(fold("- 5個"), fold("5个"));
        assert_eq!(fold("一○八年"), fold("一〇八年"));
        assert_ne!(fold("其一○"), fold("其一"));
    }

    #[test]
    fn rare_characters_have_different_keys() {
        assert_ne!(fold("𠀀字"), fold("𠀁字"));
        assert!(!fold("𠮷𩸽").is_empty());
    }

    #[test]
    fn the_key_of_a_key_is_the_key() {
        for text in ["圍觀!來看“大合唱”", "1.5 - 2", "C++ 與 C#", "①②", "ǅ"] {
            let once = fold(text);
            assert_eq!(fold(&once), once, "{text}");
        }
    }
}
