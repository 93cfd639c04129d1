//! Articles in `tests/cases/articles/<category>/<name>`: what goes in, what comes out, and why.
//!
//! A case is `input.txt`, `expected.txt`, `findings.tsv` (line, rule, evidence), and where other options
//! than the defaults are wanted `options.toml`. `UPDATE=1 cargo test --test articles` rewrites what the
//! program makes of the input; read the difference before it is committed.

#![allow(clippy::unwrap_used)] // A test that cannot go on shall fail.

use std::fs;
use std::path::{Path, PathBuf};

use qingwen::{Cleaned, Cleaner, Evidence, Profile, Punctuation, Target};
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Options {
    title: Option<String>,
    target: Option<String>,
    profile: Option<String>,
    punctuation: Option<String>,
}

impl Options {
    fn of(case: &Path) -> Self {
        fs::read_to_string(case.join("options.toml"))
            .map(|text| toml::from_str(&text).unwrap())
            .unwrap_or_default()
    }

    fn cleaner(&self) -> Cleaner {
        let profile = match self.profile.as_deref() {
            None | Some("article") => Profile::Article,
            Some("corpus") => Profile::Corpus,
            Some("light") => Profile::Light,
            Some(other) => panic!("no profile {other}"),
        };
        let punctuation = match self.punctuation.as_deref() {
            None | Some("auto") => Punctuation::Auto,
            Some("keep") => Punctuation::Keep,
            Some(other) => panic!("no punctuation {other}"),
        };
        let target: Target = self.target.as_deref().unwrap_or("auto").parse().unwrap();
        Cleaner::builder().profile(profile).punctuation(punctuation).target(target).build()
    }
}

/// The folders of all cases, sorted.
fn cases() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/articles");
    let folders =
        |path: &Path| fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<_>>();
    let mut cases: Vec<_> = folders(&root).iter().flat_map(|category| folders(category)).collect();
    cases.sort();
    cases
}

/// What a reader of the case wants to see of each removal.
fn findings(cleaned: &Cleaned) -> String {
    let reason = |evidence: &Evidence| match evidence {
        Evidence::Twin { twin_line: Some(twin), how, .. } => format!("{how} line {twin}"),
        Evidence::Twin { twin_line: None, how, .. } => (*how).to_owned(),
        Evidence::Pattern { .. } => "pattern".to_owned(),
        Evidence::Section { heading_line } => format!("under line {heading_line}"),
        // Weights change with every training; the verdict is what the case is about.
        Evidence::Model { .. } => "model".to_owned(),
    };
    let row = |r: &qingwen::Removal| format!("{}\t{}\t{}\n", r.line, r.rule, reason(&r.evidence));
    cleaned.removals.iter().map(row).collect()
}

#[test]
fn every_case_comes_out_as_expected() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut wrong = Vec::new();
    for case in cases() {
        let options = Options::of(&case);
        let input = fs::read_to_string(case.join("input.txt")).unwrap();
        let cleaned = options.cleaner().clean_titled(&input, options.title.as_deref());
        for (file, got) in [("expected.txt", cleaned.text.clone()), ("findings.tsv", findings(&cleaned))] {
            let path = case.join(file);
            if update {
                fs::write(&path, &got).unwrap();
            } else if fs::read_to_string(&path).unwrap_or_default() != got {
                wrong.push(format!("{} is not what came out:\n{got}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every category of rules has a case, and so has what must be left alone.
#[test]
fn every_category_has_a_case() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/articles");
    for category in qingwen::Category::ALL.map(|category| category.name()).into_iter().chain(["left-alone"]) {
        assert!(root.join(category).is_dir(), "no case in tests/cases/articles/{category}");
    }
    assert!(cases().len() >= 16, "{} cases", cases().len());
}
