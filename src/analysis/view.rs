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
use super::shape::{Shape, enclose, shape};
use super::survey::Survey;

/// A line as detectors see it.
#[derive(Debug, Clone)]
pub(crate) struct ViewLine<'t> {
    /// The number of the physical line in the source.
    pub number: LineNo,
    /// The line as it now stands, without terminator.
    pub text: &'t str,
    /// What its text comes to by itself.
    pub folded: Arc<Folded>,
    /// What the line looks like.
    pub shape: Shape,
    /// The first row that has the same key.
    pub first: Row,
    /// Its rank; of a blank line, the rank of the next line that is not.
    pub rank: Rank,
}

/// What a line's text comes to by itself, whatever stands around it: found once and shared by the views of
/// all rounds.
#[derive(Debug)]
pub(crate) struct Folded {
    /// The comparison key; empty where nothing of the text counts.
    pub key: String,
    /// A hash of the key, the same in all documents of a run.
    hash: u64,
    /// The words of the key, for the patterns of rules, where they are not all of it.
    words: Option<String>,
    /// What stands in the line.
    pub survey: Survey,
    /// What the line looks like where no code fence encloses it.
    shape: Shape,
    /// The patterns that match, as the detector of boilerplate numbers them.
    pub patterns: OnceLock<Vec<usize>>,
    /// What the line model reads in it, in a form of its own: outside a fence, and within one.
    pub reading: [OnceLock<Box<dyn Any + Send + Sync>>; 2],
    /// Hashes that stand for its key, as the detector of repeats takes them.
    pub sketch: OnceLock<Vec<u64>>,
}

static HASHES: LazyLock<RandomState> = LazyLock::new(RandomState::default);
/// What an empty line comes to: one line in three is one.
static EMPTY: LazyLock<Arc<Folded>> = LazyLock::new(|| Arc::new(Folded::new("")));

/// A key that is looked up by the hash that is known of it.
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
    /// Folds a line; of a frame of markup, the words in it.
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
    /// The comparison key; empty where nothing of the line counts.
    pub fn key(&self) -> &str {
        &self.folded.key
    }

    /// The words of the key.
    pub fn words(&self) -> &str {
        self.folded.words.as_deref().unwrap_or(&self.folded.key)
    }
}

/// Provisions that make a law at least, and lines that hang on one at most.
const PROVISIONS: usize = 3;
const LINES_OF_A_PROVISION: usize = 20;

/// All lines of a document, and what is known of it as a whole.
#[derive(Debug, Clone)]
pub(crate) struct View<'t> {
    /// The lines in order.
    pub lines: TiVec<Row, ViewLine<'t>>,
    /// Comparison key of the title that came with the input.
    pub title: Option<String>,
    pairs: OnceLock<Pairs>,
    /// By the first line with a key, how many lines have it.
    copies: OnceLock<TiVec<Row, usize>>,
}

impl<'t> View<'t> {
    /// Folds numbered lines.
    #[cfg(test)]
    pub fn new(lines: &[(usize, &'t str)], title: Option<&str>) -> Self {
        Self::of(lines.iter().map(|&(number, text)| (number.into(), text, Folded::of(text))).collect(), title)
    }

    /// The view of lines of which those that a page broke are put together.
    pub fn of_whole(lines: &'t [WholeLine<'_>], title: Option<&str>) -> Self {
        let read = lines.iter().map(|line| (line.number, line.text.as_ref(), Arc::clone(&line.folded)));
        Self::of(read.collect(), title)
    }

    /// The view of numbered lines that are folded already.
    pub fn of(lines: Vec<(LineNo, &'t str, Arc<Folded>)>, title: Option<&str>) -> Self {
        let firsts = firsts(lines.iter().map(|(_, _, folded)| folded.as_ref()));
        let mut filled = 0;
        let line = |((number, text, folded), first): ((LineNo, &'t str, Arc<Folded>), Row)| {
            let (shape, rank) = (folded.shape, Rank::from(filled));
            filled += usize::from(!shape.blank);
            ViewLine { number, text, folded, shape, first, rank }
        };
        let mut lines: TiVec<Row, ViewLine> = lines.into_iter().zip(firsts).map(line).collect();
        enclose(&mut lines.iter_mut().map(|line| &mut line.shape).collect::<Vec<_>>());
        Self {
            lines,
            title: title.map(fold).filter(|key| !key.is_empty()),
            pairs: OnceLock::new(),
            copies: OnceLock::new(),
        }
    }

    /// The rows that hold more than white space, be it invisible.
    pub fn written(&self) -> impl Iterator<Item = Row> + '_ {
        self.lines.keys().filter(|row| self.lines[*row].folded.survey.all > 0)
    }

    /// The rows that are not blank.
    pub fn filled(&self) -> impl DoubleEndedIterator<Item = Row> + '_ {
        self.lines.keys().filter(|index| !self.lines[*index].shape.blank)
    }

    /// How many lines have the key of a line.
    pub fn copies(&self, row: Row) -> usize {
        let copies = self.copies.get_or_init(|| {
            let mut copies = TiVec::from(vec![0; self.lines.len()]);
            self.lines.iter().for_each(|line| copies[line.first] += 1);
            copies
        });
        self.lines.get(row).map_or(0, |line| copies[line.first])
    }

    /// The pairs of letters in the keys of the lines that are not blank, by their places.
    pub fn pairs(&self) -> &Pairs {
        let keys = || self.filled().map(|row| self.lines[row].key());
        self.pairs.get_or_init(|| Pairs::of(keys))
    }

    /// A law: its lines are counted as articles, chapters and paragraphs.
    pub fn is_statute(&self) -> bool {
        let provisions = self.filled().filter(|row| self.lines[*row].shape.provision).count();
        provisions >= PROVISIONS && provisions * LINES_OF_A_PROVISION >= self.filled().count()
    }
}

/// By line, the first that has its key.
fn firsts<'f>(lines: impl ExactSizeIterator<Item = &'f Folded>) -> Vec<Row> {
    let mut first = HashMap::with_capacity(lines.len());
    let keys = lines.map(|folded| Hashed { hash: folded.hash, key: &folded.key });
    keys.enumerate().map(|(row, key)| *first.entry(key).or_insert(row.into())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_knows_the_first_that_says_the_same() {
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
}
