//! Compiles the configurations of `dictionaries/chains` into tables, and lists the data files of `dictionaries/`. A new
//! table, chain or rule pack only needs to be put into its folder. All results go into the build folder; nothing is
//! generated in the repository.

#![allow(dead_code, unused_imports)] // A build script needs only a part of the engine's modules.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use serde::Deserialize;

#[path = "src/rules/attributes.rs"]
mod attributes;
#[path = "src/script/chain.rs"]
mod chain;
#[path = "src/script/characters.rs"]
mod characters;
#[path = "src/script/variants/compile.rs"]
mod contexts;
#[path = "src/script/dictionary.rs"]
mod dictionary;
#[path = "src/script/ids.rs"]
mod ids;
#[path = "src/script/variants/image.rs"]
mod image;
#[path = "src/script/words/layout.rs"]
mod layout;
#[path = "src/script/opencc/mod.rs"]
mod opencc;
#[path = "src/detect/patterns/required_literals/mod.rs"]
mod required_literals;
#[path = "src/rules/compile.rs"]
mod rules;
#[path = "src/script/words/compile.rs"]
mod words;
#[path = "src/rules/written.rs"]
mod written;

/// Replaces the module of the same name for `characters`. It reads the dictionaries from the folder.
mod builtin {
    use super::dictionary::{DictionaryEntry, entries};

    pub fn dictionary_entries(name: &str) -> impl Iterator<Item = DictionaryEntry<'static>> {
        let root = std::env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
        let text = std::fs::read_to_string(format!("{root}/dictionaries/opencc/{name}.txt"));
        entries(text.expect("the dictionary is there").leak())
    }
}

use chain::Chain;
use opencc::{ChainPlan, Images, Scratch};
use written::{Finder, On, Written};

/// Folder under `dictionaries/`, ending of its data files, and name of the constant that lists them.
const LISTS: &[(&str, &str, &str)] = &[("opencc", "txt", "TABLES"), ("chains", "toml", "CHAINS")];

/// The counts of forms by context.
const CONTEXTS: &str = "dictionaries/variants/forms.txt";

/// The words into which clauses are cut.
const WORDS: &str = "dictionaries/words/counts.txt";

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR"));
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets OUT_DIR"));
    for source in [
        "src/script/opencc",
        "src/script/chain.rs",
        "src/script/variants",
        "src/script/dictionary.rs",
        "src/script/ids.rs",
        "src/script/characters.rs",
        "src/detect/patterns/required_literals",
        "src/rules",
        "dictionaries/boilerplate",
        "dictionaries/repeat/rules.toml",
        "dictionaries/residue/rules.toml",
        "dictionaries/model/rules.toml",
        "dictionaries/user/rules.toml",
        "dictionaries/corpus/rules.toml",
        "dictionaries/fold/equal.txt",
        "src/script/words",
        CONTEXTS,
        WORDS,
    ] {
        println!("cargo:rerun-if-changed={}", root.join(source).display());
    }
    say_what_is_at_hand(&root);
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
    write_rules(&root.join("dictionaries"), &out)?;
    let plans = compile(&root.join("dictionaries"), &out)?;
    fs::write(out.join("plans.rs"), plans)
}

/// Sets the `cfg` `shared` if the collections exist beside the checkout. Tests that need them are ignored otherwise.
fn say_what_is_at_hand(root: &Path) {
    println!("cargo:rustc-check-cfg=cfg(shared)");
    let shared = root.join("../shared");
    if shared.is_dir() {
        println!("cargo:rerun-if-changed={}", shared.display());
        println!("cargo:rustc-cfg=shared");
    }
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

/// The source code of a constant that holds the name and text of each data file of a folder.
fn list(folder: &Path, ending: &str, name: &str) -> io::Result<String> {
    let mut source = format!("pub(crate) const {name}: &[(&str, &str)] = &[\n");
    for (stem, path) in files(folder, ending)? {
        let _ = writeln!(source, "    ({stem:?}, include_str!({path:?})),");
    }
    source.push_str("];\n");
    Ok(source)
}

/// Rules whose lines are found by code.
const RULES_OF_CODE: &[&str] =
    &["repeat/rules.toml", "residue/rules.toml", "model/rules.toml", "user/rules.toml", "corpus/rules.toml"];

/// Writes the catalog of rules and the table of their patterns.
fn write_rules(dictionaries: &Path, out: &Path) -> io::Result<()> {
    let mut files = Vec::new();
    for file in RULES_OF_CODE {
        files.push((file.to_string(), fs::read_to_string(dictionaries.join(file))?, Finder::Code));
    }
    for (name, path) in self::files(&dictionaries.join("boilerplate"), "toml")? {
        files.push((format!("boilerplate/{name}.toml"), fs::read_to_string(path)?, Finder::Patterns));
    }
    let files = files.iter().map(|(name, text, finder)| (name.as_str(), text.as_str(), *finder));
    let wrong = |error: String| io::Error::other(format!("dictionaries/{error}"));
    let told =
        |faults: Vec<written::RuleFault>| faults.iter().map(|fault| format!("{fault}\n")).collect::<String>();
    let all = written::read(files).map_err(|faults| wrong(told(faults)))?;
    let all: Vec<Written> = all.into_iter().map(|(_, rule)| rule).collect();
    let filter = |regex: &str| {
        required_literals::filter(regex).map(|filter| filter.source()).map_err(|error| error.to_string())
    };
    fs::write(out.join("rules.rs"), rules::catalog(&all))?;
    fs::write(out.join("patterns.rs"), rules::patterns(&all, regex, filter).map_err(wrong)?)
}

/// The regular expression for a written pattern.
fn regex(on: On, written: &str) -> String {
    on.regex(written, characters::unified)
}

/// Compiles all configurations. Returns the source code of the constants that refer to the images.
fn compile(dictionaries: &Path, out: &Path) -> io::Result<String> {
    let mut texts = Vec::new();
    for (name, path) in files(&dictionaries.join("opencc"), "txt")? {
        texts.push((name, fs::read_to_string(path)?));
    }
    let dictionary = |name: &str| texts.iter().find(|(stem, _)| stem == name).map(|(_, text)| text.as_str());
    let mut images = Images::default();
    let mut rows = String::new();
    let mut plans: BTreeMap<String, (Chain, ChainPlan)> = BTreeMap::new();
    for (name, path) in files(&dictionaries.join("chains"), "toml")? {
        let chain: Chain = toml::from_str(&fs::read_to_string(&path)?)
            .map_err(|error| io::Error::other(format!("{}: {error}", path.display())))?;
        let plan = ChainPlan::compile(&chain, &dictionary, "");
        plans.insert(name, (chain, plan));
    }
    for (name, (chain, plan)) in &plans {
        // `s2twp` is `s2tw` with words of the region. The same is true of all names that end in `p`.
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
            "    CompiledConfiguration {{ name: {name:?}, title: {title:?}, normalization: &{normalization:?}, \
             fused: {fused}, steps: &{steps:?} }},"
        );
    }
    Ok(format!("const CONFIGURATIONS: &[CompiledConfiguration] = &[\n{rows}];\n{}", write(images, out)?))
}

/// Writes images as files. Returns the source code of the constants that include them.
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
