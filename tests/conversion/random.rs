//! Adversarial text that is the same in every run.

/// A small generator of pseudorandom numbers (SplitMix64). It gives the same texts in every run.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^ (bits >> 31)
    }

    pub fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

/// Keys and candidates of all dictionaries.
pub fn words() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/dictionaries/opencc");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "txt"));
    files.sort();
    let mut words = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(file).unwrap();
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        words.extend(
            lines.flat_map(|line| line.split(['\t', ' '])).filter(|w| !w.is_empty()).map(String::from),
        );
    }
    words
}

/// Text that no dictionary contains, or that conversion treats in a special way.
const OTHERS: &[&str] = &[
    "a",
    "Z",
    "0",
    " ",
    "\n",
    "，",
    "。",
    "·",
    "⿰",
    "⿱",
    "⿲",
    "⿳",
    "⿾",
    "⿿",
    "⿻",
    "〾",
    "豈",
    "更",
    "車",
    "\u{2F800}",
    "\u{2F81A}",
    "\u{FE00}",
    "\u{E0100}",
    "𠀀",
    "𪚥",
    "\u{30000}",
    "👍",
    "👩\u{200D}🚀",
    "ア",
    "の",
    "é",
    "e\u{301}",
    "\u{200B}",
    "\u{FEFF}",
    "\u{E000}",
    "\u{10FFFF}",
    "\t",
    "\r\n",
];

/// Adversarial text: whole keys and values, keys cut in the middle, their characters out of order, description
/// sequences, and text that is in no dictionary.
pub fn random_text(random: &mut Random, words: &[String], characters: usize) -> String {
    let mut text = String::new();
    let mut count = 0;
    while count < characters {
        let word: Vec<char> = random.pick(words).chars().collect();
        let piece: String = match random.below(10) {
            0..=3 => word.iter().collect(),
            4 | 5 => word[..random.below(word.len() + 1)].iter().collect(),
            6 => word[random.below(word.len())..].iter().collect(),
            7 => random.pick(&word).to_string(),
            8 => format!("{}{}", random.pick(&OTHERS[8..16]), word.iter().collect::<String>()),
            _ => (*random.pick(OTHERS)).to_owned(),
        };
        count += piece.chars().count();
        text.push_str(&piece);
    }
    text
}

/// Text that mostly stays unchanged. It contains a few pieces of [`random_text`].
#[cfg(feature = "opencc")]
pub fn calm_text(random: &mut Random, words: &[String], characters: usize) -> String {
    const CALM: [&str; 16] =
        ["a", "e", "t", " ", "A", "B", "L", "U", "的", "是", "人", "在", "有", "，", "·", "我"];
    let mut text = String::new();
    let mut count = 0;
    while count < characters {
        // ASCII, Chinese, or both.
        let calm = [&CALM[..], &CALM[..8], &CALM[8..]][random.below(3)];
        let length = random.below(90);
        text.extend((0..length).map(|_| *random.pick(calm)));
        text.push_str(&random_text(random, words, 1));
        count += length + 1;
    }
    text
}
