//! The laws of the design, as properties of texts that are composed of pieces of real articles.

use std::collections::HashMap;

use proptest::prelude::*;
use qingwen::clean::{
    CleanerBuilder, Document, Evidence, Exceptions, KeepTwin, LineList, Profile, Punctuation, Removal,
    RulePack, restore,
};
use qingwen::rules::{Certainty, rule};
use qingwen::{Cleaned, Cleaner, Conversion, Converter, Target, fold};
use unicode_segmentation::UnicodeSegmentation;

/// Typical lines of articles: headlines in both scripts, prose, captions, boilerplate, code, verse, marks.
const LINES: &[&str] = &[
    "老街夜市搬走了嗎?街坊這樣說",
    "老街夜市搬走了吗？街坊这样说",
    "夜市在上個月搬走,街坊說安靜了許多;也有人說\"太安靜了\"。",
    "夜市在上个月搬走，街坊说安静了许多；也有人说“太安静了”。",
    "　　這一段開頭有兩個全形空格，它們是縮排，要留著。",
    "這一行繁體裡混了简体的字，系统只是设备。",
    "老街的燈火在午夜之後才慢慢熄滅，攝影：林小溪攝",
    "老街的灯火在午夜之后才慢慢熄灭，摄影：林小溪摄",
    "1、按下電源按鈕三秒",
    "問：你在老街住了多久？",
    "皇后在後面，頭髮乾了，里程碑在這裡。",
    "系统 软件 鼠标 网络 信息",
    "分享到:",
    "微信",
    "QQ空间",
    "相關文章：",
    "图书馆的猫找到了新家",
    "掃描二維碼，關注我們的公眾號",
    "责任编辑：王小明",
    "本文未经允许请勿转载",
    "版权所有，违者必究",
    "---",
    "▼▼▼",
    "```",
    "let total = 0; // 總數",
    "月光光,照地堂",
    "http://example.org/a?b=1,c.d 和 a.b@example.org",
    "官网http://example.org/里的工具,面条:http://example.org/头发_(发型)!干面",
    "水里的二噁英与热水有关",
    "下降28.1%,其中9.74萬人;時間10:30,版本v1.4.2",
    "\u{200B}零寬\u{200B}字符\u{FEFF}",
    "名單:張三  李四  王五",
    "\t",
    " ",
    "　",
    "",
    "",
    "👩\u{200D}🚀 e\u{301}葛\u{E0100}城",
    "\r",
    "\0\0",
    "abc, def. \"ghi\" (jkl)!",
    "(括號)與\"引號\"、「引號」",
    "⿰漢字國語說",
    "\u{FEFF}正文",
    "\u{FEFF}",
    "\u{200B}```",
    "板 \r\u{AD}",
    "恒生指數與虱目魚、飘洒发荡恒生",
    "氣溫-5度★★★",
    "---",
    "title: 老街,夜市",
    "name: 小林",
    "店主: 小林",
    "  - 茶,點心",
    "{\"店名\": \"老街,茶館\"}",
    "\"茶,點心\",",
    "# 說明,一",
    "print(\"晚安,老街\")",
    "git commit -m \"改好,再試\"",
    "/*",
    "*/",
    "<!--",
    "小林,18,河邊",
    "他說&ldquo;好&rdquo;&nbsp;,走&amp;nbsp;吧&lt;b&gt;",
    "String s = &quot;茶,點心&quot;;",
    "⽂字太⻓,⽤不完",
    "&#8203;&am&#112;;&zwj;```",
    "\"A\"和\"B\"都對:D好:heart:",
];

fn line() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(LINES);
    let noise = "[一-龥㐀-㐄𠀀-𠀄a-c0-3,.:;!?\"()「」“”，。、 　\u{200B}\u{301}\u{FE00}|#*-]{0,12}";
    prop_oneof![
        6 => piece.clone().prop_map(String::from),
        1 => (piece, noise).prop_map(|(line, noise)| format!("{line}{noise}")),
        2 => noise,
    ]
}

fn article() -> impl Strategy<Value = String> {
    let lines = prop::collection::vec(
        (
            line(),
            prop::sample::select(vec![
                "\n", "\n", "\n", "\n", "\n", "\r\n", "\n\n", "\r", "\u{2028}", "\u{85}",
            ]),
        ),
        0..24,
    );
    (lines, any::<bool>(), prop::bool::weighted(0.1)).prop_map(|(lines, ended, mark)| {
        let mut text: String = lines.iter().flat_map(|(line, end)| [line.as_str(), end]).collect();
        if !ended {
            text.truncate(text.trim_end_matches('\n').len());
        }
        if mark { format!("\u{FEFF}{text}") } else { text }
    })
}

fn target() -> impl Strategy<Value = Target> {
    prop::sample::select(Target::NAMES.map(|(_, target)| target).to_vec())
}

fn profile() -> impl Strategy<Value = Profile> {
    prop::sample::select(vec![Profile::Article, Profile::Corpus, Profile::Light])
}

fn keep_twin() -> impl Strategy<Value = KeepTwin> {
    prop::sample::select(vec![KeepTwin::First, KeepTwin::TargetScript, KeepTwin::Longest])
}

/// An article in which a part occurs again after it, or before it, possibly with some of its characters in the other
/// script.
fn printed_twice() -> impl Strategy<Value = String> {
    let start = any::<prop::sample::Index>();
    (article(), article(), start, any::<bool>(), any::<bool>()).prop_map(
        |(text, rest, start, above, other)| {
            let lines: Vec<&str> = text.lines().collect();
            let from = if lines.is_empty() { 0 } else { start.index(lines.len()) };
            let part = lines[from..].join("\n");
            let part = if other {
                Converter::new("t2s").map_or(part.clone(), |converter| converter.convert(&part).into_owned())
            } else {
                part
            };
            if above { format!("{part}\n{rest}\n{text}") } else { format!("{text}\n{rest}\n{part}") }
        },
    )
}

/// A few lines repeated many times, unchanged or with a number. Such texts are not articles.
fn monotonous() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        line(),
        prop::sample::select(vec!["x", "說說說說", "首頁", "http://", "王小明"]).prop_map(String::from)
    ];
    (prop::collection::vec(line, 1..4), 1..160_usize, any::<bool>()).prop_map(|(lines, count, numbered)| {
        let number = |at: usize| if numbered { at.to_string() } else { String::new() };
        let lines = lines.iter().cycle().take(count).enumerate();
        lines.map(|(at, line)| format!("{line}{}\n", number(at))).collect()
    })
}

/// Some lines that a user's list or rule names.
fn named() -> impl Strategy<Value = Vec<&'static str>> {
    let lines = vec![
        "老街夜市搬走了嗎?街坊這樣說",
        "老街的燈火在午夜之後才慢慢熄滅，攝影：林小溪攝",
        "分享到:",
        "微信",
        "相關文章：",
        "图书馆的猫找到了新家",
        "责任编辑：王小明",
        "---",
        "```",
    ];
    let count = lines.len();
    prop::sample::subsequence(lines, 0..count)
}

/// A rule for each of some lines.
fn pack(lines: &[&str]) -> RulePack {
    let rule = |(number, line): (usize, &&str)| RulePack::draft(&format!("user/{number}"), line);
    let rules: String = lines.iter().enumerate().map(rule).collect();
    RulePack::read([("rules.toml", rules.as_str())]).expect("rules")
}

fn keeping(profile: Profile) -> Cleaner {
    builder_keeping(profile).build()
}

fn builder_keeping(profile: Profile) -> CleanerBuilder {
    Cleaner::builder().profile(profile).target(Target::Keep).punctuation(Punctuation::Keep)
}

/// Cleaning a clean text changes nothing.
fn rests(cleaner: &Cleaner, source: &str) -> Result<(), TestCaseError> {
    let once = cleaner.clean(source).text;
    let twice = cleaner.clean(&once);
    prop_assert_eq!(&once, &twice.text);
    prop_assert!(twice.removals.is_empty() && twice.rewrites.is_empty());
    Ok(())
}

/// Removed lines open and close fences. A line inside a fence does not give the same evidence as outside.
#[test]
fn cleaning_broken_fences_again_changes_nothing() {
    let part = "责任编辑：王小明\n\u{200b}```\n　　這一段開頭有兩個全形空格，它們是縮排，要留著。\n\n\
                老街的燈火在午夜之後才慢慢熄滅，攝影：林小溪攝\n\n```\u{301}\n1、按下電源按鈕三秒";
    let source = format!("分享到:\n{part}\n---\n分享到:\n{part}");
    let cleaner = Cleaner::builder().target(Target::Hans).build();
    assert!(rests(&cleaner, &source).is_ok());
}

#[test]
fn a_blank_line_that_goes_too_decides_nothing() {
    let source = "這一行繁體裡混了简体的字，系统只是设备。\n责任编辑：王小明\nlet total = 0; // 總數\n名單:張三  李四  王五\n/*\n\n\
                  相關文章：\n這一行繁體裡混了简体的字，系统只是设备。\n```";
    assert!(rests(&Cleaner::default(), source).is_ok());
}

/// The parts of the source that were kept.
fn kept(source: &str, cleaned: &Cleaned) -> String {
    let mut text = String::new();
    let mut end = 0;
    for removed in &cleaned.removed {
        text.push_str(&source[end..removed.span.start]);
        end = removed.span.end;
    }
    text + &source[end..]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn kept_and_removed_tile_the_source(source in article(), profile in profile()) {
        let cleaned = keeping(profile).clean(&source);
        let ordered = cleaned.removed.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start);
        prop_assert!(ordered);
        for removed in &cleaned.removed {
            prop_assert_eq!(removed.span.of(&source), &removed.text);
        }
        prop_assert_eq!(&kept(&source, &cleaned), &cleaned.text);
        prop_assert_eq!(restore(&cleaned.text, &cleaned.removed), Some(source));
    }

    /// Removed lines come back in their order, also among text that was converted and mended.
    #[test]
    fn removed_lines_come_back_in_order(source in article(), target in target(), profile in profile()) {
        let cleaned = Cleaner::builder().target(target).profile(profile).build().clean(&source);
        let restored = restore(&cleaned.text, &cleaned.removed).expect("the text to which the spans belong");
        let document = Document::new(&restored);
        let mut lines = document.lines().iter().map(|line| document.text(line));
        for removal in &cleaned.removals {
            prop_assert!(lines.any(|line| line == removal.text), "line {}", removal.line);
        }
    }

    #[test]
    fn spans_lie_on_grapheme_boundaries(source in article()) {
        let cleaned = Cleaner::default().clean(&source);
        let mut boundaries: Vec<usize> = source.grapheme_indices(true).map(|(at, _)| at).collect();
        boundaries.push(source.len());
        let removals = cleaned.removals.iter().map(|removal| removal.span);
        let spans = removals.chain(cleaned.removed.iter().map(|r| r.span)).chain(cleaned.rewrites.iter().map(|r| r.span));
        for span in spans {
            prop_assert!(boundaries.binary_search(&span.start).is_ok(), "{:?}", span);
            prop_assert!(boundaries.binary_search(&span.end).is_ok(), "{:?}", span);
        }
    }

    #[test]
    fn cleaning_again_changes_nothing(source in article(), target in target(), profile in profile()) {
        let cleaner = Cleaner::builder().target(target).profile(profile).build();
        rests(&cleaner, &source)?;
    }

    /// What an editor keeps stays, at first and when the result is cleaned again.
    #[test]
    fn kept_lines_stay(source in article(), target in target(), chosen in prop::collection::vec(0..LINES.len(), 1..4)) {
        let kept = |line: &str| chosen.iter().any(|chosen| LINES[*chosen] == line);
        let exceptions = chosen.iter().fold(Exceptions::default(), |all, line| all.line(LINES[*line]));
        let cleaner = Cleaner::builder().target(target).build();
        let once = cleaner.clean_with(&source, None, &exceptions);
        prop_assert!(!once.removals.iter().any(|removal| kept(&removal.text)));
        let twice = cleaner.clean_with(&once.text, None, &exceptions);
        prop_assert_eq!(&once.text, &twice.text);
        prop_assert!(twice.removals.is_empty());
    }

    #[test]
    fn cleaning_what_is_no_article_again_changes_nothing(source in monotonous(), profile in profile()) {
        let cleaner = Cleaner::builder().profile(profile).build();
        rests(&cleaner, &source)?;
    }

    #[test]
    fn by_any_policy_cleaning_again_changes_nothing(
        source in printed_twice(), keep in keep_twin(), target in target(), profile in profile(),
    ) {
        let cleaner = Cleaner::builder().keep_twin(keep).target(target).profile(profile).build();
        rests(&cleaner, &source)?;
    }

    /// A line that a list keeps stays, and what the user names goes in one run.
    #[test]
    fn with_rules_and_lists_cleaning_again_changes_nothing(
        source in printed_twice(), keep in named(), remove in named(), rules in named(), profile in profile(),
    ) {
        let kept = LineList::parse("keep", &keep.join("\n"));
        let builder = Cleaner::builder().profile(profile).keep_lines(kept.clone()).rules(pack(&rules));
        let cleaner = builder.remove_lines(LineList::parse("remove", &remove.join("\n"))).build();
        rests(&cleaner, &source)?;
        for removal in cleaner.clean(&source).removals {
            prop_assert_eq!(kept.find(&removal.text), None);
        }
    }

    #[test]
    fn by_any_policy_the_source_comes_back(
        source in printed_twice(), keep in keep_twin(), profile in profile(),
    ) {
        let cleaned = builder_keeping(profile).keep_twin(keep).build().clean(&source);
        prop_assert_eq!(&kept(&source, &cleaned), &cleaned.text);
        prop_assert_eq!(restore(&cleaned.text, &cleaned.removed), Some(source));
    }

    /// The line that a removed line repeats still stands, or it repeats a line that does, and so on.
    #[test]
    fn by_any_policy_one_of_the_lines_that_say_the_same_stays(source in printed_twice(), keep in keep_twin()) {
        // The line model is off, because it does not name duplicates.
        let cleaner = builder_keeping(Profile::Light).certainty(Certainty::Sure).keep_twin(keep).build();
        let twin = |removal: &Removal| match removal.evidence {
            Evidence::Block { twin_line, .. } => Some((removal.line, twin_line)),
            Evidence::Twin { twin_line, .. } => Some((removal.line, twin_line?)),
            _ => None,
        };
        let removals = cleaner.clean(&source).removals;
        let twins: HashMap<usize, usize> = removals.iter().filter_map(twin).collect();
        prop_assert_eq!(twins.len(), removals.len());
        for line in twins.keys() {
            let chain = std::iter::successors(Some(line), |line| twins.get(line));
            prop_assert!(chain.take(removals.len() + 2).count() <= removals.len() + 1, "line {}", line);
        }
    }

    #[test]
    fn every_removal_is_one_line_of_the_source_with_its_evidence(source in article()) {
        let cleaned = Cleaner::default().clean(&source);
        let document = Document::new(&source);
        for removal in &cleaned.removals {
            let line = &document.lines()[removal.line - 1];
            prop_assert_eq!(line.span, removal.span);
            prop_assert_eq!(document.text(line), &removal.text);
            prop_assert!(rule(&removal.rule).is_some_and(|rule| rule.category == removal.category));
        }
        prop_assert!(cleaned.removals.windows(2).all(|pair| pair[0].line < pair[1].line));
    }

    #[test]
    fn a_fold_ignores_spacing(line in line()) {
        prop_assert_eq!(fold(&format!(" {line}　")), fold(&line));
    }

    #[test]
    fn lines_without_a_key_repeat_nothing(marks in "[★☆◆◇■□●○※“”「」！？。，…～]{1,9}", lines in 2_usize..6) {
        let cleaner = Cleaner::builder().profile(Profile::Light).build();
        let source = vec![marks; lines].join("\n");
        prop_assert!(cleaner.clean(&source).removals.is_empty());
    }

    #[test]
    fn any_text_at_all_is_cleaned(source in ".*") {
        let cleaned = Cleaner::default().clean(&source);
        prop_assert_eq!(Cleaner::default().clean(&cleaned.text).text, cleaned.text);
    }
}

/// The clauses of a line do not depend on whether the line was mended before.
#[test]
fn half_width_marks_end_clauses_as_full_width_marks_do() {
    for source in ["QQ空间?脛:纟", "间间\"脛\"纟", "间间.脛.纟里", "时间:腳脛,纟"] {
        for target in [Target::Auto, Target::Tw, Target::Hk, Target::Hant, Target::Hans] {
            let cleaner = Cleaner::builder().target(target).build();
            let once = cleaner.clean(source).text;
            assert_eq!(cleaner.clean(&once).text, once, "{source} {target:?}");
        }
    }
}

#[test]
fn an_article_does_not_depend_on_its_neighbours_or_the_thread() {
    let cleaner = Cleaner::default();
    let articles = [LINES[..8].join("\n"), LINES[4..20].join("\n"), LINES.join("\n")];
    let alone: Vec<_> = articles.iter().map(|article| Cleaner::default().clean(article)).collect();
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                for (article, expected) in articles.iter().zip(&alone).rev() {
                    assert_eq!(&cleaner.clean(article), expected);
                }
            });
        }
    });
}

/// OpenCC's result for any of its own words is text in the target script, and stays unchanged.
#[test]
fn converted_words_are_not_converted_again() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/dictionaries/opencc");
    let mut words = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the dictionaries") {
        let path = entry.expect("a file").path();
        if path.extension().is_some_and(|ending| ending == "txt") {
            let text = std::fs::read_to_string(path).expect("a dictionary");
            let keys =
                text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split('\t').next());
            words.extend(keys.map(String::from));
        }
    }
    let pairs = [
        ("hant", "s2t"),
        ("tw", "s2tw"),
        ("hk", "s2hk"),
        ("twp", "s2twp"),
        ("hkp", "s2hkp"),
        ("hans", "t2s"),
    ];
    let mut changed = Vec::new();
    for (target, configuration) in pairs {
        let converter = Converter::new(configuration).expect("a configuration");
        for word in &words {
            let converted = converter.convert(word);
            let conversion = Conversion::of(target.parse().expect("a target"), [converted.as_ref()]);
            let again = conversion.convert(&converted);
            if again != converted {
                changed.push(format!("{target}: {word} → {converted} → {again}"));
            }
        }
    }
    assert!(changed.is_empty(), "{} words:\n{}", changed.len(), changed.join("\n"));
}

#[test]
fn lines_whose_references_could_be_read_twice_rest() {
    let cleaner = qingwen::Cleaner::builder().build();
    for text in [
        "他說好，走，這裡的人說\n&lt;b&gt;他说\"好,走\"&ldquo;\"A\"和\"B\"都对\n",
        "1,2,3,\n&`代码,`&ldquo;，;[官网]: https://a.b&amp;ldquo; “&quot;好&quot;，",
        "“[官网]: https://a.b&#0;&lt;b&gt;，系好，。；\n",
    ] {
        let once = cleaner.clean(text).text;
        assert_eq!(cleaner.clean(&once).text, once);
    }
}
