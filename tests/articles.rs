//! Articles in `tests/cases/articles/<category>/<name>`: the input, the expected output, and the reasons.
//!
//! A case consists of `input.txt`, `expected.txt`, `findings.tsv` (line, rule, evidence), and `options.toml` if it
//! needs other options than the defaults. `UPDATE=1 cargo test --test articles` rewrites the expected files from the
//! program's output; read the difference before you commit it.

#![allow(clippy::unwrap_used)] // A test that cannot continue must fail.

use std::fs;
use std::path::{Path, PathBuf};

use qingwen::clean::{Evidence, LineList, Profile, Punctuation, Removal};
use qingwen::rules::{Category, guards, rules};
use qingwen::{Cleaned, Cleaner, Converter, Target};
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Options {
    title: Option<String>,
    target: Option<String>,
    profile: Option<String>,
    punctuation: Option<String>,
}

impl Options {
    fn of(case: &Path) -> Self {
        fs::read_to_string(case.join("options.toml"))
            .map(|text| toml::from_str(&text).unwrap())
            .unwrap_or_default()
    }

    fn cleaner(&self) -> Cleaner {
        let profile = match self.profile.as_deref() {
            None | Some("article") => Profile::Article,
            Some("corpus") => Profile::Corpus,
            Some("light") => Profile::Light,
            Some(other) => panic!("no profile {other}"),
        };
        let punctuation = match self.punctuation.as_deref() {
            None | Some("auto") => Punctuation::Auto,
            Some("keep") => Punctuation::Keep,
            Some(other) => panic!("no punctuation {other}"),
        };
        let target: Target = self.target.as_deref().unwrap_or("auto").parse().unwrap();
        Cleaner::builder().profile(profile).punctuation(punctuation).target(target).build()
    }
}

/// The folders of all cases, sorted.
fn cases() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/articles");
    let folders =
        |path: &Path| fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<_>>();
    let mut cases: Vec<_> = folders(&root).iter().flat_map(|category| folders(category)).collect();
    cases.sort();
    cases
}

/// The findings: the details of each removal that a reader of the case needs.
fn findings(cleaned: &Cleaned) -> String {
    let reason = |evidence: &Evidence| match evidence {
        Evidence::Twin { twin_line: Some(twin), how, .. } => format!("{how} line {twin}"),
        Evidence::Twin { twin_line: None, how, .. } => how.to_string(),
        Evidence::Block { twin_line, twin_block: [first, last] } => {
            format!("line {twin_line} of block {first}-{last}")
        }
        Evidence::Pattern { .. } => "pattern".to_owned(),
        Evidence::Section { heading_line } => format!("under line {heading_line}"),
        // Weights change with every training. The case is about the verdict.
        Evidence::Model { .. } => "model".to_owned(),
        other => format!("{other:?}"),
    };
    let row = |r: &Removal| format!("{}\t{}\t{}\n", r.line, r.rule, reason(&r.evidence));
    cleaned.removals.iter().map(row).collect()
}

#[test]
fn every_case_comes_out_as_expected() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut wrong = Vec::new();
    for case in cases() {
        let options = Options::of(&case);
        let input = fs::read_to_string(case.join("input.txt")).unwrap();
        let cleaned = options.cleaner().clean_titled(&input, options.title.as_deref());
        for (file, got) in [("expected.txt", cleaned.text.clone()), ("findings.tsv", findings(&cleaned))] {
            let path = case.join(file);
            if update {
                fs::write(&path, &got).unwrap();
            } else if fs::read_to_string(&path).unwrap_or_default() != got {
                wrong.push(format!("{} is not what came out:\n{got}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A lesson of Traditional sentences, each above itself in Simplified.
fn lesson(sentence: &str) -> String {
    let sentences = ["我們明天要去買書。", "這條魚看起來很新鮮。", sentence];
    let pairs = sentences
        .map(|sentence| format!("{sentence}\n{}\n", Converter::new("t2s").unwrap().convert(sentence)));
    format!("兩種字對照的一堂課\n請大聲朗讀下面的例句，再看看有什麼不同。\n{}", pairs.concat())
}

/// A headline in the script that it is not in, or nothing where both write it alike.
fn in_the_other_script(headline: &str) -> Option<String> {
    let converted = ["t2s", "s2t"].map(|name| Converter::new(name).unwrap().convert(headline).into_owned());
    converted.into_iter().find(|other| other != headline)
}

/// Lines of the articles that go with the noise, although they should stay: the last name of a list of names, and the
/// last message of a chat.
const KNOWN_FAULTS: [&str; 2] = [" 蘇鑰文教授", "收到"];

/// What is left alone stays for what it says and not because nothing is looked for in such texts: a copy of the
/// headline in the other script goes from each of them, and so does a share bar.
#[test]
fn noise_goes_from_what_is_left_alone() {
    for case in cases().iter().filter(|case| case.parent().unwrap().ends_with("left-alone")) {
        let options = Options::of(case);
        let input = fs::read_to_string(case.join("input.txt")).unwrap();
        let copy = in_the_other_script(input.lines().next().unwrap());
        let noise: Vec<&str> = copy.as_deref().into_iter().chain(["分享到：", "微信", "微博"]).collect();
        let page = format!("{}\n\n{}\n", input.trim_end(), noise.join("\n"));
        let removals = |text: &str| options.cleaner().clean_titled(text, options.title.as_deref()).removals;
        let own: Vec<String> = removals(&input).into_iter().map(|removal| removal.text).collect();
        let mut gone: Vec<String> = removals(&page).into_iter().map(|removal| removal.text).collect();
        gone.retain(|line| !own.contains(line) && !KNOWN_FAULTS.contains(&line.as_str()));
        assert_eq!(gone, noise, "{}", case.display());
    }
}

/// Every category of rules has a case, and there are cases for text that must be left alone.
#[test]
fn every_category_has_a_case() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/articles");
    // What the user names, and what a model knows, is in no case: a case has no lists and no model.
    let named = [Category::User, Category::Corpus];
    let categories = Category::ALL.iter().filter(|category| !named.contains(category));
    for category in categories.map(|category| category.name()).chain(["left-alone"]) {
        assert!(root.join(category).is_dir(), "no case in tests/cases/articles/{category}");
    }
    assert!(cases().len() >= 16, "{} cases", cases().len());
}

/// An example without the text in brackets after it, which says where the line stands.
fn line(example: &str) -> &str {
    example.split(" (").next().unwrap_or_default()
}

/// The examples of the rules that are code, each as a line (`{}`) of a whole article. The lines that a rule's page
/// lists as removed must be removed, and those that it lists as kept must stay.
#[test]
fn the_pages_of_rules_that_are_code_tell_the_truth() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/examples");
    let cleaner = Cleaner::builder().profile(Profile::Corpus).build();
    let rules_of = |article: &str, line: &str| -> Vec<String> {
        let cleaned = cleaner.clean(&article.replace("{}", line));
        cleaned
            .removals
            .iter()
            .filter(|removal| removal.text == line)
            .map(|removal| removal.rule.to_string())
            .collect()
    };
    let mut wrong = Vec::new();
    let of_code =
        rules().iter().filter(|rule| rule.id.starts_with("repeat/") || rule.id.starts_with("model/"));
    for rule in of_code {
        let name = rule.id.replace('/', "-");
        let removed = fs::read_to_string(folder.join(format!("{name}.txt"))).unwrap();
        let spared = fs::read_to_string(folder.join(format!("{name}.spared.txt")))
            .unwrap_or_else(|_| fs::read_to_string(folder.join("spared.txt")).unwrap());
        for example in rule.matches {
            let found = rules_of(&removed, line(example));
            if found != [rule.id] {
                wrong.push(format!("{}: {example} is removed by {found:?}", rule.id));
            }
        }
        for example in rule.spares {
            let found = rules_of(&spared, line(example));
            if !found.is_empty() {
                wrong.push(format!("{}: {example} is not spared by {found:?}", rule.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A cleaner whose list to keep has a line.
fn listing(line: &str) -> Cleaner {
    Cleaner::builder().profile(Profile::Light).keep_lines(LineList::parse("keep.txt", line)).build()
}

/// The examples of the guards' pages stay if they occur twice. Lines that a guard does not protect are removed.
#[test]
fn the_pages_of_guards_tell_the_truth() {
    let cleaner = Cleaner::builder().profile(Profile::Light).build();
    let prose = fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/examples/repeat-line.txt"),
    )
    .unwrap();
    // Some guards only apply to certain kinds of documents.
    let verse = "月光光\n{}\n蝦仔你乖乖瞓落床\n聽朝阿媽要趕插秧\n{}\n阿嫲織網織到天光\n";
    let statute = "第一條　{}\n\n第二條　市場由主管機關管理，管理的辦法由主管機關定之，並送議會備查。\n\n第三條\n\n{}\n\n第四條\n\n{}\n";
    let parallel = "老街電器行公告\n\n一、電暖器甲型的缺陷\n\n{}\n\n二、電暖器乙型的缺陷\n\n{}\n";
    let form = "老街電器行公告\n\n影響：\n\n{}\n\n電扇轉動時有雜音，店家已經收回，要等檢查以後才會再上架。\n\n影響：\n\n{}\n";
    let parts = "老街的夜市在上個月搬走了\n\n電扇轉動時有雜音，店家已經收回，要等檢查以後才會再上架。\n\n08\n\n{}\n\n街坊都說晚上安靜了許多，攤主們還沒有找到新的地方。\n";
    let contents = "老街三十年\n\n河邊的夜市\n{}\n街坊的約定\n\n河邊的夜市\n夜市在河邊開了三十年，水電由攤主自己接。\n{}\n房子空了一半，屋主還在商量要不要改成民宿。\n街坊的約定\n十一點以前熄火，先犯了的人請全街吃麵。\n";
    let broken = prose.replacen("\n\n{}", "\n\n正如\n{}", 2).replacen("正如\n", "", 1);
    let shops =
        ["書店", "茶行", "米店", "布莊", "藥房", "鞋店", "麵攤", "鐘錶行", "五金行", "理髮店", "照相館"];
    let tells = |shop: &&str| {
        format!(
            "{shop}的老闆說，搬走的客人比留下的多。\n\n隔壁的人聽了{shop}的事，只是點了點頭，沒有說話。\n\n"
        )
    };
    let far = format!("{{}}\n\n{}{{}}\n", shops.iter().map(tells).collect::<String>());
    let paragraphs: Vec<&str> = prose.split("\n\n").filter(|paragraph| *paragraph != "{}").collect();
    let refrain = paragraphs.join("\n\n{}\n\n") + "\n\n{}\n";
    for guard in guards() {
        let article = match guard.name.as_str() {
            "verse" => verse,
            "statute" => statute,
            "parallel" => parallel,
            "value" => form,
            "part" => parts,
            "echo" => far.as_str(),
            "refrain" => refrain.as_str(),
            "sentence" => broken.as_str(),
            "contents" => contents,
            _ => prose.as_str(),
        };
        for example in &guard.guarded {
            let text = match guard.name.as_str() {
                "lesson" => lesson(example),
                _ => article.replace("{}", line(example)),
            };
            let cleaner = match guard.name.as_str() {
                "keep-lines" => listing(line(example)),
                _ => cleaner.clone(),
            };
            let cleaned = cleaner.clean(&text);
            assert!(cleaned.removals.is_empty(), "{}: {example}", guard.name);
        }
        for example in &guard.unguarded {
            let cleaned = cleaner.clean(&prose.replace("{}", line(example)));
            assert_eq!(cleaned.removals.len(), 1, "{}: {example}", guard.name);
        }
    }
}
