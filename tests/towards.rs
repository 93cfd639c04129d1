//! Conversion towards a target, line by line: the rows of `tests/cases/towards`.

#![allow(clippy::unwrap_used)] // A test that cannot continue must fail.

use std::path::Path;

use qingwen::convert::{Conversion, ConversionOptions, Document, Target};

const SIMPLIFIED: [&str; 2] = ["孩子们在院子里说话。", "老师来了，大家都很高兴。"];
const TRADITIONAL: [&str; 2] = ["孩子們在院子裡說話，看著窗外。", "老師來了，大家都很高興。"];
const CAPTION: &str = "图片说明：观众们在场边鼓掌";

/// The conversion of a line between other lines of its document.
fn converted(target: Target, before: &str, line: &str, behind: &str) -> String {
    let text = format!("{before}\n\n{line}\n\n{behind}");
    let document = Document::new(&text);
    let conversion = Conversion::of_document(target, &ConversionOptions::default(), &document);
    conversion.convert_document(&document).lines().nth(2).unwrap().to_owned()
}

/// Checks the rows of a file, each between the two lines of its document.
fn check(file: &str, [before, behind]: [&str; 2]) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/towards").join(file);
    let rows = std::fs::read_to_string(path).unwrap();
    let mut wrong = String::new();
    for row in rows.lines().filter(|row| !row.is_empty() && !row.starts_with('#')) {
        let cells: Vec<&str> = row.split('\t').collect();
        let &[target, line, expected, why] = &cells[..] else { panic!("{file}: four cells: {row}") };
        let target = target.parse().unwrap();
        let result = converted(target, before, line, behind);
        let again = converted(target, before, &result, behind);
        if result != expected || again != result {
            wrong += &format!("{line}: {expected} ({why})\n  but {result}, and again {again}\n");
        }
    }
    assert!(wrong.is_empty(), "{file}:\n{wrong}");
}

#[test]
fn no_neighbour_outvotes_a_phrase() {
    check("phrases.tsv", SIMPLIFIED);
}

#[test]
fn phrases_settle_what_opencc_has_wrong() {
    check("opencc.tsv", SIMPLIFIED);
}

#[test]
fn surnames_are_told_by_what_stands_beside_them() {
    check("names.tsv", SIMPLIFIED);
}

#[test]
fn right_traditional_text_stays_and_simplified_text_is_found_where_no_character_is_sure() {
    check("mixed.tsv", [TRADITIONAL[0], &format!("{CAPTION}\n{}", TRADITIONAL[1])]);
}

#[test]
fn traditional_text_becomes_simplified() {
    check("hans.tsv", TRADITIONAL);
}

#[test]
fn a_document_of_which_no_character_tells_the_script_becomes_the_target() {
    check("unknown.tsv", ["", ""]);
}

#[test]
fn traditional_words_are_found_in_a_simplified_article() {
    check("hans-mixed.tsv", SIMPLIFIED);
}
