//! Runs the built command in a folder of its own, and examines the files that it left there.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{env, fs};

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// Longer than any run takes. It only prevents a hanging run from blocking the tests.
pub const TIMEOUT: Duration = Duration::from_secs(120);

/// Variables of the caller's terminal that change the output of a program.
pub const TERMINAL: [&str; 7] =
    ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "COLUMNS", "LINES", "RUST_BACKTRACE"];

/// An article with one example of each: a Simplified copy of the headline, half-width marks, and a sharing bar.
pub const ARTICLE: &str = "\
老街夜市搬走了嗎?

夜市在上個月搬走,街坊說安靜了許多。

老街夜市搬走了吗?

這裡原有\"三十年老攤\"1、2號,租金去年漲了28.1%。

分享到:
";

/// A story, the same in Simplified characters, and another story.
pub const STORY: &str = "老街的夜市上個月搬到了河堤旁邊。攤販們說，新的地方比較寬，下雨的時候也有屋頂可以躲，只是離車站遠了一些，\
                     老客人要走上十分鐘才會到。市府說，年底以前會加開兩班公車。";
pub const CONVERTED: &str = "老街的夜市上个月搬到了河堤旁边。摊贩们说，新的地方比较宽，下雨的时候也有屋顶可以躲，只是离车站远了一些，\
                         老客人要走上十分钟才会到。市府说，年底以前会加开两班公车。";
pub const OTHER: &str = "河邊的舊書市集這個星期天是最後一次，明年要搬進室內。擺攤二十年的張太太說，雨天不用再收攤了，可是太陽曬過的書\
                     才有味道，搬進去以後大概聞不到了。";

/// The result for [`ARTICLE`] with the default options.
pub const CLEAN: &str = "\
老街夜市搬走了嗎？

夜市在上個月搬走，街坊說安靜了許多。

這裡原有“三十年老攤”1、2號，租金去年漲了28.1%。
";

/// A command line for the built binary, without the caller's settings of terminal and program in its environment.
pub fn command() -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("qingwen"));
    let settings = env::vars_os().map(|(name, _)| name);
    let settings = settings.filter(|name| name.to_string_lossy().starts_with("QINGWEN_"));
    TERMINAL.into_iter().map(OsString::from).chain(settings).for_each(|variable| {
        command.env_remove(variable);
    });
    command.timeout(TIMEOUT);
    command
}

/// The exit code of a run, and its output.
#[derive(Debug)]
pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    /// Asserts the exit code, and shows the whole output if it differs.
    #[track_caller]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, code, "stdout: {}\nstderr: {}", shortened(&self.stdout), self.stderr);
        assert!(!self.stderr.contains("panicked"), "{}", self.stderr);
        self
    }

    /// Asserts that the messages contain a text.
    #[track_caller]
    pub fn says(self, needle: &str) -> Self {
        assert!(self.stderr.contains(needle), "{needle:?} is not in: {}", self.stderr);
        self
    }

    /// Asserts the content of standard output.
    #[track_caller]
    pub fn prints(self, expected: &str) -> Self {
        assert_eq!(self.stdout, expected, "stderr: {}", self.stderr);
        self
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(2000).collect()
}

/// A folder that is deleted after the test. Commands run in it, so that paths in messages are the same everywhere.
pub struct Folder(TempDir);

impl Folder {
    pub fn new() -> Self {
        Self(TempDir::new().expect("a temporary folder"))
    }

    /// A folder with these files.
    pub fn with(files: &[(&str, &str)]) -> Self {
        let folder = Self::new();
        files.iter().for_each(|(name, content)| folder.write(name, content));
        folder
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.path(name), content).expect("a file is written");
    }

    pub fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub fn read(&self, name: &str) -> String {
        String::from_utf8(self.bytes(name)).expect("UTF-8")
    }

    /// The names of all files, to check that nothing is left behind.
    pub fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.path()).expect("a folder").map(|entry| entry.expect("an entry"));
        let mut names: Vec<_> =
            entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// The records of a JSON Lines file.
    pub fn records(&self, name: &str) -> Vec<Value> {
        records(&self.read(name))
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = command();
        command.current_dir(self.0.path()).args(args);
        command
    }

    pub fn run(&self, args: &[&str]) -> Run {
        run(&mut self.command(args))
    }

    pub fn run_with(&self, args: &[&str], stdin: impl Into<Vec<u8>>) -> Run {
        run(self.command(args).write_stdin(stdin))
    }
}

/// Runs the command without any files.
pub fn qingwen(args: &[&str]) -> Run {
    run(command().args(args))
}

/// Runs the command with a text on its standard input.
pub fn qingwen_with(args: &[&str], stdin: impl Into<Vec<u8>>) -> Run {
    run(command().args(args).write_stdin(stdin))
}

fn run(command: &mut Command) -> Run {
    let output = command.output().expect("the command runs");
    Run {
        code: output.status.code().expect("it ends by itself, within its time"),
        stdout: String::from_utf8(output.stdout).expect("standard output is UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("messages are UTF-8"),
    }
}

/// The records of JSON Lines.
pub fn records(lines: &str) -> Vec<Value> {
    lines.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"))).collect()
}

/// The records of one type in a report.
pub fn of_type<'r>(records: &'r [Value], name: &str) -> Vec<&'r Value> {
    records.iter().filter(|record| record["type"] == name).collect()
}

/// The source's bytes between a record's `start` and `end`.
pub fn slice<'s>(source: &'s str, record: &Value) -> &'s str {
    let at = |name: &str| record[name].as_u64().expect("a byte offset") as usize;
    &source[at("start")..at("end")]
}

/// A program of the system, if it is installed.
pub fn installed(program: &str) -> Option<PathBuf> {
    let found =
        env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(program)).find(|p| p.is_file());
    if found.is_none() {
        eprintln!("note: {program} is not installed, so its part of this test is skipped");
    }
    found
}

/// The article of the original problem report. It is not part of the package, and may exist beside a working copy of
/// the project.
pub fn reported_article() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seed/article.txt");
    fs::read_to_string(&path).expect("the article, or this test is ignored")
}

/// The bytes of a text in which `\xE7` stands for a byte.
pub fn unescaped(text: &str) -> Vec<u8> {
    let mut parts = text.split("\\x");
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let (digits, rest) = part.split_at(2);
        bytes.push(u8::from_str_radix(digits, 16).expect("two hexadecimal digits"));
        bytes.extend(rest.as_bytes());
    }
    bytes
}
