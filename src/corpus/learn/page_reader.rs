//! The second reading: the results of cleaning for the lines that are on many pages.

use super::companions::Companions;
use super::counted_page::{CountedLine, CountedPage, PageCounter, RemovedAs};
use super::page::{LineIds, Occurrence, PagePosition, PageReading};
use super::page_counts::PageCounts;
use super::thresholds::LearnThresholds;
use crate::detect::learned::{AdjacentLine, Enclosing, enclosing, is_on_most};
use crate::pipeline::CleanerBuilder;

/// A reader of pages whose lines were counted before. Threads may share it. [`Learner`](super::Learner) has
/// an example.
#[derive(Debug)]
pub struct PageReader {
    pub(super) counts: PageCounts,
    pub(super) thresholds: LearnThresholds,
    counter: PageCounter,
}

/// The frequency of a line on the pages of its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Frequency {
    /// So few pages have it that it may be the page's own.
    Few,
    Some,
    Most,
}

impl Frequency {
    fn of(pages: u64, least: u64, documents: u64) -> Self {
        match pages {
            pages if pages < least => Self::Few,
            pages if is_on_most(pages, documents) => Self::Most,
            _ => Self::Some,
        }
    }
}

/// The lines of a page. Each list is in the order of the page.
struct PageRows<'p> {
    lines: &'p [CountedLine],
    ids: Vec<LineIds>,
    /// For each line, the number of pages that have it.
    pages: Vec<u64>,
    /// The frequency of each line.
    frequency: Vec<Frequency>,
    /// The least number of pages that have a line on many pages.
    least: u64,
    /// Whether the page is an article of its own, and no copy of another page.
    is_article: bool,
}

impl PageReader {
    /// A reader that knows the number of pages that have each line.
    pub fn new(counts: PageCounts, thresholds: LearnThresholds) -> Self {
        Self { counts, thresholds, counter: PageCounter::default() }
    }

    /// The same reader with another cleaner, whose removals count. It may have the user's rules.
    ///
    /// ```
    /// use qingwen::Cleaner;
    /// use qingwen::clean::LineList;
    /// use qingwen::corpus::{LearnThresholds, Learner, PageCounts, PageLines, PageReader};
    /// let pages = ["老街夜市搬走了。\n老街茶行\n", "街坊說好。\n老街茶行\n"];
    /// let mut counts = PageCounts::default();
    /// pages.iter().for_each(|page| counts.add(&PageLines::of("老街網", page, None)));
    /// let builder = Cleaner::builder().remove_lines(LineList::parse("lines.txt", "老街茶行"));
    /// let reader = PageReader::new(counts, LearnThresholds::default()).with_cleaner(builder);
    /// let mut learner = Learner::default();
    /// pages.iter().for_each(|page| learner.add(&reader.read("老街網", page, None)));
    /// assert_eq!(learner.finish(&reader).of_source(None).unwrap().lines()[0].line, "老街茶行");
    /// ```
    pub fn with_cleaner(self, builder: CleanerBuilder) -> Self {
        Self { counter: PageCounter::with_cleaner(builder), ..self }
    }

    /// Reads a page of a source. The title is the one that came with the text.
    pub fn read(&self, source: &str, text: &str, title: Option<&str>) -> PageReading {
        let least = self.thresholds.least(self.counts.documents(source));
        let is_common = |id: &u64| self.counts.pages(*id) >= least;
        let has_common = |page: &CountedPage| page.ids().iter().flatten().flatten().any(is_common);
        self.read_counted(&self.counter.count_where(source, text, title, has_common))
    }

    /// Reads a page that was counted before.
    ///
    /// ```
    /// use qingwen::corpus::{LearnThresholds, PageCounter, PageCounts, PageLines, PageReader, Learner};
    /// let (counter, pages) = (PageCounter::default(), ["老街夜市搬走了。\n分享到：\n", "街坊說好。\n分享到：\n"]);
    /// let pages = pages.map(|page| counter.count("老街網", page, None));
    /// let mut counts = PageCounts::default();
    /// pages.iter().for_each(|page| counts.add(&PageLines::from(page)));
    /// let reader = PageReader::new(counts, LearnThresholds::default());
    /// let mut learner = Learner::default();
    /// pages.iter().for_each(|page| learner.add(&reader.read_counted(page)));
    /// assert_eq!(learner.finish(&reader).of_source(None).unwrap().lines()[0].line, "分享到：");
    /// ```
    pub fn read_counted(&self, page: &CountedPage) -> PageReading {
        let documents = self.counts.documents(page.source());
        let least = self.thresholds.least(documents);
        let pages = |[line, _]: &LineIds| line.map_or(0, |id| self.counts.pages(id));
        let ids = page.ids();
        let pages: Vec<u64> = ids.iter().map(pages).collect();
        let frequency: Vec<Frequency> =
            pages.iter().map(|pages| Frequency::of(*pages, least, documents)).collect();
        let is_article = is_article(page.lines(), &frequency);
        let rows = PageRows { lines: page.lines(), ids, pages, frequency, least, is_article };
        let occurrences = rows.occurrences(|id| self.counts.pages(id) >= least);
        PageReading { page: page.hash(), source: page.source().to_owned(), occurrences }
    }
}

/// Whether half of what cleaning keeps is on this page alone. The lines of a copy of another page are on both pages.
fn is_article(lines: &[CountedLine], frequency: &[Frequency]) -> bool {
    let (mut own, mut all) = (0, 0);
    for (line, frequency) in lines.iter().zip(frequency).filter(|(line, _)| line.removed_as.is_none()) {
        let characters = line.text.chars().count();
        all += characters;
        own += if *frequency == Frequency::Few { characters } else { 0 };
    }
    own * 2 >= all
}

impl PageRows<'_> {
    /// The lines and the frames that are on many pages.
    fn occurrences(&self, is_common: impl Fn(u64) -> bool) -> Vec<Occurrence> {
        let (enclosing, positions) = (enclosing(&self.neighbours()), positions(&self.frequency));
        let of_line = |at: usize| {
            let forms = self.ids[at].iter().zip([false, true]);
            let common = forms.filter_map(|(id, is_frame)| Some(((*id)?, is_frame)));
            let common: Vec<(u64, bool)> = common.filter(|(id, _)| is_common(*id)).collect();
            let (enclosing, position) = (enclosing[at], positions[at]);
            common
                .into_iter()
                .map(move |(id, is_frame)| self.occurrence(at, id, is_frame, enclosing, position))
        };
        (0..self.lines.len()).flat_map(of_line).collect()
    }

    fn occurrence(
        &self,
        at: usize,
        id: u64,
        is_frame: bool,
        enclosing: Option<Enclosing>,
        position: PagePosition,
    ) -> Occurrence {
        let line = &self.lines[at];
        let enclosing = enclosing.filter(|_| line.removed_as.is_none());
        let is_metadata = |other: usize| self.lines[other].removed_as == Some(RemovedAs::Metadata);
        Occurrence {
            id,
            is_frame,
            key: line.key.unwrap_or_default(),
            text: line.text.clone(),
            position,
            removed: line.removed_as == Some(RemovedAs::Furniture),
            metadata: is_metadata(at),
            enclosed: enclosing.is_some(),
            beside_metadata: enclosing.is_some_and(|Enclosing { above, below }| {
                is_metadata(above) || below.is_some_and(is_metadata)
            }),
            company: if is_frame { Companions::default() } else { self.company(at) },
            leads: self.is_own(at + 1),
        }
    }

    fn company(&self, at: usize) -> Companions {
        if self.is_article {
            Companions::of(self.lines, &self.pages, self.least, at)
        } else {
            Companions::default()
        }
    }

    /// Whether there is a line at a position that is the page's own.
    fn is_own(&self, at: usize) -> bool {
        self.frequency.get(at) == Some(&Frequency::Few) && self.lines[at].removed_as.is_none()
    }

    fn neighbours(&self) -> Vec<AdjacentLine<RemovedAs>> {
        let neighbour = |(line, frequency): (&CountedLine, &Frequency)| match (line.removed_as, frequency) {
            (Some(kind), _) => AdjacentLine::Goes(kind),
            (None, Frequency::Most) => AdjacentLine::OnMost,
            (None, Frequency::Some) => AdjacentLine::OnSome,
            (None, Frequency::Few) => AdjacentLine::Own,
        };
        self.lines.iter().zip(&self.frequency).map(neighbour).collect()
    }
}

/// The position of each line relative to the page's own lines.
fn positions(frequency: &[Frequency]) -> Vec<PagePosition> {
    let is_own = |frequency: &Frequency| *frequency == Frequency::Few;
    let first = frequency.iter().position(is_own).unwrap_or(frequency.len());
    let last = frequency.iter().rposition(is_own).unwrap_or_default();
    let position = |at: usize| match at {
        at if at < first => PagePosition::Head,
        at if at > last => PagePosition::Tail,
        _ => PagePosition::Middle,
    };
    (0..frequency.len()).map(position).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_has_little_text_of_its_own() {
        let line =
            |text: &str, removed_as| CountedLine { key: None, frame: None, removed_as, text: text.into() };
        let lines = [
            line("街坊說好。", None),
            line("里長也說好。", None),
            line("分享到：", Some(RemovedAs::Furniture)),
        ];
        for (frequency, expected) in [
            ([Frequency::Few, Frequency::Few, Frequency::Most], true),
            ([Frequency::Some, Frequency::Few, Frequency::Most], true),
            ([Frequency::Few, Frequency::Some, Frequency::Few], false),
            ([Frequency::Some, Frequency::Some, Frequency::Few], false),
        ] {
            assert_eq!(is_article(&lines, &frequency), expected, "{frequency:?}");
        }
    }

    #[test]
    fn lines_above_and_below_the_own_ones_are_head_and_tail() {
        use Frequency::{Few, Most, Some};
        use PagePosition::{Head, Middle, Tail};
        assert_eq!(positions(&[Some, Few, Most, Few, Some]), [Head, Middle, Middle, Middle, Tail]);
        assert_eq!(positions(&[Some, Most]), [Head, Head]);
        assert_eq!(positions(&[]), []);
    }
}
