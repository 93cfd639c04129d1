//! The converter for the command line: a configuration by name or file, users' dictionaries, an engine.

use std::io::BufRead;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::args::{ExactArgs, RegionalWordsArg, TowardsArgs, VariantsArg};
use super::hints;
use crate::convert::{CollectionUsage, ConversionOptions, Converter, Dictionary, Engine, Target};
use crate::io::{Input, ShownPath};

/// Opens the converter; `None` if the command line names no configuration.
pub(super) fn open(args: &ExactArgs, towards: &TowardsArgs) -> anyhow::Result<Option<Converter>> {
    let Some(configuration) = &args.config else { return Ok(None) };
    refuse_towards(towards)?;
    let converter = match args.engine {
        Engine::OpenCc if !towards.dict.is_empty() => {
            bail!("--dict needs the engine qingwen: OpenCC takes dictionaries in a configuration file only")
        }
        Engine::OpenCc => Converter::with_engine(configuration, Engine::OpenCc)?,
        Engine::Qingwen => match args.file() {
            Some(path) => from_file(path, |_| ())?,
            None => {
                Converter::new(configuration).map_err(|error| with_target(configuration, error.into()))?
            }
        },
    };
    let dictionaries = towards.dict.iter().map(|path| dictionary(path)).collect::<Result<Vec<_>, _>>()?;
    Ok(Some(if dictionaries.is_empty() { converter } else { converter.with_dictionaries(&dictionaries) }))
}

/// The error about a configuration, with the target that is meant by the name.
fn with_target(name: &str, error: anyhow::Error) -> anyhow::Error {
    match hints::target(name) {
        Some(meant) if meant.starts_with("-c ") => anyhow::anyhow!("{error}; did you mean {meant}?"),
        Some(meant) => anyhow::anyhow!("{error}; did you mean --to {meant}?"),
        None => error,
    }
}

/// Refuses the options of a target. A configuration converts all of a text by its tables.
fn refuse_towards(args: &TowardsArgs) -> anyhow::Result<()> {
    let given = [
        ("--variants", args.variants != VariantsArg::Usage),
        ("--usage", !args.usage.is_empty()),
        ("--regional-words", args.regional_words != RegionalWordsArg::Converted),
        ("--protect", !args.protect.is_empty()),
        ("--keep-quotes", args.keep_quotes),
    ];
    match given.into_iter().find(|(_, given)| *given) {
        Some((option, _)) => bail!("{option} needs --to: a configuration converts all of the text"),
        None => Ok(()),
    }
}

impl TowardsArgs {
    /// The options of a conversion towards a target.
    ///
    /// # Errors
    /// If a file cannot be read, if a pattern is not valid, or if an option does not apply to the target.
    pub fn options(&self, target: Target) -> anyhow::Result<ConversionOptions> {
        let mut options = ConversionOptions::default()
            .variants(self.variants.into())
            .regional_words(self.regional_words.into())
            .keep_quotes(self.keep_quotes);
        for pattern in &self.protect {
            options = options.protect(pattern).context("--protect")?;
        }
        for path in &self.dict {
            options = options.dictionary(dictionary(path)?)?;
        }
        if !self.usage.is_empty() {
            let mut usage = CollectionUsage::default();
            self.usage.iter().try_for_each(|path| add_usage(path, &mut usage))?;
            options = options.usage(usage);
        }
        options.check(target)?;
        Ok(options)
    }
}

/// Adds the text of a file, line by line, because a collection may be large.
fn add_usage(path: &Path, usage: &mut CollectionUsage) -> anyhow::Result<()> {
    let input = Input::File(path.to_owned());
    let is_jsonl = matches!(input.ending().as_deref(), Some("jsonl" | "ndjson"));
    for (line, number) in input.open_buffered()?.lines().zip(1_u64..) {
        let line = line.map_err(|error| input.error(error))?;
        if !is_jsonl {
            usage.add(&line);
        } else if !line.trim().is_empty() {
            let record: RecordText =
                serde_json::from_str(&line).with_context(|| format!("{}:{number}", path.shown()))?;
            record.text.lines().for_each(|line| usage.add(line));
        }
    }
    if usage.is_empty() {
        bail!("{}: no Traditional text that shows which forms it uses", path.shown());
    }
    Ok(())
}

/// The part of a record that is read.
#[derive(serde::Deserialize)]
struct RecordText {
    text: String,
}

/// The file of a configuration, and those of its dictionaries that are read with it.
pub(super) fn files(path: &Path) -> Vec<PathBuf> {
    let mut files = vec![path.to_owned()];
    // What is wrong with the configuration is told where it is used.
    let _ = from_file(path, |dictionary| files.push(dictionary.to_owned()));
    files
}

/// The converter of a configuration in a file. `read` is told of each dictionary that is read with it.
fn from_file(path: &Path, mut read: impl FnMut(&Path)) -> anyhow::Result<Converter> {
    let json = Input::File(path.to_owned()).read_text()?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut fault = None;
    let found = |file: &str| {
        let path = folder.join(file);
        // For a compiled dictionary the library reports an error, if no text dictionary of that name is built in.
        let is_text = path.is_file() && !file.ends_with(".ocd2") && !file.ends_with(".ocd");
        if is_text {
            read(&path);
        }
        is_text.then(|| dictionary(&path).map_err(|error| fault = Some(error)).ok()).flatten()
    };
    let converter = Converter::from_json(&path.shown(), &json, found);
    match fault {
        Some(error) => Err(error),
        None => converter.with_context(|| path.shown()),
    }
}

fn dictionary(path: &Path) -> anyhow::Result<Dictionary> {
    let text = Input::File(path.to_owned()).read_text()?;
    Dictionary::parse(&text)
        .map_err(|error| anyhow::anyhow!("{}:{}: {}", path.shown(), error.line, error.reason))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_configuration_depends_on_the_dictionaries_beside_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let json = r#"{"name": "ours", "conversion_chain": [{"dict": {"type": "group", "dicts": [
            {"type": "text", "file": "ours.txt"}, {"type": "ocd2", "file": "TSCharacters.ocd2"}]}}]}"#;
        let [configuration, words] = ["ours.json", "ours.txt"].map(|name| folder.path().join(name));
        std::fs::write(&configuration, json).expect("a file");
        std::fs::write(&words, "軟體\t软件\n").expect("a file");
        assert_eq!(files(&configuration), [configuration.clone(), words]);
    }
}
