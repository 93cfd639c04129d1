//! The immutable view that every detector reads: lines with their keys and shapes.

use std::any::Any;
use std::hash::{BuildHasher, Hash, Hasher};
use std::sync::{Arc, LazyLock, OnceLock};

use foldhash::fast::RandomState;
use foldhash::{HashMap, HashMapExt as _};
use typed_index_collections::TiVec;

use super::bigrams::Pairs;
use super::fold::{fold, fold_with_words};
use super::markup::visible;
use super::position::{LineNo, Rank, Row};
use super::rejoin::WholeLine;
use super::shape::{Shape, is_amendment, mark_fenced, shape};
use super::survey::Survey;

/// A line as detectors see it.
#[derive(Debug, Clone)]
pub(crate) struct ViewLine<'t> {
    /// The number of the physical line in the source.
    pub number: LineNo,
    /// The line as it now stands, without terminator.
    pub text: &'t str,
    /// The analysis of its text by itself.
    pub folded: Arc<Folded>,
    /// The shape of the line.
    pub shape: Shape,
    /// The first row that has the same key.
    pub first: Row,
    /// The rank of the line. A blank line has the rank of the next line that is not blank.
    pub rank: Rank,
}

/// The analysis of a line's text by itself. It does not depend on the lines around, so it is computed once
/// and shared by the views of all rounds.
#[derive(Debug)]
pub(crate) struct Folded {
    /// The comparison key. It is empty if a key keeps no character of the text.
    pub key: String,
    /// A hash of the key, the same in all documents of a run.
    hash: u64,
    /// The words of the key, for the patterns of rules; `None` if they are the whole key.
    words: Option<String>,
    /// The counts of its characters.
    pub survey: Survey,
    /// The shape of the line if no code fence encloses it.
    shape: Shape,
    /// The numbers of the patterns that match, as the detector of boilerplate assigns them.
    pub patterns: OnceLock<Vec<usize>>,
    /// The reading of the classifier, in a type of its own: for the line outside a code fence, and inside
    /// one.
    pub reading: [OnceLock<Box<dyn Any + Send + Sync>>; 2],
    /// The sketch of its key, as the detector of near-duplicates makes it.
    pub sketch: OnceLock<Vec<u64>>,
}

static HASHES: LazyLock<RandomState> = LazyLock::new(RandomState::default);
/// The analysis of an empty line. It is shared, because one line in three is empty.
static EMPTY: LazyLock<Arc<Folded>> = LazyLock::new(|| Arc::new(Folded::new("")));

/// A key with its hash, so that a look-up need not compute the hash again.
#[derive(PartialEq, Eq)]
struct Hashed<'k> {
    hash: u64,
    key: &'k str,
}

impl Hash for Hashed<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.hash);
    }
}

impl Folded {
    /// The analysis of a line. For a line of words in markup, it is the analysis of the words.
    pub fn of(text: &str) -> Arc<Self> {
        if text.is_empty() { Arc::clone(&EMPTY) } else { Arc::new(Self::new(&visible(text))) }
    }

    fn new(text: &str) -> Self {
        let (key, words) = fold_with_words(text);
        let hash = HASHES.hash_one(&key);
        let survey = Survey::of(text);
        let shape = shape(text, &survey);
        let (patterns, reading, sketch) = (OnceLock::new(), Default::default(), OnceLock::new());
        Self { key, hash, words, survey, shape, patterns, reading, sketch }
    }
}

impl ViewLine<'_> {
    /// The comparison key. It is empty if a key keeps no character of the line.
    pub fn key(&self) -> &str {
        &self.folded.key
    }

    /// The words of the key.
    pub fn words(&self) -> &str {
        self.folded.words.as_deref().unwrap_or(&self.folded.key)
    }
}

/// Minimum number of provisions in a law, and maximum number of lines for each provision.
const PROVISIONS: usize = 3;
const LINES_OF_A_PROVISION: usize = 20;

/// All lines of a document, and facts about the document as a whole.
#[derive(Debug, Clone)]
pub(crate) struct View<'t> {
    /// The lines in order.
    pub lines: TiVec<Row, ViewLine<'t>>,
    /// Comparison key of the title that came with the input.
    pub title: Option<String>,
    pairs: OnceLock<Pairs>,
    /// For the first row with a key, the number of rows with that key.
    copies: OnceLock<TiVec<Row, usize>>,
}

impl<'t> View<'t> {
    /// The view of numbered lines.
    #[cfg(test)]
    pub fn new(lines: &[(usize, &'t str)], title: Option<&str>) -> Self {
        Self::of(lines.iter().map(|&(number, text)| (number.into(), text, Folded::of(text))).collect(), title)
    }

    /// The view of whole lines: those that a page broke are joined.
    pub fn of_whole(lines: &'t [WholeLine<'_>], title: Option<&str>) -> Self {
        let read = lines.iter().map(|line| (line.number, line.text.as_ref(), Arc::clone(&line.folded)));
        Self::of(read.collect(), title)
    }

    /// The view of numbered lines with their analysis.
    pub fn of(lines: Vec<(LineNo, &'t str, Arc<Folded>)>, title: Option<&str>) -> Self {
        let firsts = firsts(lines.iter().map(|(_, _, folded)| folded.as_ref()));
        let mut filled = 0;
        let line = |((number, text, folded), first): ((LineNo, &'t str, Arc<Folded>), Row)| {
            let (shape, rank) = (folded.shape, Rank::from(filled));
            filled += usize::from(!shape.blank);
            ViewLine { number, text, folded, shape, first, rank }
        };
        let mut lines: TiVec<Row, ViewLine> = lines.into_iter().zip(firsts).map(line).collect();
        mark_fenced(&mut lines.iter_mut().map(|line| &mut line.shape).collect::<Vec<_>>());
        Self {
            lines,
            title: title.map(fold).filter(|key| !key.is_empty()),
            pairs: OnceLock::new(),
            copies: OnceLock::new(),
        }
    }

    /// The rows with characters other than white space. Invisible characters count.
    pub fn written(&self) -> impl Iterator<Item = Row> + '_ {
        self.lines.keys().filter(|row| self.lines[*row].folded.survey.all > 0)
    }

    /// The rows that are not blank.
    pub fn filled(&self) -> impl DoubleEndedIterator<Item = Row> + '_ {
        self.lines.keys().filter(|index| !self.lines[*index].shape.blank)
    }

    /// The number of rows with the key of this row.
    pub fn copies(&self, row: Row) -> usize {
        let copies = self.copies.get_or_init(|| {
            let mut copies = TiVec::from(vec![0; self.lines.len()]);
            self.lines.iter().for_each(|line| copies[line.first] += 1);
            copies
        });
        self.lines.get(row).map_or(0, |line| copies[line.first])
    }

    /// The pairs of letters in the keys of the lines that are not blank, by rank.
    pub fn pairs(&self) -> &Pairs {
        let keys = || self.filled().map(|row| self.lines[row].key());
        self.pairs.get_or_init(|| Pairs::of(keys))
    }

    /// Whether the document is a law: its lines are counted as articles, chapters and paragraphs, or amend them. The lines
    /// of drawn tables do not count: a law may have a long one in its appendix.
    pub fn is_statute(&self) -> bool {
        let is_provision =
            |line: &ViewLine| line.shape.provision || line.shape.item && is_amendment(line.text.trim());
        let provisions = self.filled().filter(|row| is_provision(&self.lines[*row])).count();
        let lines = self.filled().filter(|row| !is_drawn(self.lines[*row].text)).count();
        provisions >= PROVISIONS && provisions * LINES_OF_A_PROVISION >= lines
    }
}

/// Whether a line begins with a line-drawing character, as the lines of a drawn table do.
fn is_drawn(text: &str) -> bool {
    text.trim_start().starts_with(|c| ('─'..='╿').contains(&c))
}

/// For each line, the first row with its key.
fn firsts<'f>(lines: impl ExactSizeIterator<Item = &'f Folded>) -> Vec<Row> {
    let mut first = HashMap::with_capacity(lines.len());
    let keys = lines.map(|folded| Hashed { hash: folded.hash, key: &folded.key });
    keys.enumerate().map(|(row, key)| *first.entry(key).or_insert(row.into())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_the_first_row_with_its_key() {
        let view = View::new(&[(1, "老街"), (2, ""), (3, "夜市"), (4, "老街！"), (5, "老街")], None);
        assert_eq!(
            view.lines.iter().map(|line| line.first).collect::<Vec<_>>(),
            [0, 1, 2, 0, 0].map(Row::from)
        );
    }

    #[test]
    fn invisible_characters_are_written_but_fill_no_line() {
        let view = View::new(&[(1, "\u{200B}"), (2, "　"), (3, "。")], None);
        assert_eq!(
            (view.written().collect(), view.filled().collect()),
            (vec![0.into(), 2.into()], vec![Row::from(2)])
        );
    }

    #[test]
    fn a_law_has_provisions_or_amends_them() {
        let is_statute = |lines: [&str; 4]| {
            let numbered: Vec<_> = lines.iter().enumerate().map(|(row, line)| (row + 1, *line)).collect();
            View::new(&numbered, None).is_statute()
        };
        let fined = "“攤位違反前款規定的，依照第一款處罰。”";
        assert!(is_statute(["一、将第三条修改为：", fined, "二、将第五条修改为：", "三、删去第六条。"]));
        assert!(is_statute(["第 一 條", "第二條 夜市", fined, "第三條 收攤"]));
        assert!(!is_statute(["一、将第三条修改为：", fined, "二、攤位", "三、收攤"]));
    }

    #[test]
    fn the_lines_of_a_drawn_table_do_not_count_in_a_law() {
        let is_statute = |line: &str| {
            let text = format!("第一條 夜市\n第二條 攤位\n第三條 收攤\n{}", format!("{line}\n").repeat(100));
            View::new(&(1..).zip(text.lines()).collect::<Vec<_>>(), None).is_statute()
        };
        assert!(is_statute("  │攤位    │三年│") && is_statute("├────┼──┤"));
        assert!(!is_statute("攤位三年"));
    }
}
