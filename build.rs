//! Compiles the configurations of `dictionaries/chains` into tables, and lists the data files of
//! `dictionaries/`, so that a new table, chain or rule pack is picked up by its place in the folder alone. All
//! of it goes into the build folder; nothing is generated in the repository.

#![allow(dead_code, unused_imports)] // Of the engine's modules a build script needs but a part.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use serde::Deserialize;

#[path = "src/script/chain.rs"]
mod chain;
#[path = "src/script/characters.rs"]
mod characters;
#[path = "src/script/context/compile.rs"]
mod contexts;
#[path = "src/script/dictionary.rs"]
mod dictionary;
#[path = "src/script/engine/mod.rs"]
mod engine;
#[path = "src/script/ids.rs"]
mod ids;
#[path = "src/script/context/image.rs"]
mod image;
#[path = "src/script/words/layout.rs"]
mod layout;
#[path = "src/detect/boilerplate/needles.rs"]
mod needles;
#[path = "src/script/words/compile.rs"]
mod words;

/// What `characters` asks of the embedded dictionaries, read from the folder.
mod builtin {
    use super::dictionary::{Entry, entries};

    pub fn dictionary_entries(name: &str) -> impl Iterator<Item = Entry<'static>> {
        let root = std::env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
        let text = std::fs::read_to_string(format!("{root}/dictionaries/opencc/{name}.txt"));
        entries(text.expect("the dictionary is there").leak())
    }
}

use chain::Chain;
use engine::{Images, Plan, Scratch};

/// Folder under `dictionaries/`, ending of its data files, name of the constant that lists them.
const LISTS: &[(&str, &str, &str)] =
    &[("opencc", "txt", "TABLES"), ("chains", "toml", "CHAINS"), ("boilerplate", "toml", "PACKS")];

/// The counts of forms by context.
const CONTEXTS: &str = "dictionaries/context/forms.txt";

/// The words by which clauses are cut.
const WORDS: &str = "dictionaries/words/counts.txt";

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR"));
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets OUT_DIR"));
    for source in [
        "src/script/engine",
        "src/script/chain.rs",
        "src/script/context",
        "src/script/dictionary.rs",
        "src/script/ids.rs",
        "src/script/characters.rs",
        "src/detect/boilerplate/needles.rs",
        "dictionaries/fold/equal.txt",
        "src/script/words",
        CONTEXTS,
        WORDS,
    ] {
        println!("cargo:rerun-if-changed={}", root.join(source).display());
    }
    for (folder, ending, name) in LISTS {
        let folder = root.join("dictionaries").join(folder);
        println!("cargo:rerun-if-changed={}", folder.display());
        fs::write(out.join(format!("{}.rs", name.to_lowercase())), list(&folder, ending, name)?)?;
    }
    let contexts = contexts::compile(&fs::read_to_string(root.join(CONTEXTS))?)
        .map_err(|line| io::Error::other(format!("{CONTEXTS}: {line}")))?;
    fs::write(out.join("contexts.heads"), contexts.heads)?;
    fs::write(out.join("contexts.image"), bytemuck::cast_slice(&contexts.image))?;
    let words = words::compile(&fs::read_to_string(root.join(WORDS))?)
        .map_err(|line| io::Error::other(format!("{WORDS}: {line}")))?;
    fs::write(out.join("words.image"), bytemuck::cast_slice(&words))?;
    fs::write(out.join("filters.rs"), filters(&root.join("dictionaries/boilerplate"))?)?;
    let plans = compile(&root.join("dictionaries"), &out)?;
    fs::write(out.join("plans.rs"), plans)
}

/// The data files of a folder, sorted by name.
fn files(folder: &Path, ending: &str) -> io::Result<Vec<(String, PathBuf)>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == ending) {
            files.push((path.file_stem().unwrap_or_default().to_string_lossy().into_owned(), path));
        }
    }
    files.sort();
    Ok(files)
}

/// Source of a constant that holds the name and text of each data file of a folder.
fn list(folder: &Path, ending: &str, name: &str) -> io::Result<String> {
    let mut source = format!("pub(crate) const {name}: &[(&str, &str)] = &[\n");
    for (stem, path) in files(folder, ending)? {
        let _ = writeln!(source, "    ({stem:?}, include_str!({path:?})),");
    }
    source.push_str("];\n");
    Ok(source)
}

/// Of a rule pack, what its filters are made of.
#[derive(Deserialize)]
struct Pack {
    rule: Vec<Rule>,
}

#[derive(Deserialize)]
struct Rule {
    patterns: Vec<String>,
    #[serde(default)]
    on: String,
}

/// Source of a constant with the filter of each pattern of all rule packs, in their order.
fn filters(packs: &Path) -> io::Result<String> {
    let mut source = "pub(super) static FILTERS: &[Filter] = &[\n".to_owned();
    for (name, path) in files(packs, "toml")? {
        let wrong = |error: &dyn std::fmt::Display| io::Error::other(format!("{name}.toml: {error}"));
        let pack: Pack = toml::from_str(&fs::read_to_string(path)?).map_err(|error| wrong(&error))?;
        for (rule, pattern) in pack.rule.iter().flat_map(|rule| rule.patterns.iter().map(move |p| (rule, p)))
        {
            // As `On::source` has it.
            let unified = || pattern.chars().map(characters::unified).collect();
            let pattern = if rule.on == "text" { pattern.clone() } else { unified() };
            let filter = needles::filter(&pattern).map_err(|error| wrong(&error))?;
            let _ = writeln!(source, "    {},", filter.source());
        }
    }
    Ok(source + "];\n")
}

/// Compiles all configurations; gives the source of the constants that refer to the images.
fn compile(dictionaries: &Path, out: &Path) -> io::Result<String> {
    let mut texts = Vec::new();
    for (name, path) in files(&dictionaries.join("opencc"), "txt")? {
        texts.push((name, fs::read_to_string(path)?));
    }
    let dictionary = |name: &str| texts.iter().find(|(stem, _)| stem == name).map(|(_, text)| text.as_str());
    let mut images = Images::default();
    let mut rows = String::new();
    let mut plans: BTreeMap<String, (Chain, Plan)> = BTreeMap::new();
    for (name, path) in files(&dictionaries.join("chains"), "toml")? {
        let chain: Chain = toml::from_str(&fs::read_to_string(&path)?)
            .map_err(|error| io::Error::other(format!("{}: {error}", path.display())))?;
        let plan = Plan::compile(&chain, &dictionary, "");
        plans.insert(name, (chain, plan));
    }
    for (name, (chain, plan)) in &plans {
        // `s2twp` is `s2tw` with words of the region, and so are all names that end in `p`.
        let without_words = name.strip_suffix('p').and_then(|name| plans.get(name));
        if let Some((_, without_words)) = without_words {
            let mut scratch = Scratch::default();
            images.note(&plan.fused, |key, value| {
                let mut converted = String::new();
                without_words.convert_into(key, &mut converted, &mut scratch);
                converted != value
            });
        }
        let normalization: Vec<usize> = plan.normalization.iter().map(|tables| images.add(tables)).collect();
        let (fused, title) = (images.add(&plan.fused), &chain.title);
        let steps: Vec<usize> = plan.steps.iter().map(|tables| images.add(tables)).collect();
        let _ = writeln!(
            rows,
            "    Configuration {{ name: {name:?}, title: {title:?}, normalization: &{normalization:?}, \
             fused: {fused}, steps: &{steps:?} }},"
        );
    }
    Ok(format!("const CONFIGURATIONS: &[Configuration] = &[\n{rows}];\n{}", write(images, out)?))
}

/// Writes images as files; gives the source of the constants that include them.
fn write(images: Images, out: &Path) -> io::Result<String> {
    let (images, pool) = images.finish();
    let mut source = "static IMAGES: &[&Aligned<[u8]>] = &[\n".to_owned();
    for (index, image) in images.iter().enumerate() {
        let path = out.join(format!("{index}.tables"));
        fs::write(&path, image)?;
        let _ = writeln!(source, "    &Aligned(*include_bytes!({path:?})),");
    }
    let path = out.join("pool");
    fs::write(&path, pool)?;
    let _ = writeln!(source, "];\nstatic POOL: &Aligned<[u8]> = &Aligned(*include_bytes!({path:?}));");
    Ok(source)
}
