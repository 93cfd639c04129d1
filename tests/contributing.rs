//! The example of a rule in CONTRIBUTING.md: the checks of the build script accept it, and its examples hold.

#![allow(dead_code)] // A test needs only a part of the module.

#[path = "../src/rules/attributes.rs"]
mod attributes;
#[path = "../src/rules/written.rs"]
mod written;

use qingwen::{clean::fold, rules::rule};
use regex::Regex;
use written::{Finder, Written, read};

/// The first TOML block of the section on boilerplate rules.
fn example() -> &'static str {
    let guide = include_str!("../CONTRIBUTING.md");
    let section = guide.split_once("\n## A boilerplate rule\n").expect("the section").1;
    let block = section.split_once("```toml\n").expect("an example").1;
    block.split_once("```").expect("its end").0
}

/// Whether a pattern of the rule matches the key of a line. Keys have one form of each Han character, so the pattern
/// gets the same form.
fn is_match(rule: &Written, line: &str) -> bool {
    let folded = |c: char| if c.is_ascii() { c.to_string() } else { fold(&c.to_string()) };
    let mut patterns = rule.patterns.iter().map(|pattern| pattern.chars().map(folded).collect::<String>());
    patterns.any(|pattern| Regex::new(&pattern).expect("a pattern").is_match(&fold(line)))
}

#[test]
fn the_example_of_a_rule_compiles_and_its_examples_hold() {
    let rules = read([("CONTRIBUTING.md", example(), Finder::Patterns)].into_iter());
    let rules = rules.unwrap_or_else(|faults| panic!("{faults:?}"));
    let [(_, example)] = rules.as_slice() else { panic!("one rule, not {}", rules.len()) };
    assert!(rule(&example.id).is_none(), "{} exists: the example must be a new rule", example.id);
    for line in &example.matches {
        assert!(is_match(example, line), "must match: {line}");
    }
    for line in &example.spares {
        assert!(!is_match(example, line), "must not match: {line}");
    }
}
