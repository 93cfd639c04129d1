//! Lists of lines that a user writes.

use std::collections::HashMap;

use super::fold::fold;

/// Lines that always stay, or always go: one a line.
///
/// A line of an article is in the list if its comparison key ([`fold`]) is that of a line of the list, so one
/// entry covers both scripts, both widths and all spacing. A line without a key, such as `＊＊＊`, must be
/// the same but for the spaces around it.
///
/// Blank lines and lines that begin with `#` are comments. `\#` begins a line that itself begins with `#`.
///
/// ```
/// use qingwen::Cleaner;
/// use qingwen::clean::LineList;
/// let list = LineList::parse("lines.txt", "# the shop's own lines\n老街茶行祝您有個好心情");
/// let cleaner = Cleaner::builder().remove_lines(list).build();
/// let cleaned = cleaner.clean("老街夜市搬走了。\n老街茶行祝您有个好心情!\n");
/// assert_eq!(cleaned.text, "老街夜市搬走了。\n");
/// assert_eq!(cleaned.removals[0].rule, "user/line");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LineList {
    name: String,
    /// For each form, the 1-based number of the first line of the list that has it.
    numbers: HashMap<String, usize>,
}

impl LineList {
    /// The list in a text. Reports call it by its `name`; the name of its file is the clearest one.
    pub fn parse(name: &str, text: &str) -> Self {
        let mut numbers = HashMap::new();
        for (number, line) in (1..).zip(text.trim_start_matches('\u{FEFF}').lines()) {
            let line = line.trim();
            if !line.is_empty() && !line.starts_with('#') {
                numbers.entry(form(without_escape(line))).or_insert(number);
            }
        }
        Self { name: name.to_owned(), numbers }
    }

    /// The name in reports.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The 1-based number of the line of the list that is the same as a line; `None` if there is none.
    ///
    /// ```
    /// let list = qingwen::clean::LineList::parse("lines.txt", "圍觀！來看老街");
    /// assert_eq!(list.find("围观!来看老街"), Some(1));
    /// assert_eq!(list.find("老街"), None);
    /// ```
    pub fn find(&self, line: &str) -> Option<usize> {
        if self.numbers.is_empty() { None } else { self.numbers.get(&form(line)).copied() }
    }
}

/// The form that two equal lines share: the key, or the line itself if the key is empty.
fn form(line: &str) -> String {
    let key = fold(line);
    if key.is_empty() { line.trim().to_owned() } else { key }
}

fn without_escape(line: &str) -> &str {
    line.strip_prefix('\\').filter(|rest| rest.starts_with('#')).unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_found_by_key_and_marks_by_themselves() {
        let list = LineList::parse("l", "\u{FEFF}# 註\n\n老街茶行，好茶！\n＊＊＊\n\\#老街#\n老街茶行好茶\n");
        assert_eq!(list.find(" 老街茶行 好茶"), Some(3));
        assert_eq!(list.find(" ＊＊＊ "), Some(4));
        assert_eq!(list.find("#老街#"), Some(5));
        for line in ["# 註", "", "＊＊", "茶行"] {
            assert_eq!(list.find(line), None, "{line}");
        }
    }
}
