//! `qingwen rules` and `qingwen explain`.

use super::args::RulesArgs;
use super::{Outcome, print};
use crate::detect::{Certainty, Place, Rule, Scope, UnknownRule, rule, rules};

pub(super) fn list(args: &RulesArgs) -> anyhow::Result<Outcome> {
    let row = |rule: &Rule| match args.json {
        true => serde_json::to_string(rule).map(|json| json + "\n"),
        false => Ok(format!("{:<28} {}\n", rule.id, rule.title)),
    };
    let rows = rules().iter().map(row).collect::<Result<String, _>>()?;
    print(rows.as_bytes())
}

pub(super) fn explain(id: &str) -> anyhow::Result<Outcome> {
    let category = rules().iter().filter(|rule| rule.category.name() == id).map(|rule| rule.id.as_str());
    let category: Vec<_> = category.collect();
    if !category.is_empty() {
        anyhow::bail!("{id} is a category; its rules are {}", category.join(", "));
    }
    let rule = rule(id).ok_or_else(|| UnknownRule(id.into()))?;
    print(page(rule).as_bytes())
}

/// A rule's manual page.
fn page(rule: &Rule) -> String {
    let place = match rule.place {
        Place::Head => "among the first lines of the article",
        Place::Tail => "among the last lines of the article",
        Place::Anywhere => "anywhere",
    };
    let scope = match rule.scope {
        Scope::Line => "the line",
        Scope::Section => "the heading and the lines that hang on it",
    };
    let certainty = match rule.certainty {
        Certainty::Sure => "sure",
        Certainty::Likely => "likely",
    };
    let examples = |lines: &[String]| lines.iter().map(|line| format!("    {line}\n")).collect::<String>();
    format!(
        "{id}\n    {title}\n\nWhy\n    {why}\n\nRemoves {scope}, {place}; {certainty}.\n\nRemoved\n{matches}\n\
         Not removed\n{spares}\nTo keep such lines: --keep {id}\n",
        id = rule.id,
        title = rule.title,
        why = rule.why.trim().replace('\n', "\n    "),
        matches = examples(&rule.matches),
        spares = examples(&rule.spares),
    )
}
