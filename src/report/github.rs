//! Findings as workflow commands of GitHub Actions, which shows them beside the lines of the files.

use std::io::{self, Write};

use super::terminal::excerpt;
use super::{CheckFinding, DocumentPlace};

/// Writes a finding as a warning. For a record, the place is that of the record in the file, and the message names the
/// record and the line of its text.
///
/// # Errors
/// Errors of the stream.
pub(crate) fn warning(
    out: &mut impl Write,
    doc: &str,
    place: &DocumentPlace,
    finding: &CheckFinding,
) -> io::Result<()> {
    let CheckFinding { line, column, end_column, .. } = finding;
    let (file, title) = (property(place.file), property(&finding.rules.join(", ")));
    let (region, name) = match place.file_line {
        _ if doc == place.file => {
            (format!(",line={line},col={column},endColumn={end_column}"), String::new())
        }
        Some(line) => (format!(",line={line}"), format!("{doc}:{}: ", finding.place())),
        None => (String::new(), format!("{doc}:{}: ", finding.place())),
    };
    let message = data(&format!("{name}{}", excerpt(finding)));
    writeln!(out, "::warning file={file}{region},title={title}::{message}")
}

/// Writes a message about an article that could not be cleaned.
///
/// # Errors
/// Errors of the stream.
pub(crate) fn error(out: &mut impl Write, message: &str) -> io::Result<()> {
    writeln!(out, "::error::{}", data(message))
}

/// A message in which all characters are escaped that would end it.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property in which all characters are escaped that would end it.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_would_end_a_command_are_escaped() {
        assert_eq!(data("50%:\r\n"), "50%25:%0D%0A");
        assert_eq!(property("a,b:c\n"), "a%2Cb%3Ac%0A");
    }
}
