//! What the program finds in the labelled articles of `tests/labelled/<kind>/<name>.txt`.
//!
//! `counts.tsv` holds the numbers by kind of article, `mistakes.tsv` each line that is wrongly removed or left. Both
//! are exact, so a change for the better shows too. `UPDATE=1 cargo test --test labelled` writes them anew; read the
//! difference before you commit it. CONTRIBUTING.md tells how to label an article.

#![allow(clippy::unwrap_used)] // A test that cannot go on shall fail.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use qingwen::clean::{Profile, Punctuation, restore};
use qingwen::identify::ScriptCount;
use qingwen::{Cleaner, Target};

/// Labels of lines that are to go. A line without a label is content, `H` is the headline; both are to stay.
const GOES: [&str; 8] = ["D", "share", "follow", "related", "nav", "legal", "ad", "residue"];
/// Labels of lines that are not judged: metadata, and what a reader cannot tell.
const UNJUDGED: [&str; 2] = ["M", "U"];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/labelled")
}

/// What a folder holds, sorted.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    entries
}

fn name(path: &Path) -> String {
    path.file_stem().unwrap().to_string_lossy().into_owned()
}

struct Article {
    kind: String,
    name: String,
    /// By line, its label, or nothing.
    labels: Vec<String>,
    text: String,
}

impl Article {
    /// Reads a file: comments at its head, then lines, each of which may stand behind its label and a tab.
    fn read(path: &Path) -> Self {
        let source = fs::read_to_string(path).unwrap();
        let lines = source.lines().skip_while(|line| line.starts_with("# "));
        let (labels, lines): (Vec<String>, Vec<&str>) = lines.map(labelled).unzip();
        let kind = name(path.parent().unwrap());
        Self { kind, name: name(path), labels, text: lines.join("\n") + "\n" }
    }

    fn is_traditional(&self) -> bool {
        let count = ScriptCount::of(&self.text);
        count.hant > count.hans
    }
}

/// The label and the text of a line. A tab alone before a line says that what follows is content, tabs and all.
fn labelled(line: &str) -> (String, &str) {
    let Some((label, text)) = line.split_once('\t') else { return (String::new(), line) };
    let is_label = label.is_empty() || label == "H" || GOES.contains(&label) || UNJUDGED.contains(&label);
    assert!(is_label, "{label} is no label: {line}");
    (label.to_owned(), text)
}

fn articles() -> Vec<Article> {
    let kinds = entries(&folder()).into_iter().filter(|path| path.is_dir());
    kinds.flat_map(|kind| entries(&kind)).map(|path| Article::read(&path)).collect()
}

fn keeping() -> Cleaner {
    Cleaner::builder().target(Target::Keep).punctuation(Punctuation::Keep).build()
}

/// A line of an article, and what becomes of it.
struct Judged<'a> {
    place: String,
    label: &'a str,
    text: &'a str,
    /// The rule that removes it.
    rule: Option<String>,
}

impl Judged<'_> {
    fn is_judged(&self) -> bool {
        !UNJUDGED.contains(&self.label) && !self.text.trim().is_empty()
    }

    fn goes(&self) -> bool {
        GOES.contains(&self.label)
    }

    fn is_mistake(&self) -> bool {
        self.is_judged() && self.goes() != self.rule.is_some()
    }

    /// A row of `mistakes.tsv`.
    fn row(&self) -> String {
        let label = if self.label.is_empty() { "content" } else { self.label };
        format!("{}\t{label}\t{}\t{}\n", self.place, self.rule.as_deref().unwrap_or("left"), self.text)
    }
}

/// What becomes of each line of an article.
fn judge(article: &Article) -> Vec<Judged<'_>> {
    let removals = keeping().clean(&article.text).removals;
    let lines = article.labels.iter().zip(article.text.lines()).enumerate();
    let judged = lines.map(|(index, (label, text))| Judged {
        place: format!("{}/{}\t{}", article.kind, article.name, index + 1),
        label,
        text,
        rule: removals
            .iter()
            .find(|removal| removal.line == index + 1)
            .map(|removal| removal.rule.to_string()),
    });
    judged.collect()
}

/// What becomes of articles.
#[derive(Default)]
struct Counts {
    articles: usize,
    /// Removed lines that are to go.
    right: usize,
    /// Removed lines that are to stay, and how many of them are headlines.
    wrong: usize,
    headlines_lost: usize,
    /// Characters that are to stay, and how many of them are removed.
    characters: usize,
    characters_lost: usize,
    /// Removed lines that are not judged.
    unjudged: usize,
    /// By label, how many of the lines that are to go are left, and how many there are.
    left: BTreeMap<String, [usize; 2]>,
}

impl Counts {
    fn add(&mut self, lines: &[Judged]) {
        self.articles += 1;
        lines.iter().for_each(|line| self.add_line(line));
    }

    fn add_line(&mut self, line: &Judged) {
        let removed = usize::from(line.rule.is_some());
        if !line.is_judged() {
            self.unjudged += removed;
        } else if line.goes() {
            self.right += removed;
            let [left, all] = self.left.entry(line.label.to_owned()).or_default();
            (*left, *all) = (*left + 1 - removed, *all + 1);
        } else {
            let characters = line.text.trim().chars().count();
            self.characters += characters;
            self.characters_lost += characters * removed;
            self.wrong += removed;
            self.headlines_lost += removed * usize::from(line.label == "H");
        }
    }

    /// A row of `counts.tsv`.
    fn row(&self, kind: &str) -> String {
        let rate = |part: usize, all: usize| {
            if all == 0 { "-".to_owned() } else { format!("{:.3}", part as f64 / all as f64) }
        };
        let lines = self.left.values().map(|[_, all]| all).sum::<usize>();
        let mut cells = vec![kind.to_owned(), self.articles.to_string()];
        cells.extend([rate(self.right, self.right + self.wrong), rate(self.right, lines)]);
        cells.extend([self.right, self.wrong, self.headlines_lost].map(|count| count.to_string()));
        cells.push(format!("{}/{}", self.characters_lost, self.characters));
        cells.push(self.unjudged.to_string());
        let left = |label| self.left.get(label).copied().unwrap_or_default();
        cells.extend(GOES.map(left).map(|[left, all]| format!("{left}/{all}")));
        cells.join("\t") + "\n"
    }
}

/// The head of `counts.tsv`.
fn head() -> String {
    let left = GOES.map(|label| format!("{label} left"));
    let columns = ["kind", "articles", "precision", "recall", "right", "wrong", "headlines lost"];
    let more = ["characters lost", "unjudged removed"].map(str::to_owned);
    [columns.map(str::to_owned).to_vec(), more.to_vec(), left.to_vec()].concat().join("\t") + "\n"
}

/// What `counts.tsv` and `mistakes.tsv` are to hold.
fn measured() -> [String; 2] {
    let (mut by_kind, mut all) = (BTreeMap::<String, Counts>::new(), Counts::default());
    let mut by_script = [Counts::default(), Counts::default()];
    let mut mistakes = "article\tline\tlabel\tremoved by\ttext\n".to_owned();
    for article in articles() {
        let lines = judge(&article);
        by_kind.entry(article.kind.clone()).or_default().add(&lines);
        by_script[usize::from(article.is_traditional())].add(&lines);
        all.add(&lines);
        mistakes.extend(lines.iter().filter(|line| line.is_mistake()).map(Judged::row));
    }
    let kinds = by_kind.iter().map(|(kind, counts)| counts.row(kind)).collect::<String>();
    let [hans, hant] = by_script;
    let totals = hans.row("all Simplified") + &hant.row("all Traditional") + &all.row("all");
    [head() + &kinds + &totals, mistakes]
}

/// The lines that only one of two texts holds, the old ones first.
fn difference(old: &str, new: &str) -> String {
    let only = |mark: &str, text: &str, other: &str| {
        let other: BTreeSet<&str> = other.lines().collect();
        text.lines().filter(|line| !other.contains(line)).map(|line| format!("{mark} {line}\n")).collect()
    };
    let [gone, come]: [String; 2] = [only("-", old, new), only("+", new, old)];
    gone + &come
}

#[test]
fn the_labelled_articles_lose_what_they_lost() {
    let mut changes = String::new();
    for (file, new) in ["counts.tsv", "mistakes.tsv"].into_iter().zip(measured()) {
        let path = folder().join(file);
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, &new).unwrap();
        }
        let old = fs::read_to_string(&path).unwrap_or_default();
        if old != new {
            write!(changes, "\ntests/labelled/{file}:\n{}", difference(&old, &new)).unwrap();
        }
    }
    assert!(
        changes.is_empty(),
        "Lines behind - are of the committed files, lines behind + are what came out.\n{changes}\n\
         If the change is right, accept it: UPDATE=1 cargo test --test labelled"
    );
}

/// No article has two headlines, and the set holds lines of every label, so that no column of the counts is empty.
#[test]
fn the_labels_are_complete() {
    let mut used = BTreeSet::new();
    for article in articles() {
        let headlines = article.labels.iter().filter(|label| *label == "H").count();
        assert!(headlines <= 1, "{}: {headlines} headlines", article.name);
        let blank = |(label, text): (&String, &str)| !label.is_empty() && text.trim().is_empty();
        assert!(!article.labels.iter().zip(article.text.lines()).any(blank), "{}", article.name);
        used.extend(article.labels);
    }
    let known: BTreeSet<String> =
        GOES.into_iter().chain(UNJUDGED).chain(["", "H"]).map(str::to_owned).collect();
    assert_eq!(used, known);
}

/// The laws of cleaning, on articles that hold real noise.
#[test]
fn cleaning_them_again_changes_nothing_and_nothing_is_lost() {
    for (index, article) in articles().iter().enumerate() {
        let (_, target) = Target::NAMES[index % Target::NAMES.len()];
        for profile in [Profile::Light, Profile::Article, Profile::Corpus] {
            let cleaner = Cleaner::builder().target(target).profile(profile).build();
            let once = cleaner.clean(&article.text).text;
            assert_eq!(cleaner.clean(&once).text, once, "{} {profile:?} {target}", article.name);
        }
        let cleaned = keeping().clean(&article.text);
        let restored = restore(&cleaned.text, &cleaned.removed);
        assert_eq!(restored.as_deref(), Some(article.text.as_str()), "{}", article.name);
    }
}
