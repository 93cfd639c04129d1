//! A region's words put into a stretch of text whose characters were chosen.

/// The chosen characters, but where the region has another word that word; all as OpenCC has it where a word is longer
/// or shorter, as the word may hold characters that seem to stand behind it (进制, in Taiwan 進位制). Of the same text
/// `without` is what OpenCC makes without regional words, each character one of `chosen`'s, and `words` what it makes
/// with them.
pub(super) fn with_words(chosen: &str, without: &str, words: &str) -> String {
    if chosen == without || without.chars().count() != words.chars().count() {
        return words.to_owned();
    }
    let merged = |((chosen, without), word)| if without == word { chosen } else { word };
    chosen.chars().zip(without.chars()).zip(words.chars()).map(merged).collect()
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
}
