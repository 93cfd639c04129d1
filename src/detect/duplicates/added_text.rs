//! The text that a line adds to the wording of another line, with which it begins.

use std::sync::LazyLock;

use super::super::caption::ends_with_credit;
use super::super::words::folded_words;
use crate::analysis::ViewLine;

/// Minimum number of letters of a name in a credit.
const NAME_LETTERS: usize = 4;
/// Maximum number of characters of a credit.
const CREDIT_CHARACTERS: usize = 60;
/// Maximum number of characters of a credit that has Han characters.
const HAN_CREDIT_CHARACTERS: usize = 24;

/// Words with which a credit begins, folded.
static CREDIT_STARTS: LazyLock<Vec<String>> =
    LazyLock::new(|| folded_words(include_str!("../../../dictionaries/repeat/credit_starts.txt")).collect());
/// Words that announce a summary, folded.
static SUMMARY_LABELS: LazyLock<Vec<String>> =
    LazyLock::new(|| folded_words(include_str!("../../../dictionaries/repeat/excerpt_labels.txt")).collect());

/// Whether the rest of a key after a wording is no more than a credit, or the headline.
pub(super) fn adds_nothing(rest: &str, headline: Option<&str>) -> bool {
    !rest.is_empty() && (is_credit(rest) || headline.is_some_and(|headline| headline == rest))
}

/// Whether the rest of a key is a name in Latin letters, such as that of an agency abroad, or has the words
/// of a credit.
fn is_credit(rest: &str) -> bool {
    let characters = rest.chars().count();
    let letters = rest.bytes().filter(u8::is_ascii_alphabetic).count();
    let foreign = rest.is_ascii() && letters >= NAME_LETTERS && characters <= CREDIT_CHARACTERS;
    let is_labelled = CREDIT_STARTS.iter().any(|label| rest.starts_with(label.as_str()));
    let own = is_labelled && characters <= CREDIT_CHARACTERS
        || ends_with_credit(rest) && characters <= HAN_CREDIT_CHARACTERS;
    foreign || own
}

/// Whether a line says that it is a summary of the article.
pub(super) fn is_summary(line: &ViewLine) -> bool {
    SUMMARY_LABELS.iter().any(|label| line.key().starts_with(label.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{View, fold};

    #[test]
    fn a_credit_or_the_headline_adds_nothing() {
        for rest in ["Lin Siu-kai/Old Street News", "圖片來源: LIN/OSN", "林小溪攝", "老街的夜市搬走了"]
        {
            assert!(adds_nothing(&fold(rest), Some(&fold("老街的夜市搬走了"))), "{rest}");
        }
        for rest in ["", "街坊都說好。", "2019", "攤主還沒有找到新的地方，里長也在場"]
        {
            assert!(!adds_nothing(&fold(rest), Some(&fold("老街的夜市搬走了"))), "{rest}");
        }
    }

    #[test]
    fn a_summary_says_that_it_is_one() {
        let view = View::new(&[(1, "【摘要】夜市搬走了。"), (2, "夜市的摘要。")], None);
        assert_eq!([0, 1].map(|row| is_summary(&view.lines.raw[row])), [true, false]);
    }
}
