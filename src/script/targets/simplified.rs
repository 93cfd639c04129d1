//! Turns Traditional text into Simplified where OpenCC's tables are wrong: 著 of authors, 著 as a particle, names, and
//! the phrases in `dictionaries/variants/hans.txt`.

use std::sync::LazyLock;

use super::super::Converter;
use super::super::characters::HashSet;
use super::super::variants::{simplified_by_phrases, simplified_in_phrase};
use super::pairs::Rewriting;
use crate::text::is_han;

/// A character that is a particle, or marks the author of a work.
const WRITTEN: char = '著';

/// Characters whose result may differ from OpenCC's tables.
static DECIDED: LazyLock<HashSet<char>> =
    LazyLock::new(|| simplified_by_phrases().chain([WRITTEN]).collect());

/// Appends the converted form of Traditional text. If OpenCC's result has more or fewer characters than the text, it is
/// used unchanged.
pub(super) fn convert_into(text: &str, converter: &Converter, output: &mut String) {
    let mut buffer = [0; 4];
    if !DECIDED.iter().any(|character| text.contains(&*character.encode_utf8(&mut buffer))) {
        return converter.convert_into(text, output);
    }
    let dictionary = converter.convert(text);
    if dictionary.chars().count() != text.chars().count() {
        return output.push_str(&dictionary);
    }
    let mut rewriting = Rewriting::of(&dictionary, output);
    for ((at, source), (becomes_at, becomes)) in text.char_indices().zip(dictionary.char_indices()) {
        if DECIDED.contains(&source) {
            rewriting.replace(becomes_at, becomes, form(text, at, source).unwrap_or(becomes));
        }
    }
    rewriting.finish();
}

/// The result for a character of a text in both scripts, if OpenCC's tables do not decide it.
pub(super) fn decided(text: &str, at: usize, character: char) -> Option<char> {
    if DECIDED.contains(&character) { form(text, at, character) } else { None }
}

/// The result for a character that OpenCC's tables do not decide.
fn form(text: &str, at: usize, character: char) -> Option<char> {
    let in_phrase = simplified_in_phrase(text, at);
    if character != WRITTEN || in_phrase.is_some() {
        return in_phrase;
    }
    if is_of_author(text, at) { Some(WRITTEN) } else { particle(text, at) }
}

/// Whether 著 follows an author's name at the end of a clause. Either a space stands before 著, or a title in 《》
/// stands before the name.
fn is_of_author(text: &str, at: usize) -> bool {
    let behind = text[at..].chars().nth(1);
    let ends = behind.is_none_or(|next| !is_han(next) && !next.is_alphanumeric());
    let before = &text[..at];
    let name = before.trim_end_matches(is_han);
    let length = before[name.len()..].chars().count();
    let is_spaced = before.ends_with([' ', '\u{3000}']) && before.trim_end().ends_with(is_han);
    ends && (is_spaced || ((2..=5).contains(&length) && name.ends_with(['》', '〉', '』'])))
}

/// Number of characters on each side that show whether 著 is a particle.
const NEAR: usize = 4;

/// The result of Taiwan's tables for 著. These tables know 著 as a particle.
fn particle(text: &str, at: usize) -> Option<char> {
    static TAIWAN: LazyLock<Option<Converter>> = LazyLock::new(|| Converter::new("tw2s").ok());
    let start = text[..at].char_indices().rev().take(NEAR).last().map_or(at, |(start, _)| start);
    let index = text[start..at].chars().count();
    let end = text[at..].char_indices().nth(NEAR).map_or(text.len(), |(behind, _)| at + behind);
    TAIWAN.as_ref()?.convert(&text[start..end]).chars().nth(index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_author_s_work_is_no_particle() {
        for (text, expected) in [
            ("《鄉愁》，余光中 著", "《乡愁》，余光中 著"),
            ("《鄉愁》余光中著，三版", "《乡愁》余光中著，三版"),
            ("他看著窗外，站著。", "他看着窗外，站着。"),
            ("編著的原著，著名作家", "编著的原著，著名作家"),
            ("他揹著書包，讀徐乾學的書", "他背着书包，读徐乾学的书"),
            ("二噁英令人噁心", "二噁英令人恶心"),
            ("乾德四年的乾糧", "乾德四年的干粮"),
        ] {
            for configuration in ["tw2s", "hk2s"] {
                let mut output = String::new();
                convert_into(text, &Converter::new(configuration).unwrap(), &mut output);
                assert_eq!(output, expected, "{configuration}");
            }
        }
    }
}
