//! The converter that the command line asks for: a configuration by name or file, users' dictionaries, an engine.

use std::path::Path;

use anyhow::{Context, bail};

use super::args::ExactArgs;
use crate::io::Input;
use crate::{Converter, Dictionary, Engine};

/// Opens it; `None` where no configuration is asked for.
pub(super) fn open(args: &ExactArgs) -> anyhow::Result<Option<Converter>> {
    let Some(configuration) = &args.config else { return Ok(None) };
    let converter = match args.engine {
        Engine::OpenCc if !args.dict.is_empty() => {
            bail!("--dict needs the engine qingwen: OpenCC takes dictionaries in a configuration file only")
        }
        Engine::OpenCc => Converter::with_engine(configuration, Engine::OpenCc)?,
        Engine::Qingwen if is_file(configuration) => from_file(Path::new(configuration))?,
        Engine::Qingwen => Converter::new(configuration)?,
    };
    let dictionaries = args.dict.iter().map(|path| dictionary(path)).collect::<Result<Vec<_>, _>>()?;
    Ok(Some(if dictionaries.is_empty() { converter } else { converter.with_dictionaries(&dictionaries) }))
}

/// Names of configurations hold neither dots nor separators.
fn is_file(configuration: &str) -> bool {
    configuration.contains(['.', '/', '\\'])
}

fn from_file(path: &Path) -> anyhow::Result<Converter> {
    let json = Input::File(path.to_owned()).read_text()?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut fault = None;
    let found = |file: &str| {
        let path = folder.join(file);
        // A compiled dictionary is told by the library, where no text dictionary of that name is built in.
        let is_text = path.is_file() && !file.ends_with(".ocd2") && !file.ends_with(".ocd");
        is_text.then(|| dictionary(&path).map_err(|error| fault = Some(error)).ok()).flatten()
    };
    let converter = Converter::from_json(&path.display().to_string(), &json, found);
    match fault {
        Some(error) => Err(error),
        None => converter.with_context(|| path.display().to_string()),
    }
}

fn dictionary(path: &Path) -> anyhow::Result<Dictionary> {
    let text = Input::File(path.to_owned()).read_text()?;
    Dictionary::parse(&text)
        .map_err(|error| anyhow::anyhow!("{}:{}: {}", path.display(), error.line, error.reason))
}
