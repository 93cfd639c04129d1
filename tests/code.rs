//! Code and data without fences stay, and prose beside them is mended. Readers of Chinese can edit the cases.

use std::time::{Duration, Instant};

use qingwen::clean::{Entities, Profile, Punctuation, Radicals};
use qingwen::{Cleaned, Cleaner, Target};

const BEFORE: &str = "昨天下午老街的茶馆开门了，街坊坐在窗边说了很久的话。";
const AFTER: &str = "后来雨停了，大家慢慢走回家去，只有店主还在收拾桌椅。";

fn cleaned(text: &str) -> String {
    let source = format!("{BEFORE}\n\n{text}\n\n{AFTER}\n");
    let cleaner = Cleaner::builder().profile(Profile::Light).target(Target::Keep).build();
    let once = cleaner.clean(&source).text;
    assert_eq!(cleaner.clean(&once).text, once, "again");
    let inside = once.strip_prefix(BEFORE).and_then(|rest| rest.strip_suffix(&format!("\n\n{AFTER}\n")));
    inside.and_then(|inside| inside.strip_prefix("\n\n")).unwrap_or(&once).to_owned()
}

#[test]
fn code_without_fences_stays() {
    let cases = include_str!("cases/code/stays.txt").split("\n%%\n").skip(1);
    let changed: Vec<_> = cases
        .map(str::trim_end)
        .filter_map(|text| Some((text, cleaned(text))).filter(|(text, got)| text != got))
        .collect();
    assert!(changed.is_empty(), "{changed:#?}");
}

#[test]
fn prose_is_mended() {
    let rows = include_str!("cases/code/mended.tsv").lines().filter(|line| !line.starts_with("# "));
    let mut wrong = Vec::new();
    // A comment begins with `# `, and so does a heading. A row has tabs.
    let headings = include_str!("cases/code/mended.tsv").lines().filter(|line| line.starts_with("# "));
    for row in rows.chain(headings.filter(|line| line.contains('\t'))) {
        let fields: Vec<&str> = row.split('\t').collect();
        let &[input, expected, why] = fields.as_slice() else { panic!("three columns: {row}") };
        let got = cleaned(&input.replace('⏎', "\n"));
        if got != expected.replace('⏎', "\n") {
            wrong.push((why, got));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn front_matter_stays_byte_for_byte() {
    let front = "---\ntitle:  老街的茶馆,今天開門 \ntags: [茶, \"点心\"]\n# 注,一\n---\n";
    let text = format!("{front}\n{BEFORE}\n\n街坊说,好.\n");
    for target in [Target::Auto, Target::Hans, Target::Tw] {
        let cleaned = Cleaner::builder().target(target).build().clean(&text);
        assert!(cleaned.text.starts_with(front), "{target:?}: {}", cleaned.text);
        assert!(cleaned.removals.is_empty() && cleaned.text.contains('，'));
    }
}

/// The replacements of a text, each as its rule, the text before and the text after.
fn replaced(cleaned: &Cleaned) -> Vec<(&str, &str, &str)> {
    cleaned.replacements.iter().map(|r| (r.rule, r.text.as_str(), r.becomes.as_str())).collect()
}

#[test]
fn what_was_replaced_is_told_with_its_place_in_the_source() {
    let source = "\u{FEFF}街坊说&ldquo;好\u{200B}&rdquo;。\n\n⽂字太⻓。\n";
    let result = Cleaner::default().clean(source);
    let entities = [("entity", "&ldquo;", "“"), ("entity", "&rdquo;", "”")];
    let radicals = [("radical", "⽂", "文"), ("radical", "⻓", "长")];
    assert_eq!(replaced(&result), [entities, radicals].concat());
    assert!(result.replacements.iter().all(|r| r.span.of(source) == r.text));
    let lines: Vec<_> = result.replacements.iter().map(|r| r.line).collect();
    assert_eq!(lines, [1, 1, 3, 3]);
    assert!(result.rewrites.iter().all(|rewrite| rewrite.replaced));
    let entities_alone = Cleaner::builder().radicals(Radicals::Keep).build().clean(source);
    assert_eq!(replaced(&entities_alone), entities);
    let radicals_alone = Cleaner::builder().entities(Entities::Keep).build().clean(source);
    assert_eq!(replaced(&radicals_alone), radicals);
    let neither = Cleaner::builder().punctuation(Punctuation::Keep).build().clean(source);
    assert!(neither.replacements.is_empty() && neither.text == source.trim_start_matches('\u{FEFF}'));
}

/// A radical is converted like the character that it represents, so that a second cleaning converts nothing more.
#[test]
fn what_was_replaced_is_converted() {
    let source = "這裡的街坊說了許多話，頭髮都濕了。\n\n茶&#39302;的⻔開了&hellip;\n";
    let cleaned = Cleaner::builder().target(Target::Hant).build().clean(source);
    assert!(
        cleaned.text.ends_with("茶馆的門開了…\n") || cleaned.text.ends_with("茶館的門開了…\n"),
        "{}",
        cleaned.text
    );
    assert_eq!(Cleaner::builder().target(Target::Hant).build().clean(&cleaned.text).text, cleaned.text);
}

/// A hundred thousand bytes of each pattern, on one line and on one line each.
#[test]
fn time_is_linear() {
    let patterns = [
        "&lt;b",
        "&lt;",
        "&amp;",
        "`&lt;`",
        "<a ",
        "\"a\": ",
        "{\"",
        "/*",
        "\"\"\"",
        "<!--",
        "a: ",
        "- a",
        "a,b,",
        "'a",
        "# 甲",
        "a=",
        "SELECT a ",
        "git -m \"",
        "⽂",
        "a: 甲,乙",
        "1,\"甲\",乙",
        "\"\",",
        "甲;1",
        "甲\t1",
        "00:01.000 --> 00:02.000",
        "a: >",
        "\\d{甲",
        "    甲",
        "[a]",
        "a-->b甲",
    ];
    for pattern in patterns {
        for end in ["", "\n"] {
            let text = format!("{pattern}{end}").repeat(100_000 / pattern.len()) + "漢";
            let start = Instant::now();
            std::hint::black_box(Cleaner::builder().profile(Profile::Light).build().clean(&text));
            assert!(start.elapsed() < Duration::from_secs(20), "{pattern:?} {end:?}: {:?}", start.elapsed());
        }
    }
}
