//! What is tried. A target says what it saw in an input, in a few words that are the same for alike inputs, or why a
//! promise of the program does not hold.

use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::Arc;

use crate::clean::{Punctuation, TextHash, restore};
use crate::corpus::{CorpusModel, StoredArticle};
use crate::io::{
    Encoding, Entry, Format, Input, MaxRecord, Notice, OpenedInput, PagePart, Reading, RecordChange, decode,
    encode,
};
use crate::{Cleaner, Conversion, Converter, Target as Towards};

/// Something that is tried.
pub(super) struct Target {
    pub name: &'static str,
    /// Pieces that mean something to it.
    pub pieces: &'static [&'static str],
    pub run: fn(&[u8]) -> Result<String, String>,
}

const PROSE: &[&str] = &[
    "老街夜市搬走了嗎?",
    "老街夜市搬走了吗？",
    "分享到:",
    "\n\n",
    "\r",
    "\u{2028}",
    "---\n",
    "```\n",
    "&ldquo;",
    "⽤",
    "\u{200B}",
    "\u{FEFF}",
    "，",
    "“",
    "3.14",
    "{\"a\":1}",
    "相關文章：",
    "责任编辑：王小明",
    "\0",
    "| a |",
    "![圖](a.jpg)",
    "http://a.b/c,d",
];
const JSON: &[&str] = &[
    "{\"text\":\"甲\"}",
    "\"text\"",
    "\"id\":7",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    "\\u7532",
    "\\ud800",
    "null",
    "1e999",
    "\n",
    "\"\\\"\"",
    "\u{FEFF}",
];
const TABLE: &[&str] = &["id,text\n", "\"", "\"\"", ",", ";", "\t", "\r\n", "\r", "甲", "\u{FEFF}", "text"];
const HTML: &[&str] = &[
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<b id=1>",
    "<a href=x>",
    "</a>",
    "<br>",
    "<img src=a.jpg alt=圖>",
    "<!--",
    "-->",
    "<script>",
    "</script>",
    "<svg>",
    "<title>",
    "<template>",
    "<noscript>",
    "<select>",
    "<pre>",
    "&amp;",
    "&#x4E00;",
    "<h1>",
    "<article>",
    " hidden",
    " style='display:none'",
    "<math>",
    "<li>",
    "<ul>",
    "<form>",
    "<button>",
    "<body>",
    "<html>",
    "<frameset>",
    "<meta charset=gbk>",
    "。",
    "<font>",
    "<figure>",
    "<div class=comment>",
    "<span class=byline>",
    "<p>老街的夜市在上個月搬到河口，街坊說安靜了許多，也有人覺得可惜。</p>",
    "<![CDATA[",
    "<ruby>",
    "<rt>",
    "</body>",
    "<picture>",
    "<iframe src=x>",
    "<object>",
    "<embed>",
    "<input>",
    "<textarea>",
];

const MODEL: &[&str] = &[
    "{\"source\":\"老街網\",\"documents\":9,\"lines\":1}\n",
    "{\"line\":\"分享到：\",\"verdict\":\"goes\",\"counts\":{\"documents\":3,\"occurrences\":4,\"removed\":4,\
     \"metadata\":0,\"enclosed\":0,\"beside_metadata\":0,\"head\":0,\"middle\":0,\"tail\":4}}\n",
    "\"frame\":true,",
    "\"reviewed\":true,",
    "\"block\"",
    "\"metadata\"",
    "\"stays\"",
    "19小時前",
    "18446744073709551615",
    "-1",
    "{",
    "}",
    "\n",
];

/// The table of targets.
pub(super) const TARGETS: &[Target] = &[
    Target { name: "decode", pieces: PROSE, run: run_decode },
    Target { name: "recognise", pieces: JSON, run: |input| run_reader(None, input) },
    Target { name: "text", pieces: PROSE, run: |input| run_reader(Some("text"), input) },
    Target { name: "jsonl", pieces: JSON, run: |input| run_reader(Some("jsonl"), input) },
    Target { name: "json", pieces: JSON, run: |input| run_reader(Some("json"), input) },
    Target { name: "csv", pieces: TABLE, run: |input| run_reader(Some("csv"), input) },
    Target { name: "tsv", pieces: TABLE, run: |input| run_reader(Some("tsv"), input) },
    Target { name: "html", pieces: HTML, run: run_html },
    Target { name: "gzip", pieces: &[], run: |input| run_reader(Some("text"), input) },
    Target { name: "zstandard", pieces: &[], run: |input| run_reader(Some("text"), input) },
    #[cfg(feature = "parquet")]
    Target { name: "parquet", pieces: &[], run: |input| run_reader(Some("parquet"), input) },
    Target { name: "clean", pieces: PROSE, run: run_clean },
    Target { name: "model", pieces: MODEL, run: run_model },
    Target { name: "seen", pieces: &[], run: run_seen },
    Target { name: "convert", pieces: PROSE, run: run_convert },
];

/// A limit that inputs of tests exceed.
const SMALL: MaxRecord = MaxRecord(64);

/// A number in steps, so that alike inputs look the same.
fn steps(number: usize) -> u32 {
    usize::BITS - number.leading_zeros()
}

/// Gives some bytes at a time.
struct Drip(io::Cursor<Vec<u8>>, usize);

impl Read for Drip {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.1.min(buffer.len());
        self.0.read(&mut buffer[..count])
    }
}

/// What was read of an input.
#[derive(PartialEq)]
struct Readings {
    entries: Vec<String>,
    /// The records, written unchanged, and the bytes between them.
    written: Vec<u8>,
    error: Option<String>,
    /// Whether everything was read as it stands.
    whole: bool,
}

fn read(format: Option<&str>, input: &[u8], at_a_time: usize, max_record: MaxRecord) -> Readings {
    let format = format.and_then(Format::by_name);
    let reading = Arc::new(Reading { format, max_record, ..Reading::default() });
    let name = Input::File(PathBuf::from("fuzz"));
    let mut readings = Readings { entries: Vec::new(), written: Vec::new(), error: None, whole: true };
    let drip = Drip(io::Cursor::new(input.to_vec()), at_a_time);
    let result = OpenedInput::of(Box::new(drip), &name, &reading).and_then(|opened| {
        let (notices, is_packed) = (opened.notices.clone(), opened.compression.is_some());
        readings.whole = opened.format.is_written && !opened.format.is_binary && !is_packed;
        let mut reader = opened.reader()?;
        let mut writer = reader.writer();
        while let Some(batch) = reader.next_batch()? {
            batch.entries().into_iter().for_each(|entry| readings.add(entry, &mut *writer));
        }
        notices.take().into_iter().for_each(|notice| readings.add(Entry::Notice(notice), &mut *writer));
        writer.finish(&mut readings.written).expect("memory");
        Ok(())
    });
    readings.error = result.err().map(|error| error.to_string());
    readings.whole &= readings.error.is_none();
    readings
}

impl Readings {
    fn add(&mut self, entry: Entry, writer: &mut dyn crate::io::Writer) {
        self.entries.push(format!("{entry:?}"));
        match entry {
            Entry::Record(record) => {
                let change = RecordChange { text: &record.text, title: None, added: &[] };
                writer.record(&mut self.written, &record, &change).expect("memory");
            }
            Entry::Verbatim(bytes) => self.written.extend(bytes),
            Entry::Faulty(_) => self.whole = false,
            Entry::Notice(Notice::Encoding(encoding)) => self.whole &= encoding == crate::io::UTF_8,
            Entry::Notice(_) => self.whole = false,
        }
    }
}

/// Reading does not depend on the pieces in which bytes come, and records that do not change are written as they were.
fn run_reader(format: Option<&str>, input: &[u8]) -> Result<String, String> {
    let all = read(format, input, usize::MAX, MaxRecord::default());
    if all != read(format, input, 7, MaxRecord::default()) {
        return Err("the pieces in which bytes come make a difference".into());
    }
    let limited = read(format, input, usize::MAX, SMALL);
    let spaced = limited.error.as_ref().is_some_and(|error| error.contains("between records"));
    if !spaced && limited != read(format, input, 7, SMALL) {
        return Err("the pieces in which bytes come make a difference to large records".into());
    }
    if all.whole && all.written != input {
        return Err(format!("not written as it was read: {:?}", String::from_utf8_lossy(&all.written)));
    }
    let first = |entry: &String| entry.chars().take(7).collect::<String>();
    let mut kinds: Vec<_> = all.entries.iter().map(first).collect();
    kinds.dedup();
    kinds.truncate(5);
    let error =
        all.error.map(|error| error.chars().filter(char::is_ascii_alphabetic).take(40).collect::<String>());
    Ok(format!("{kinds:?} {} {error:?}", steps(all.entries.len())))
}

/// What is decoded without a fault is encoded to the same text again.
fn run_decode(input: &[u8]) -> Result<String, String> {
    let mut seen = String::new();
    for encoding in [None, Some("gb18030"), Some("big5"), Some("shift_jis"), Some("utf-16le"), Some("utf-8")]
    {
        let encoding = encoding.and_then(|name| Encoding::for_label(name.as_bytes()));
        let reading = Reading { encoding, strict: true, ..Reading::default() };
        let Ok(decoded) = decode(input, &Input::Standard, &reading) else {
            seen.push('-');
            continue;
        };
        let Some(Notice::Encoding(encoding)) = decoded.notices.first() else {
            return Err("no encoding".into());
        };
        let mut bytes = Vec::new();
        let encoded = encode(&decoded.text, encoding, false, &mut bytes).is_ok();
        let again = decode(&bytes, &Input::Standard, &Reading { encoding: Some(encoding), ..reading });
        if encoded
            && again.is_ok_and(|again| {
                again.text.trim_start_matches('\u{FEFF}') != decoded.text.trim_start_matches('\u{FEFF}')
            })
        {
            return Err(format!("{} does not come back", encoding.name()));
        }
        seen.push(if encoded { '+' } else { '~' });
    }
    Ok(format!("{seen} {}", steps(input.len()) / 3))
}

/// A page gives a text, and a text that is shown as it stands gives itself.
fn run_html(input: &[u8]) -> Result<String, String> {
    let mut texts = Vec::new();
    for part in [PagePart::Main, PagePart::Whole] {
        let html = String::from_utf8_lossy(input).into_owned();
        let mut record = crate::io::InputRecord::of_text("fuzz".into(), html);
        let remark = record.read_page(part)?;
        let shown = record.text.replace('&', "&amp;").replace('<', "&lt;");
        let mut again = crate::io::InputRecord::of_text("fuzz".into(), format!("<pre>\n{shown}</pre>"));
        again.read_page(PagePart::Whole)?;
        let is_plain = !record.text.contains(['\r', '\0']);
        if is_plain && again.text.trim() != record.text.trim() {
            return Err(format!("{:?} became {:?}", record.text, again.text));
        }
        texts.push(format!("{remark:?} {} {}", steps(record.text.len()), record.title.is_some()));
    }
    Ok(texts.join(" "))
}

/// The laws: what is kept and removed makes the source, and cleaning again changes nothing.
fn run_clean(input: &[u8]) -> Result<String, String> {
    let text = String::from_utf8_lossy(input);
    let keeping = Cleaner::builder().target(Towards::Keep).punctuation(Punctuation::Keep).build();
    let kept = keeping.clean(&text);
    if restore(&kept.text, &kept.removed).as_deref() != Some(&*text) {
        return Err("the source does not come back".into());
    }
    let cleaner = Cleaner::default();
    let cleaned = cleaner.clean(&text);
    if cleaner.clean(&cleaned.text).text != cleaned.text {
        return Err(format!("cleaned twice: {:?}", cleaned.text));
    }
    let mut rules: Vec<_> = cleaned.removals.iter().map(|removal| removal.rule.as_ref()).collect();
    rules.sort_unstable();
    rules.dedup();
    rules.truncate(3);
    Ok(format!("{rules:?} {}", steps(cleaned.rewrites.len())))
}

/// A model that is read is written as the same model, and cleaning can use it. The input stands behind a first line that
/// fits it.
fn run_model(input: &[u8]) -> Result<String, String> {
    let body = String::from_utf8_lossy(input);
    let head = format!("{{\"qingwen_corpus_model\":1,\"checksum\":\"{}\"}}\n", TextHash::of(&body));
    if let Ok(model) = CorpusModel::parse(&body) {
        return Err(format!("read without its first line: {model:?}"));
    }
    let model = match CorpusModel::parse(&format!("{head}{body}")) {
        Ok(model) => model,
        Err(error) => {
            return Ok(error.to_string().chars().filter(char::is_ascii_alphabetic).take(30).collect());
        }
    };
    if CorpusModel::parse(&model.to_text()).as_ref() != Ok(&model) {
        return Err(format!("not written as it was read: {}", model.to_text()));
    }
    let lines: usize = model.sources().map(|source| source.lines().len()).sum();
    let cleaned = Cleaner::builder()
        .corpus_model(Arc::new(model))
        .build()
        .clean("老街夜市搬走了。\n19小時前\n分享到：\n");
    Ok(format!("{} {}", steps(lines), cleaned.removals.len()))
}

/// An article that is read of an index is stored as the same article.
fn run_seen(input: &[u8]) -> Result<String, String> {
    let Some(article) = StoredArticle::from_bytes(input) else { return Ok("none".into()) };
    if StoredArticle::from_bytes(&article.to_bytes()).as_ref() != Some(&article) {
        return Err(format!("does not come back: {article:?}"));
    }
    Ok(format!("{} {}", article.signature.is_short(), steps(article.shingles.count())))
}

/// Conversion does not depend on the pieces of the text, and is that of OpenCC's library in builds that have it.
fn run_convert(input: &[u8]) -> Result<String, String> {
    let text = String::from_utf8_lossy(input);
    let mut changed = String::new();
    for name in ["s2twp", "t2s", "hk2s", "t2jp"] {
        let converter = Converter::new(name).map_err(|error| error.to_string())?;
        let converted = converter.convert(&text);
        let mut pieces = String::new();
        let drip = Drip(io::Cursor::new(text.as_bytes().to_vec()), 5);
        converter.reader(drip).read_to_string(&mut pieces).map_err(|error| error.to_string())?;
        if pieces != converted {
            return Err(format!("{name} in pieces: {pieces:?}"));
        }
        #[cfg(feature = "opencc")]
        {
            let reference =
                Converter::with_engine(name, crate::convert::Engine::OpenCc).map_err(|e| e.to_string())?;
            if reference.convert(&text) != converted {
                return Err(format!("{name} is not as OpenCC's: {converted:?}"));
            }
        }
        changed.push(if converted == text { '-' } else { '+' });
    }
    let towards = Conversion::with(Towards::TwPhrases, &Default::default(), text.lines()).convert(&text);
    Ok(format!("{changed} {} {}", towards != text, steps(text.len()) / 3))
}
