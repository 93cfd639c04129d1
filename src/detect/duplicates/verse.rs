//! Poems and songs: their lines are short, or about equally long.

use typed_index_collections::TiVec;

use crate::analysis::{Row, View, ViewLine};
use crate::text::is_han;

/// Maximum number of characters of a short line of verse.
pub(crate) const VERSE_CHARACTERS: usize = 24;
/// Minimum number of lines of a poem or a song, its title included.
const VERSE_LINES: usize = 5;
/// Minimum number of short lines in a stanza.
const STANZA_LINES: usize = 3;

/// Numbers of characters of a line of verse where lines are about equally long, and minimum number of such lines.
const LONG_VERSE_CHARACTERS: std::ops::RangeInclusive<usize> = 10..=40;
const LONG_VERSE_LINES: usize = 6;
/// Number of lines of another length that may be among them, such as a title and a note, or one in so many.
const OTHER_LINES: usize = 2;
const LINES_OF_ANOTHER: usize = 10;

/// Number of lines that show a metre, and minimum number of syllables in each. Menus have items of four.
const METRE_LINES: usize = 4;
const METRE_SYLLABLES: usize = 5;
/// Maximum number of lines between a title and its poem, such as the poet's name.
const BELOW_TITLE: usize = 1;

/// Whether a document is a poem or a song.
pub(super) fn is_verse(view: &View) -> bool {
    let lines: Vec<&ViewLine> = view.filled().map(|row| &view.lines[row]).collect();
    let long = lines.iter().filter(|line| line.shape.characters > VERSE_CHARACTERS).count();
    lines.len() >= VERSE_LINES && long * LINES_OF_ANOTHER <= lines.len() || is_long_verse(&lines)
}

/// For each row, whether it is in a run of lines of verse. Blank lines do not count.
pub(super) fn stanzas(view: &View) -> TiVec<Row, bool> {
    let filled: Vec<Row> = view.filled().collect();
    let mut stanzas: TiVec<Row, bool> = vec![false; view.lines.len()].into();
    let line = |row: &Row| &view.lines[*row];
    let is_short = |row: &Row| line(row).shape.characters <= VERSE_CHARACTERS;
    let may_be_long = |row: &Row| LONG_VERSE_CHARACTERS.contains(&line(row).shape.characters);
    let of_short = filled
        .chunk_by(|a, b| is_short(a) == is_short(b))
        .filter(|run| run.len() >= STANZA_LINES && is_short(&run[0]));
    let of_long = filled
        .chunk_by(|a, b| may_be_long(a) == may_be_long(b))
        .filter(|run| is_long_verse(&run.iter().map(line).collect::<Vec<_>>()));
    of_short.chain(of_long).flatten().for_each(|row| stanzas[*row] = true);
    stanzas
}

/// Whether lines are those of a poem or a song with long lines. Nearly all have between half and twice the usual
/// length, and none of these is code, a row of a table or an item of a list. At most half end as
/// sentences do, because paragraphs all do.
fn is_long_verse(lines: &[&ViewLine]) -> bool {
    if lines.len() < LONG_VERSE_LINES {
        return false;
    }
    let mut lengths: Vec<usize> = lines.iter().map(|line| line.shape.characters).collect();
    lengths.sort_unstable();
    let usual = lengths[lengths.len() / 2];
    let is_other = |line: &&&ViewLine| {
        let shape = line.shape;
        let is_alike = shape.characters * 2 >= usual && shape.characters <= usual * 2;
        !is_alike
            || !LONG_VERSE_CHARACTERS.contains(&shape.characters)
            || shape.code
            || shape.table
            || shape.item
    };
    let sentences = lines.iter().filter(|line| line.shape.sentence).count();
    let others = lines.iter().filter(is_other).count();
    sentences * 2 <= lines.len() && others <= OTHER_LINES.max(lines.len() / LINES_OF_ANOTHER)
}

/// Whether a line is the title of a poem: the lines below have a metre.
pub(super) fn is_title(view: &View, row: Row) -> bool {
    let below = view.lines[row.below(1)..].iter().filter(|line| !line.shape.blank);
    let syllables: Vec<Option<usize>> = below.take(BELOW_TITLE + METRE_LINES).map(syllables).collect();
    let is_metre = |lines: &[Option<usize>]| {
        lines.iter().all(|syllables| syllables.is_some_and(|syllables| syllables >= METRE_SYLLABLES))
            && lines[0] == lines[2]
            && lines[1] == lines[3]
    };
    syllables.windows(METRE_LINES).any(is_metre)
}

/// The number of Han characters of a short line of words, without its marks.
fn syllables(line: &ViewLine) -> Option<usize> {
    let is_of_words = line.shape.characters <= VERSE_CHARACTERS && line.key().chars().all(is_han);
    is_of_words.then(|| line.key().chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTE: &str = "這首歌寫於河邊的舊倉庫，那一年的秋天雨水很多，夜市剛剛搬走，街上沒有什麼人，寫歌的人住在樓上，半夜常常聽見風聲。";

    fn with_view<R>(text: &str, answer: impl Fn(&View) -> R) -> R {
        answer(&View::new(&(1..).zip(text.lines()).collect::<Vec<_>>(), None))
    }

    /// A song with lines of about these numbers of characters.
    fn song(lengths: &[usize]) -> String {
        lengths.iter().map(|length| "街".repeat(*length) + "\n").collect()
    }

    const LONG: [usize; 6] = [26, 30, 28, 33, 26, 30];

    #[test]
    fn a_poem_has_short_lines_or_lines_that_are_alike() {
        assert!(with_view(&song(&[5, 7, 7, 7, 7]), is_verse));
        assert!(with_view(&song(&LONG), is_verse));
        assert!(with_view(&format!("月光\n{NOTE}\n{}", song(&LONG)), is_verse));
        assert!(!with_view(&song(&LONG[..5]), is_verse));
        assert!(!with_view(&song(&[26, 10, 39, 10, 27, 11, 33, 12]), is_verse));
        assert!(!with_view(&song(&[41; 8]), is_verse));
        assert!(!with_view(&song(&LONG).replace('\n', "。\n"), is_verse));
    }

    #[test]
    fn a_stanza_is_a_run_of_such_lines() {
        let rows = |text: &str| with_view(text, |view| stanzas(view).iter().filter(|row| **row).count());
        let prose = format!("{NOTE}\n").repeat(4);
        assert_eq!(rows(&format!("{prose}{}{prose}", song(&LONG))), LONG.len());
        assert_eq!(rows(&format!("{prose}{}{prose}", song(&LONG[..5]))), 0);
        assert_eq!(rows(&format!("{prose}{}{prose}", song(&[7; 3]))), 3);
        assert_eq!(rows(&format!("{prose}{}{prose}", song(&[7; 2]))), 0);
    }

    #[test]
    fn the_lines_below_the_title_of_a_poem_have_a_metre() {
        let is_title = |text: &str| with_view(text, |view| is_title(view, Row::from(0)));
        assert!(is_title("夜泊\n橋頭燈影落寒流，\n夜半風聲滿驛樓。\n欲問歸期人不語，\n一江春水下滄洲。"));
        assert!(is_title("夜泊\n林小溪\n橋頭燈影落\n夜半風聲滿驛樓\n欲問歸期人\n一江春水下滄洲"));
        assert!(!is_title("夜泊\n關於我們\n聯絡我們\n服務條款\n隱私政策"));
        assert!(!is_title("夜市搬走了\n林小溪\n2024-12-18\n老街時報\n分享到"));
    }
}
