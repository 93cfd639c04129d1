//! The layers of the architecture: which module may use which. `floors.txt` is the table.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// For each layer, the layers that it may use, in the order of the table.
fn table() -> Vec<(&'static str, BTreeSet<&'static str>)> {
    let rows = include_str!("floors.txt").lines().filter(|line| !line.starts_with('#'));
    rows.map(|line| {
        let mut names = line.split_whitespace();
        (names.next().unwrap_or_default(), names.collect())
    })
    .collect()
}

/// The sources of a folder, by their paths.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let files = entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] });
    files.filter(|path| path.extension().is_some_and(|ending| ending == "rs")).collect()
}

/// The layer of a source: the first part of its path in `src`.
fn floor(path: &Path) -> String {
    let path = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).expect("in src");
    let first = path.components().next().expect("a part").as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

/// The words after `crate::` in a source without its tests and comments. They show which other layers it uses.
fn used(source: &str) -> BTreeSet<String> {
    let code = source.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    let uses = lines.flat_map(|line| line.split("crate::").skip(1).map(str::to_owned).collect::<Vec<_>>());
    let words =
        uses.map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>());
    words.filter(|word| word.chars().next().is_some_and(char::is_lowercase)).collect()
}

/// For each layer, the other layers that its sources use, each with an example source.
fn arrows() -> BTreeMap<String, BTreeMap<String, PathBuf>> {
    let mut arrows: BTreeMap<String, BTreeMap<String, PathBuf>> = BTreeMap::new();
    for path in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let own = floor(&path);
        if matches!(own.as_str(), "lib" | "main") {
            continue;
        }
        for other in used(&fs::read_to_string(&path).expect("a source")) {
            if other != own {
                arrows.entry(own.clone()).or_default().insert(other, path.clone());
            }
        }
    }
    arrows
}

/// The modules at the crate's root that gather public items by topic are not layers.
const TOPICS: &[&str] = &["clean", "convert", "identify"];

#[test]
fn the_table_has_no_arrow_upwards() {
    let mut known = BTreeSet::new();
    for (floor, uses) in table() {
        assert!(uses.is_subset(&known), "{floor} uses what stands above it: {uses:?}");
        assert!(known.insert(floor), "{floor} stands twice in the table");
    }
}

#[test]
fn sources_use_what_the_table_allows() {
    let table: BTreeMap<_, _> = table().into_iter().collect();
    let mut wrong = Vec::new();
    for (floor, used) in arrows() {
        let Some(allowed) = table.get(floor.as_str()) else {
            wrong.push(format!("src/{floor} is not in tests/floors.txt"));
            continue;
        };
        for (other, path) in used {
            let by_topic =
                TOPICS.contains(&other.as_str()) && matches!(floor.as_str(), "cli" | "training" | "report");
            if !allowed.contains(other.as_str()) && !by_topic {
                wrong.push(format!("{} uses {other}, and {floor} must not", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// DESIGN.md draws the layers by their height: one more than that of the highest layer that a layer uses.
#[test]
fn the_picture_is_that_of_the_table() {
    let mut heights: BTreeMap<&str, usize> = BTreeMap::new();
    for (floor, uses) in table() {
        let height = uses.iter().map(|used| heights[used] + 1).max().unwrap_or_default();
        heights.insert(floor, height);
    }
    let section = include_str!("../DESIGN.md").split_once("\n## The floors\n").expect("the section").1;
    let picture = section.split("```").nth(1).expect("a picture");
    let drawn = picture.lines().skip(1).flat_map(|row| {
        let mut words = row.split_whitespace();
        let height: usize = words.next().and_then(|height| height.parse().ok()).expect("a height");
        words.map(move |floor| (floor, height))
    });
    assert_eq!(drawn.collect::<BTreeMap<_, _>>(), heights);
}

/// The test of the sources must see the existing uses.
#[test]
fn an_arrow_upwards_is_seen() {
    let source = "use crate::decide::KeepTwin;\nuse crate::text::{Line, Span};\n// crate::io\nfn a() { crate::rules::rules(); }\n";
    let seen: Vec<String> = used(source).into_iter().collect();
    assert_eq!(seen, ["decide", "rules", "text"]);
    assert!(arrows()["decide"].contains_key("detect"));
}

#[test]
fn sources_are_short() {
    let lines = |path: &PathBuf| fs::read_to_string(path).expect("a source").lines().count();
    let long: Vec<String> = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))
        .into_iter()
        .filter(|path| lines(path) > 400)
        .map(|path| path.display().to_string())
        .collect();
    assert!(long.is_empty(), "over 400 lines: {}", long.join(", "));
}

/// The names of the types that a source defines outside functions and tests.
fn types(source: &str) -> impl Iterator<Item = &str> {
    let code = source.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    code.lines().filter_map(|line| {
        let mut words =
            line.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
        let is_indented = line.starts_with(' ');
        let kind = words.by_ref().find(|word| !matches!(*word, "pub" | "crate" | "super" | "in" | "cli"))?;
        let is_type = matches!(kind, "struct" | "enum" | "trait" | "type") && !is_indented;
        words.next().filter(|_| is_type)
    })
}

/// A source that takes the place of another one if a feature is off.
const STAND_INS: &[&str] = &["src/io/parquet/refusal.rs", "src/io/parquet/table/refusal.rs"];

#[test]
fn no_two_types_have_one_name() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut defined: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for path in sources(&root.join("src")) {
        let file = path.strip_prefix(root).expect("in the crate").display().to_string();
        for name in types(&fs::read_to_string(&path).expect("a source")) {
            defined.entry(name.to_owned()).or_default().push(file.clone());
        }
    }
    assert!(defined.contains_key("Cleaner"), "no types were read");
    let is_stand_in = |file: &String| STAND_INS.contains(&file.as_str());
    defined.values_mut().for_each(|files| files.retain(|file| !is_stand_in(file)));
    defined.retain(|_, files| files.len() > 1);
    assert!(defined.is_empty(), "{defined:#?}");
}
