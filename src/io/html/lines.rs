//! Builds the lines of a text from pieces, with white space as a browser shows it.

use crate::text::is_han;

/// Lines that are being built. What separates two pieces is written before the second one, so that nothing stands at the
/// end of a line or of the text.
#[derive(Default)]
pub(super) struct LineBuilder {
    text: String,
    /// Line ends before the next piece: 2 make a blank line.
    ends: usize,
    /// Tabs before the next piece.
    tabs: usize,
    /// Cells that began in the line.
    cells: usize,
    /// White space before the next piece, and whether it has a line end.
    space: Option<bool>,
    /// How many elements are open whose white space stays.
    verbatim: usize,
}

/// Line ends that make a blank line.
const BLANK: usize = 2;

impl LineBuilder {
    /// Adds text.
    pub fn add(&mut self, text: &str) {
        if self.verbatim > 0 {
            return self.add_verbatim(text);
        }
        let mut rest = text;
        while !rest.is_empty() {
            let word = rest.find(is_space).unwrap_or(rest.len());
            self.add_word(&rest[..word]);
            let behind = rest[word..].find(|c| !is_space(c)).map_or(rest.len(), |length| word + length);
            if behind > word {
                let breaks = rest[word..behind].contains(['\n', '\r']);
                self.space = Some(self.space.unwrap_or(false) || breaks);
            }
            rest = &rest[behind..];
        }
    }

    /// Adds a text that is a line of its own.
    pub fn add_line(&mut self, text: &str) {
        if text.chars().all(is_space) {
            return;
        }
        self.end_line();
        self.add(text);
        self.end_line();
    }

    /// Ends the line.
    pub fn end_line(&mut self) {
        self.end(1);
        self.cells = 0;
    }

    /// Ends the line, with a blank line behind it.
    pub fn end_paragraph(&mut self) {
        self.end(BLANK);
    }

    /// Ends the line once more.
    pub fn add_break(&mut self) {
        self.end((self.ends + 1).min(BLANK));
    }

    /// Begins a cell of a table's row.
    pub fn begin_cell(&mut self) {
        if self.cells > 0 {
            self.tabs += 1;
            self.space = None;
        }
        self.cells += 1;
    }

    /// Begins text whose white space stays.
    pub fn begin_verbatim(&mut self) {
        self.verbatim += 1;
    }

    /// Ends text whose white space stays.
    pub fn end_verbatim(&mut self) {
        self.verbatim = self.verbatim.saturating_sub(1);
    }

    /// The text. It ends with a line end unless it is empty.
    pub fn finish(mut self) -> String {
        let length = self.text.trim_end().len();
        self.text.truncate(length);
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text
    }

    fn end(&mut self, ends: usize) {
        self.ends = self.ends.max(ends);
        (self.space, self.tabs) = (None, 0);
    }

    fn add_verbatim(&mut self, text: &str) {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        if !text.is_empty() {
            self.separate(text.chars().next());
            self.text.push_str(&text);
        }
    }

    fn add_word(&mut self, word: &str) {
        if !word.is_empty() {
            self.separate(word.chars().next());
            self.text.push_str(word);
        }
    }

    /// Writes what stands before a piece that begins with a character.
    fn separate(&mut self, next: Option<char>) {
        let (ends, tabs) = (std::mem::take(&mut self.ends), std::mem::take(&mut self.tabs));
        let space = self.space.take();
        let Some(last) = self.text.chars().next_back() else { return };
        if ends > 0 {
            let there = self.text.chars().rev().take_while(|c| *c == '\n').count();
            self.text.extend(std::iter::repeat_n('\n', ends.saturating_sub(there)));
        }
        self.text.extend(std::iter::repeat_n('\t', tabs));
        let no_space = |breaks: bool| breaks && joins(last) && next.is_some_and(joins);
        if ends + tabs == 0 && space.is_some_and(|breaks| !no_space(breaks)) {
            self.text.push(' ');
        }
    }
}

/// White space of HTML. An ideographic space is a character of the text.
fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r' | '\u{C}')
}

/// Whether a line end in the page's source beside this character is no space. Chinese is written without spaces.
fn joins(character: char) -> bool {
    is_han(character) || matches!(character, '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FFEF}')
}
