//! The second reading: what cleaning does with the lines that stand on many pages.

use super::counted_page::{CountedLine, CountedPage, PageCounter, RemovedAs};
use super::page::{LineIds, Occurrence, PageReading, PlaceOnPage};
use super::page_counts::PageCounts;
use super::thresholds::LearnThresholds;
use crate::detect::learned::{AdjacentLine, Enclosing, enclosing, is_on_most};
use crate::pipeline::CleanerBuilder;

/// Reads pages whose lines were counted before. Threads may share it. [`Learner`](super::Learner) has an example.
#[derive(Debug)]
pub struct PageReader {
    pub(super) counts: PageCounts,
    pub(super) thresholds: LearnThresholds,
    counter: PageCounter,
}

/// On how many pages of the source a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Spread {
    /// On so few that it may be the page's own.
    Few,
    Some,
    Most,
}

impl Spread {
    fn of(pages: u64, least: u64, documents: u64) -> Self {
        match pages {
            pages if pages < least => Self::Few,
            pages if is_on_most(pages, documents) => Self::Most,
            _ => Self::Some,
        }
    }
}

/// The lines of a page, each list in the order of the page.
struct PageRows<'p> {
    lines: &'p [CountedLine],
    ids: Vec<LineIds>,
    /// On how many pages each one stands, compared with others.
    spread: Vec<Spread>,
}

impl PageReader {
    /// A reader that knows on how many pages each line stands.
    pub fn new(counts: PageCounts, thresholds: LearnThresholds) -> Self {
        Self { counts, thresholds, counter: PageCounter::default() }
    }

    /// The same with another cleaner: what it removes counts. It may have rules of the user's.
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
        let spread = ids.iter().map(|ids| Spread::of(pages(ids), least, documents)).collect();
        let rows = PageRows { lines: page.lines(), ids, spread };
        let occurrences = rows.occurrences(|id| self.counts.pages(id) >= least);
        PageReading { page: page.hash(), source: page.source().to_owned(), occurrences }
    }
}

impl PageRows<'_> {
    /// The lines and the frames that stand on many pages.
    fn occurrences(&self, is_common: impl Fn(u64) -> bool) -> Vec<Occurrence> {
        let (enclosing, places) = (enclosing(&self.neighbours()), places(&self.spread));
        let of_line = |at: usize| {
            let forms = self.ids[at].iter().zip([false, true]);
            let common = forms.filter_map(|(id, is_frame)| Some(((*id)?, is_frame)));
            let common: Vec<(u64, bool)> = common.filter(|(id, _)| is_common(*id)).collect();
            let (enclosing, place) = (enclosing[at], places[at]);
            common.into_iter().map(move |(id, is_frame)| self.occurrence(at, id, is_frame, enclosing, place))
        };
        (0..self.lines.len()).flat_map(of_line).collect()
    }

    fn occurrence(
        &self,
        at: usize,
        id: u64,
        is_frame: bool,
        enclosing: Option<Enclosing>,
        place: PlaceOnPage,
    ) -> Occurrence {
        let line = &self.lines[at];
        let enclosing = enclosing.filter(|_| line.removed_as.is_none());
        let is_metadata = |other: usize| self.lines[other].removed_as == Some(RemovedAs::Metadata);
        Occurrence {
            id,
            is_frame,
            key: line.key.unwrap_or_default(),
            text: line.text.clone(),
            place,
            removed: line.removed_as == Some(RemovedAs::Furniture),
            metadata: is_metadata(at),
            enclosed: enclosing.is_some(),
            beside_metadata: enclosing.is_some_and(|Enclosing { above, below }| {
                is_metadata(above) || below.is_some_and(is_metadata)
            }),
        }
    }

    fn neighbours(&self) -> Vec<AdjacentLine<RemovedAs>> {
        let neighbour = |(line, spread): (&CountedLine, &Spread)| match (line.removed_as, spread) {
            (Some(kind), _) => AdjacentLine::Goes(kind),
            (None, Spread::Most) => AdjacentLine::OnMost,
            (None, Spread::Some) => AdjacentLine::OnSome,
            (None, Spread::Few) => AdjacentLine::Own,
        };
        self.lines.iter().zip(&self.spread).map(neighbour).collect()
    }
}

/// Where each line stands among the page's own.
fn places(spread: &[Spread]) -> Vec<PlaceOnPage> {
    let is_own = |spread: &Spread| *spread == Spread::Few;
    let first = spread.iter().position(is_own).unwrap_or(spread.len());
    let last = spread.iter().rposition(is_own).unwrap_or_default();
    let place = |at: usize| match at {
        at if at < first => PlaceOnPage::Head,
        at if at > last => PlaceOnPage::Tail,
        _ => PlaceOnPage::Middle,
    };
    (0..spread.len()).map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_above_and_below_the_own_ones_are_head_and_tail() {
        use PlaceOnPage::{Head, Middle, Tail};
        use Spread::{Few, Most, Some};
        assert_eq!(places(&[Some, Few, Most, Few, Some]), [Head, Middle, Middle, Middle, Tail]);
        assert_eq!(places(&[Some, Most]), [Head, Head]);
        assert_eq!(places(&[]), []);
    }
}
