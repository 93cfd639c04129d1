//! The report as a single page for a browser. It needs no network, and contains no markup from articles.
//!
//! Articles are written as they come, so memory does not grow with their number. The size of the page is bounded:
//! beyond its budgets it continues to count and to sample, and says what it left out.

mod learned;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};

use base64::Engine as _;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::change::{Piece, pieces};
use super::{Sources, Summary};
use crate::pipeline::Evidence;
use crate::pipeline::{Cleaned, ConversionSummary, Removal};
use crate::rules::{Category, Certainty};
use crate::script::Target;
use crate::text::Document;
use crate::text::hash::{FACTOR, mix};
pub use learned::learned;

const TEMPLATE: &str = include_str!("html/page.html");
const STYLE: &str = include_str!("html/page.css");
const SCRIPT: &str = include_str!("html/page.js");

/// Maximum number of bytes in a page for the texts of articles and their annotations.
const TEXT_BYTES: usize = 8 << 20;
/// Maximum number of bytes in a page for the list of articles.
const LIST_BYTES: usize = 4 << 20;
/// Maximum number of removed lines that a page shows as samples of a rule.
const SAMPLES: usize = 25;
/// Maximum number of characters in a sample's text and in a name.
const SHOWN: usize = 200;

/// Writes the page of a run.
///
/// ```
/// use qingwen::report::{Summary, html::Page};
/// let source = "老街夜市搬走了。\n\n分享到：\n<script>";
/// let cleaned = qingwen::Cleaner::default().clean(source);
/// let mut summary = Summary::default();
/// summary.add(source.len(), &cleaned);
/// let mut page = Vec::new();
/// let mut writer = Page::begin(&mut page)?;
/// writer.article(&mut page, "a.txt", source, &cleaned)?;
/// writer.finish(&mut page, &summary)?;
/// let page = String::from_utf8(page).unwrap();
/// assert!(page.contains("share/bar") && page.contains(r"\u003cscript"));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug, Serialize, Deserialize)]
pub struct Page {
    text_left: usize,
    list_left: usize,
    listed: u64,
    unlisted: u64,
    samples: BTreeMap<Cow<'static, str>, Samples>,
}

/// A random sample of a rule's removals. Each removal is in it with the same probability.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Samples {
    seen: u64,
    kept: Vec<Sample>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Sample {
    doc: String,
    /// The position of the article in the list.
    article: u64,
    line: usize,
    text: String,
}

#[derive(Serialize)]
struct PageArticle<'a> {
    name: String,
    /// The title that came with the article, or the first line of the clean text.
    headline: String,
    removed: BTreeMap<&'static str, usize>,
    changed: usize,
    /// The language of the clean text. A browser uses it to choose glyphs.
    lang: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    lines: Option<Vec<PageLine<'a>>>,
}

#[derive(Serialize)]
struct PageLine<'a> {
    n: usize,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    removal: Option<PageRemoval<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<Vec<Piece>>,
}

#[derive(Serialize)]
struct PageRemoval<'a> {
    rule: &'a str,
    certainty: Certainty,
    evidence: &'a Evidence,
}

#[derive(Serialize)]
struct Fired<'a> {
    category: Category,
    title: &'a str,
    why: &'a str,
    problems: &'a str,
    lines: u64,
    samples: &'a [Sample],
}

#[derive(Serialize)]
struct PageRun<'a> {
    summary: &'a Summary,
    unlisted: u64,
    rules: BTreeMap<&'a str, Fired<'a>>,
}

/// The template before and after the articles.
fn template() -> (&'static str, &'static str) {
    TEMPLATE.split_once("{{articles}}").unwrap_or((TEMPLATE, ""))
}

/// The element in the head of every page that identifies it.
const GENERATOR: &[u8] = br#"<meta name="generator" content="qingwen">"#;

/// Whether a file that begins with these bytes is such a page.
pub(crate) fn is_page(beginning: &[u8]) -> bool {
    beginning.starts_with(b"<!doctype html>") && memchr::memmem::find(beginning, GENERATOR).is_some()
}

impl Page {
    /// Writes the part before the articles.
    ///
    /// # Errors
    /// Errors of the stream.
    pub fn begin(out: &mut impl Write) -> io::Result<Self> {
        let head = template()
            .0
            .replace("{{style-hash}}", &source_hash(STYLE))
            .replace("{{script-hash}}", &source_hash(SCRIPT))
            .replace("{{style}}", STYLE);
        write!(out, "{head}[")?;
        let samples = BTreeMap::new();
        Ok(Self { text_left: TEXT_BYTES, list_left: LIST_BYTES, listed: 0, unlisted: 0, samples })
    }

    /// Writes an article, as far as the page's budgets allow.
    ///
    /// # Errors
    /// Errors of the stream.
    pub fn article(
        &mut self,
        out: &mut impl Write,
        name: &str,
        source: &str,
        cleaned: &Cleaned,
    ) -> io::Result<()> {
        let position = self.listed + self.unlisted;
        cleaned.removals.iter().for_each(|removal| self.sample(name, position, removal));
        let mut article = PageArticle {
            name: shortened(name),
            headline: headline(cleaned),
            removed: by_category(&cleaned.removals),
            changed: cleaned.rewrites.len(),
            lang: language(&cleaned.conversion),
            lines: None,
        };
        let row = json(&article)?;
        // The list is the beginning of the run: after the first article without a row no article has one.
        if self.unlisted > 0 || row.len() > self.list_left {
            self.unlisted += 1;
            return Ok(());
        }
        self.list_left -= row.len();
        let comma = if self.listed > 0 { ",\n" } else { "" };
        self.listed += 1;
        if source.len() <= self.text_left {
            article.lines = Some(lines(&Document::new(source), cleaned));
            let whole = json(&article)?;
            if whole.len() <= self.text_left {
                self.text_left -= whole.len();
                return write!(out, "{comma}{whole}");
            }
        }
        write!(out, "{comma}{row}")
    }

    /// Writes the part after the articles.
    ///
    /// # Errors
    /// Errors of the stream.
    pub fn finish(self, out: &mut impl Write, summary: &Summary) -> io::Result<()> {
        let fired = |(id, tally): (&Cow<'static, str>, &super::Tally)| {
            let rule = summary.rule(id)?;
            let samples = self.samples.get(id).map_or(&[][..], |samples| &samples.kept);
            let (category, title) = (rule.category, rule.title);
            let (why, problems) = (rule.why.trim(), rule.problems.trim());
            Some((rule.id, Fired { category, title, why, problems, lines: tally.lines, samples }))
        };
        let rules = summary.rules.iter().filter_map(fired).collect();
        // The page shows no sources, and there may be many.
        let summary = &Summary { sources: Sources::default(), ..summary.clone() };
        let run = json(&PageRun { summary, unlisted: self.unlisted, rules })?;
        let (before, after) = template().1.split_once("{{run}}").unwrap_or_default();
        let (open, close) = after.split_once("{{script}}").unwrap_or((after, ""));
        write!(out, "]{before}{run}{open}{SCRIPT}{close}")
    }

    fn sample(&mut self, doc: &str, article: u64, removal: &Removal) {
        let samples = self.samples.entry(removal.rule.clone()).or_default();
        samples.seen += 1;
        let position = match samples.kept.len() {
            free if free < SAMPLES => free as u64,
            _ => scattered(samples.seen) % samples.seen,
        };
        let sample = || Sample {
            doc: shortened(doc),
            article,
            line: removal.line,
            text: shortened(removal.text.trim()),
        };
        match usize::try_from(position) {
            Ok(index) if index == samples.kept.len() && index < SAMPLES => samples.kept.push(sample()),
            Ok(index) if index < samples.kept.len() => samples.kept[index] = sample(),
            _ => {}
        }
    }
}

fn headline(cleaned: &Cleaned) -> String {
    let first = || cleaned.text.lines().find(|line| !line.trim().is_empty());
    let title = cleaned.title.as_deref().filter(|title| !title.trim().is_empty());
    shortened(title.or_else(first).unwrap_or_default().trim())
}

/// A pseudorandom number that is the same in every run.
fn scattered(number: u64) -> u64 {
    mix(number.wrapping_mul(FACTOR))
}

/// The language tag of a cleaned article (BCP 47), from its target, or from the script of most of its lines.
fn language(conversion: &ConversionSummary) -> &'static str {
    match conversion.target {
        Target::Hans => "zh-Hans",
        Target::Hant => "zh-Hant",
        Target::Tw | Target::TwPhrases => "zh-Hant-TW",
        Target::Hk | Target::HkPhrases => "zh-Hant-HK",
        Target::Auto | Target::Keep if conversion.hans_lines > conversion.hant_lines => "zh-Hans",
        Target::Auto | Target::Keep => "zh-Hant",
    }
}

fn by_category(removals: &[Removal]) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    removals.iter().for_each(|removal| *counts.entry(removal.category.name()).or_default() += 1);
    counts
}

fn lines<'a>(document: &Document<'a>, cleaned: &'a Cleaned) -> Vec<PageLine<'a>> {
    let mut removals = cleaned.removals.iter().peekable();
    let mut rewrites = cleaned.rewrites.iter().peekable();
    let line = |line: &crate::text::Line| {
        let text = document.text(line);
        let removal = removals.next_if(|removal| removal.line == line.number);
        let rewrite = rewrites.next_if(|rewrite| rewrite.line == line.number);
        PageLine {
            n: line.number,
            text,
            removal: removal.map(|removal| PageRemoval {
                rule: &removal.rule,
                certainty: removal.certainty,
                evidence: &removal.evidence,
            }),
            change: rewrite.map(|rewrite| pieces(text, &rewrite.text)),
        }
    };
    document.lines().iter().map(line).collect()
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// JSON that is inert inside a `script` element: no character in it can end the element or begin a comment.
fn json(value: &impl Serialize) -> io::Result<String> {
    let text = serde_json::to_string(value)?;
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                safe.push_str(&format!("\\u{:04x}", u32::from(character)));
            }
            _ => safe.push(character),
        }
    }
    Ok(safe)
}

/// The hash that allows this inline style or script, and no other, in a Content-Security-Policy.
fn source_hash(text: &str) -> String {
    format!("sha256-{}", base64::engine::general_purpose::STANDARD.encode(Sha256::digest(text)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Cleaner;

    #[test]
    fn text_of_articles_is_no_markup() {
        let json = json(&"</script><!--\u{2028}&").unwrap();
        assert_eq!(json, r#""\u003c/script\u003e\u003c!--\u2028\u0026""#);
        assert!(!SCRIPT.contains("</script") && !STYLE.contains("</style"));
        assert!(!SCRIPT.contains("innerHTML"));
    }

    #[test]
    fn a_page_is_bounded_and_counts_what_it_leaves_out() {
        let source = format!("老街夜市搬走了。\n{}\n分享到：\n", "街坊說安靜了許多。".repeat(40));
        let cleaned = Cleaner::default().clean(&source);
        let (mut bytes, mut summary) = (Vec::new(), Summary::default());
        let mut page = Page::begin(&mut bytes).unwrap();
        for number in 0..60_000 {
            page.article(&mut bytes, &format!("article-{number:060}"), &source, &cleaned).unwrap();
            summary.add(source.len(), &cleaned);
        }
        assert!(page.unlisted > 0 && page.samples["share/bar"].kept.len() == SAMPLES);
        let spread = page.samples["share/bar"].kept.iter().filter(|sample| sample.article > 30_000).count();
        assert!((5..=20).contains(&spread), "{spread}");
        page.finish(&mut bytes, &summary).unwrap();
        assert!(bytes.len() < TEXT_BYTES + LIST_BYTES + (1 << 20), "{}", bytes.len());
    }
}
