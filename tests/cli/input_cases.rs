//! Malformed and surprising inputs: the cases in `tests/cases/input`.

use std::io::Write;
use std::path::Path;

use serde::Deserialize;

use crate::support::{ARTICLE, CLEAN, Folder, unescaped};

/// A file of cases.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    case: Vec<Case>,
}

/// An input, and what `qingwen clean` makes of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// What the case shows.
    why: String,
    /// The name of the file.
    file: String,
    /// Its content, in which `\xE7` stands for a byte.
    content: String,
    /// The encoding in which the content is stored.
    #[serde(default)]
    encoding: Option<String>,
    /// The compression in which it is stored.
    #[serde(default)]
    compression: Option<String>,
    /// How often the content stands in the file.
    #[serde(default)]
    times: Option<usize>,
    /// The command line behind `qingwen`, without the file.
    #[serde(default)]
    args: Option<Vec<String>>,
    /// The feature that the build must have.
    #[serde(default)]
    feature: Option<String>,
    /// The feature that the build must not have.
    #[serde(default)]
    without_feature: Option<String>,
    /// The exit code.
    exit: i32,
    /// Messages.
    #[serde(default)]
    says: Vec<String>,
    /// Standard output.
    #[serde(default)]
    output: Option<String>,
}

/// Whether this build has a feature that a case may name.
fn has(feature: &str) -> bool {
    match feature {
        "parquet" => cfg!(feature = "parquet"),
        other => panic!("no case depends on the feature {other}"),
    }
}

impl Case {
    /// Whether the case is for this build.
    fn is_for_this_build(&self) -> bool {
        self.feature.as_deref().is_none_or(has) && !self.without_feature.as_deref().is_some_and(has)
    }

    fn bytes(&self) -> Vec<u8> {
        let content = self.content.repeat(self.times.unwrap_or(1));
        let bytes = match self.encoding.as_deref() {
            None => unescaped(&content),
            Some("UTF-16LE") => content.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Some("UTF-16BE") => content.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            Some(name) => {
                let encoding = encoding_rs::Encoding::for_label(name.as_bytes()).expect("an encoding");
                let (bytes, _, bad) = encoding.encode(&content);
                assert!(!bad, "{}: not in {name}", self.why);
                bytes.into_owned()
            }
        };
        match self.compression.as_deref() {
            None => bytes,
            Some("gzip") => {
                let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
                encoder.write_all(&bytes).and_then(|()| encoder.finish()).expect("memory")
            }
            Some("zstd") => zstd::encode_all(&bytes[..], 1).expect("memory"),
            Some(other) => panic!("{}: no compression {other}", self.why),
        }
    }

    /// What differs from what is expected, in words.
    fn differences(&self) -> Vec<String> {
        let folder = Folder::with(&[("good.txt", ARTICLE)]);
        folder.write(&self.file, self.bytes());
        let args = self.args.clone().unwrap_or_else(|| vec!["clean".into()]);
        let args: Vec<&str> = args.iter().map(String::as_str).chain([self.file.as_str()]).collect();
        let run = folder.run(&args);
        let mut differences = Vec::new();
        let mut differs = |what: &str| {
            differences.push(format!(
                "{}: {what}\n  exit {}\n  stdout {:?}\n  stderr {}",
                self.why, run.code, run.stdout, run.stderr
            ));
        };
        if run.code != self.exit || run.stderr.contains("panicked") {
            differs("exit code");
        }
        for message in self.says.iter().filter(|message| !run.stderr.contains(message.as_str())) {
            differs(&format!("{message:?} is not said"));
        }
        if self.output.as_ref().is_some_and(|expected| *expected != run.stdout) {
            differs("output");
        }
        // The other inputs are processed, whatever becomes of this one.
        let both = folder.run(&["clean", &self.file, "good.txt"]);
        if !both.stdout.ends_with(CLEAN) {
            differs(&format!("the next file is not cleaned: {:?}", both.stderr));
        }
        differences
    }
}

#[test]
fn every_case_is_as_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/input");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).expect("cases").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let (mut count, mut differences) = (0, Vec::new());
    for path in paths {
        let text = std::fs::read_to_string(&path).expect("a file");
        let cases: Cases =
            toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let cases: Vec<_> = cases.case.iter().filter(|case| case.is_for_this_build()).collect();
        count += cases.len();
        differences.extend(cases.into_iter().flat_map(Case::differences));
    }
    assert!(differences.is_empty(), "{} of {count} cases\n{}", differences.len(), differences.join("\n"));
}
