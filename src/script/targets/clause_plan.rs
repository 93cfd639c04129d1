//! The treatment of each clause of a line.

use super::super::identify::{Clause, Script, ScriptCount};
use super::super::target::Target;
use super::super::variants::weights;
use super::document_script::ScriptEvidence;
use super::evidence;
use super::span_converter::SpanConverter;
use crate::text::is_han;

/// The treatment of a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Treatment {
    /// The clause is in the target script.
    Leave,
    /// The clause is in the other script.
    Convert,
    /// The clause is in the target script, except for single characters.
    ConvertCharacters,
}

/// The runs of clauses with the same treatment, and the treatment of each run. Neighbouring clauses with the same
/// treatment are converted together, because some phrases contain a comma.
pub(super) fn treatments<'t>(
    line: &'t str,
    clauses: &[Clause],
    setting: ScriptEvidence,
    target: Target,
    span: SpanConverter,
) -> Vec<(&'t str, Treatment)> {
    let whole = clauses.iter().fold(ScriptCount::default(), |sum, clause| sum.plus(told(clause)));
    let of_line = whole.majority().or(setting.script);
    let judge = Judge { target, span, setting };
    let mut runs: Vec<(&str, Treatment)> = Vec::new();
    let (mut start, mut end) = (0, 0);
    let mut before = None;
    let mut after = Ahead::default();
    for (index, clause) in clauses.iter().enumerate() {
        before = told(clause).majority().or(before);
        let after = after.from(clauses, index);
        let inherited = if before == after { before.or(of_line) } else { of_line };
        let treatment = judge.treatment(clause, inherited, before != after);
        match runs.last_mut() {
            Some((text, last)) if *last == treatment => *text = &line[start..end + clause.text.len()],
            _ => {
                start = end;
                runs.push((&line[start..end + clause.text.len()], treatment));
            }
        }
        end += clause.text.len();
    }
    runs
}

/// The evidence of a clause about the clauses around it. Japanese clauses give none, because Japanese shares characters
/// with both scripts.
fn told(clause: &Clause) -> ScriptCount {
    if clause.is_japanese() { ScriptCount::default() } else { clause.count }
}

/// The script of the next clause with a majority, including the clause itself. It is found once for all clauses before
/// it.
#[derive(Default)]
struct Ahead {
    found: Option<(usize, Option<Script>)>,
}

impl Ahead {
    fn from(&mut self, clauses: &[Clause], index: usize) -> Option<Script> {
        if self.found.is_none_or(|(place, _)| place < index) {
            let script = |place: usize| told(&clauses[place]).majority();
            let place = (index..clauses.len()).find(|place| script(*place).is_some());
            let script = place.and_then(script);
            self.found = Some((place.unwrap_or(clauses.len()), script));
        }
        self.found.and_then(|(_, script)| script)
    }
}

struct Judge<'s> {
    target: Target,
    span: SpanConverter<'s>,
    setting: ScriptEvidence,
}

impl Judge<'_> {
    /// A clause between two scripts needs less proof.
    fn treatment(&self, clause: &Clause, inherited: Option<Script>, between: bool) -> Treatment {
        let Some(target) = self.target.script() else { return Treatment::Leave };
        let own = clause.count.in_script(target);
        match clause.count.hans + clause.count.hant - own {
            0 if own == 0 && self.proves(clause, between) => Treatment::Convert,
            0 if own > 0 || inherited.is_none_or(|script| script == target) => Treatment::Leave,
            _ if clause.is_japanese() => Treatment::Leave,
            others if others > own => Treatment::Convert,
            others if others == own && inherited != Some(target) => Treatment::Convert,
            _ => Treatment::ConvertCharacters,
        }
    }

    /// Whether the neighbours of a character show that Traditional text would not write it this way. A character that
    /// stands alone, such as the quoted 「后」, has no neighbours.
    fn proves(&self, clause: &Clause, between: bool) -> bool {
        let weights = weights();
        let (doubt, in_phrase) = match between {
            _ if self.setting.is_unknown => (weights.doubt_unknown, weights.doubt_unknown),
            true => (weights.doubt_between, weights.doubt_in_phrase),
            false => (weights.doubt, weights.doubt_in_phrase),
        };
        let has_neighbours = || clause.text.chars().filter(|c| is_han(*c)).nth(1).is_some();
        (self.setting.is_mixed || self.setting.is_unknown)
            && !clause.is_japanese()
            && has_neighbours()
            && !(self.setting.is_unknown && evidence::is_in_standard(clause.text, self.target))
            && self.span.proves(clause.text, doubt, in_phrase)
    }
}
