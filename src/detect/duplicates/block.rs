//! Blocks: consecutive lines that occur again in the same order, as on a page that prints its article or a
//! summary twice. The long lines of a block show that its short lines are copies too. Alone, the short lines
//! would be left.
//!
//! A line of prose that occurred before is an anchor, and so is a line that occurred before in the other
//! script. The block is the run of equal lines around the anchor and around its first or its latest
//! occurrence, whichever run is longer. After a run is judged, none of its lines is looked at again. So the
//! work is linear in lines.

use std::ops::Range;

use foldhash::{HashMap, HashSet};
use typed_index_collections::TiVec;

use super::document_type::{Genre, changes_script};
use super::line_kind::{begin_alike, is_field_name};
use super::work;
use crate::analysis::{BodyText, Row, View, ViewLine};

/// Minimum number of lines in a block.
const LINES: usize = 3;
/// Minimum number of lines of prose in a block: one paragraph alone is too often said of two things.
const PROSE_LINES: usize = 2;
/// Minimum number of letters of a block in the other script: no poet and no law changes the script.
const OTHER_SCRIPT_LETTERS: usize = 40;

/// Two runs of lines that say the same, as rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Block {
    /// The lines of the first run, in order.
    pub original: Vec<Row>,
    /// The lines of the later run. Each says the same as the line at the same index of the first run.
    pub copy: Vec<Row>,
}

/// The blocks of a view that occur twice, in the order of their copies. The rows in `excluded` belong to no
/// block.
pub(crate) fn find(view: &View, genre: &Genre, excluded: &[Row]) -> Vec<Block> {
    let belongs = |row: &Row| !view.lines[*row].key().is_empty() && !excluded.contains(row);
    let runs = Runs { view, lines: view.filled().filter(belongs).collect() };
    // For the first line with each key, its first and its latest position.
    let mut occurrences: TiVec<Row, Option<[usize; 2]>> = vec![None; view.lines.len()].into();
    // For each position, the position of the line that stays.
    let mut origins: Vec<usize> = (0..runs.lines.len()).collect();
    let (mut blocks, mut judged) = (Vec::new(), 0);
    for at in 0..runs.lines.len() {
        let positions = &mut occurrences[runs.line(at).first];
        // The last of several equally long runs is taken.
        let originals = positions.iter().flat_map(|[first, latest]| [*latest, *first]);
        let anchored = originals.filter(|position| at >= judged && runs.is_anchor(*position, at));
        let run = anchored.map(|position| runs.around(position, at, judged)).max_by_key(|run| run.copy.len());
        if let Some(run) = run {
            judged = run.copy.end;
            if runs.is_repeated(&run, genre) {
                run.copy
                    .clone()
                    .zip(run.original)
                    .for_each(|(copy, original)| origins[copy] = origins[original]);
                let originals = run.copy.clone().map(|copy| runs.lines[origins[copy]]);
                blocks.push(Block { original: originals.collect(), copy: runs.lines[run.copy].to_vec() });
            }
        }
        positions.get_or_insert([at, at])[1] = at;
    }
    blocks
}

/// The lines that can belong to blocks.
struct Runs<'v, 't> {
    view: &'v View<'t>,
    /// Their rows.
    lines: Vec<Row>,
}

/// The positions of two runs of equal lines.
struct LineRun {
    original: Range<usize>,
    copy: Range<usize>,
}

impl<'v, 't> Runs<'v, 't> {
    fn line(&self, at: usize) -> &'v ViewLine<'t> {
        &self.view.lines[self.lines[at]]
    }

    fn key(&self, at: usize) -> &'v str {
        self.line(at).key()
    }

    /// Whether a line that occurred before may be an anchor: it is prose, or was in the other script.
    fn is_anchor(&self, original: usize, copy: usize) -> bool {
        stands_by_itself(self.line(copy)) || changes_script([self.line(copy)], [self.line(original)])
    }

    /// The longest runs of equal lines around two equal lines. They do not overlap, and the later one does
    /// not begin before `from`.
    fn around(&self, original: usize, copy: usize, from: usize) -> LineRun {
        let distance = copy - original;
        let equal = |copy: &usize| self.line(*copy).first == self.line(*copy - distance).first;
        let before = (from.max(distance)..copy).rev().take_while(equal).take(distance - 1).count();
        let after = (copy..self.lines.len()).take_while(equal).take(distance - before).count();
        work::count(before + after);
        let copy = copy - before..copy + after;
        LineRun { original: copy.start - distance..copy.end - distance, copy }
    }

    /// Whether a run is printed again, and not said again about something else: its text is mostly prose, and
    /// it belongs to the same entry of a list or a bulletin as the first run.
    fn is_repeated(&self, run: &LineRun, genre: &Genre) -> bool {
        let lines = || run.copy.clone().map(|at| self.line(at));
        let originals = run.original.clone().map(|at| self.line(at));
        if run.copy.len() < LINES || genre.is_statute() || self.is_of_another_entry(run) {
            return false;
        }
        if changes_script(lines(), originals) {
            let letters = |line: &ViewLine| line.key().chars().filter(|c| c.is_alphabetic()).count();
            return lines().map(letters).sum::<usize>() >= OTHER_SCRIPT_LETTERS;
        }
        let characters = |line: &ViewLine| line.shape.characters;
        let prose = || lines().filter(|line| stands_by_itself(line));
        let names = lines().filter(|line| is_field_name(line)).count();
        let sentences: HashSet<&str> = prose().map(ViewLine::key).collect();
        sentences.len() >= PROSE_LINES.max(2 * names)
            && !self.is_of_a_form(run)
            && prose().map(characters).sum::<usize>() * 2 >= lines().map(characters).sum()
    }

    /// Whether a short line of the run occurs elsewhere more often than the others. Such lines are names of a
    /// form's fields, which two entries filled in alike by chance.
    fn is_of_a_form(&self, run: &LineRun) -> bool {
        let mut within: HashMap<&str, usize> = HashMap::default();
        run.copy.clone().for_each(|at| *within.entry(self.key(at)).or_default() += 1);
        let elsewhere = |at: usize| {
            let own = within.get(self.key(at)).copied().unwrap_or(1);
            (self.view.copies(self.lines[at]).saturating_sub(2 * own), own)
        };
        let printed = run.copy.clone().map(elsewhere).map(|(copies, own)| copies / own).min();
        let mut short = run.copy.clone().filter(|at| !stands_by_itself(self.line(*at))).map(elsewhere);
        short.any(|(copies, own)| copies > printed.unwrap_or_default() * own)
    }

    /// Whether the lines before the two runs are items of a list, or begin alike.
    fn is_of_another_entry(&self, run: &LineRun) -> bool {
        let before = |range: &Range<usize>| range.start.checked_sub(1).map(|at| self.line(at));
        let headings = before(&run.original).zip(before(&run.copy));
        headings.is_some_and(|(a, b)| a.shape.item && b.shape.item || begin_alike(a, b))
    }
}

/// Whether a line is a sentence of some length that stands by itself.
fn stands_by_itself(line: &ViewLine) -> bool {
    let shape = line.shape;
    let by_itself = !(shape.code || shape.table || shape.item);
    by_itself && shape.is_body_text(BodyText::BeyondVerse)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROSE: [&str; 4] = [
        "夜市在上個月搬走以後，住在老街兩旁的街坊都說晚上安靜了許多，攤主們還沒有找到新的地方。",
        "里長在說明會上表示，新的場地要等到年底才能定案，在那以前攤主可以先到河邊的停車場擺攤。",
        "年輕人希望把空下來的街屋改成小小的書店和工作室，老人家則希望那裡有一張可以坐的椅子。",
        "街坊們約好下個月再聚，到時候要一起把河邊的長凳搬回老街的路口，那是大家常坐的地方。",
    ];

    /// The first and the last line of each copy, and those of its original.
    fn blocks(lines: &[&str]) -> Vec<[usize; 4]> {
        let numbered: Vec<_> = lines.iter().enumerate().map(|(i, line)| (i + 1, *line)).collect();
        let view = View::new(&numbered, None);
        let ends = |rows: &[Row]| [rows[0], rows[rows.len() - 1]].map(usize::from);
        let found = find(&view, &Genre::of(&view), &[]).into_iter();
        found
            .map(|block| [ends(&block.copy), ends(&block.original)].concat())
            .filter_map(|b| b.try_into().ok())
            .collect()
    }

    #[test]
    fn a_block_includes_its_short_lines() {
        let [a, b, c, d] = PROSE;
        assert_eq!(blocks(&[a, "老街的燈", b, c, a, "老街的灯", b, d]), [[4, 6, 0, 2]]);
        assert_eq!(blocks(&[a, "2019", b, a, "2019", b, a, "2019", b]), [[3, 5, 0, 2], [6, 8, 0, 2]]);
        assert!(blocks(&[a, "老街的燈", b, c, a, "老街的燈", d]).is_empty());
    }

    #[test]
    fn the_longer_of_two_runs_is_taken() {
        let [a, b, c, d] = PROSE;
        assert_eq!(blocks(&[a, c, a, "老街", b, d, a, "老街", b]), [[6, 8, 2, 4]]);
    }

    #[test]
    fn forms_and_bulletins_are_left_alone() {
        let [a, b, c, d] = PROSE;
        let of_two = ["一、電暖器甲型", "處理", a, b, "二、電暖器乙型", "處理", a, b];
        assert!(blocks(&of_two).is_empty());
        // Without the entries' names they are one entry twice.
        assert_eq!(blocks(&["電暖器", "處理", a, b, "電暖器", "處理", a, b]), [[4, 7, 0, 3]]);
        let form = [c, "危害：", a, "方案：", b, d, "危害：", a, "方案：", b];
        assert!(blocks(&form).is_empty());
        assert_eq!(blocks(&[c, "危害", a, "方案", b, d, "危害", a, "方案", b]), [[6, 9, 1, 4]]);
        let others = [c, "危害", a, b, d, "危害", a, b, "乙型", "危害", c];
        assert!(blocks(&others).is_empty());
        assert_eq!(blocks(&[c, "危害", a, b, d, "危害", a, b]), [[5, 7, 1, 3]]);
    }

    #[test]
    fn a_refrain_is_left_alone_and_a_poem_in_the_other_script_is_not() {
        let refrain = ["露水打濕了頭巾", "一籃一籃背下山", "山下的人等著喝", "茶葉年年都是新的"];
        let other = ["露水打湿了头巾", "一篮一篮背下山", "山下的人等着喝", "茶叶年年都是新的"];
        let verses = |again: &[&'static str]| [&refrain[..], &PROSE[..1], again, again].concat();
        assert!(blocks(&verses(&refrain)[..9]).is_empty());
        assert!(blocks(&verses(&other)[..9]).is_empty());
        let long =
            [refrain, ["河邊的人唱給風聽", "風聽了也不說話了", "只把歌帶到對岸去", "對岸的人還沒有睡"]];
        let long_other =
            [other, ["河边的人唱给风听", "风听了也不说话了", "只把歌带到对岸去", "对岸的人还没有睡"]];
        assert_eq!(blocks(&[long.concat(), PROSE.to_vec(), long_other.concat()].concat()), [[12, 19, 0, 7]]);
    }

    /// Lines are compared once, however often blocks occur, and wherever they end.
    #[test]
    fn thousands_of_equal_lines_are_compared_once() {
        let [a, b, c, d] = PROSE;
        let lines: Vec<&str> = [a, b, c, d, a].repeat(4000);
        assert!(!blocks(&lines).is_empty());
        assert!(blocks(&[a].repeat(20_000)).is_empty());
    }
}
