//! Structures that extend over several lines: comments, strings, subtitles, diagrams, blocks of text in YAML.

use std::ops::Range;

/// Maximum number of lines in a comment, a string or a diagram.
const SPREAD: usize = 60;
/// Maximum number of lines of speech below a time.
const SPEECH: usize = 8;
/// Maximum number of bytes in the two times of a subtitle.
const TIMES: usize = 80;

/// The marks with which such structures begin and end.
const SPREADS: &[(&str, &str)] = &[("/*", "*/"), ("<!--", "-->"), ("'''", "'''"), ("@startuml", "@enduml")];
const TRIPLE: &str = "\"\"\"";

/// The ranges of lines that such structures occupy, in order.
pub(super) fn spreads(lines: &[&str]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    while let Some(line) = lines.get(start) {
        let further = lines.get(start + 1..).unwrap_or_default();
        match further_lines(line, further) {
            Some(count) => {
                found.push(start..start + count + 1);
                start += count + 1;
            }
            None => start += 1,
        }
    }
    found
}

/// The number of further lines that belong to a structure which a line begins.
fn further_lines(line: &str, further: &[&str]) -> Option<usize> {
    let text = line.trim_start();
    let first = text.bytes().next()?;
    match first {
        b'/' | b'<' | b'\'' | b'@' => between_marks(text, further),
        b'0'..=b'9' if is_time(text) => speech(further),
        _ => None,
    }
    .or_else(|| string(text, further))
    .or_else(|| block_of_text(line, further))
}

fn between_marks(text: &str, further: &[&str]) -> Option<usize> {
    SPREADS.iter().find_map(|(open, close)| {
        let inside = text.strip_prefix(open).filter(|inside| !inside.contains(close))?;
        // `/*.do` is a path.
        let opens = inside.trim_start_matches('*').chars().next().is_none_or(|c| !c.is_ascii_punctuation());
        let mut further = further.iter().take(SPREAD).zip(1..).filter(|_| opens);
        further.find(|(line, _)| line.trim_end().ends_with(close)).map(|(_, count)| count)
    })
}

/// The number of further lines of a string in triple quotes. It may begin after a name.
fn string(text: &str, further: &[&str]) -> Option<usize> {
    let quote = memchr::memchr(b'"', text.as_bytes())?;
    let opens = text.get(quote..).is_some_and(|rest| rest.matches(TRIPLE).count() % 2 == 1);
    let mut further = further.iter().take(SPREAD).zip(1..).filter(|_| opens);
    further.find(|(line, _)| line.contains(TRIPLE)).map(|(_, count)| count)
}

/// Whether a line is the time of a subtitle: `00:00:12,000 --> 00:00:14,000`, or `0:00:12.000,0:00:14.000`.
fn is_time(text: &str) -> bool {
    let text = text.trim_end();
    let is_clock = |time: &str| {
        let time = time.trim();
        let (clock, fraction) = time.rsplit_once([',', '.']).unwrap_or((time, ""));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        digits(fraction) && clock.contains(':') && clock.split(':').all(digits)
    };
    if text.len() > TIMES {
        return false;
    }
    match text.split_once("-->") {
        Some((from, to)) => is_clock(from) && to.split_whitespace().next().is_some_and(is_clock),
        None => text.match_indices(',').any(|(at, _)| {
            let (from, to) = (text.get(..at), text.get(at + 1..));
            from.zip(to).is_some_and(|(from, to)| is_clock(from) && is_clock(to))
        }),
    }
}

/// The number of further lines of the speech at a time. It ends at the next blank line.
fn speech(further: &[&str]) -> Option<usize> {
    let is_blank = |line: &&&str| line.trim().is_empty();
    let blank = further.iter().take_while(is_blank).count();
    let spoken = further.iter().skip(blank).take(SPEECH).take_while(|line| !is_blank(line)).count();
    (spoken > 0).then_some(blank + spoken)
}

/// The number of further lines of a text that is indented below its key: `description: >`.
fn block_of_text(line: &str, further: &[&str]) -> Option<usize> {
    let key = line.trim_end().trim_end_matches(['-', '+']).strip_suffix(['>', '|'])?;
    let key = key.trim_end().strip_suffix(':')?.trim_start();
    let key = key.strip_prefix("- ").unwrap_or(key);
    let indentation = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let own = indentation(line);
    let named = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    let below = further.iter().take(SPREAD).filter(|_| named);
    let count = below.take_while(|line| !line.trim().is_empty() && indentation(line) > own).count();
    (count > 0).then_some(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_structure_may_extend_over_several_lines() {
        for (text, further) in [
            ("/*\n說明\n*/", Some(2)),
            ("/*.do\n*/", None),
            ("說明 = \"\"\"第一行,\n第二行\"\"\"\n好", Some(1)),
            ("\"\"\"說明,一行\"\"\"\n\"\"\"", None),
            ("00:00:12,000 --> 00:00:14,000\n請進,坐\n好\n\n走", Some(2)),
            ("00:12.000 --> 00:14.000 align:start\n\n請進,坐\n\n走", Some(2)),
            ("0:00:12.000,0:00:14.000\n請進", Some(1)),
            ("12:00 --> 13:00\n午休,一小時", None),
            ("說明: >\n  第一行,\n  第二行\n好", Some(2)),
            ("他說: >\n好", None),
            ("@startuml\n甲 -> 乙: 好,走\n@enduml", Some(2)),
        ] {
            let lines: Vec<&str> = text.lines().collect();
            assert_eq!(further_lines(lines[0], &lines[1..]), further, "{text}");
        }
    }
}
