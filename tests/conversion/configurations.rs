//! Users' configurations. They are random, and OpenCC reads them from the same files.

use std::io::Write;
use std::path::Path;

use qingwen::convert::{Converter, Dictionary, Engine};
use serde_json::{Value, json};

use crate::random::Random;

/// The characters of keys and values. They are few, so that keys overlap.
const KEYED: &[&str] = &["甲", "乙", "丙", "丁", "戊", "𠀀", "a", "·"];
/// Other characters in texts.
const OTHERS: &[&str] = &["己", "，", "\n", "⿰", "⿲", "⿾", "b", "é", "👍"];
/// Characters that some configurations normalise.
const COMPATIBILITY: &[&str] = &["豈", "車"];

/// Number of configurations in a normal run. `ORACLE_DIFFERENTIAL` divided by a thousand sets a larger number.
const CONFIGURATIONS: usize = 400;

fn word(random: &mut Random, longest: usize, sequences: bool) -> String {
    let character = |random: &mut Random| match random.below(8) {
        0 if sequences => *random.pick(&["⿰", "⿲"]),
        _ => *random.pick(KEYED),
    };
    (0..=random.below(longest)).map(|_| character(random)).collect()
}

fn text(random: &mut Random) -> String {
    let piece = |random: &mut Random| match random.below(12) {
        0 => (*random.pick(COMPATIBILITY)).to_owned(),
        1 | 2 => (*random.pick(OTHERS)).to_owned(),
        3 => random.pick(KEYED).repeat(1 + random.below(30)),
        _ => (*random.pick(KEYED)).to_owned(),
    };
    (0..random.below(120)).map(|_| piece(random)).collect()
}

/// Writes dictionaries, and gives their names for a configuration.
struct Files<'f> {
    folder: &'f Path,
    count: usize,
    /// Whether keys and values contain description characters.
    sequences: bool,
}

impl Files<'_> {
    fn dictionary(&mut self, random: &mut Random, longest_key: usize) -> Value {
        let mut entries = std::collections::BTreeMap::new();
        for _ in 0..=random.below(14) {
            let second = if random.below(3) == 0 { " 乙" } else { "" };
            let value = word(random, 4, self.sequences) + second;
            entries.insert(word(random, longest_key, self.sequences), value);
        }
        if random.below(4) == 0 {
            // Here a space is a literal space, and there are no second candidates.
            return json!({ "type": "inline", "entries": entries });
        }
        let name = format!("{}.txt", self.count);
        self.count += 1;
        let lines: String = entries.iter().map(|(key, value)| format!("{key}\t{value}\n")).collect();
        std::fs::write(self.folder.join(&name), lines).unwrap();
        json!({ "type": "text", "file": name })
    }

    fn group(&mut self, random: &mut Random, depth: usize) -> Value {
        if depth == 0 || random.below(3) == 0 {
            let longest = 1 + random.below(4);
            return self.dictionary(random, longest);
        }
        let members: Vec<Value> = (0..=random.below(3)).map(|_| self.group(random, depth - 1)).collect();
        match *random.pick(&["short_circuit", "union", ""]) {
            "" => json!({ "type": "group", "dicts": members }),
            policy => json!({ "type": "group", "match_policy": policy, "dicts": members }),
        }
    }

    fn configuration(&mut self, random: &mut Random) -> Value {
        let mut steps: Vec<Value> = (0..=random.below(3)).map(|_| self.group(random, 2)).collect();
        let segmentation = match random.below(4) {
            0 => None,
            1 => Some(steps[0].clone()),
            2 => {
                let first = self.group(random, 1);
                steps[0] =
                    json!({ "type": "group", "match_policy": "short_circuit", "dicts": [first, steps[0]] });
                Some(first)
            }
            _ => Some(self.group(random, 1)),
        };
        let chain: Vec<Value> = steps.into_iter().map(|dict| json!({ "dict": dict })).collect();
        let mut configuration = json!({ "name": "random", "conversion_chain": chain });
        if let Some(dict) = segmentation {
            configuration["segmentation"] = json!({ "type": "mmseg", "dict": dict });
        }
        if random.below(6) == 0 {
            let steps: Vec<Value> = (0..=random.below(2)).map(|_| self.group(random, 1)).collect();
            let steps: Vec<Value> = steps.into_iter().map(|dict| json!({ "dict": dict })).collect();
            configuration["normalization"] = steps.into();
        } else if random.below(2) == 0 {
            let entries = json!({ "豈": random.pick(KEYED), "車": random.pick(KEYED) });
            configuration["normalization"] = json!([{ "dict": { "type": "inline", "entries": entries } }]);
        }
        configuration
    }
}

fn from_files(folder: &Path, json: &str) -> Converter {
    let dictionary = |file: &str| {
        let text = std::fs::read_to_string(folder.join(file)).ok()?;
        Some(Dictionary::parse(&text).unwrap())
    };
    Converter::from_json("random", json, dictionary).unwrap()
}

fn written_in_pieces(converter: &Converter, text: &str, random: &mut Random) -> String {
    let mut writer = converter.writer(Vec::new());
    let mut rest = text.as_bytes();
    while !rest.is_empty() {
        let (piece, behind) = rest.split_at(random.below(rest.len()) + 1);
        writer.write_all(piece).unwrap();
        writer.flush().unwrap();
        rest = behind;
    }
    String::from_utf8(writer.finish().unwrap()).unwrap()
}

#[test]
fn random_configurations_convert_as_opencc_converts_them() {
    let asked = std::env::var("ORACLE_DIFFERENTIAL").ok().and_then(|n| n.parse::<usize>().ok());
    let mut random = Random(42);
    for number in 0..asked.map_or(CONFIGURATIONS, |characters| characters / 1_000) {
        let folder = tempfile::tempdir().unwrap();
        let sequences = random.below(8) == 0;
        let json =
            Files { folder: folder.path(), count: 0, sequences }.configuration(&mut random).to_string();
        let file = folder.path().join("random.json");
        std::fs::write(&file, &json).unwrap();
        let theirs = Converter::with_engine(file.to_str().unwrap(), Engine::OpenCc).unwrap();
        let ours = from_files(folder.path(), &json);
        for _ in 0..40 {
            let text = text(&mut random);
            let expected = theirs.convert(&text);
            let told = || {
                let read = |n: usize| std::fs::read_to_string(folder.path().join(format!("{n}.txt")));
                let files: Vec<String> = (0..).map_while(|n| read(n).ok()).collect();
                format!("{number}: {text:?}\n{json}\n{files:#?}")
            };
            assert_eq!(ours.convert(&text), expected, "{}", told());
            assert_eq!(written_in_pieces(&ours, &text, &mut random), expected, "in pieces {}", told());
            assert_eq!(ours.trace(&text).output, expected, "trace {}", told());
        }
    }
}
