//! The decision: the only place that says which lines are removed. An ordered list of policies reads facts
//! (matches, duplicates) and numbers (posterior probabilities). Each policy changes the decisions made so
//! far.

mod classified;
pub(crate) mod duplicates;
mod enclosed;
pub(crate) mod exemptions;
mod extent;
mod fill_gaps;
mod headings;
mod history;
mod learned;
mod lines;
mod listed;
mod menus;
mod outside;
mod precedence;
mod timetables;
mod verdict;

use std::cell::OnceCell;

use typed_index_collections::TiVec;

use crate::analysis::{BodyText, LineList, Rank, Row, View, ViewLine};
use crate::detect::classifier::{Model, Posteriors, is_of_model};
use crate::detect::duplicates::document_type::Genre;
use crate::detect::headline::Titles;
use crate::detect::learned::SourceLines;
use crate::detect::patterns::RulePack;
use crate::detect::{Finding, patterns, residue};
use crate::rules::{Category, Rule, rules};
use crate::script::Script;
pub use duplicates::KeepTwin;
use exemptions::MentionedBoilerplate;
pub use history::Step;
pub(crate) use history::with_history;
use verdict::LabelVerdict;

/// The settings of a decision.
#[derive(Clone, Copy)]
pub(crate) struct Settings<'s> {
    /// The line model, unless it is the built-in one.
    pub model: Option<&'s Model>,
    /// The choice among lines that say the same: one of them is kept.
    pub keep: KeepTwin,
    /// The script that the text is converted to, if `keep` depends on it.
    pub script: Option<Script>,
    /// The user's rules.
    pub pack: Option<&'s RulePack>,
    /// The user's lists of lines to remove.
    pub remove_lines: &'s [LineList],
    /// The lines that a model of a collection knows of the article's source.
    pub learned: Option<&'s SourceLines>,
    /// Whether the removals of a rule are wanted.
    pub wanted: &'s dyn Fn(&'static Rule) -> bool,
    /// Whether an editor keeps a row, whatever the other policies decide.
    pub kept: &'s dyn Fn(Row) -> bool,
}

/// A page under judgement: its view, the settings, and facts that are computed when a policy first needs
/// them.
struct JudgedPage<'p, 't> {
    view: &'p View<'t>,
    settings: Settings<'p>,
    posteriors: OnceCell<Option<Posteriors<'p, 't>>>,
    titles: OnceCell<Titles>,
    has_body_text: OnceCell<bool>,
    genre: OnceCell<Genre>,
}

impl<'p, 't> JudgedPage<'p, 't> {
    fn new(view: &'p View<'t>, settings: Settings<'p>) -> Self {
        Self {
            view,
            settings,
            posteriors: OnceCell::new(),
            titles: OnceCell::new(),
            has_body_text: OnceCell::new(),
            genre: OnceCell::new(),
        }
    }

    /// The headline that a title identifies, and the page's title. The headline is removed only if a copy
    /// of it is kept.
    fn titles(&self) -> Titles {
        *self.titles.get_or_init(|| Titles::of(self.view))
    }

    /// The page's type, if it is a type of text that repeats itself by nature, such as verse.
    fn genre(&self) -> &Genre {
        self.genre.get_or_init(|| Genre::of(self.view))
    }

    /// Whether the page has body text. Without it nothing distinguishes a table or a list from a menu.
    fn has_body_text(&self) -> bool {
        let is_body_text = |line: &ViewLine| line.shape.is_body_text(BodyText::BeyondHeadings);
        *self.has_body_text.get_or_init(|| self.view.lines.iter().any(is_body_text))
    }

    /// The classifier's probabilities. `None` if no rule of the classifier is wanted, and for laws, which
    /// consist of notices and short lines.
    fn posteriors(&self) -> Option<&Posteriors<'p, 't>> {
        let posteriors = || {
            let is_asked = rules().iter().filter(|rule| is_of_model(rule)).any(self.settings.wanted);
            let is_judged = is_asked && !self.view.is_statute();
            if is_judged {
                Posteriors::of(self.view, self.settings.model, self.titles().headline)
            } else {
                None
            }
        };
        self.posteriors.get_or_init(posteriors).as_ref()
    }
}

/// The decisions made so far.
#[derive(Default)]
struct Decisions {
    /// The reasons to remove rows; those of rules come first.
    findings: Vec<Finding>,
    /// The lines that rules match and that are kept, because the article is about such lines.
    mentioned: MentionedBoilerplate,
    /// The classifier's verdict on each line.
    verdicts: TiVec<Rank, Option<LabelVerdict>>,
    /// The category of the rule that applies to each line, if one does.
    rule_category: TiVec<Rank, Option<Category>>,
}

/// A function that changes the decisions, given a page.
type Policy = fn(&JudgedPage, &mut Decisions);

/// The policies, in the order in which they decide. A new policy is a file and a row.
const POLICIES: &[(&str, Policy)] = &[
    ("patterns", |page, decisions| {
        let pack = page.settings.pack;
        let (findings, mentioned) =
            exemptions::pattern::exempt(page.view, patterns::find(page.view, pack), pack);
        decisions.findings.extend(findings);
        decisions.mentioned = mentioned;
    }),
    ("residue", |page, decisions| decisions.findings.extend(residue::find(page.view))),
    ("duplicates", duplicates::decide),
    ("learned lines", learned::decide),
    ("kept lines", exemptions::kept::decide),
    ("classifier", classified::judge),
    ("one of two stays", classified::keep_one),
    ("fill gaps", fill_gaps::decide),
    ("menus", menus::decide),
    ("timetables", timetables::decide),
    ("headline", headings::keep_headline),
    ("enclosed", enclosed::decide),
    ("headings", headings::decide),
    ("outside", outside::decide),
    ("evidence", classified::conclude),
    ("titled headline", headings::keep_titled),
    ("listed lines", listed::decide),
    ("selection", |page, decisions| {
        decisions.findings.retain(|finding| (page.settings.wanted)(finding.rule))
    }),
    ("precedence", precedence::decide),
];

/// The rows of a view to remove, in order, each with one finding.
pub(crate) fn removals(view: &View, settings: Settings) -> Vec<Finding> {
    run(view, settings, |_, _| ())
}

/// Runs all policies. `observe` gets the decisions after each policy.
fn run(view: &View, settings: Settings, mut observe: impl FnMut(&'static str, &Decisions)) -> Vec<Finding> {
    let page = JudgedPage::new(view, settings);
    let mut decisions = Decisions::default();
    for (name, policy) in POLICIES {
        policy(&page, &mut decisions);
        observe(name, &decisions);
    }
    decisions.findings
}
