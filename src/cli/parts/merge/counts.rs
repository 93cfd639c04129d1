//! Merges counted lines: the model of `corpus learn`.

use anyhow::Context;

use super::super::super::Ending;
use super::super::super::args::MergeArgs;
use super::super::super::learn::{CountedPages, ModelFile, SortedPages};
use super::super::super::memory::Memory;
use super::super::counted_row;
use super::Part;
use super::pages::TablePages;
use crate::corpus::{LearnThresholds, Learner, PageLines, PageReader};

pub(super) fn merge(args: &MergeArgs, parts: &[Part]) -> anyhow::Result<Ending> {
    anyhow::ensure!(
        args.report.is_none(),
        "--report is for tables of `corpus sign`; --output writes the model"
    );
    let path = args.output.as_deref().context("tables of `corpus count` need --output, for the model")?;
    let file = ModelFile::open(path, args.review.as_deref(), args.force)?;
    let mut pages = SortedPages::new(&Memory::of(&args.memory, 1)?)?;
    for part in parts {
        for page in TablePages::of(&part.table, &counted_row::IDS) {
            pages.add(&PageLines::from(&page?))?;
        }
    }
    let CountedPages { counts, repeated } = pages.finish()?;
    let reader = PageReader::new(counts, LearnThresholds::default());
    let mut learner = Learner::knowing(repeated);
    for part in parts {
        for page in TablePages::of(&part.table, &counted_row::all()) {
            learner.add(&reader.read_counted(&page?));
        }
    }
    file.finish(learner.finish(&reader), Ending::default(), args.quiet)
}
