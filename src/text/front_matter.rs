//! Front matter: the fields that a Markdown file begins with. It stays byte for byte.
//!
//! Three forms are known: YAML between two lines of three hyphens, TOML between two lines of three plus signs, and the
//! form of Hexo, which is YAML with the second line alone.

/// Maximum number of lines in front matter.
const LINES: usize = 200;
/// Minimum number of fields in a block without an opening line.
const UNOPENED_FIELDS: usize = 2;

/// The front matter of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct FrontMatter {
    /// The number of its lines, including those that enclose it; 0 if there is none.
    pub lines: usize,
    /// The value of the field `title`.
    pub title: Option<String>,
}

impl FrontMatter {
    /// The front matter at the start of these lines.
    pub fn of<'l>(lines: impl Iterator<Item = &'l str> + Clone) -> Self {
        let mark = |line: &str| line.trim_end().trim_start_matches('\u{FEFF}').to_owned();
        let opening = lines.clone().next().map(mark).unwrap_or_default();
        let count = match opening.as_str() {
            "---" => closed_after(lines.clone().skip(1), ':', &["---", "..."], 1).map(|inside| inside + 2),
            "+++" => closed_after(lines.clone().skip(1), '=', &["+++"], 1).map(|inside| inside + 2),
            _ => closed_after(lines.clone(), ':', &["---"], UNOPENED_FIELDS).map(|inside| inside + 1),
        };
        let lines: Vec<&str> = lines.take(count.unwrap_or_default()).collect();
        Self { lines: lines.len(), title: title(&lines) }
    }
}

/// The number of lines before the line that closes the block. `None` if a line is not a field and does not
/// continue one, or if there are fewer than `least` fields.
fn closed_after<'l>(
    lines: impl Iterator<Item = &'l str>,
    mark: char,
    closes: &[&str],
    least: usize,
) -> Option<usize> {
    let mut fields = 0;
    for (count, line) in lines.take(LINES).enumerate() {
        if closes.contains(&line.trim_end()) {
            return (fields >= least).then_some(count);
        }
        match is_field(line, mark) {
            true => fields += 1,
            false if fields > 0 && is_continued(line) || is_between(line, least) => {}
            false => return None,
        }
    }
    None
}

/// Whether a line is a field: it begins with `key: value`, `key:` or `key = value`.
fn is_field(line: &str, mark: char) -> bool {
    let field = line.split_once(mark);
    let field = field.filter(|(_, value)| mark == '=' || value.trim().is_empty() || value.starts_with(' '));
    let is_key = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ' | '"' | '\'');
    field.is_some_and(|(key, _)| {
        let is_start = key.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '"' | '\''));
        is_start && key.chars().all(is_key)
    })
}

/// Whether a line continues a field: it is an item, or it is indented.
fn is_continued(line: &str) -> bool {
    line.starts_with(['-', ' ', '\t', ']', '}', '['])
}

/// Whether a line is blank or a comment. A block without an opening line may not have such lines.
fn is_between(line: &str, least: usize) -> bool {
    least < UNOPENED_FIELDS && (line.trim().is_empty() || line.starts_with('#'))
}

/// The value of the field `title`, without quotation marks.
fn title(lines: &[&str]) -> Option<String> {
    let value = lines.iter().find_map(|line| {
        let (name, value) = line.split_once([':', '='])?;
        name.trim().eq_ignore_ascii_case("title").then(|| value.trim())
    })?;
    let title = value.trim_matches(['"', '\'']);
    (!title.is_empty()).then(|| title.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_forms_are_known() {
        for (text, lines, title) in [
            ("---\ntitle: 老街\ntags: [茶, 館]\n---\n好", 4, Some("老街")),
            ("---\n標題: 老街\n# 註\n\nlist:\n  - 茶\n- 館\n...\n好", 8, None),
            ("+++\ntitle = \"老街\"\ndate = 2019-08-13\n+++\n好", 4, Some("老街")),
            ("title: 老街\ndate: 2019-08-13\n---\n好", 3, Some("老街")),
            ("title: 老街\n---\n好", 0, None),
            ("title: 老街\n\ndate: 2019-08-13\n---\n好", 0, None),
            ("---\n老街的茶館,今天開門。\n---\n好", 0, None),
            ("---\n---\n好", 0, None),
            ("---\ntitle: 老街\n好", 0, None),
            ("好\n---\ntitle: 老街\n---", 0, None),
            ("", 0, None),
        ] {
            let expected = FrontMatter { lines, title: title.map(str::to_owned) };
            assert_eq!(FrontMatter::of(text.lines()), expected, "{text}");
        }
    }
}
