//! Metadata from the lines about an article: byline, editor, source, account, date, original title, photo credits.
//!
//! The rules of the category `metadata` find these lines. The patterns that turn a line into fields are data too, in
//! `dictionaries/metadata/fields.toml`.

mod date;

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use regex::Regex;
use serde::{Deserialize, Serialize};

pub(crate) use date::iso;

use crate::analysis::{View, ViewLine};
use crate::detect::caption::Caption;
use crate::detect::patterns;

/// The metadata of an article, from outside its text. Empty fields are left out of JSON.
///
/// ```
/// let source = "老街夜市搬走了\n記者 王小明／台北報導\n2019年8月3日 14:07 來源：甲乙網\n夜市在上個月搬走。";
/// let cleaner = qingwen::Cleaner::builder().metadata(true).build();
/// let metadata = cleaner.clean(source).metadata;
/// assert_eq!(metadata.byline, ["王小明"]);
/// assert_eq!(metadata.source.as_deref(), Some("甲乙網"));
/// assert_eq!(metadata.date_iso.as_deref(), Some("2019-08-03T14:07"));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Metadata {
    /// The authors, each once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub byline: Vec<String>,
    /// The editors.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub editor: Vec<String>,
    /// The publication that the article was taken from; the first one that is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The account that published it, if a line under the headline gives author, account and time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// The time of publication or of a change, as written; the first one that is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// The same as `YYYY-MM-DD`, `YYYY-MM-DDThh:mm` or `YYYY-MM-DDThh:mm:ss` in local time, if `date` is a day that
    /// exists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_iso: Option<String>,
    /// The headline of the article elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub original_title: Option<String>,
    /// The people or agencies that made or provided the pictures, if a line names them alone or after a caption.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub photo_credit: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldsFile {
    unknown: Vec<String>,
    field: Vec<FieldRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldRow {
    name: Field,
    patterns: Vec<String>,
    /// Additional patterns for the credits after captions.
    #[serde(default)]
    behind_captions: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Field {
    Byline,
    Editor,
    Source,
    Account,
    Date,
    OriginalTitle,
    PhotoCredit,
}

const FIELDS: &str = include_str!("../dictionaries/metadata/fields.toml");

/// Maximum number of characters in a caption.
const CAPTION_CHARACTERS: usize = 120;

/// Brackets that enclose a remark or a name.
const BRACKETS: &[(char, char)] =
    &[('（', '）'), ('(', ')'), ('【', '】'), ('[', ']'), ('「', '」'), ('《', '》')];

/// Words that are used when nobody is named, and the patterns by field.
struct FieldPatterns {
    unknown: Vec<String>,
    patterns: Vec<(Field, Vec<Regex>)>,
    /// The patterns of credits after captions.
    credits: Vec<Regex>,
}

static COMPILED: LazyLock<FieldPatterns> = LazyLock::new(|| {
    let fields = toml::from_str::<FieldsFile>(FIELDS);
    let (unknown, fields) = fields.map(|fields| (fields.unknown, fields.field)).unwrap_or_default();
    let compiled = |patterns: &[String]| patterns.iter().filter_map(|p| Regex::new(p).ok()).collect();
    let of_credits = fields.iter().filter(|written| written.name == Field::PhotoCredit);
    FieldPatterns {
        credits: of_credits
            .flat_map(|w| compiled(&[w.behind_captions.as_slice(), &w.patterns].concat()))
            .collect(),
        patterns: fields.iter().map(|written| (written.name, compiled(&written.patterns))).collect(),
        unknown,
    }
});

impl Metadata {
    /// The fields from the metadata lines of a view, and the credits after captions.
    pub(crate) fn of(view: &View) -> Self {
        let mut metadata = Self::default();
        let lines = patterns::metadata_rows(view);
        for line in &lines {
            values(view.lines[*line].text.trim()).for_each(|(field, value)| metadata.note(field, value));
        }
        for line in view.filled().filter(|line| lines.binary_search(line).is_err()) {
            if let Some(value) = photo_credit(&view.lines[line]) {
                metadata.note(Field::PhotoCredit, value);
            }
        }
        metadata
    }

    fn note(&mut self, field: Field, value: &str) {
        let value = without_open_bracket(value.trim()).trim();
        if COMPILED.unknown.iter().any(|word| word == value) || !value.contains(char::is_alphanumeric) {
            return;
        }
        match field {
            Field::Byline => names(value).for_each(|name| add(&mut self.byline, name)),
            Field::Editor => names(value).for_each(|name| add(&mut self.editor, name)),
            Field::PhotoCredit => names(value).for_each(|name| add(&mut self.photo_credit, name)),
            Field::Source => set(&mut self.source, value),
            Field::Account => set(&mut self.account, value),
            Field::OriginalTitle => set(&mut self.original_title, value),
            Field::Date if self.date.is_none() => {
                self.date = Some(value.to_owned());
                self.date_iso = date::iso(value);
            }
            Field::Date => {}
        }
    }
}

/// The values of each field in a line: everything that the first matching pattern finds.
fn values(line: &str) -> impl Iterator<Item = (Field, &str)> {
    COMPILED.patterns.iter().flat_map(move |(field, patterns)| {
        let pattern = patterns.iter().find(|pattern| pattern.is_match(line));
        let found = pattern.into_iter().flat_map(move |pattern| pattern.captures_iter(line));
        found.filter_map(move |found| Some((*field, found.name("value")?.as_str())))
    })
}

/// The credit of a picture, from its caption. A paragraph that ends with the name of an agency is not a caption.
fn photo_credit<'t>(line: &ViewLine<'t>) -> Option<&'t str> {
    let caption = Caption::of(line).filter(|_| line.shape.characters <= CAPTION_CHARACTERS)?;
    first(&COMPILED.credits, caption.credit.trim())
}

/// The value that the first matching pattern finds.
fn first<'t>(patterns: &[Regex], text: &'t str) -> Option<&'t str> {
    patterns.iter().find_map(|pattern| Some(pattern.captures(text)?.name("value")?.as_str()))
}

/// Marks between names.
const BETWEEN_NAMES: &[char] = &['、', '，', ',', '；', ';'];
/// Number of Han characters in a name that is separated from another name only by a space.
const NAME: RangeInclusive<usize> = 2..=4;

/// The names in a value. A space separates names only if all of them are Chinese names: `张三 李四`.
fn names(value: &str) -> impl Iterator<Item = &str> {
    let parts = value.split(BETWEEN_NAMES).flat_map(|part| {
        let words: Vec<&str> = part.split_whitespace().collect();
        if words.iter().all(|word| is_chinese_name(word)) { words } else { vec![part.trim()] }
    });
    parts.filter(|name| !name.is_empty())
}

fn is_chinese_name(word: &str) -> bool {
    NAME.contains(&word.chars().count()) && word.chars().all(|c| c.is_alphabetic() && !c.is_ascii())
}

/// Cuts a value at an opening bracket that is never closed. The result is the name before the bracket, or the text
/// after it if nothing precedes it.
fn without_open_bracket(value: &str) -> &str {
    let open = BRACKETS.iter().filter_map(|(open, close)| {
        let (before, enclosed) = value.rsplit_once(*open)?;
        (!enclosed.contains(*close)).then_some((before, enclosed))
    });
    match open.min_by_key(|(before, _)| before.len()) {
        Some((before, enclosed)) if before.trim().is_empty() => enclosed,
        Some((before, _)) => before,
        None => value,
    }
}

fn add(values: &mut Vec<String>, value: &str) {
    if !values.iter().any(|known| known == value) {
        values.push(value.to_owned());
    }
}

fn set(known: &mut Option<String>, value: &str) {
    if known.is_none() {
        *known = Some(value.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_compiles_and_names_its_value() {
        let fields: FieldsFile = toml::from_str(FIELDS).unwrap();
        for pattern in
            fields.field.iter().flat_map(|field| field.patterns.iter().chain(&field.behind_captions))
        {
            assert!(Regex::new(pattern).unwrap().capture_names().flatten().any(|name| name == "value"));
        }
    }

    #[test]
    fn lines_give_the_fields_of_their_cases() {
        let cases = include_str!("../tests/cases/metadata/fields.tsv");
        let mut wrong = Vec::new();
        for case in cases.lines().filter(|line| !line.starts_with("# ")) {
            let columns: Vec<&str> = case.split('\t').collect();
            let found = serde_json::to_value(Metadata::of(&View::new(&[(1, columns[0])], None))).unwrap();
            let value = columns.get(2).copied().unwrap_or_default();
            let (value, iso) = value.split_once(" => ").unwrap_or((value, ""));
            let field = &found[columns[1]];
            let holds = match columns[1] {
                "-" => found == serde_json::json!({}),
                "date" => field == value && found["date_iso"].as_str().unwrap_or("-") == iso,
                _ => *field == value || *field == serde_json::json!(value.split(" + ").collect::<Vec<_>>()),
            };
            if !holds {
                wrong.push(format!("{case}: {found}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
