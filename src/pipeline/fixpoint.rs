//! Rounds: an article is cleaned until cleaning the result again would change nothing. The removal of a line
//! can show what another line is, and so can conversion.

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

/// Maximum number of rounds with the line model. Real articles need five at most. If the model removes one
/// line after another, each because the line before it was removed, it cannot judge the text.
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
    reach_fixpoint(|| Draft::new(&document, options, title, exceptions, learned)).finish()
}

/// The changes that each policy made to the decision about each line, in each round.
pub(super) fn history(
    options: &Options,
    learned: Option<&SourceLines>,
    source: &str,
    title: Option<&str>,
    exceptions: &Exceptions,
) -> Vec<Step> {
    let document = Document::new(source);
    let history = RefCell::default();
    reach_fixpoint(|| Draft::new(&document, options, title, exceptions, learned).with_history(&history));
    history.into_inner().steps
}

/// The draft after the last round. `new` creates the draft before the first round.
fn reach_fixpoint<'d, 's>(new: impl Fn() -> Draft<'d, 's>) -> Draft<'d, 's> {
    let mut draft = new();
    if is_stable_in_time(&mut draft) {
        return draft;
    }
    // The model cannot judge the text, so its removals are dropped and rules begin anew. If the model then
    // reaches a fixed point on their result, its removals count after all, because cleaning that result again
    // would apply them.
    let mut by_rules = new();
    while advance(&mut by_rules, Judges::Rules) {}
    let mut draft = by_rules.clone();
    if is_stable_in_time(&mut draft) { draft } else { by_rules }
}

/// Runs rounds until cleaning the result again would change nothing. Returns whether that needed no more than
/// the maximum number of rounds.
fn is_stable_in_time(draft: &mut Draft) -> bool {
    (0..ROUNDS).any(|_| !advance(draft, Judges::All))
}

/// Runs one round. Returns whether it changed anything. Rounds end, because each one makes progress, and
/// progress is bounded.
fn advance(draft: &mut Draft, judges: Judges) -> bool {
    let before = draft.progress();
    let changed = draft.advance(judges);
    debug_assert!(!changed || draft.progress() > before, "{before:?} before, {:?} after", draft.progress());
    changed
}

/// The history of all rounds.
#[derive(Default)]
pub(super) struct History {
    rounds: usize,
    steps: Vec<Step>,
}

impl History {
    /// Decides as [`decide::removals`] does, and records the steps.
    pub fn decide(&mut self, view: &View, settings: Settings) -> Vec<Finding> {
        self.rounds += 1;
        decide::with_history(view, settings, self.rounds, &mut self.steps)
    }
}
