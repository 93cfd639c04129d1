//! Finds where the elements of an array of JSON end, without parsing them.

use std::ops::Range;

/// The byte-order mark.
const MARK: &[u8] = "\u{FEFF}".as_bytes();

/// Where the scanner is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum ScannerState {
    /// Before the array or the only object.
    #[default]
    Before,
    /// Between elements.
    Between,
    /// In an element: number of open brackets, and whether a string is open.
    Element { depth: usize, string: bool, escaped: bool },
    /// Behind the array or the only object.
    Behind,
}

/// Bytes of the input, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ScannedBytes {
    /// All bytes of the piece.
    pub whole: Range<usize>,
    /// Where in it the element begins, if it holds one.
    pub element: Option<usize>,
}

/// What breaks an array.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// A character stands behind the last element.
    Stray(char),
    /// Two elements have no comma between them.
    NoComma,
    /// A comma has no element before or behind it.
    NoElement,
}

/// What stood last between the brackets of an array.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Last {
    #[default]
    Nothing,
    Element,
    Comma,
}

/// Finds elements.
#[derive(Default)]
pub(super) struct Scanner {
    pub place: ScannerState,
    /// Whether there is an array around the elements.
    in_array: bool,
    /// Number of bytes that were seen.
    seen: usize,
    /// Where the current piece begins.
    start: usize,
    /// Where the current element begins.
    element: usize,
    last: Last,
    /// What breaks the array, where the scanner stopped.
    pub fault: Option<Fault>,
}

impl Scanner {
    /// Scans the bytes that were not seen yet. Returns the pieces that ended.
    pub fn scan(&mut self, bytes: &[u8]) -> Vec<ScannedBytes> {
        let mut pieces = Vec::new();
        while let Some(byte) = bytes.get(self.seen).copied().filter(|_| self.fault.is_none()) {
            match self.place {
                ScannerState::Element { depth, string, escaped } => {
                    let (next, ended) = within(byte, depth, string, escaped);
                    self.place = next;
                    if ended {
                        self.seen += usize::from(next_is_inside(byte, depth));
                        pieces.push(self.element_ends());
                        continue;
                    }
                }
                _ => pieces.extend(self.outside(byte, &bytes[self.seen..])),
            }
            self.seen += 1;
        }
        pieces
    }

    /// A byte outside of elements, and the bytes from it on. Returns the piece that ends with it.
    fn outside(&mut self, byte: u8, bytes: &[u8]) -> Option<ScannedBytes> {
        match (self.place, byte) {
            (_, byte) if byte.is_ascii_whitespace() => None,
            (ScannerState::Before, byte) if self.seen < MARK.len() && MARK.contains(&byte) => None,
            (ScannerState::Before, b'[') => {
                (self.place, self.in_array) = (ScannerState::Between, true);
                let whole = self.start..self.seen + 1;
                self.start = whole.end;
                Some(ScannedBytes { whole, element: None })
            }
            (ScannerState::Between, b',' | b']') if self.lacks_element(byte) => self.stop(Fault::NoElement),
            (ScannerState::Between, b',') => {
                self.last = Last::Comma;
                None
            }
            (ScannerState::Between, b']') => {
                self.place = ScannerState::Behind;
                None
            }
            (ScannerState::Between, _) if self.last == Last::Element => self.stop(Fault::NoComma),
            (ScannerState::Before, b'{') | (ScannerState::Between, _) => {
                self.element = self.seen;
                let depth = usize::from(matches!(byte, b'{' | b'['));
                self.place = ScannerState::Element { depth, string: byte == b'"', escaped: false };
                None
            }
            _ => self.stop(Fault::Stray(first_character(bytes))),
        }
    }

    /// Whether a comma or the end of the array stands where an element is expected.
    fn lacks_element(&self, byte: u8) -> bool {
        match byte {
            b',' => self.last != Last::Element,
            _ => self.last == Last::Comma,
        }
    }

    fn stop(&mut self, fault: Fault) -> Option<ScannedBytes> {
        self.fault = Some(fault);
        None
    }

    fn element_ends(&mut self) -> ScannedBytes {
        let whole = self.start..self.seen;
        self.start = whole.end;
        self.place = if self.in_array { ScannerState::Between } else { ScannerState::Behind };
        self.last = Last::Element;
        ScannedBytes { whole, element: Some(self.element) }
    }

    /// Whether an array was begun and not closed.
    pub fn is_open(&self) -> bool {
        self.in_array && self.place != ScannerState::Behind
    }

    /// The bytes behind the last element.
    pub fn rest(&mut self, bytes: &[u8]) -> Option<ScannedBytes> {
        let whole = self.start..bytes.len();
        self.start = whole.end;
        (!whole.is_empty()).then_some(ScannedBytes { whole, element: None })
    }

    /// Says that all bytes are gone, and the element goes on.
    pub fn forget(&mut self) {
        (self.seen, self.start, self.element) = (0, 0, 0);
    }

    /// Says that bytes at the beginning are gone.
    pub fn move_back(&mut self, count: usize) {
        self.seen -= count;
        self.start -= count;
        self.element = self.element.saturating_sub(count);
    }
}

/// The character that bytes begin with.
fn first_character(bytes: &[u8]) -> char {
    let whole = String::from_utf8_lossy(&bytes[..bytes.len().min(char::MAX.len_utf8())]);
    whole.chars().next().unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// The place behind a byte of an element, and whether the element ended.
fn within(byte: u8, depth: usize, string: bool, escaped: bool) -> (ScannerState, bool) {
    let place = |depth, string, escaped| ScannerState::Element { depth, string, escaped };
    match byte {
        _ if string && escaped => (place(depth, true, false), false),
        b'\\' if string => (place(depth, true, true), false),
        b'"' => (place(depth, !string, false), false),
        _ if string => (place(depth, true, false), false),
        b'{' | b'[' => (place(depth + 1, false, false), false),
        b'}' | b']' if depth > 1 => (place(depth - 1, false, false), false),
        b'}' | b']' => (place(0, false, false), true),
        b',' if depth == 0 => (place(0, false, false), true),
        _ => (place(depth, false, false), false),
    }
}

/// Whether the byte that ends an element belongs to it. The comma or bracket behind a number does not.
fn next_is_inside(byte: u8, depth: usize) -> bool {
    depth > 0 && matches!(byte, b'}' | b']')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pieces of a text that comes `size` bytes at a time; elements are in brackets.
    fn pieces(text: &str, size: usize) -> Vec<String> {
        let mut scanner = Scanner::default();
        let mut all = Vec::new();
        for end in (0..text.len()).step_by(size).skip(1).chain([text.len()]) {
            all.extend(scanner.scan(&text.as_bytes()[..end]));
        }
        all.extend(scanner.rest(text.as_bytes()));
        assert_eq!(scanner.fault, None, "{text}");
        let shown = |piece: ScannedBytes| match piece.element {
            Some(element) => {
                format!("{}<{}>", &text[piece.whole.start..element], &text[element..piece.whole.end])
            }
            None => text[piece.whole].to_owned(),
        };
        all.into_iter().map(shown).collect()
    }

    #[test]
    fn elements_are_found_however_the_bytes_come() {
        let text = "[\n {\"a\": \"]},\\\"\"} ,{\"b\":[{}, [1]]}, 3 ,\"x,\", [] ]\n";
        let expected = [
            "[",
            "\n <{\"a\": \"]},\\\"\"}>",
            " ,<{\"b\":[{}, [1]]}>",
            ", <3 >",
            ",<\"x,\">",
            ", <[]>",
            " ]\n",
        ];
        for size in [1, 2, 3, 100] {
            assert_eq!(pieces(text, size), expected, "{size}");
            assert_eq!(pieces(" {\"a\":{}} \n", size), [" <{\"a\":{}}>", " \n"]);
            assert_eq!(pieces("[]", size), ["[", "]"]);
        }
    }

    #[test]
    fn what_stands_outside_is_seen() {
        for (text, fault) in [
            ("[]x", Fault::Stray('x')),
            ("{} {}", Fault::Stray('{')),
            ("x", Fault::Stray('x')),
            ("[{} {}]", Fault::NoComma),
            ("[1,{}[]]", Fault::NoComma),
            ("[,{}]", Fault::NoElement),
            ("[{},,{}]", Fault::NoElement),
            ("[{}, ]", Fault::NoElement),
            ("[,]", Fault::NoElement),
        ] {
            let mut scanner = Scanner::default();
            scanner.scan(text.as_bytes());
            assert_eq!(scanner.fault, Some(fault), "{text}");
        }
    }
}
