//! `qingwen rules` and `qingwen explain`.

use anyhow::Context;
use unicode_width::UnicodeWidthStr;

use super::args::{ExplainArgs, RulesArgs};
use super::{Ending, hints, print, rule_packs};
use crate::clean::RulePack;
use crate::detect::classifier;
use crate::report::names::{Name, names};
use crate::rules::{Category, Certainty, Guard, Place, Rule, Scope, UnknownRule, guards, rules};

/// The start of the id of a guard's page.
const GUARD: &str = "guard/";
/// Number of columns in the paragraphs of a page.
const COLUMNS: usize = 92;

pub(super) fn list(args: &RulesArgs) -> anyhow::Result<Ending> {
    let row = |rule: &Rule| match args.json {
        true => serde_json::to_string(rule).map(|json| json + "\n"),
        false => Ok(format!("{:<28} {}\n", rule.id, rule.title)),
    };
    let pack = rule_packs::read(&args.packs.folders)?;
    let mut all: Vec<&Rule> = rules().iter().chain(pack.rules()).collect();
    all.sort_by_key(|rule| (rule.category, rule.id));
    let rows = all.into_iter().map(row).collect::<Result<String, _>>()?;
    print(rows.as_bytes())
}

pub(super) fn explain(args: &ExplainArgs) -> anyhow::Result<Ending> {
    print(manual(&args.subject, &rule_packs::read(&args.packs.folders)?)?.as_bytes())
}

/// The manual page of a rule, a guard or another name.
///
/// # Errors
/// If there is no page with this id. The error names what there is.
pub(super) fn manual(id: &str, pack: &RulePack) -> anyhow::Result<String> {
    if id == GUARD.trim_end_matches('/') {
        anyhow::bail!("guards spare lines that repeat for reasons of their own; they are {}", guard_names());
    }
    if let Some(Name { name, text }) = names()?.iter().find(|name| name.name == id) {
        return Ok(format!("{name}\n{}\n", wrapped(text)));
    }
    if let Some(name) = id.strip_prefix(GUARD) {
        return Ok(guard_page(guard(name)?));
    }
    let rules_that = |holds: &dyn Fn(&Rule) -> bool| {
        let ids = rules().iter().chain(pack.rules()).filter(|rule| holds(rule)).map(|rule| rule.id);
        ids.collect::<Vec<_>>().join(", ")
    };
    if Category::ALL.iter().any(|category| category.name() == id) {
        let category = rules_that(&|rule| rule.category.name() == id);
        anyhow::bail!("{id} is a category; its rules are {category}");
    }
    if id == classifier::PREFIX.trim_end_matches('/') {
        let of_model = rules_that(&classifier::is_of_model);
        anyhow::bail!("{id} is the line model, which judges what no rule names; its rules are {of_model}");
    }
    let rule = match (pack.rule(id), hints::subject(id)) {
        (Some(rule), _) => rule,
        (None, Some(hint)) => anyhow::bail!("no rule named {id:?}; {hint}"),
        (None, None) => return Err(UnknownRule(id.into()).into()),
    };
    Ok(page(rule))
}

fn guard(name: &str) -> anyhow::Result<&'static Guard> {
    let guard = guards().iter().find(|guard| guard.name == name);
    guard.with_context(|| format!("no guard named {name:?}; the guards are {}", guard_names()))
}

fn guard_names() -> String {
    guards().iter().map(|guard| format!("{GUARD}{}", guard.name)).collect::<Vec<_>>().join(", ")
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
    let (certainty, dial) = match rule.certainty {
        Certainty::Sure => ("sure", ""),
        Certainty::Likely => ("likely", ", or --certainty sure to leave out every rule that is only likely"),
    };
    let Rule { id, title, category, .. } = rule;
    let profiles = match category {
        Category::Metadata => "the profile corpus",
        Category::Repeat | Category::User | Category::Corpus => "every profile",
        _ => "the profiles article and corpus",
    };
    let guards = if id.starts_with("repeat/") {
        format!("\nSpared by\n    {}\n", guard_names())
    } else {
        String::new()
    };
    format!(
        "{id}\n    {title}\n\n{why}{problems}Removes {scope}, {place}; {certainty}; in {profiles}.\n\nRemoved\n{matches}\nNot removed\n{spares}{guards}\n\
         To keep such lines: --keep {id}, or --keep {category} for the whole category{dial}.\n",
        why = paragraph("Why", rule.why),
        problems = paragraph("Known problems", rule.problems),
        matches = examples(rule.matches),
        spares = examples(rule.spares),
    )
}

/// A paragraph under a heading, if there is one. A user's rule may have none.
fn paragraph(heading: &str, text: &str) -> String {
    if text.trim().is_empty() { String::new() } else { format!("{heading}\n{}\n\n", wrapped(text)) }
}

/// A guard's manual page.
fn guard_page(guard: &Guard) -> String {
    format!(
        "{GUARD}{name}\n    {title}\n\nWhy\n{why}\n\nKnown problems\n{problems}\n\n\
         Kept, though they stand twice\n{guarded}\nNot guarded\n{unguarded}\n\
         A guard only ever keeps lines, and cannot be turned off.\n",
        name = guard.name,
        title = guard.title,
        why = wrapped(&guard.why),
        problems = wrapped(&guard.problems),
        guarded = examples(&guard.guarded),
        unguarded = examples(&guard.unguarded),
    )
}

fn examples(lines: &[impl std::fmt::Display]) -> String {
    lines.iter().map(|line| format!("    {line}\n")).collect()
}

/// A paragraph, indented and broken between words.
fn wrapped(text: &str) -> String {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split_whitespace() {
        let columns = word.width();
        if used > 0 && used + 1 + columns > COLUMNS {
            lines.push(String::new());
            used = 0;
        }
        let line = lines.last_mut();
        if let Some(line) = line {
            line.push_str(if used > 0 { " " } else { "    " });
            line.push_str(word);
        }
        used += columns + usize::from(used > 0);
    }
    lines.join("\n")
}
