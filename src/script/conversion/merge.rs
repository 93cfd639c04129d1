//! A region's words put into text whose characters were chosen.

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Marks at which texts are compared piece by piece.
const MARKS: [char; 3] = ['\n', '，', '。'];

/// The chosen characters, but where the region has another word that word. Of the same text `without` is what OpenCC
/// makes without regional words, each character one of `chosen`'s, and `words` what it makes with them.
pub(super) fn with_words(chosen: &str, without: &str, words: &str) -> String {
    if chosen == without {
        return words.to_owned();
    }
    let mut output = String::with_capacity(words.len());
    let mut rest = Texts { chosen, without, words };
    loop {
        output.push_str(rest.take_equal_pieces());
        match (rest.without.is_empty(), rest.words.is_empty()) {
            (true, true) => return output,
            (false, false) => match rest.take_piece() {
                // Nothing was chosen there, which is so in most pieces.
                piece if piece.chosen == piece.without => output.push_str(piece.words),
                piece => piece.merge_into(&mut output),
            },
            // A word holds a mark, so that pieces do not belong together: all is compared at once.
            _ => break,
        }
    }
    output.clear();
    Texts { chosen, without, words }.merge_into(&mut output);
    output
}

/// The three texts, or what is left of them.
#[derive(Debug, Clone, Copy)]
struct Texts<'t> {
    chosen: &'t str,
    without: &'t str,
    words: &'t str,
}

impl<'t> Texts<'t> {
    /// Takes off all whole pieces up to the first one in which words differ, and returns the chosen characters.
    fn take_equal_pieces(&mut self) -> &'t str {
        let same = common_start(self.without, self.words);
        let all = same == self.without.len() && same == self.words.len();
        self.take(if all { same } else { whole_pieces(&self.without[..same]) })
    }

    /// Takes off a start, so many bytes long, that the texts without words and with words have in common.
    fn take(&mut self, bytes: usize) -> &'t str {
        let (same, without) = self.without.split_at(bytes);
        let (chosen, rest) = split_at_character(self.chosen, same.chars().count());
        *self = Self { chosen: rest, without, words: &self.words[bytes..] };
        chosen
    }

    fn take_piece(&mut self) -> Self {
        let (without, without_rest) = self.without.split_at(first_piece(self.without));
        let (words, words_rest) = self.words.split_at(first_piece(self.words));
        let (chosen, chosen_rest) = split_at_character(self.chosen, without.chars().count());
        *self = Self { chosen: chosen_rest, without: without_rest, words: words_rest };
        Self { chosen, without, words }
    }

    /// Appends what becomes of the texts, compared character by character but where both ends are equal.
    fn merge_into(mut self, output: &mut String) {
        output.push_str(self.take(common_start(self.without, self.words)));
        let end = common_end(self.without, self.words);
        let (without, words) =
            (&self.without[..self.without.len() - end], &self.words[..self.words.len() - end]);
        let (chosen, behind) = split_at_character(self.chosen, without.chars().count());
        let [chosen, without, words] = [chosen, without, words].map(|text| text.chars().collect::<Vec<_>>());
        for op in capture_diff_slices(Algorithm::Myers, &without, &words) {
            match op {
                DiffOp::Equal { old_index, len, .. } => output.extend(&chosen[old_index..old_index + len]),
                other => output.extend(&words[other.new_range()]),
            }
        }
        output.push_str(behind);
    }
}

/// The length of all pieces that end in a text.
fn whole_pieces(text: &str) -> usize {
    text.char_indices().rev().find(|(_, c)| MARKS.contains(c)).map_or(0, |(at, c)| at + c.len_utf8())
}

/// The length of a text's first piece.
fn first_piece(text: &str) -> usize {
    text.char_indices().find(|(_, c)| MARKS.contains(c)).map_or(text.len(), |(at, c)| at + c.len_utf8())
}

/// What stands before the character with this index, and the rest.
fn split_at_character(text: &str, index: usize) -> (&str, &str) {
    let mut characters = text.chars();
    if let Some(last) = index.checked_sub(1) {
        characters.nth(last);
    }
    text.split_at(text.len() - characters.as_str().len())
}

/// Bytes that are compared at once.
const BLOCK: usize = 32;

/// The length of the whole characters with which both texts begin.
fn common_start(a: &str, b: &str) -> usize {
    let blocks = a.as_bytes().chunks_exact(BLOCK).zip(b.as_bytes().chunks_exact(BLOCK));
    let blocks = blocks.take_while(|(a, b)| a == b).count() * BLOCK;
    let rest = a.as_bytes()[blocks..].iter().zip(&b.as_bytes()[blocks..]);
    let mut length = blocks + rest.take_while(|(a, b)| a == b).count();
    while !(a.is_char_boundary(length) && b.is_char_boundary(length)) {
        length -= 1;
    }
    length
}

/// The length of the whole characters with which both texts end.
fn common_end(a: &str, b: &str) -> usize {
    let bytes = a.bytes().rev().zip(b.bytes().rev());
    let mut length = bytes.take_while(|(a, b)| a == b).count();
    while !a.is_char_boundary(a.len() - length) {
        length -= 1;
    }
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_win_and_what_is_chosen_stays_around_them() {
        assert_eq!(
            with_words("裏面的軟件，這裏", "裡面的軟件，這裡", "裡面的軟體，這裡"),
            "裏面的軟體，這裏"
        );
        assert_eq!(with_words("裏。信息化裏", "裡。信息化裡", "裡。資訊化裡"), "裏。資訊化裏");
        assert_eq!(with_words("裏", "裡", "裡"), "裏");
        assert_eq!(with_words("", "", ""), "");
    }

    #[test]
    fn a_word_with_a_mark_is_found_too() {
        assert_eq!(with_words("裏甲乙裏", "裡甲乙裡", "裡甲，丙裡"), "裏甲，丙裏");
    }

    #[test]
    fn characters_are_not_cut() {
        assert_eq!((common_start("說a", "説a"), common_end("a說", "b説")), (0, 0));
        assert_eq!((common_start("𠀀裡", "𠀀裏"), common_end("裡𠀀", "裏𠀀")), (4, 4));
    }
}
