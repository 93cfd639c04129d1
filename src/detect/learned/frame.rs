//! Frames of lines: comparison keys without their numbers.

/// The mark for a number in a frame. It is in no key.
const NUMBER: char = '#';
/// The beginning of a part's number in a frame.
const PART: &str = "第#";

/// The frame of a key: each number, with the marks between its digits, becomes one mark. `None` for a key
/// without numbers, or with nothing else: `1.` and `2.` have nothing in common that says what they are. The
/// heading of a part (`第3天`) has no frame, because its number is its name.
pub(crate) fn frame(key: &str) -> Option<String> {
    let mut frame = String::with_capacity(key.len());
    let mut rest = key;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        frame.push_str(&rest[..at]);
        frame.push(NUMBER);
        rest = after_number(&rest[at..]);
    }
    let has_number = rest.len() < key.len();
    frame.push_str(rest);
    let is_part = frame.contains(PART);
    (has_number && !is_part && frame.chars().any(char::is_alphabetic)).then_some(frame)
}

/// The text after the number at its start. A mark between two digits belongs to the number.
fn after_number(text: &str) -> &str {
    let mut end = 0;
    for (at, character) in text.char_indices() {
        match character {
            '0'..='9' => end = at + 1,
            mark if end == at && !mark.is_alphanumeric() => {}
            _ => break,
        }
    }
    &text[end..]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fold;

    #[test]
    fn numbers_dates_and_times_become_a_mark() {
        for (line, expected) in [
            ("（19）小時前", Some("#小时前")),
            ("2024-03-05 12:30 人氣 9,005", Some("#人气#")),
            ("A3版（共12版）", Some("a#版共#版")),
            ("【研討第16天】", None),
            ("閱讀 1.5 次", Some("阅读#次")),
            ("老街夜市", None),
            ("1.", None),
            ("2024/03/05", None),
            ("", None),
        ] {
            let frame = frame(&fold(line));
            let expected =
                expected.map(|expected| expected.split('#').map(fold).collect::<Vec<_>>().join("#"));
            assert_eq!(frame, expected, "{line}");
        }
    }
}
