//! A page in the form that learning needs: the hashes of its lines, and the result of cleaning for each line.

use foldhash::HashMap;

use super::page::{FoldedLine, LineIds, ids_of, lines, page, view};
use crate::analysis::{BodyText, Row, View};
use crate::detect::learned::{comparable, frame};
use crate::pipeline::{Cleaner, CleanerBuilder, Profile, Punctuation};
use crate::rules::Category;
use crate::script::Target;
use crate::text::{Document, TextHash};

/// A counter of the lines of pages. Threads may share it.
///
/// ```
/// use qingwen::corpus::{PageCounter, RemovedAs};
/// let page = PageCounter::default().count("老街網", "老街夜市搬走了。\n人氣 210\n分享到：\n", None);
/// assert_eq!((page.source(), page.lines().len()), ("老街網", 3));
/// let share = &page.lines()[2];
/// assert_eq!((share.text.as_str(), share.removed_as), ("分享到：", Some(RemovedAs::Furniture)));
/// assert!(page.lines()[1].frame.is_some());
/// ```
#[derive(Debug)]
pub struct PageCounter {
    cleaner: Cleaner,
}

/// A page whose lines were counted. [`PageLines`](super::PageLines) for the first reading are made from it,
/// and a [`PageReader`](super::PageReader) reads it in the second one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedPage {
    hash: u64,
    source: String,
    lines: Vec<CountedLine>,
}

/// A line of a page that has letters other than numerals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedLine {
    /// The hash of its comparison key. It is `None` for code and laws, because they say the same on many
    /// pages by nature.
    pub key: Option<u64>,
    /// The hash of its frame, which is the key without its numbers. `None` if it has no frame.
    pub frame: Option<u64>,
    /// The kind of line as which cleaning removes it. `None` if cleaning keeps it. Repeats do not count.
    pub removed_as: Option<RemovedAs>,
    /// The line, without white space around it.
    pub text: String,
}

/// The kind of a line that cleaning removes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RemovedAs {
    /// Boilerplate: what a page has around its article.
    Furniture,
    /// Author, date, source and the like.
    Metadata,
}

impl RemovedAs {
    /// All of them.
    pub const ALL: [RemovedAs; 2] = [RemovedAs::Furniture, RemovedAs::Metadata];

    /// The name in tables: `furniture` or `metadata`.
    pub fn name(self) -> &'static str {
        match self {
            RemovedAs::Furniture => "furniture",
            RemovedAs::Metadata => "metadata",
        }
    }

    /// The kind with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|removed_as| removed_as.name() == name)
    }
}

impl Default for PageCounter {
    fn default() -> Self {
        Self::with_cleaner(Cleaner::builder())
    }
}

impl PageCounter {
    /// A counter with another cleaner, which may have the user's rules. The cleaner's profile and target do
    /// not matter.
    pub fn with_cleaner(builder: CleanerBuilder) -> Self {
        // This cleaner removes all that it finds, and changes nothing else.
        let builder = builder.profile(Profile::Corpus).target(Target::Keep).punctuation(Punctuation::Keep);
        Self { cleaner: builder.build() }
    }

    /// Counts a page of a source. The title is the one that came with the text.
    pub fn count(&self, source: &str, text: &str, title: Option<&str>) -> CountedPage {
        self.count_where(source, text, title, |_| true)
    }

    /// Counts a page of a source. Cleaning takes most of the time, so it runs only if the page needs it.
    pub(super) fn count_where(
        &self,
        source: &str,
        text: &str,
        title: Option<&str>,
        needs: impl Fn(&CountedPage) -> bool,
    ) -> CountedPage {
        let folded = lines(&Document::new(text));
        let (numbers, lines): (Vec<usize>, Vec<CountedLine>) = counted_lines(&folded).into_iter().unzip();
        let mut page = CountedPage::new(page(source, text, title), source.to_owned(), lines);
        if needs(&page) {
            let removed = self.removed(text, title);
            for (line, number) in page.lines.iter_mut().zip(&numbers) {
                line.removed_as = removed.get(number).copied();
            }
        }
        page
    }

    /// For the number of each line that cleaning removes, its kind. Repeats are left out, because they say
    /// nothing about other pages.
    fn removed(&self, text: &str, title: Option<&str>) -> HashMap<usize, RemovedAs> {
        let cleaned = self.cleaner.clean_titled(text, title);
        let removed_as = |category| match category {
            Category::Repeat => None,
            Category::Metadata => Some(RemovedAs::Metadata),
            _ => Some(RemovedAs::Furniture),
        };
        let removed = cleaned.removals.iter();
        removed.filter_map(|removal| Some((removal.line, removed_as(removal.category)?))).collect()
    }
}

impl CountedPage {
    /// A page that was counted before, with its hash, its source and its lines in order.
    pub fn new(hash: u64, source: String, lines: Vec<CountedLine>) -> Self {
        Self { hash, source, lines }
    }

    /// The hash of source, text and title. A page that comes again has the same hash.
    pub fn hash(&self) -> u64 {
        self.hash
    }

    /// The source.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The lines that have letters other than numerals, in the order of the page.
    pub fn lines(&self) -> &[CountedLine] {
        &self.lines
    }

    /// The ids of each line.
    pub(super) fn ids(&self) -> Vec<LineIds> {
        let source = TextHash::of(&self.source).bits();
        self.lines.iter().map(|line| ids_of(source, line)).collect()
    }
}

/// The lines of a page that have letters other than numerals, and their numbers. The result of cleaning is not known yet.
pub(super) fn counted_lines(folded: &[FoldedLine]) -> Vec<(usize, CountedLine)> {
    let view = view(folded);
    let is_statute = view.is_statute();
    let line = |row: Row| (usize::from(view.lines[row].number), counted_line(&view, row, is_statute));
    comparable(&view).map(line).collect()
}

/// The counted line of a row. Code and laws say the same on many pages by nature, so they have no hashes. A
/// sentence has no frame, because its numbers are essential to what it says.
fn counted_line(view: &View, row: Row, is_statute: bool) -> CountedLine {
    let line = &view.lines[row];
    let hash = |form: &str| TextHash::of(form).bits();
    let is_counted = !is_statute && !line.shape.fenced;
    let has_frame = is_counted && !line.shape.is_body_text(BodyText::BeyondHeadings);
    CountedLine {
        key: is_counted.then(|| hash(line.key())),
        frame: has_frame.then(|| frame(line.key())).flatten().map(|frame| hash(&frame)),
        removed_as: None,
        text: line.text.trim().to_owned(),
    }
}
