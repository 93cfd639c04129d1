//! The learner: it sums up the results of many pages.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use foldhash::{HashMap, HashSet};

use super::page::PageReading;
use super::page_reader::PageReader;
use super::page_tally::PageTally;
use super::thresholds::LearnThresholds;
use crate::detect::learned::{CorpusModel, LearnedLine, LineVerdict, SourceLines};

/// The sums of what a [`PageReader`] finds. [`learn`](super::learn) does all of this with texts in memory.
///
/// ```
/// use qingwen::corpus::{LearnThresholds, Learner, PageCounts, PageLines, PageReader};
/// let pages = ["老街夜市搬走了。\n分享到：\n", "街坊說好。\n分享到：\n"];
/// let mut counts = PageCounts::default();
/// pages.iter().for_each(|page| counts.add(&PageLines::of("老街網", page, None)));
/// let reader = PageReader::new(counts, LearnThresholds::default());
/// let mut learner = Learner::default();
/// pages.iter().for_each(|page| learner.add(&reader.read("老街網", page, None)));
/// let model = learner.finish(&reader);
/// assert_eq!(model.of_source(Some("老街網")).unwrap().lines()[0].line, "分享到：");
/// ```
#[derive(Debug, Clone, Default)]
pub struct Learner {
    /// For each source, the counts.
    tallies: BTreeMap<String, PageTallies>,
    /// The hashes of the pages. A page that comes again says nothing new.
    pages: HashSet<u64>,
    /// The hashes of the pages that come more than once, if they are known.
    repeated: Option<HashSet<u64>>,
}

/// For each id, and whether it is the id of a frame, the counts.
type PageTallies = HashMap<(u64, bool), PageTally>;

impl Learner {
    /// A learner that knows which pages come more than once. It remembers only these, so it takes no memory
    /// for the others.
    pub fn knowing(repeated: impl IntoIterator<Item = u64>) -> Self {
        Self { repeated: Some(repeated.into_iter().collect()), ..Self::default() }
    }

    /// Adds the reading of a page. The order of the pages does not matter, and a page that comes again does
    /// not count.
    pub fn add(&mut self, reading: &PageReading) {
        let may_repeat = self.repeated.as_ref().is_none_or(|repeated| repeated.contains(&reading.page));
        if may_repeat && !self.pages.insert(reading.page) {
            return;
        }
        let tallies = self.tallies.entry(reading.source.clone()).or_default();
        let mut seen = HashSet::default();
        for occurrence in &reading.occurrences {
            let form = (occurrence.id, occurrence.is_frame);
            tallies.entry(form).or_default().add(occurrence, seen.insert(form));
        }
    }

    /// The model of all sources that the reader counted.
    pub fn finish(mut self, reader: &PageReader) -> CorpusModel {
        let source = |(name, documents): (&str, u64)| {
            let tallies = self.tallies.remove(name).unwrap_or_default();
            SourceLines::new(name.to_owned(), documents, lines(tallies, &reader.thresholds, documents))
        };
        CorpusModel::new(reader.counts.sources().map(source).collect::<Vec<_>>())
    }
}

/// The learned lines of a source, those on most pages first.
fn lines(tallies: PageTallies, thresholds: &LearnThresholds, documents: u64) -> Vec<LearnedLine> {
    let line = |((_, frame), tally): ((u64, bool), PageTally)| {
        let verdict = thresholds.verdict(&tally, frame, documents)?;
        let in_company =
            verdict == LineVerdict::Block && thresholds.is_in_company(&tally.counts, frame, documents);
        let PageTally { counts, example, .. } = tally;
        Some(LearnedLine { line: example, frame, verdict, in_company, reviewed: false, counts })
    };
    let mut lines: Vec<LearnedLine> = tallies.into_iter().filter_map(line).collect();
    lines.sort_by(|a, b| {
        let order = |line: &LearnedLine| (Reverse(line.counts.documents), line.frame);
        order(a).cmp(&order(b)).then_with(|| a.line.cmp(&b.line))
    });
    lines
}
