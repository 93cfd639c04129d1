//! A text that comes in pieces converts as the whole.

use qingwen::Converter;

use crate::random::{Random, random_text, words};
use std::io::{Read, Write};

/// Writes a text in random pieces; everything that can be is converted after each.
fn written(converter: &Converter, text: &str, random: &mut Random) -> String {
    let mut writer = converter.writer(Vec::new());
    let mut rest = text.as_bytes();
    while !rest.is_empty() {
        let (piece, behind) = rest.split_at(random.below(rest.len().min(2_000)) + 1);
        writer.write_all(piece).unwrap();
        writer.flush().unwrap();
        rest = behind;
    }
    String::from_utf8(writer.finish().unwrap()).unwrap()
}

/// Reads give few bytes at a time.
struct Slow<'t>(&'t [u8], usize);

impl Read for Slow<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let length = buffer.len().min(self.1).min(self.0.len());
        let (now, later) = self.0.split_at(length);
        buffer[..length].copy_from_slice(now);
        self.0 = later;
        Ok(length)
    }
}

#[test]
fn pieces_convert_as_the_whole() {
    let (mut random, words) = (Random(7), words());
    for configuration in Converter::configurations() {
        let converter = Converter::new(configuration).unwrap();
        for characters in [10, 1_000, 30_000] {
            let text = random_text(&mut random, &words, characters);
            let whole = converter.convert(&text);
            assert!(written(&converter, &text, &mut random) == whole, "{configuration}: writer");
            let mut read = String::new();
            converter.reader(Slow(text.as_bytes(), 777)).read_to_string(&mut read).unwrap();
            assert!(read == whole, "{configuration}: reader");
            assert!(converter.worker().convert(&text) == whole, "{configuration}: worker");
        }
    }
}

#[test]
fn text_without_any_end_is_settled_too() {
    for (configuration, word) in [("tw2sp", "高級程序"), ("s2twp", "后"), ("tw2sp", "着裏面"), ("t2s", "⿰")]
    {
        let converter = Converter::new(configuration).unwrap();
        let text = word.repeat(100_000);
        let mut writer = converter.writer(Vec::new());
        writer.write_all(text.as_bytes()).unwrap();
        writer.flush().unwrap();
        let converted = String::from_utf8(writer.finish().unwrap()).unwrap();
        assert!(converted == converter.convert(&text), "{configuration} {word}");
    }
}

#[test]
fn bytes_that_are_no_text_are_told_with_their_place() {
    let converter = Converter::new("s2t").unwrap();
    let mut writer = converter.writer(Vec::new());
    writer.write_all(&"头发\n".repeat(50_000).into_bytes()).unwrap();
    writer.write_all(b"\xFF").unwrap();
    let error = writer.finish().unwrap_err();
    assert_eq!(error.to_string(), "not UTF-8 at byte 350000");
    let cut = converter.reader(&b"\xE5\xA4"[..]).read_to_string(&mut String::new()).unwrap_err();
    assert_eq!(cut.to_string(), "not UTF-8 at byte 0");
}
