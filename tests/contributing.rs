//! The examples in CONTRIBUTING.md, and the names in it and in DESIGN.md.
//!
//! The checks of the build script accept the example of a rule, and its examples hold. The other examples are not
//! compiled, because each belongs inside the crate. But what they import and name must exist.

#![allow(dead_code)] // A test needs only a part of the module.

#[path = "../src/rules/attributes.rs"]
mod attributes;
#[path = "../src/rules/written.rs"]
mod written;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use qingwen::{clean::fold, rules::rule};
use regex::Regex;
use written::{Finder, Written, read};

const GUIDE: &str = include_str!("../CONTRIBUTING.md");
const DESIGN: &str = include_str!("../DESIGN.md");

/// What the examples add: no source has it yet.
const NEW: [&str; 7] = [
    "src/detect/brackets.rs",
    "src/decide/amid_prose.rs",
    "src/io/lines.rs",
    "src/cli/sinks/counts.rs",
    "tests/cases/articles/share/poster/",
    "dictionaries/usage/macau.txt",
    "RuleId::RESIDUE_EMPTY_BRACKET",
];

/// What the texts mention and no source has: folders that a build or a test writes, and names of crates.
const FOREIGN: [&str; 4] = ["target/", "tests/fuzz/findings", "RegexSet", "ArgMatches::value_source"];

/// Names that need no import.
const PRELUDE: [&str; 10] = ["Box", "Err", "None", "Ok", "Option", "Result", "Self", "Some", "String", "Vec"];

/// The first TOML block of the section on boilerplate rules.
fn example() -> &'static str {
    let section = GUIDE.split_once("\n## A boilerplate rule\n").expect("the section").1;
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

#[test]
fn the_example_of_a_word_is_new() {
    let row = GUIDE.lines().find_map(|line| line.strip_prefix("dictionaries/variants/phrases.txt "));
    let (phrase, _) = row.and_then(|row| row.trim().split_once('\t')).expect("a phrase, a tab and its forms");
    assert!(
        !include_str!("../dictionaries/variants/phrases.txt").contains(&format!("\n{phrase}\t")),
        "{phrase}"
    );
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files and folders in a folder of the project, by their paths from its root. Folders end with `/`.
fn paths(folder: &Path) -> Vec<String> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.strip_prefix(root()).expect("in the project").display().to_string();
        match path.is_dir() {
            true if name.split('/').any(|part| part.starts_with('.') || part == "target") => {}
            true => all.extend(paths(&path).into_iter().chain([name + "/"])),
            false => all.push(name),
        }
    }
    all
}

/// The code of a source, without lines of comments.
fn code(source: &str) -> String {
    let is_code = |line: &&str| !line.trim_start().starts_with("//");
    source.lines().filter(is_code).map(|line| format!("{line}\n")).collect()
}

/// The words of the code of all sources.
fn words() -> BTreeSet<String> {
    let word = Regex::new(r"\w+").expect("a pattern");
    let sources = ["src", "tests"].map(|folder| paths(&root().join(folder))).concat();
    let sources = sources.into_iter().filter(|path| path.ends_with(".rs") && path != file!());
    let read = |path| code(&fs::read_to_string(root().join::<String>(path)).expect("a source"));
    sources.map(read).flat_map(|code| found(&word, &code)).collect()
}

/// All that a pattern finds: its first group, or else the whole match.
fn found(pattern: &Regex, text: &str) -> Vec<String> {
    let found = |found: regex::Captures| found.get(1).or(found.get(0)).map(|part| part.as_str().to_owned());
    pattern.captures_iter(text).filter_map(found).collect()
}

#[test]
fn paths_and_names_in_the_texts_exist() {
    let (paths, words) = (paths(root()), words());
    let quoted = Regex::new(r"`([^`\n]+)`").expect("a pattern");
    let path =
        Regex::new(r"^([\w./-]+(/|\.(rs|toml|txt|tsv|py|sh|md|bin))|(src|tests|dictionaries|docs)/[\w/-]+)$");
    let path = path.expect("a pattern");
    let name = Regex::new(r"^([A-Z]\w*[a-z]\w*|\w+(::\w+)+|[a-z]+(_[a-z]+)+)$").expect("a pattern");
    let whole = |path: &str| format!("/{}", path.trim_end_matches('/'));
    let exists = |text: &str| match text {
        _ if path.is_match(text) => paths.iter().any(|path| whole(path).ends_with(&whole(text))),
        _ if name.is_match(text) => {
            paths.iter().any(|path| path.ends_with(&format!("/{text}")))
                || text.split("::").all(|word| words.contains(word))
        }
        _ => true,
    };
    let texts = Regex::new(r"(?s)```.*?```").expect("a pattern");
    let texts = [GUIDE, DESIGN].map(|text| found(&quoted, &texts.replace_all(text, ""))).concat();
    let is_known = |text: &&String| NEW.contains(&text.as_str()) || FOREIGN.contains(&text.as_str());
    let lacking: BTreeSet<_> = texts.iter().filter(|text| !is_known(text) && !exists(text)).collect();
    assert!(texts.len() > 500 && lacking.is_empty(), "no source has {lacking:?}");
    for new in NEW {
        assert!(!exists(new) && texts.iter().any(|text| text == new), "{new} must be new, and in an example");
    }
}

/// The examples in Rust, each with the folder of the source that the text names last before it.
fn rust_examples() -> Vec<(PathBuf, String)> {
    let source = Regex::new(r"`(src/[\w/]+)/\w+\.rs`").expect("a pattern");
    let mut parts = GUIDE.split("```rust\n");
    let mut before = parts.next().unwrap_or_default();
    let mut examples = Vec::new();
    for part in parts {
        let folder = found(&source, before).pop().unwrap_or_else(|| "src".into());
        examples.push((root().join(folder), code(part.split("```").next().unwrap_or_default())));
        before = part;
    }
    examples
}

/// The words of the module that a path leads to. They are what can be imported from it, or a little more.
fn words_of_module(start: &Path, path: &str) -> BTreeSet<String> {
    let module: PathBuf =
        path.split_terminator("::").fold(start.to_owned(), |folder, part| folder.join(part));
    let files = [module.with_extension("rs"), module.join("mod.rs"), module.join("lib.rs")];
    let source = files.iter().find_map(|file| fs::read_to_string(file).ok()).unwrap_or_default();
    found(&Regex::new(r"\w+").expect("a pattern"), &code(&source)).into_iter().collect()
}

#[test]
fn what_the_examples_in_rust_import_and_name_exists() {
    let pattern = |pattern| Regex::new(pattern).expect("a pattern");
    let (string, word, used) = (pattern(r#""(\\.|[^"\\])*""#), pattern(r"\w+"), pattern(r"(?m)^use (.*);$"));
    let import = pattern(r"(?m)^use (super|crate)::((?:\w+::)*)(\w+|\{.*\});$");
    let (type_name, member) =
        (pattern(r"(?m)(?:^|[^:\w])([A-Z]\w*)"), pattern(r"(?:[^.]\.|::)([A-Za-z_]\w*)"));
    let defined = pattern(r"(?m)\b(?:struct|enum|const|fn|mod|pub) (\w+)|^ +([A-Z]\w*),$");
    let (examples, words) = (rust_examples(), words());
    let own = examples.iter().flat_map(|(_, example)| defined.captures_iter(example));
    let own: Vec<&str> = own.filter_map(|own| own.get(1).or(own.get(2))).map(|own| own.as_str()).collect();
    let is_known = |name: &str| {
        words.contains(name)
            || own.contains(&name)
            || NEW.iter().any(|new| new.ends_with(&format!("::{name}")))
    };
    let mut lacking = BTreeSet::new();
    for (folder, example) in &examples {
        for parts in import.captures_iter(example) {
            let start = if &parts[1] == "super" { folder } else { &root().join("src") };
            let there = words_of_module(start, &parts[2]);
            lacking.extend(found(&word, &parts[3]).into_iter().filter(|name| !there.contains(name)));
        }
        let example = string.replace_all(example, "");
        lacking.extend(found(&member, &example).into_iter().filter(|name| !is_known(name)));
        // A whole file imports the types that it names. In a part of a file they are those of the sources.
        let imported: Vec<String> =
            found(&used, &example).iter().flat_map(|used| found(&word, used)).collect();
        let is_there = |name: &String| match imported.as_slice() {
            [] => is_known(name),
            imported => imported.contains(name) || own.contains(&name.as_str()),
        };
        let types = found(&type_name, &example).into_iter().filter(|name| !PRELUDE.contains(&name.as_str()));
        lacking.extend(types.filter(|name| !is_there(name)));
    }
    assert!(examples.len() > 10 && lacking.is_empty(), "no source has {lacking:?}");
}
