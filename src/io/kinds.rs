//! What qingwen recognises and does not read. Each kind is an error that says what to do.

use std::fmt;

/// A kind of content that is not read.
#[derive(Debug)]
pub(crate) struct ContentKind {
    /// What it is called.
    pub name: &'static str,
    /// What to do with it.
    pub advice: &'static str,
    /// The endings of file names, in lower case.
    pub endings: &'static [&'static str],
    /// Whether its text may be converted character by character, as a program without knowledge of it would do.
    pub is_text: bool,
    /// How it is recognised.
    pub sign: ContentSign,
}

/// The sign of a kind of content.
pub(crate) enum ContentSign {
    /// Bytes at a place.
    Bytes(usize, &'static [u8]),
    /// The beginning as text.
    Text(fn(&str) -> bool),
    /// None: the name shows it, or more than its beginning.
    None,
}

impl fmt::Debug for ContentSign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sign")
    }
}

const UNPACK: &str = "unpack it first";
const EXTRACT: &str = "extract its text first";
const UTF_8: &str = "convert it to UTF-8 first";
const FORCE: &str = "`qingwen convert` converts its characters, and --format text cleans it as prose";

const fn binary(
    name: &'static str,
    advice: &'static str,
    endings: &'static [&'static str],
    place: usize,
    magic: &'static [u8],
) -> ContentKind {
    ContentKind { name, advice, endings, is_text: false, sign: ContentSign::Bytes(place, magic) }
}

const fn textual(
    name: &'static str,
    advice: &'static str,
    endings: &'static [&'static str],
    sign: fn(&str) -> bool,
) -> ContentKind {
    ContentKind { name, advice, endings, is_text: true, sign: ContentSign::Text(sign) }
}

const fn unsigned(
    name: &'static str,
    advice: &'static str,
    endings: &'static [&'static str],
    is_text: bool,
) -> ContentKind {
    ContentKind { name, advice, endings, is_text, sign: ContentSign::None }
}

/// Bytes that are no text, whatever they are.
pub(super) static BINARY: ContentKind = unsigned("binary data", "qingwen reads text", &[], false);
/// Text in two bytes a character.
pub(super) static UNMARKED: ContentKind =
    unsigned("UTF-16 without a byte-order mark", "--encoding utf-16le or utf-16be reads it", &[], false);
/// Text under the name of JSON.
pub(super) static NOT_JSON: ContentKind =
    unsigned("JSON by its name, but holds none", "--format text cleans it as prose", &[], true);

/// All kinds.
pub(super) static KINDS: [ContentKind; 25] = [
    binary("UTF-32", UTF_8, &[], 0, b"\xFF\xFE\0\0"),
    binary("UTF-32", UTF_8, &[], 0, b"\0\0\xFE\xFF"),
    binary("Arrow", "export it as JSON Lines", &["arrow", "feather"], 0, b"ARROW1"),
    binary(
        "a ZIP archive (also .docx, .xlsx and .epub)",
        UNPACK,
        &["zip", "docx", "xlsx", "epub"],
        0,
        b"PK\x03\x04",
    ),
    binary("a PDF", EXTRACT, &["pdf"], 0, b"%PDF-"),
    binary(
        "a document of Microsoft Office",
        EXTRACT,
        &["doc", "xls", "ppt"],
        0,
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
    ),
    binary("RTF", EXTRACT, &["rtf"], 0, b"{\\rtf"),
    // One compression is undone before this is asked.
    binary("gzip data inside compressed data", UNPACK, &[], 0, b"\x1F\x8B\x08"),
    binary("Zstandard data inside compressed data", UNPACK, &[], 0, b"\x28\xB5\x2F\xFD"),
    binary("xz data", UNPACK, &["xz"], 0, b"\xFD7zXZ\0"),
    binary("bzip2 data", UNPACK, &["bz2"], 4, b"1AY&SY"),
    binary("a 7-Zip archive", UNPACK, &["7z"], 0, b"7z\xBC\xAF\x27\x1C"),
    binary("a RAR archive", UNPACK, &["rar"], 0, b"Rar!\x1A\x07"),
    binary("a tar archive", UNPACK, &["tar"], 257, b"ustar"),
    binary("a SQLite database", "export it as JSON Lines", &["sqlite", "db"], 0, b"SQLite format 3\0"),
    binary("a PNG image", EXTRACT, &["png"], 0, b"\x89PNG\r\n"),
    binary("a JPEG image", EXTRACT, &["jpg", "jpeg"], 0, b"\xFF\xD8\xFF"),
    binary("a GIF image", EXTRACT, &["gif"], 0, b"GIF8"),
    textual("XML", EXTRACT, &["xml", "rss", "atom"], |text| starts(text, &["<?xml"])),
    textual("an archived web page", EXTRACT, &["mht", "mhtml"], |text| {
        starts(text, &["mime-version:", "from: <saved by"]) && text.contains("multipart/related")
    }),
    textual("WebVTT subtitles", FORCE, &["vtt"], |text| starts(text, &["webvtt"])),
    textual("SubStation Alpha subtitles", FORCE, &["ass", "ssa"], |text| starts(text, &["[script info]"])),
    textual("SubRip subtitles", FORCE, &["srt"], subrip),
    textual("LRC lyrics", FORCE, &["lrc"], lyrics),
    unsigned("YAML", FORCE, &["yaml", "yml"], true),
];

/// The kind of content that begins with these bytes, which are this text.
pub(super) fn by_content(bytes: &[u8], text: &str) -> Option<&'static ContentKind> {
    let fits = |kind: &&ContentKind| match kind.sign {
        ContentSign::Bytes(place, magic) => bytes.get(place..).is_some_and(|bytes| bytes.starts_with(magic)),
        ContentSign::Text(fits) => fits(text.trim_start_matches('\u{FEFF}').trim_start()),
        ContentSign::None => false,
    };
    KINDS.iter().find(fits)
}

/// The kind of content that a file of this name has.
pub(super) fn by_ending(ending: &str) -> Option<&'static ContentKind> {
    KINDS.iter().find(|kind| kind.endings.contains(&ending))
}

/// Whether a text starts with one of these, in any case.
fn starts(text: &str, beginnings: &[&str]) -> bool {
    beginnings
        .iter()
        .any(|known| text.get(..known.len()).is_some_and(|beginning| beginning.eq_ignore_ascii_case(known)))
}

/// Whether a text begins with a number and the time of a subtitle.
fn subrip(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let number = lines.next().is_some_and(|line| line.trim().parse::<u32>().is_ok());
    let is_time = |line: &str| line.contains(" --> ") && line.starts_with(|c: char| c.is_ascii_digit());
    number && lines.next().is_some_and(is_time)
}

/// Whether the first lines of a text begin with a time or a label in brackets, and one at least with a time.
fn lyrics(text: &str) -> bool {
    const LINES: usize = 12;
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(LINES).collect();
    let tag = |line: &&str| Some(line.strip_prefix('[')?.split_once(']')?.0.to_owned());
    let tags: Option<Vec<String>> = lines.iter().map(tag).collect();
    let time = |tag: &String| {
        let digits = tag.chars().filter(char::is_ascii_digit).count();
        digits >= 3 && tag.contains(':') && tag.chars().all(|c| c.is_ascii_digit() || c == ':' || c == '.')
    };
    let label = |tag: &String| {
        tag.split_once(':').is_some_and(|(name, _)| name.chars().all(|c| c.is_ascii_alphabetic()))
    };
    tags.is_some_and(|tags| {
        tags.iter().filter(|tag| time(tag)).count() >= 2 && tags.iter().all(|tag| time(tag) || label(tag))
    })
}
