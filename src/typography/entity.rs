//! Character references of HTML that are left in a page's text: `&ldquo;`, `&#39;`, `&nbsp;`.
//!
//! Decoding must not turn visible text into markup, and must not decode text twice that was escaped twice in
//! order to be shown. So the following are not decoded: references that would become a tag or a part of one
//! (`&lt;div&gt;`); references that would become a part of another reference (`&amp;nbsp;`), except for marks
//! that nobody would want to show (`&amp;hellip;`, and quotation marks in pairs); a reference in quotation
//! marks, because the text is about it; references in inline code and in lines that begin with a tag; numbers
//! that represent an ASCII letter or digit, because only payloads are written this way; and characters that
//! no line can contain.

use std::ops::Range;

use super::class;
use super::protect;

/// Maximum number of letters in a reference's name.
const LONGEST_NAME: usize = 31;

/// The reference of `&`, with which references begin. If the rest of a reference follows, that reference was escaped
/// twice.
const ESCAPED: &str = "&amp;";
/// Marks of prose that are decoded even if their reference was escaped twice.
const MARKS: &str = "“”‘’…—–·";
const QUOTES: &str = "“”‘’";
const OPENING: &str = "“‘";
const CLOSING: &str = "”’";

/// A reference, and the characters that it represents.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reference {
    /// Byte range in the line.
    pub span: Range<usize>,
    pub becomes: String,
}

/// The references of a line that must be decoded, in order.
pub(super) fn decodable(line: &str) -> Vec<Reference> {
    if memchr::memchr(b'&', line.as_bytes()).is_none() {
        return Vec::new();
    }
    let references = references(line).filter(|found| is_decodable(line, found));
    let references = without_lone_quotes(line, references.collect());
    if references.is_empty() {
        return references;
    }
    let chars: Vec<char> = line.chars().collect();
    if is_markup(&chars) {
        return Vec::new();
    }
    let code = code_spans(line, &chars);
    let is_code = |at: usize| {
        code.get(code.partition_point(|span| span.end <= at)).is_some_and(|span| span.start <= at)
    };
    let references = references.into_iter().filter(|found| !is_code(found.span.start)).collect();
    without_markup(line, references)
}

/// The line with references replaced.
pub(super) fn replaced(line: &str, references: &[Reference]) -> String {
    let mut text = String::with_capacity(line.len());
    let mut end = 0;
    for Reference { span, becomes } in references {
        text.push_str(line.get(end..span.start).unwrap_or_default());
        text.push_str(becomes);
        end = span.end;
    }
    text + line.get(end..).unwrap_or_default()
}

/// All references of a line that represent something.
fn references(line: &str) -> impl Iterator<Item = Reference> {
    memchr::memchr_iter(b'&', line.as_bytes()).filter_map(move |start| {
        let span = start..start + reference_len(line.get(start..)?)?;
        let written = line.get(span.clone())?;
        if written == ESCAPED
            && let Some(mark) = escaped_mark(line, start)
        {
            return Some(mark);
        }
        let becomes = htmlize::unescape(written);
        (becomes != written).then(|| Reference { span, becomes: becomes.into_owned() })
    })
}

/// The mark of prose whose reference was escaped a second time: `&amp;hellip;`.
fn escaped_mark(line: &str, start: usize) -> Option<Reference> {
    let inner = start + ESCAPED.len() - 1;
    let len = line.get(inner + 1..)?.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let end = inner + 1 + len + 1;
    let written = format!("&{}", line.get(inner + 1..end)?);
    let becomes = htmlize::unescape(written.as_str());
    let mut mark = becomes.chars();
    let is_mark = mark.next().is_some_and(|c| MARKS.contains(c)) && mark.next().is_none();
    is_mark.then(|| Reference { span: start..end, becomes: becomes.into_owned() })
}

/// The references without quotation marks that were escaped twice and have no partner. Such a mark may be
/// the subject of the text.
fn without_lone_quotes(line: &str, mut references: Vec<Reference>) -> Vec<Reference> {
    let is_escaped =
        |found: &Reference| line.get(found.span.clone()).is_some_and(|text| text.starts_with(ESCAPED));
    let count = |quotes: &str| {
        references.iter().filter(|found| is_escaped(found) && quotes.contains(&found.becomes)).count()
    };
    if count(OPENING) != count(CLOSING) {
        references.retain(|found| !is_escaped(found) || !QUOTES.contains(&found.becomes));
    }
    references
}

/// The length in bytes of `&name;`, `&#39;` or `&#x27;` at the start of `rest`. The semicolon is required, because
/// otherwise the parameters of an address would be read as references.
fn reference_len(rest: &str) -> Option<usize> {
    let name = rest.get(1..)?.bytes().take(LONGEST_NAME + 1);
    let name = name.take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
    (name > 0 && rest.as_bytes().get(1 + name) == Some(&b';')).then_some(name + 2)
}

fn is_decodable(line: &str, found: &Reference) -> bool {
    let by_number = line.get(found.span.start + 1..).is_some_and(|rest| rest.starts_with('#'));
    let fits = |c: char| !c.is_control() && !matches!(c, '`' | '\u{FFFD}' | '\u{2028}' | '\u{2029}');
    let hides = |c: char| by_number && c.is_ascii_alphanumeric();
    found.becomes.chars().all(|c| fits(c) && !hides(c)) && !is_mentioned(line, &found.span)
}

/// Whether the reference itself is the subject of the text: `“&nbsp;”`.
fn is_mentioned(line: &str, span: &Range<usize>) -> bool {
    let before = line.get(..span.start).and_then(|text| text.chars().next_back());
    let after = line.get(span.end..).and_then(|text| text.chars().next());
    before.is_some_and(class::is_opening) && after.is_some_and(class::is_closing)
}

/// Whether a line begins with a tag.
fn is_markup(chars: &[char]) -> bool {
    let start = chars.iter().take_while(|c| c.is_whitespace()).count();
    let rest = chars.get(start..).unwrap_or_default();
    rest.first() == Some(&'<') && protect::tag_len(rest) > 0
}

/// The byte ranges of inline code.
fn code_spans(line: &str, chars: &[char]) -> Vec<Range<usize>> {
    let spans = protect::code_spans(chars);
    if spans.is_empty() {
        return Vec::new();
    }
    let starts: Vec<usize> = line.char_indices().map(|(start, _)| start).chain([line.len()]).collect();
    let at = |index: usize| starts.get(index).copied().unwrap_or(line.len());
    spans.into_iter().map(|span| at(span.start)..at(span.end)).collect()
}

/// The references without those that would become a part of a tag or of another reference.
fn without_markup(line: &str, references: Vec<Reference>) -> Vec<Reference> {
    let decoded = replaced(line, &references);
    let mut markup = pieces_of_markup(&decoded).into_iter().peekable();
    let mut shift = 0isize;
    let mut decoded_references = Vec::with_capacity(references.len());
    for found in references {
        let start = found.span.start.saturating_add_signed(shift);
        let end = start + found.becomes.len();
        shift += found.becomes.len() as isize - found.span.len() as isize;
        while markup.next_if(|piece| piece.end <= start).is_some() {}
        if markup.peek().is_none_or(|piece| piece.start >= end) {
            decoded_references.push(found);
        }
    }
    decoded_references
}

/// The byte ranges of the tags and references of a text, in order and without overlaps.
fn pieces_of_markup(text: &str) -> Vec<Range<usize>> {
    let mut pieces: Vec<Range<usize>> = Vec::new();
    for start in memchr::memchr2_iter(b'&', b'<', text.as_bytes()) {
        let rest = text.get(start..).unwrap_or_default();
        let len = if rest.starts_with('&') { reference_len(rest) } else { tag_bytes(rest) };
        let Some(len) = len else { continue };
        match pieces.last_mut() {
            Some(last) if last.end > start => last.end = last.end.max(start + len),
            _ => pieces.push(start..start + len),
        }
    }
    pieces
}

/// The length in bytes of the tag, comment or declaration at the start of `rest`.
fn tag_bytes(rest: &str) -> Option<usize> {
    let inside = rest.get(1..)?;
    let end = 1 + memchr::memchr2(b'<', b'>', inside.as_bytes())?;
    let whole = rest.get(..=end).filter(|whole| whole.ends_with('>'))?;
    let declares = inside.starts_with(['!', '?']);
    let is_tag = || protect::tag_len(&whole.chars().collect::<Vec<_>>()) > 0;
    (declares || is_tag()).then_some(whole.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_in_prose_are_decoded_and_others_are_kept() {
        for (line, decoded) in [
            ("他說&ldquo;好&rdquo;，&#39;走&#x27;吧&hellip;", "他說“好”，'走'吧…"),
            ("茶&nbsp;點 3 &lt; 5 &amp; 7 &gt; 2", "茶\u{A0}點 3 < 5 & 7 > 2"),
            ("用&lt;div&gt;包住&mdash;&mdash;就行", "用&lt;div&gt;包住——就行"),
            (
                "寫&lt;a href=&quot;x&quot;&gt;好&lt;/a&gt;&hellip;",
                "寫&lt;a href=&quot;x&quot;&gt;好&lt;/a&gt;…",
            ),
            ("&lt;!-- 註 --&gt;好&middot;走", "&lt;!-- 註 --&gt;好·走"),
            ("寫&amp;ldquo;和&ldquo;", "寫&amp;ldquo;和“"),
            ("他說&amp;ldquo;好&amp;rdquo;&amp;hellip;", "他說“好”…"),
            ("寫&amp;lt;和&amp;nbsp;&amp;amp;hellip;", "寫&amp;lt;和&amp;nbsp;&amp;amp;hellip;"),
            ("用“&nbsp;”和(&lt;)", "用“&nbsp;”和(&lt;)"),
            ("`&lt;b&gt;`與&ldquo;", "`&lt;b&gt;`與“"),
            ("<p>好&nbsp;走</p>", "<p>好&nbsp;走</p>"),
            ("見 https://example.com/?a=1&copy=2&amp;b=3", "見 https://example.com/?a=1&copy=2&b=3"),
            ("&#106;&#97;與&#33590;&#150;", "&#106;&#97;與茶–"),
            ("&#10;&#96;&#0;&bogus;&;&#;好", "&#10;&#96;&#0;&bogus;&;&#;好"),
            ("AT&T、R&D；好", "AT&T、R&D；好"),
        ] {
            assert_eq!(replaced(line, &decodable(line)), decoded);
        }
    }
}
