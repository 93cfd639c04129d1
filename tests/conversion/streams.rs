//! A text that arrives in pieces converts exactly as the whole text.

use qingwen::Converter;

use crate::random::{Random, random_text, words};
use std::io::{Read, Write};

/// Writes a text in random pieces. After each piece everything that can be converted is converted.
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

/// Writes a text in pieces of a length in bytes, which cut characters.
fn written_by(converter: &Converter, text: &str, length: usize) -> String {
    let mut writer = converter.writer(Vec::new());
    text.as_bytes().chunks(length).for_each(|piece| writer.write_all(piece).unwrap());
    String::from_utf8(writer.finish().unwrap()).unwrap()
}

/// Lengths in bytes around the size of a block that is converted at once.
const SEAMS: std::ops::Range<usize> = (64 << 10) - 5..(64 << 10) + 6;

/// A reader that gives few bytes at a time.
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

/// Small pieces, pieces about as long as a block that is converted at once, and one piece for the whole text.
#[test]
fn pieces_of_any_length_convert_as_the_whole() {
    let (mut random, words) = (Random(11), words());
    for configuration in ["t2s", "s2t", "s2twp", "tw2sp"] {
        let converter = Converter::new(configuration).unwrap();
        let text = random_text(&mut random, &words, 120_000);
        let whole = converter.convert(&text);
        for length in [1, 2, 3, 5, 7, 4_095, 131_071, 1 << 20].into_iter().chain(SEAMS.step_by(2)) {
            assert!(written_by(&converter, &text, length) == whole, "{configuration}: writer {length}");
            let mut read = String::new();
            converter.reader(Slow(text.as_bytes(), length)).read_to_string(&mut read).unwrap();
            assert!(read == whole, "{configuration}: reader {length}");
        }
    }
}

/// Characters of every length in bytes at the seam, cut in every way.
#[test]
fn characters_are_whole_on_both_sides_of_a_seam() {
    let converter = Converter::new("t2s").unwrap();
    for character in ["a", "é", "髮", "𠀀", "\u{FFFF}", "\u{10FFFF}", "\u{F914}"] {
        for before in SEAMS {
            let text = format!("{}{character}{}頭髮", "-".repeat(before), "語".repeat(30_000));
            let whole = converter.convert(&text);
            assert!(written_by(&converter, &text, 10_007) == whole, "{character} {before}");
            let mut read = String::new();
            converter.reader(text.as_bytes()).read_to_string(&mut read).unwrap();
            assert!(read == whole, "{character} {before}");
        }
    }
}

/// A reader that fails every third time. Reading continues after that.
struct Halting<'t>(Slow<'t>, usize, std::io::ErrorKind);

impl Read for Halting<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.1 += 1;
        if self.1.is_multiple_of(3) { Err(self.2.into()) } else { self.0.read(buffer) }
    }
}

#[test]
fn an_error_of_reading_loses_nothing() {
    let converter = Converter::new("s2t").unwrap();
    let text = "头发\n".repeat(30_000);
    let source = || Slow(text.as_bytes(), 5_000);
    let mut read = String::new();
    let interrupted = std::io::ErrorKind::Interrupted;
    converter.reader(Halting(source(), 0, interrupted)).read_to_string(&mut read).unwrap();
    assert!(read == converter.convert(&text));
    let mut reader = converter.reader(Halting(source(), 0, std::io::ErrorKind::WouldBlock));
    let (mut read, mut buffer) = (Vec::new(), vec![0; 1_000]);
    loop {
        match reader.read(&mut buffer) {
            Ok(0) => break,
            Ok(length) => read.extend_from_slice(&buffer[..length]),
            Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::WouldBlock),
        }
    }
    assert!(read == converter.convert(&text).as_bytes());
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

/// Invalid bytes of every kind, at several positions, and in streams that are cut in different ways.
#[test]
fn the_place_of_bad_bytes_is_that_in_the_whole() {
    let converter = Converter::new("s2t").unwrap();
    let bad: [&[u8]; 9] = [
        b"\xFF",
        b"\x80",
        b"\xE5\xA4",
        b"\xE5",
        b"\xF0\x9F\x91",
        b"\xC0\x80",
        b"\xED\xA0\x80",
        b"\xF4\x90\x80\x80",
        b"\xE5\xA4\xA4\xA4",
    ];
    for before in [0, 1, 3, 200_000].into_iter().chain(SEAMS) {
        for (bytes, after) in bad.iter().flat_map(|bytes| [(bytes, ""), (bytes, "a"), (bytes, "头发头发")])
        {
            let source = [&vec![b'-'; before], *bytes, after.as_bytes()].concat();
            let place = std::str::from_utf8(&source).unwrap_err().valid_up_to();
            let expected = format!("not UTF-8 at byte {place}");
            let read = converter.reader(&source[..]).read_to_end(&mut Vec::new()).unwrap_err();
            assert_eq!(read.to_string(), expected, "{bytes:x?}");
            for length in [7, 65_536, 1 << 20] {
                let mut writer = converter.writer(Vec::new());
                let written = source.chunks(length).try_for_each(|piece| writer.write_all(piece));
                let error = written.and_then(|()| writer.finish().map(drop)).unwrap_err();
                assert_eq!(error.to_string(), expected, "{bytes:x?} in pieces of {length}");
            }
        }
    }
}
