//! Compares conversion towards a region with OpenCC's own, over all phrases of its dictionaries. If the two differ in
//! more than the forms of one word, the phrase must be in a reviewed list.

#![allow(clippy::unwrap_used)] // A test that cannot continue must fail.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use qingwen::convert::{ConversionOptions, Document};
use qingwen::identify::ScriptCount;
use qingwen::{Conversion, Converter, Target};

const REVIEWED: &str = "dictionaries/variants/reviewed.txt";

/// The text before and after a phrase in its line.
const FRAMES: [(&str, &str); 5] = [("", ""), ("的", "的"), ("了", "了"), ("，", "，"), ("“", "”")];

/// Lines before and after all phrases. Between Traditional lines a phrase may stay unchanged.
const SIMPLIFIED: [&str; 2] = ["孩子们在院子里说话。", "老师来了，大家都很高兴。"];
const TAIWAN: [&str; 2] = ["孩子們在院子裡說話，看著窗外。", "老師來了，大家都很高興。"];
const HONG_KONG: [&str; 2] = ["孩子們在院子裏說話，看着窗外。", "老師來了，大家都很高興。"];

fn read(file: &str) -> String {
    std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap()
}

/// The phrases of OpenCC's dictionaries that are entirely Simplified. Traditional characters in other phrases would
/// count as the document's own usage.
fn phrases() -> BTreeSet<String> {
    let tables = ["STPhrases", "STPhrases_GeneratedFromRegionalPhrases"];
    let rows = tables.map(|name| read(&format!("dictionaries/opencc/{name}.txt")));
    let keys = rows.iter().flat_map(|rows| rows.lines()).filter(|line| !line.starts_with('#'));
    let keys = keys.filter_map(|line| line.split('\t').next());
    keys.filter(|key| ScriptCount::of(key).hant == 0).map(str::to_owned).collect()
}

/// By Simplified character, groups of forms that belong to one word.
fn styles() -> HashMap<char, Vec<String>> {
    let mut styles: HashMap<char, Vec<String>> = HashMap::new();
    for line in read("dictionaries/variants/styles.txt").lines().filter(|line| !line.starts_with('#')) {
        let (character, forms) = line.split_once('\t').unwrap();
        styles.entry(character.chars().next().unwrap()).or_default().push(forms.to_owned());
    }
    styles
}

/// The conversion of each phrase in a frame, between lines of a document.
fn converted(
    phrases: &BTreeSet<String>,
    target: Target,
    frame: (&str, &str),
    around: [&str; 2],
) -> Vec<String> {
    let lines = phrases.iter().map(|phrase| format!("{}{phrase}{}", frame.0, frame.1));
    let lines: Vec<String> =
        std::iter::once(around[0].to_owned()).chain(lines).chain([around[1].to_owned()]).collect();
    let text = lines.join("\n");
    let document = Document::new(&text);
    let conversion = Conversion::of_document(target, &ConversionOptions::default(), &document);
    let text = conversion.convert_document(&document);
    let results = text.lines().skip(1).take(phrases.len());
    results.map(|line| inside(line, frame)).collect()
}

/// A line without the text around the phrase. The same number of characters is removed at each end.
fn inside(line: &str, frame: (&str, &str)) -> String {
    let skipped = frame.0.chars().count();
    let length = line.chars().count() - skipped - frame.1.chars().count();
    line.chars().skip(skipped).take(length).collect()
}

/// Whether the result for a phrase equals OpenCC's, or differs only in forms of the same words.
fn is_alike(phrase: &str, ours: &str, opencc: &str, styles: &HashMap<char, Vec<String>>) -> bool {
    let is_one_word = |((character, ours), opencc): ((char, char), char)| {
        let mut groups = styles.get(&character).into_iter().flatten();
        ours == opencc || groups.any(|forms| forms.contains(ours) && forms.contains(opencc))
    };
    let same_length = ours.chars().count() == opencc.chars().count();
    same_length && phrase.chars().zip(ours.chars()).zip(opencc.chars()).all(is_one_word)
}

#[test]
fn no_phrase_of_the_dictionaries_is_overruled_but_those_reviewed() {
    let (phrases, styles) = (phrases(), styles());
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    for (name, target, traditional) in [("tw", Target::Tw, TAIWAN), ("hk", Target::Hk, HONG_KONG)] {
        let opencc = Converter::new(&format!("s2{name}")).unwrap();
        let frames = FRAMES.into_iter().map(|frame| (frame, SIMPLIFIED));
        for (frame, around) in frames.chain([(FRAMES[0], traditional)]) {
            let ours = converted(&phrases, target, frame, around);
            for (phrase, ours) in phrases.iter().zip(ours) {
                let theirs = inside(&opencc.convert(&format!("{}{phrase}{}", frame.0, frame.1)), frame);
                let stays = around == traditional && ours == *phrase;
                if !stays && !is_alike(phrase, &ours, &theirs, &styles) {
                    found.insert(format!("{name}\t{phrase}\t{theirs}\t{ours}"), frame.0.to_owned());
                }
            }
        }
    }
    let text = read(REVIEWED);
    if std::env::var_os("UPDATE").is_some() {
        let head = text.lines().filter(|line| line.starts_with('#'));
        let lines: Vec<&str> = head.chain(found.keys().map(String::as_str)).collect();
        std::fs::write(
            std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(REVIEWED),
            lines.join("\n") + "\n",
        )
        .unwrap();
        return;
    }
    let reviewed: BTreeSet<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    let new: Vec<&String> = found.keys().filter(|row| !reviewed.contains(row.as_str())).collect();
    let gone: Vec<&&str> = reviewed.iter().filter(|row| !found.contains_key(**row)).collect();
    assert!(new.is_empty() && gone.is_empty(), "not reviewed: {new:#?}\nno longer different: {gone:#?}");
}
