//! Lists the data files of `dictionaries/` so that a new table, chain or rule pack is picked up by its
//! place in the folder alone. The lists go into the build folder; nothing is generated in the repository.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

/// Folder under `dictionaries/`, ending of its data files, name of the constant that lists them.
const LISTS: &[(&str, &str, &str)] =
    &[("opencc", "txt", "TABLES"), ("chains", "toml", "CHAINS"), ("boilerplate", "toml", "PACKS")];

fn main() -> io::Result<()> {
    let root = env::var("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR");
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    for (folder, ending, name) in LISTS {
        let folder = Path::new(&root).join("dictionaries").join(folder);
        println!("cargo:rerun-if-changed={}", folder.display());
        let list = list(&folder, ending, name)?;
        fs::write(Path::new(&out).join(format!("{}.rs", name.to_lowercase())), list)?;
    }
    Ok(())
}

/// Source of a constant that holds the name and text of each data file of a folder, sorted by name.
fn list(folder: &Path, ending: &str, name: &str) -> io::Result<String> {
    let mut files = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    files.retain(|path| path.extension().is_some_and(|e| e == ending));
    files.sort();
    let mut source = format!("pub(crate) const {name}: &[(&str, &str)] = &[\n");
    for path in files {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let _ = writeln!(source, "    ({stem:?}, include_str!({path:?})),");
    }
    source.push_str("];\n");
    Ok(source)
}
