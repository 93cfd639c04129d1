//! Paragraphs that occur in many articles: notices of agencies, disclaimers, introductions of authors.
//!
//! A paragraph is a line of an article. Paragraphs are compared by their keys, so only hashes and counts are kept.

use foldhash::{HashMap, HashSet};

use crate::analysis::fold;
use crate::text::{CodeBlocks, Document, FrontMatter, Line, TextHash};

/// The options for repeated paragraphs: those that are compared, and those that are removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParagraphOptions {
    /// The least number of characters in a paragraph, marks and white space not counted. The default is 30:
    /// most shorter lines that articles share are headings, captions, and items of statutes.
    pub characters: usize,
    /// The least number of articles that have a paragraph. The default is 3: a paragraph in two articles is
    /// often in an article and its revision.
    pub articles: u32,
    /// Whether a paragraph is kept in the first article that has it. That is the default.
    pub keeps_first: bool,
}

impl Default for ParagraphOptions {
    fn default() -> Self {
        Self { characters: 30, articles: 3, keeps_first: true }
    }
}

/// The paragraphs of an article that are compared. [`ParagraphCounts`] has an example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleParagraphs {
    article: TextHash,
    /// The hashes of the paragraphs' keys, each once.
    keys: Vec<TextHash>,
}

impl ArticleParagraphs {
    /// The hash that identifies the article.
    pub fn article(&self) -> TextHash {
        self.article
    }

    /// The hashes of the paragraphs' keys, each once, in ascending order.
    pub fn keys(&self) -> &[TextHash] {
        &self.keys
    }

    /// The paragraphs of an article. An article is identified by its name and its text.
    pub fn of(name: &str, text: &str, options: &ParagraphOptions) -> Self {
        let mut keys: Vec<TextHash> =
            paragraphs(&Document::new(text), options.characters).into_iter().map(|(_, key)| key).collect();
        keys.sort_unstable();
        keys.dedup();
        Self { article: article(name, text), keys }
    }
}

/// The number of articles of a collection that have each paragraph. It takes about 40 bytes for each
/// different paragraph.
///
/// ```
/// use qingwen::corpus::{ArticleParagraphs, ParagraphCounts, ParagraphOptions};
/// let notice = "本報所刊的文章與照片，著作權歸本報所有，非經同意，請勿轉載、改作或作其他使用。";
/// let articles = ["老街夜市搬走了。", "街坊說，好。"].map(|story| format!("{story}\n{notice}\n"));
/// let options = ParagraphOptions { articles: 2, ..ParagraphOptions::default() };
/// let mut counts = ParagraphCounts::default();
/// articles.iter().for_each(|text| counts.add(&ArticleParagraphs::of(text, text, &options)));
/// let repeated = counts.repeated(&options);
/// assert_eq!(repeated.find(&articles[1], &articles[1])[0].articles, 2);
/// assert_eq!(repeated.without(&articles[0], &articles[0]), None);
/// assert_eq!(repeated.without(&articles[1], &articles[1]), Some("街坊說，好。\n".to_owned()));
/// ```
#[derive(Debug, Clone, Default)]
pub struct ParagraphCounts(HashMap<TextHash, ParagraphCount>);

/// The number of articles that have a paragraph.
#[derive(Debug, Clone, Copy)]
struct ParagraphCount {
    /// The first of these articles.
    first: TextHash,
    articles: u32,
}

impl ParagraphCounts {
    /// Counts the paragraphs of an article.
    pub fn add(&mut self, article: &ArticleParagraphs) {
        for key in &article.keys {
            let new = ParagraphCount { first: article.article, articles: 0 };
            let count = self.0.entry(*key).or_insert(new);
            count.articles = count.articles.saturating_add(1);
        }
    }

    /// The paragraphs that occur in as many articles as the options say.
    pub fn repeated(mut self, options: &ParagraphOptions) -> RepeatedParagraphs {
        self.0.retain(|_, count| count.articles >= options.articles);
        self.0.shrink_to_fit();
        RepeatedParagraphs { counts: self.0, options: *options }
    }
}

/// The paragraphs of a collection that occur in many articles.
#[derive(Debug, Clone)]
pub struct RepeatedParagraphs {
    counts: HashMap<TextHash, ParagraphCount>,
    options: ParagraphOptions,
}

/// A paragraph of an article that occurs in many articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RepeatedParagraph {
    /// The line of the article.
    pub line: Line,
    /// The hash of its key.
    pub key: TextHash,
    /// The number of articles that have it.
    pub articles: u32,
    /// Whether this article is the first of them.
    pub is_first: bool,
}

impl RepeatedParagraphs {
    /// Paragraphs that were counted elsewhere: for the hash of each key, the hash of the first article that has it, and
    /// the number of articles.
    ///
    /// ```
    /// use qingwen::corpus::{ArticleParagraphs, ParagraphOptions, RepeatedParagraphs};
    /// let options = ParagraphOptions { characters: 5, articles: 2, ..ParagraphOptions::default() };
    /// let texts = ["老街夜市搬走了。\n", "老街夜市搬走了！\n"];
    /// let [first, second] = texts.map(|text| ArticleParagraphs::of(text, text, &options));
    /// assert_eq!(first.keys(), second.keys());
    /// let repeated = RepeatedParagraphs::of([(first.keys()[0], first.article(), 2)], &options);
    /// assert!(!repeated.find(texts[1], texts[1])[0].is_first);
    /// ```
    pub fn of(
        counts: impl IntoIterator<Item = (TextHash, TextHash, u32)>,
        options: &ParagraphOptions,
    ) -> Self {
        let count = |(key, first, articles)| (key, ParagraphCount { first, articles });
        Self { counts: counts.into_iter().map(count).collect(), options: *options }
    }

    /// The number of these paragraphs.
    pub fn count(&self) -> usize {
        self.counts.len()
    }

    /// The repeated paragraphs of an article, in order.
    pub fn find(&self, name: &str, text: &str) -> Vec<RepeatedParagraph> {
        let article = article(name, text);
        let found = |(line, key)| {
            let ParagraphCount { first, articles } = *self.counts.get(&key)?;
            Some(RepeatedParagraph { line, key, articles, is_first: first == article })
        };
        paragraphs(&Document::new(text), self.options.characters).into_iter().filter_map(found).collect()
    }

    /// An article without them. `None` if nothing is removed from it. The blank lines around a removed
    /// paragraph become one.
    pub fn without(&self, name: &str, text: &str) -> Option<String> {
        let found = self.find(name, text).into_iter();
        let is_removed = |paragraph: &RepeatedParagraph| !(self.options.keeps_first && paragraph.is_first);
        let removed: HashSet<usize> =
            found.filter(is_removed).map(|paragraph| paragraph.line.number).collect();
        (!removed.is_empty()).then(|| without(&Document::new(text), &removed))
    }
}

/// The hash that identifies an article.
fn article(name: &str, text: &str) -> TextHash {
    TextHash::of(&format!("{name}\0{text}"))
}

/// The lines that are compared, with the hashes of their keys. Front matter and code are not compared.
fn paragraphs(document: &Document, characters: usize) -> Vec<(Line, TextHash)> {
    let texts = document.lines().iter().map(|line| document.text(line));
    let (front, code) = (FrontMatter::of(texts.clone()).lines, CodeBlocks::of(texts));
    let lines = document.lines().iter().enumerate().skip(front).filter(|(at, _)| !code.hold(*at));
    let compared = |(_, line): (usize, &Line)| {
        // A key has no more bytes than its line, except for a few letters that one character represents.
        let key = fold(document.text(line));
        (key.chars().count() >= characters.max(1)).then(|| (*line, TextHash::of(&key)))
    };
    lines.filter_map(compared).collect()
}

/// A document without some lines.
fn without(document: &Document, removed: &HashSet<usize>) -> String {
    let mut text = document.byte_order_mark().map_or("", |mark| mark.of(document.source())).to_owned();
    let begin = text.len();
    let (mut blanks, mut has_gap) = (Vec::new(), false);
    let whole = |line: &Line| &document.source()[line.span.start..line.next];
    for line in document.lines() {
        if removed.contains(&line.number) {
            has_gap = true;
        } else if document.text(line).trim().is_empty() {
            blanks.push(whole(line));
        } else {
            let kept =
                if !has_gap { blanks.len() } else { usize::from(text.len() > begin).min(blanks.len()) };
            text.extend(blanks.drain(..).take(kept));
            text.push_str(whole(line));
            has_gap = false;
        }
    }
    if !has_gap {
        text.extend(blanks);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTICE: &str = "本報所刊的文章與照片，著作權歸本報所有，非經同意，請勿轉載、改作或作其他使用。";

    fn repeated(texts: &[&str], options: &ParagraphOptions) -> RepeatedParagraphs {
        let mut counts = ParagraphCounts::default();
        texts.iter().for_each(|text| counts.add(&ArticleParagraphs::of(text, text, options)));
        counts.repeated(options)
    }

    #[test]
    fn a_removed_paragraph_leaves_one_blank_line() {
        let all = ParagraphOptions { articles: 1, keeps_first: false, ..ParagraphOptions::default() };
        for (text, left) in [
            ("甲\n\nN\n\n乙\n", "甲\n\n乙\n"),
            ("甲\n\n\nN\n乙\n", "甲\n\n乙\n"),
            ("甲\nN\n乙", "甲\n乙"),
            ("\u{FEFF}\nN\n\n甲\n\n\n乙\n", "\u{FEFF}甲\n\n\n乙\n"),
            ("甲\n\nN\n\n", "甲\n"),
            ("N\r\n甲\r\n\r\n", "甲\r\n\r\n"),
            ("N", ""),
        ] {
            let text = text.replace('N', NOTICE);
            assert_eq!(repeated(&[NOTICE], &all).without("", &text).as_deref(), Some(left), "{text}");
        }
    }

    /// A paragraph is counted once in an article, in any script and with any marks.
    #[test]
    fn paragraphs_are_counted_by_articles() {
        let options = ParagraphOptions { articles: 2, ..ParagraphOptions::default() };
        let twice = format!("甲\n{NOTICE}\n{NOTICE}\n");
        assert_eq!(repeated(&[&twice], &options).count(), 0);
        let simplified = "本报所刊的文章与照片,著作权归本报所有,非经同意,请勿转载、改作或作其他使用!";
        let found = repeated(&[&twice, simplified], &options).find(simplified, simplified);
        assert_eq!((found[0].articles, found[0].is_first), (2, false));
    }

    /// Short lines, front matter and code are kept.
    #[test]
    fn some_lines_are_not_compared() {
        let options = ParagraphOptions { articles: 1, characters: 5, keeps_first: false };
        let text = "---\ntitle: 老街夜市搬走了\n---\n分享到\n```\n老街夜市搬走了\n```\n老街夜市搬走了\n";
        let found = repeated(&[text], &options).find("", text);
        assert_eq!(found.iter().map(|paragraph| paragraph.line.number).collect::<Vec<_>>(), [8]);
    }
}
