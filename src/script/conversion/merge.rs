//! A region's words put into a stretch of text whose characters were chosen.

/// The chosen characters, but where the region has another word that word. Of the same text `without` is what OpenCC
/// makes without regional words, each character one of `chosen`'s, and `words` what it makes with them.
pub(super) fn with_words(chosen: &str, without: &str, words: &str) -> String {
    if chosen == without {
        return words.to_owned();
    }
    let [chosen, without, words] = [chosen, without, words].map(|text| text.chars().collect::<Vec<char>>());
    if without.len() == words.len() {
        let is_same = without.iter().zip(&words).map(|(without, word)| without == word);
        let both = chosen.iter().zip(&words);
        return both
            .zip(is_same)
            .map(|((chosen, word), is_same)| if is_same { chosen } else { word })
            .collect();
    }
    let start = common(without.iter(), words.iter());
    let end = common(without[start..].iter().rev(), words[start..].iter().rev());
    let (word, behind) = (&words[start..words.len() - end], without.len() - end);
    chosen.iter().take(start).chain(word).chain(chosen.iter().skip(behind)).collect()
}

/// With how many characters both begin.
fn common<'c>(a: impl Iterator<Item = &'c char>, b: impl Iterator<Item = &'c char>) -> usize {
    a.zip(b).take_while(|(a, b)| a == b).count()
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
        assert_eq!(with_words("裏博客裏", "裡博客裡", "裡部落格裡"), "裏部落格裏");
        assert_eq!(with_words("裏甲甲", "裡甲甲", "裡甲"), "裏甲");
        assert_eq!(with_words("裏", "裡", "裡"), "裏");
        assert_eq!(with_words("", "", ""), "");
    }
}
