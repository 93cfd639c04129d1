//! The form of `.qingwen-keep`, the file of exceptions beside articles.
//!
//! A row is an exception: the file's name, a tab, and the line that stays; or the name alone, for all lines of the file.
//! `./` may stand before a name, so that it can begin with `#`. Other lines that begin with `#`, and blank ones, are
//! comments.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use crate::clean::Exceptions;

/// The file's name.
pub(super) const NAME: &str = ".qingwen-keep";
/// The head of a new file.
const HEAD: &str = "# Lines and files that stay as they are said here: see `qingwen explain guard/kept`.\n\n";

/// What is wrong with a row.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{line}: {reason}")]
pub(super) struct RowFault {
    line: usize,
    reason: &'static str,
}

/// The exceptions of a folder, with the comments.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct KeepFile {
    /// The comments up to the first blank line, which stay at the start.
    head: String,
    rows: Vec<KeepRow>,
    /// The comments behind the last row.
    foot: String,
}

/// An exception.
#[derive(Debug, PartialEq, Eq)]
struct KeepRow {
    /// The comments above it.
    comments: String,
    name: String,
    /// The line; `None` for all lines of the file.
    line: Option<String>,
}

impl Default for KeepFile {
    fn default() -> Self {
        Self { head: HEAD.into(), rows: Vec::new(), foot: String::new() }
    }
}

impl KeepFile {
    /// Reads exceptions.
    ///
    /// # Errors
    /// The first row that has not the form.
    pub fn parse(text: &str) -> Result<Self, RowFault> {
        let mut file = Self { head: String::new(), rows: Vec::new(), foot: String::new() };
        let mut comments = String::new();
        for (number, line) in (1..).zip(text.trim_start_matches('\u{FEFF}').lines()) {
            let is_blank = line.trim().is_empty();
            if !is_blank && !line.starts_with('#') {
                file.rows.push(KeepRow::parse(std::mem::take(&mut comments), line, number)?);
                continue;
            }
            comments += line;
            comments.push('\n');
            if is_blank && file.rows.is_empty() && file.head.is_empty() {
                file.head = std::mem::take(&mut comments);
            }
        }
        file.foot = comments;
        Ok(file)
    }

    /// Adds exceptions for lines of a file, in the order of rows. Whether any was not there.
    pub fn keep_lines(&mut self, name: &str, lines: &[String]) -> bool {
        let mut known = self.exceptions_of(name);
        let before = self.rows.len();
        for line in lines {
            if !known.keeps(line) {
                known = known.line(line);
                self.rows.push(KeepRow::new(name, Some(line.trim())));
            }
        }
        self.sort();
        self.rows.len() > before
    }

    /// Adds an exception for all lines of a file. Whether it was not there.
    pub fn keep_file(&mut self, name: &str) -> bool {
        let is_new = !self.rows.iter().any(|row| row.name == name && row.line.is_none());
        self.rows.extend(is_new.then(|| KeepRow::new(name, None)));
        self.sort();
        is_new
    }

    fn sort(&mut self) {
        self.rows.sort_by(|a, b| (&a.name, &a.line).cmp(&(&b.name, &b.line)));
    }

    /// The exceptions of a file.
    pub fn exceptions_of(&self, name: &str) -> Exceptions {
        self.rows.iter().filter(|row| row.name == name).fold(Exceptions::default(), KeepRow::added_to)
    }

    /// The exceptions of all files, by name.
    pub fn exceptions(&self) -> HashMap<String, Arc<Exceptions>> {
        let mut all: HashMap<String, Exceptions> = HashMap::new();
        for row in &self.rows {
            let exceptions = all.entry(row.name.clone()).or_default();
            *exceptions = KeepRow::added_to(std::mem::take(exceptions), row);
        }
        all.into_iter().map(|(name, exceptions)| (name, Arc::new(exceptions))).collect()
    }
}

impl KeepRow {
    fn new(name: &str, line: Option<&str>) -> Self {
        Self { comments: String::new(), name: name.to_owned(), line: line.map(str::to_owned) }
    }

    fn parse(comments: String, line: &str, number: usize) -> Result<Self, RowFault> {
        let fault = |reason| RowFault { line: number, reason };
        let (name, kept) =
            line.split_once('\t').map_or((line, None), |(name, line)| (name, Some(line.trim())));
        let name = name.strip_prefix("./").unwrap_or(name);
        match kept {
            _ if name.is_empty() => Err(fault("no file's name before the tab")),
            _ if name.contains('/') => {
                Err(fault("names a file in another folder, which has its own exceptions"))
            }
            Some("") => Err(fault("no line behind the tab")),
            kept => Ok(Self { comments, name: name.into(), line: kept.map(str::to_owned) }),
        }
    }

    fn added_to(exceptions: Exceptions, row: &Self) -> Exceptions {
        match &row.line {
            Some(line) => exceptions.line(line),
            None => Exceptions::everything(),
        }
    }
}

impl fmt::Display for KeepFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.head)?;
        self.rows.iter().try_for_each(|row| row.fmt(f))?;
        f.write_str(&self.foot)
    }
}

impl fmt::Display for KeepRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let before = if self.name.starts_with('#') { "./" } else { "" };
        write!(f, "{}{before}{}", self.comments, self.name)?;
        self.line.iter().try_for_each(|line| write!(f, "\t{line}"))?;
        writeln!(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# 說明\n\n# 作者要留\na.txt\t分享到：\n./#b.txt\nc.txt\t老街\t的貓\n# 完\n";

    #[test]
    fn what_is_read_is_written_again() {
        for text in [FILE, "", "\n", "# 說明\n", "a.txt\n"] {
            assert_eq!(KeepFile::parse(text).expect("exceptions").to_string(), text);
        }
    }

    #[test]
    fn rows_are_sorted_and_comments_stay_above_theirs() {
        let mut file = KeepFile::parse(FILE).expect("exceptions");
        let mut keep = |name: &str, line: &str| file.keep_lines(name, &[line.to_owned()]);
        assert!(keep("a.txt", "  下一篇 ") && !keep("c.txt", "老街\t的猫！"));
        assert!(file.keep_file("a.txt") && !file.keep_file("a.txt"));
        assert!(!file.keep_lines("a.txt", &["任何一行".to_owned()]));
        let expected = "# 說明\n\n./#b.txt\na.txt\na.txt\t下一篇\n# 作者要留\na.txt\t分享到：\nc.txt\t老街\t的貓\n# 完\n";
        assert_eq!(file.to_string(), expected);
    }

    #[test]
    fn a_row_that_has_not_the_form_is_named() {
        for (text, line) in [("\t老街", 1), ("# 說明\na/b.txt\t老街", 2), ("a.txt\t \n", 1)] {
            assert_eq!(KeepFile::parse(text).map_err(|fault| fault.line), Err(line), "{text}");
        }
    }
}
