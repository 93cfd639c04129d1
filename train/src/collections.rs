//! Measures what learning from many pages adds (`corpus learn`, `clean --corpus-model`). Each source is cleaned with a line
//! model that has seen no page of it. The model of the collection sees no label at all.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Context;
use qingwen::clean::{CleanerBuilder, Punctuation};
use qingwen::corpus::{CorpusModel, LearnThresholds, Learner, PageCounts, PageLines, PageReader};
use qingwen::training::{Header, Model, with_model};
use qingwen::{Cleaner, Target};

use crate::crf::Sequence;
use crate::gold::{self, Article};
use crate::score::Score;
use crate::{Args, CONTENT, Set, header, in_parallel, parts, trained_without_each_part};

/// Minimum number of pages of a source in the tables of articles.
const MANY: usize = 20;
/// The numbers of pages of the table that shows from how many pages on learning pays.
const PAGES: [usize; 4] = [1, 2, 4, 8];
/// Number of times that pages are drawn for that table.
const DRAWS: u64 = 5;

/// A page to learn from.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Page {
    pub text: String,
    pub title: Option<String>,
}

/// By source, its pages, each once.
pub type Pages = BTreeMap<String, BTreeSet<Page>>;

/// Prints the tables.
pub fn measure(args: &Args, sets: &[Set], content: &[Sequence]) -> anyhow::Result<()> {
    let parts = parts(sets, args.folds);
    let models = models(args, sets, content, &parts)?;
    let pages = pages(args, sets)?;
    let [articles, accounts, whole, _] = sets else { anyhow::bail!("the sets are four") };
    let tables = Tables { parts, models, pages, args };
    tables.many_pages(articles)?;
    tables.many_pages(accounts)?;
    tables.whole_pages(whole)?;
    tables.content()
}

/// For each part, a line model of all other parts. Models that are in the folder are read.
fn models(
    args: &Args,
    sets: &[Set],
    content: &[Sequence],
    parts: &BTreeMap<&str, usize>,
) -> anyhow::Result<Vec<Model>> {
    let Some(folder) = &args.models else {
        let crfs = trained_without_each_part(args, sets, content, parts);
        return Ok(crfs.iter().map(|crf| crf.model(header(args, ""))).collect());
    };
    if !files(folder, args.folds - 1)[0].exists() {
        std::fs::create_dir_all(folder)?;
        for (part, crf) in trained_without_each_part(args, sets, content, parts).iter().enumerate() {
            let (header, table) = crf.quantised(header(args, ""));
            let [weights, settings] = files(folder, part);
            std::fs::write(settings, toml::to_string(&header)?)?;
            std::fs::write(weights, table)?;
        }
    }
    (0..args.folds).map(|part| read(folder, part)).collect()
}

/// The files of a part's model: its weights and its header.
fn files(folder: &Path, part: usize) -> [std::path::PathBuf; 2] {
    ["bin", "toml"].map(|extension| folder.join(format!("part-{part}.{extension}")))
}

fn read(folder: &Path, part: usize) -> anyhow::Result<Model> {
    let [weights, settings] = files(folder, part);
    let header: Header = toml::from_str(&std::fs::read_to_string(&settings)?)
        .with_context(|| settings.display().to_string())?;
    Ok(Model::new(header, &std::fs::read(weights)?))
}

/// The pages of all collections that name their sources, and of the labelled articles.
pub fn pages(args: &Args, sets: &[Set]) -> anyhow::Result<Pages> {
    let mut pages = Pages::new();
    let mut add = |source: String, text: &str, title: Option<&str>| {
        let page = Page { text: text.to_owned(), title: title.map(str::to_owned) };
        pages.entry(source).or_default().insert(page);
    };
    for (name, source) in [("hans", Some("wechat")), ("hant", Some("hkcnews.com")), ("pages", None)] {
        for record in gold::records(&args.shared.join(format!("corpora/{name}.jsonl.zst")))? {
            let text = record["text"].as_str().context("a record without text")?;
            let origin = source.or(record["source"].as_str()).unwrap_or_default();
            // The titles of these two collections are the first lines of their articles.
            let title = record["title"].as_str().filter(|title| source.is_none() && !title.is_empty());
            add(gold::source(origin, text), text, title);
        }
    }
    for article in sets.iter().flat_map(|set| &set.articles) {
        add(article.site().to_owned(), &article.text, article.title.as_deref());
    }
    Ok(pages)
}

struct Tables<'a> {
    /// For each source, the part in which it is measured.
    parts: BTreeMap<&'a str, usize>,
    models: Vec<Model>,
    pages: Pages,
    args: &'a Args,
}

impl Tables<'_> {
    /// Articles of sources with many pages.
    fn many_pages(&self, set: &Set) -> anyhow::Result<()> {
        let has_many = |article: &&Article| self.pages[article.site()].len() >= MANY;
        let articles: Vec<&Article> = set.articles.iter().filter(has_many).collect();
        let sites: BTreeSet<&str> = articles.iter().map(|article| article.site()).collect();
        let sizes = || sites.iter().map(|site| self.pages[*site].len());
        let (least, most) = (sizes().min().unwrap_or_default(), sizes().max().unwrap_or_default());
        println!("{}, {} of {} sources with {least} to {most} pages:", set.name, articles.len(), sites.len());
        self.print("single pages", &self.score(&articles, &|_| None));
        let learned = self.learned_from_all(&articles);
        self.print("learned", &self.score(&articles, &|article| learned.get(&self.key(article)).cloned()));
        Ok(())
    }

    /// Whole pages with their own site's pages, and with a few of them.
    fn whole_pages(&self, set: &Set) -> anyhow::Result<()> {
        let articles: Vec<&Article> = set.articles.iter().collect();
        println!("{}, {}:", set.name, articles.len());
        self.print("single pages", &self.score(&articles, &|_| None));
        let learned = self.learned_from_all(&articles);
        self.print("learned", &self.score(&articles, &|article| learned.get(&self.key(article)).cloned()));
        let most = PAGES.into_iter().max().unwrap_or_default();
        let of_many: Vec<&Article> =
            articles.iter().copied().filter(|article| self.pages[article.site()].len() >= most).collect();
        println!("{}, {} of sites with {most} pages or more, drawn {DRAWS} times:", set.name, of_many.len());
        for number in PAGES {
            let mut sum = Score::default();
            for draw in 0..DRAWS {
                sum.join(self.score(&of_many, &|article| {
                    Some(self.learn(
                        article.site(),
                        &drawn(article, &self.pages, number, draw),
                        self.part(article),
                    ))
                }));
            }
            self.print(&format!("{number} pages"), &sum);
        }
        Ok(())
    }

    /// Collections of laws, poems and articles of an encyclopedia, in which nothing should go.
    fn content(&self) -> anyhow::Result<()> {
        for (name, ..) in CONTENT {
            let records = gold::records(&self.args.shared.join(format!("corpora/{name}.jsonl.zst")))?;
            let text = |record: &serde_json::Value| record["text"].as_str().unwrap_or_default().to_owned();
            let pages: Vec<Page> =
                records.iter().map(|record| Page { text: text(record), title: None }).collect();
            let model = learn(name, &pages.iter().collect::<Vec<_>>(), Cleaner::builder());
            let cleaner = Cleaner::builder().corpus_model(model.into()).build();
            let removed = |page: &Page| {
                let removals = cleaner.clean_titled(&page.text, None).removals;
                removals.iter().filter(|removal| removal.rule.starts_with("corpus/")).count()
            };
            let removed: usize = shared_out(&pages, &removed).into_iter().sum();
            println!("{name}, {} texts: {removed} lines go by corpus/line and corpus/block", pages.len());
        }
        Ok(())
    }

    fn print(&self, name: &str, score: &Score) {
        println!("  {name:14} {score}  left {} of {}", score.left, score.left + score.right);
        if self.args.mistakes {
            score.mistakes.iter().for_each(|mistake| println!("    {name}: {mistake}"));
        }
    }

    /// The part in which an article is measured.
    fn part(&self, article: &Article) -> usize {
        self.parts[article.source.as_str()]
    }

    fn key(&self, article: &Article) -> (String, usize) {
        (article.site().to_owned(), self.part(article))
    }

    /// For each source and part of these articles, what is learned of all pages of the source.
    fn learned_from_all(&self, articles: &[&Article]) -> BTreeMap<(String, usize), CorpusModel> {
        let keys: BTreeSet<_> = articles.iter().map(|article| self.key(article)).collect();
        let learned = |(site, part): (String, usize)| {
            let model = self.learn(&site, &self.pages[&site].iter().collect::<Vec<_>>(), part);
            ((site, part), model)
        };
        keys.into_iter().map(learned).collect()
    }

    /// What is learned of pages of a source with the line model of a part.
    fn learn(&self, source: &str, pages: &[&Page], part: usize) -> CorpusModel {
        learn(source, pages, self.builder(part))
    }

    fn builder(&self, part: usize) -> CleanerBuilder {
        let builder = Cleaner::builder().target(Target::Keep).punctuation(Punctuation::Keep);
        with_model(builder, self.models[part].clone())
    }

    /// The score of articles, each cleaned with the line model of its part and with the model of a collection.
    fn score(
        &self,
        articles: &[&Article],
        learned: &(impl Fn(&Article) -> Option<CorpusModel> + Sync),
    ) -> Score {
        let score = |article: &&Article| {
            let builder = self.builder(self.part(article));
            let cleaner = match learned(article) {
                Some(model) => builder.corpus_model(model.into()).build(),
                None => builder.build(),
            };
            let mut score = Score::default();
            score.add(&cleaner, article);
            score
        };
        let mut sum = Score::default();
        shared_out(articles, &score).into_iter().for_each(|score| sum.join(score));
        sum
    }
}

/// What is learned of pages of a source with a cleaner.
pub fn learn(source: &str, pages: &[&Page], builder: CleanerBuilder) -> CorpusModel {
    let mut counts = PageCounts::default();
    pages.iter().for_each(|page| counts.add(&PageLines::of(source, &page.text, page.title.as_deref())));
    let reader = PageReader::new(counts, LearnThresholds::default()).with_cleaner(builder);
    let readings = shared_out(pages, &|page| reader.read(source, &page.text, page.title.as_deref()));
    let mut learner = Learner::default();
    readings.iter().for_each(|reading| learner.add(reading));
    learner.finish(&reader)
}

/// Pages of an article's site: the article itself and others, a certain number in all. The same number of the draw
/// gives the same pages.
fn drawn<'p>(article: &Article, pages: &'p Pages, number: usize, draw: u64) -> Vec<&'p Page> {
    let (own, mut others): (Vec<&Page>, Vec<&Page>) =
        pages[article.site()].iter().partition(|page| page.text == article.text);
    let order = |page: &&Page| {
        let mut hash = 0xCBF2_9CE4_8422_2325_u64 ^ draw.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        page.text.bytes().for_each(|byte| hash = (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01B3));
        hash.rotate_left(17).wrapping_mul(0xBF58_476D_1CE4_E5B9)
    };
    others.sort_by_key(order);
    own.into_iter().take(1).chain(others).take(number).collect()
}

/// The results of a function for some values, in order. Two threads share the work.
pub fn shared_out<T: Sync, R: Send>(values: &[T], result: &(impl Fn(&T) -> R + Sync)) -> Vec<R> {
    const THREADS: usize = 2;
    let of_thread =
        |thread: usize| -> Vec<R> { values.iter().skip(thread).step_by(THREADS).map(result).collect() };
    let mut results: Vec<_> = in_parallel(THREADS, &of_thread).into_iter().map(Vec::into_iter).collect();
    (0..values.len()).filter_map(|at| results[at % THREADS].next()).collect()
}
