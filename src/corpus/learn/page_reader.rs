//! The second reading: what cleaning does with the lines that stand on many pages.

use foldhash::HashMap;

use super::page::{LineIds, Occurrence, PageReading, PlaceOnPage, identified, lines, page, view};
use super::page_counts::PageCounts;
use super::thresholds::LearnThresholds;
use crate::analysis::{Row, View};
use crate::detect::learned::{AdjacentLine, Enclosing, enclosing, is_on_most};
use crate::pipeline::{Cleaner, CleanerBuilder, Profile, Punctuation};
use crate::rules::Category;
use crate::script::Target;
use crate::text::{Document, TextHash};

/// Reads pages whose lines were counted before. Threads may share it. [`Learner`](super::Learner) has an example.
#[derive(Debug)]
pub struct PageReader {
    pub(super) counts: PageCounts,
    pub(super) thresholds: LearnThresholds,
    cleaner: Cleaner,
}

/// What cleaning does with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RemovedAs {
    Furniture,
    Metadata,
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

/// The lines of a page that count, each list in the order of the page.
struct PageRows<'v, 't> {
    view: &'v View<'t>,
    rows: Vec<(Row, &'v str, LineIds)>,
    /// On how many pages it stands, compared with others.
    spread: Vec<Spread>,
    /// What cleaning does with it.
    kinds: Vec<Option<RemovedAs>>,
}

impl PageReader {
    /// A reader that knows on how many pages each line stands.
    pub fn new(counts: PageCounts, thresholds: LearnThresholds) -> Self {
        Self { counts, thresholds, cleaner: removing(CleanerBuilder::default()) }
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
        Self { cleaner: removing(builder), ..self }
    }

    /// Reads a page of a source. The title is the one that came with the text.
    pub fn read(&self, source: &str, text: &str, title: Option<&str>) -> PageReading {
        let document = Document::new(text);
        let folded = lines(&document);
        let view = view(&folded);
        let rows = identified(&view, source);
        let documents = self.counts.documents(source);
        let least = self.thresholds.least(documents);
        let pages = |[line, _]: &LineIds| line.map_or(0, |id| self.counts.pages(id));
        let spread = rows.iter().map(|(_, _, ids)| Spread::of(pages(ids), least, documents));
        let spread: Vec<Spread> = spread.collect();
        let is_common = |id: u64| self.counts.pages(id) >= least;
        let occurrences = if rows.iter().any(|(_, _, ids)| ids.iter().flatten().any(|id| is_common(*id))) {
            let kinds = self.kinds(text, title);
            let number = |row: Row| usize::from(view.lines[row].number);
            let kinds = rows.iter().map(|(row, ..)| kinds.get(&number(*row)).copied()).collect();
            let lines = PageRows { view: &view, rows, spread, kinds };
            lines.occurrences(is_common)
        } else {
            Vec::new()
        };
        PageReading { page: page(source, text, title), source: source.to_owned(), occurrences }
    }

    /// By the number of the line, what cleaning does with the lines of a page. Repeats say nothing of other pages.
    fn kinds(&self, text: &str, title: Option<&str>) -> HashMap<usize, RemovedAs> {
        let cleaned = self.cleaner.clean_titled(text, title);
        let kind = |category| match category {
            Category::Repeat => None,
            Category::Metadata => Some(RemovedAs::Metadata),
            _ => Some(RemovedAs::Furniture),
        };
        cleaned.removals.iter().filter_map(|removal| Some((removal.line, kind(removal.category)?))).collect()
    }
}

/// A cleaner that removes all that it finds, and changes nothing else.
fn removing(builder: CleanerBuilder) -> Cleaner {
    builder.profile(Profile::Corpus).target(Target::Keep).punctuation(Punctuation::Keep).build()
}

impl PageRows<'_, '_> {
    /// The lines and the frames that stand on many pages.
    fn occurrences(&self, is_common: impl Fn(u64) -> bool) -> Vec<Occurrence> {
        let (enclosing, places) = (enclosing(&self.neighbours()), places(&self.spread));
        let of_line = |at: usize| {
            let forms = self.rows[at].2.iter().zip([false, true]);
            let common = forms.filter_map(|(id, is_frame)| Some(((*id)?, is_frame)));
            let common: Vec<(u64, bool)> = common.filter(|(id, _)| is_common(*id)).collect();
            let (enclosing, place) = (enclosing[at], places[at]);
            common.into_iter().map(move |(id, is_frame)| self.occurrence(at, id, is_frame, enclosing, place))
        };
        (0..self.rows.len()).flat_map(of_line).collect()
    }

    fn occurrence(
        &self,
        at: usize,
        id: u64,
        is_frame: bool,
        enclosing: Option<Enclosing>,
        place: PlaceOnPage,
    ) -> Occurrence {
        let (row, key, _) = self.rows[at];
        let kind = self.kinds[at];
        let enclosing = enclosing.filter(|_| kind.is_none());
        let is_metadata = |other: usize| self.kinds[other] == Some(RemovedAs::Metadata);
        Occurrence {
            id,
            is_frame,
            key: TextHash::of(key).bits(),
            text: self.view.lines[row].text.trim().to_owned(),
            place,
            removed: kind == Some(RemovedAs::Furniture),
            metadata: kind == Some(RemovedAs::Metadata),
            enclosed: enclosing.is_some(),
            beside_metadata: enclosing.is_some_and(|Enclosing { above, below }| {
                is_metadata(above) || below.is_some_and(is_metadata)
            }),
        }
    }

    fn neighbours(&self) -> Vec<AdjacentLine<RemovedAs>> {
        let neighbour = |(kind, spread): (&Option<RemovedAs>, &Spread)| match (kind, spread) {
            (Some(kind), _) => AdjacentLine::Goes(*kind),
            (None, Spread::Most) => AdjacentLine::OnMost,
            (None, Spread::Some) => AdjacentLine::OnSome,
            (None, Spread::Few) => AdjacentLine::Own,
        };
        self.kinds.iter().zip(&self.spread).map(neighbour).collect()
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
