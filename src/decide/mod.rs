//! Decision: the only place that says which lines go. An ordered list of policies reads facts (what matches, what
//! repeats) and numbers (posterior probabilities), and each says what it changes.

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
use exemptions::SpokenOf;
pub use history::Step;
pub(crate) use history::with_history;
use verdict::LabelVerdict;

/// What is asked for.
#[derive(Clone, Copy)]
pub(crate) struct Settings<'s> {
    /// The model, where it is not the built-in one.
    pub model: Option<&'s Model>,
    /// Which of the lines that say the same stays.
    pub keep: KeepTwin,
    /// The script that the text is converted to, where that has a say in it.
    pub script: Option<Script>,
    /// The user's rules.
    pub pack: Option<&'s RulePack>,
    /// The user's lists of lines that go.
    pub remove_lines: &'s [LineList],
    /// What a model of a collection knows of the article's source.
    pub learned: Option<&'s SourceLines>,
    /// Whether the removals of a rule are wanted.
    pub wanted: &'s dyn Fn(&'static Rule) -> bool,
    /// Whether an editor keeps a row, whatever it is taken for.
    pub kept: &'s dyn Fn(Row) -> bool,
}

/// A view with what is known of it.
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

    /// What titles tell of the headline. It never goes, but for a copy of it that stays.
    fn titles(&self) -> Titles {
        *self.titles.get_or_init(|| Titles::of(self.view))
    }

    /// What kind of text the page is, where its kind repeats by nature.
    fn genre(&self) -> &Genre {
        self.genre.get_or_init(|| Genre::of(self.view))
    }

    /// Whether the page has body text: without any, nothing tells a table or a list from a menu.
    fn has_body_text(&self) -> bool {
        let is_body_text = |line: &ViewLine| line.shape.is_body_text(BodyText::BeyondHeadings);
        *self.has_body_text.get_or_init(|| self.view.lines.iter().any(is_body_text))
    }

    /// What the classifier says; `None` where nobody asks for it, and of laws: their matter is notices and short lines.
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

/// What has been decided so far.
#[derive(Default)]
struct Decisions {
    /// The reasons to remove rows, of rules first.
    findings: Vec<Finding>,
    /// The lines that rules match and that stay, because the article speaks of such lines.
    spoken_of: SpokenOf,
    /// What the classifier takes each line for.
    verdicts: TiVec<Rank, Option<LabelVerdict>>,
    /// The category of the rule that names each line.
    named: TiVec<Rank, Option<Category>>,
}

/// Changes decisions by what is known of a page.
type Policy = fn(&JudgedPage, &mut Decisions);

/// The policies, in the order in which they decide. A new one is a file and a row.
const POLICIES: &[(&str, Policy)] = &[
    ("patterns", |page, decisions| {
        let pack = page.settings.pack;
        let (findings, spoken_of) =
            exemptions::pattern::exempt(page.view, patterns::find(page.view, pack), pack);
        decisions.findings.extend(findings);
        decisions.spoken_of = spoken_of;
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

/// The rows of a view that go, in order, one finding each.
pub(crate) fn removals(view: &View, settings: Settings) -> Vec<Finding> {
    run(view, settings, |_, _| ())
}

/// Runs all policies; `observe` sees the decisions behind each.
fn run(view: &View, settings: Settings, mut observe: impl FnMut(&'static str, &Decisions)) -> Vec<Finding> {
    let page = JudgedPage::new(view, settings);
    let mut decisions = Decisions::default();
    for (name, policy) in POLICIES {
        policy(&page, &mut decisions);
        observe(name, &decisions);
    }
    decisions.findings
}
