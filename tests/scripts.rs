//! Text that must not move a clause to the other script, in `tests/cases/scripts/<script>.tsv`: classical text,
//! Japanese and quotations of it, names. Each line is identified, and converted as a line of a mixed article.

#![allow(clippy::unwrap_used)] // A test that cannot continue must fail.

use std::fs;
use std::path::Path;

use qingwen::identify::Identification;
use qingwen::{Conversion, Target};

/// The lines of a case file, each with its script and its converted form.
fn cases(script: &str) -> Vec<[String; 3]> {
    let file = format!("tests/cases/scripts/{script}.tsv");
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let case = |line: &str| {
        let mut cells = line.split('\t');
        let (text, script) = (cells.next().unwrap(), cells.next().unwrap());
        [text, script, cells.next().unwrap_or(text)].map(String::from)
    };
    lines.map(case).collect()
}

fn check(script: &str, stranger: [&str; 2], targets: &[Target]) {
    let cases = cases(script);
    assert!(cases.len() > 5);
    let lines: Vec<&str> = cases.iter().map(|[line, ..]| line.as_str()).chain([stranger[0]]).collect();
    for [line, script, _] in &cases {
        assert_eq!(Identification::of(line).script.name(), script, "{line}");
    }
    for target in targets {
        let conversion = Conversion::of(*target, lines.iter().copied());
        for (index, [line, _, converted]) in cases.iter().enumerate() {
            assert_eq!(conversion.convert_line(index, line), *converted, "{target}");
        }
        assert_eq!(conversion.convert_line(cases.len(), stranger[0]), stranger[1], "{target}");
    }
}

#[test]
fn classical_text_japanese_and_names_stay_in_a_traditional_article() {
    let targets = [Target::Tw, Target::Hk, Target::TwPhrases, Target::HkPhrases, Target::Hant, Target::Auto];
    check("hant", ["街坊说安静了许多，", "街坊說安靜了許多，"], &targets);
}

#[test]
fn and_in_a_simplified_one() {
    check("hans", ["街坊說安靜了許多，", "街坊说安静了许多，"], &[Target::Hans, Target::Auto]);
}
