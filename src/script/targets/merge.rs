//! Puts a region's words into a stretch of text whose characters were chosen.

use std::ops::Range;

/// The chosen characters, except that a word of the region replaces them where the region has another word. If a word
/// is longer or shorter, OpenCC's whole output is used, because the word may contain characters that seem to come after
/// it (进制, in Taiwan 進位制). `without` is OpenCC's output for the same text without regional words. Each of its
/// characters corresponds to one of `chosen`. `words` is OpenCC's output with regional words.
pub(super) fn with_words(chosen: &str, without: &str, words: &str) -> String {
    if chosen == without || without.chars().count() != words.chars().count() {
        return words.to_owned();
    }
    let merged = |((chosen, without), word)| if without == word { chosen } else { word };
    chosen.chars().zip(without.chars()).zip(words.chars()).map(merged).collect()
}

/// The chosen characters, with words of the region at byte ranges of the source. Each word is inserted as
/// [`with_words`] does. `None` if the characters do not correspond one to one; no such text is known.
pub(super) fn with_words_at(
    source: &str,
    chosen: &str,
    without: &str,
    words: impl Iterator<Item = (Range<usize>, String)>,
) -> Option<String> {
    let ends = |text: &'_ str| text.char_indices().map(|(at, _)| at).chain([text.len()]).collect::<Vec<_>>();
    let [starts, chosen_starts, without_starts] = [source, chosen, without].map(ends);
    if starts.len() != chosen_starts.len() || starts.len() != without_starts.len() {
        return None;
    }
    let mut output = String::with_capacity(chosen.len());
    let mut copied = 0;
    for (range, word) in words {
        let [from, to] = [range.start, range.end].map(|at| starts.partition_point(|start| *start < at));
        output.push_str(chosen.get(chosen_starts[copied]..*chosen_starts.get(from)?)?);
        let chosen = chosen.get(chosen_starts[from]..*chosen_starts.get(to)?)?;
        output.push_str(&with_words(chosen, without.get(without_starts[from]..without_starts[to])?, &word));
        copied = to;
    }
    output.push_str(chosen.get(chosen_starts[copied]..)?);
    Some(output)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_win_and_what_is_chosen_stays_around_them() {
        assert_eq!(with_words("裏面的軟件裏", "裡面的軟件裡", "裡面的軟體裡"), "裏面的軟體裏");
        assert_eq!(with_words("裏黑客裏", "裡黑客裡", "裡駭客裡"), "裏駭客裏");
        assert_eq!(with_words("裏光標裏", "裡光標裡", "裡游標裡"), "裏游標裏");
        assert_eq!(with_words("裏打印機裏", "裡打印機裡", "裡印表機裡"), "裏印表機裏");
        assert_eq!(with_words("六進製", "六進制", "六進位制"), "六進位制");
        assert_eq!(with_words("裏", "裡", "裡"), "裏");
        assert_eq!(with_words("", "", ""), "");
    }

    #[test]
    fn words_stand_where_they_are_said_to() {
        let at = |range, word: &str| [(range, word.to_owned())].into_iter();
        let merged = with_words_at("里的鼠标里", "裏的鼠標裏", "裡的鼠標裡", at(6..12, "滑鼠"));
        assert_eq!(merged.as_deref(), Some("裏的滑鼠裏"));
        let merged = with_words_at("打印机", "打印機", "打印機", at(0..6, "列印"));
        assert_eq!(merged.as_deref(), Some("列印機"));
        assert_eq!(with_words_at("打印", "打印機", "打印機", at(0..6, "列印")), None);
    }
}
