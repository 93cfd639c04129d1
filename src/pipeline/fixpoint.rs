//! Rounds: an article is cleaned until cleaning the result again would change nothing. Removing a line can show another
//! one for what it is, and so can conversion.

use std::cell::RefCell;

use super::Cleaned;
use super::draft::{Draft, Judges};
use super::exceptions::Exceptions;
use super::options::Options;
use crate::analysis::View;
use crate::decide::{self, Settings, Step};
use crate::detect::Finding;
use crate::detect::learned::SourceLines;
use crate::text::Document;

/// Rounds in which an article comes to rest; real ones take five at most. Where the line model takes one line
/// after another, each because the one before it went, the text is none that it can judge.
const ROUNDS: usize = 16;

/// Cleans an article.
pub(super) fn clean(
    options: &Options,
    learned: Option<&SourceLines>,
    source: &str,
    title: Option<&str>,
    exceptions: &Exceptions,
) -> Cleaned {
    let document = Document::new(source);
    come_to_rest(|| Draft::new(&document, options, title, exceptions, learned)).finish()
}

/// What each policy said of each line, in each round.
pub(super) fn history(
    options: &Options,
    learned: Option<&SourceLines>,
    source: &str,
    title: Option<&str>,
    exceptions: &Exceptions,
) -> Vec<Step> {
    let document = Document::new(source);
    let history = RefCell::default();
    come_to_rest(|| Draft::new(&document, options, title, exceptions, learned).with_history(&history));
    history.into_inner().steps
}

/// The draft at rest. `new` gives it as it is before the first round.
fn come_to_rest<'d, 's>(new: impl Fn() -> Draft<'d, 's>) -> Draft<'d, 's> {
    let mut draft = new();
    if settles(&mut draft) {
        return draft;
    }
    // The model has no say: what it took does not count, and rules begin anew. Where their result brings it
    // to rest it may speak after all, for so it would if that result were cleaned again.
    let mut ruled = new();
    while advance(&mut ruled, Judges::Rules) {}
    let mut draft = ruled.clone();
    if settles(&mut draft) { draft } else { ruled }
}

/// Goes on until cleaning the result again would change nothing; whether that came soon enough.
fn settles(draft: &mut Draft) -> bool {
    (0..ROUNDS).any(|_| !advance(draft, Judges::All))
}

/// One round; whether it changed anything. Such rounds end, because each makes progress, and there is only so much.
fn advance(draft: &mut Draft, judges: Judges) -> bool {
    let before = draft.progress();
    let changed = draft.advance(judges);
    debug_assert!(!changed || draft.progress() > before, "{before:?} before, {:?} after", draft.progress());
    changed
}

/// The account of rounds.
#[derive(Default)]
pub(super) struct History {
    rounds: usize,
    steps: Vec<Step>,
}

impl History {
    /// Decides what goes, as [`decide::removals`] does.
    pub fn decide(&mut self, view: &View, settings: Settings) -> Vec<Finding> {
        self.rounds += 1;
        decide::with_history(view, settings, self.rounds, &mut self.steps)
    }
}
