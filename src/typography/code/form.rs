//! Lines that have a form of their own.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::RegexSet;
use serde::Deserialize;

use super::words::entries;

static FORMS: LazyLock<CompiledForms> = LazyLock::new(|| {
    let table: CodeFormsFile =
        toml::from_str(include_str!("../../../dictionaries/code/lines.toml")).unwrap_or_default();
    let near = table.line.iter().flat_map(|form| form.patterns.iter().map(|_| form.near)).collect();
    let patterns = table.line.iter().flat_map(|form| &form.patterns);
    CompiledForms { patterns: RegexSet::new(patterns).unwrap_or_default(), near }
});

static HTML: LazyLock<HashSet<&str>> =
    LazyLock::new(|| entries(include_str!("../../../dictionaries/code/html_elements.txt")));

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct CodeFormsFile {
    line: Vec<CodeForm>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), expect(dead_code, reason = "what, stays and prose are for readers and for the tests"))]
struct CodeForm {
    what: String,
    patterns: Vec<String>,
    #[serde(default)]
    near: bool,
    stays: Vec<String>,
    prose: Vec<String>,
}

struct CompiledForms {
    patterns: RegexSet,
    /// For each pattern, whether the lines beside a matching line may belong to it.
    near: Vec<bool>,
}

/// Whether a line has such a form. If it has, the value says whether the lines beside it may belong to it.
pub(super) fn matches(text: &str) -> Option<bool> {
    let found = FORMS.patterns.matches(text);
    let mut near = found.iter().map(|index| FORMS.near.get(index) == Some(&true));
    let first = near.next()?;
    Some(first || near.any(|near| near))
}

/// Whether a line is an element of XML that HTML does not have. The content of such an element is data.
pub(super) fn is_data_element(text: &str) -> bool {
    let Some(tag) = text.strip_prefix('<').filter(|_| text.ends_with('>')) else { return false };
    let tag = tag.strip_prefix('/').unwrap_or(tag);
    let name = tag.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next().unwrap_or_default();
    let named = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, ':' | '-' | '_' | '.'));
    named && !HTML.contains(name.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_forms_hold() {
        let table: CodeFormsFile =
            toml::from_str(include_str!("../../../dictionaries/code/lines.toml")).unwrap();
        assert_eq!(FORMS.patterns.len(), FORMS.near.len());
        for form in table.line {
            let patterns = RegexSet::new(&form.patterns).unwrap();
            assert!(!form.stays.is_empty() && !form.prose.is_empty(), "{}", form.what);
            for line in &form.stays {
                assert!(patterns.is_match(line), "{}: {line}", form.what);
            }
            for line in &form.prose {
                assert_eq!(matches(line), None, "{}: {line}", form.what);
            }
        }
    }

    #[test]
    fn elements_of_html_hold_prose() {
        assert!(
            is_data_element("<shop>老街,河邊</shop>") && is_data_element("<string name=\"a\">好,走</string>")
        );
        assert!(!is_data_element("<p>老街,河邊</p>") && !is_data_element("<3 老街,河邊>"));
    }
}
