//! The line model: where rules end. A linear model over features of lines, decoded over the document as a
//! sequence; its weights are data, counted from labelled articles by the program in `train`.

mod context;
mod decode;
mod describe;
mod feature;
mod gap;
mod guard;
mod heading;
mod inside;
mod label;
mod lexicon;
mod lines;
mod matched;
mod menu;
mod outline;
mod spare;
mod strongest;
mod text;
mod weights;

use std::any::Any;
use std::collections::HashSet;
use std::sync::LazyLock;

use super::repeat::PAGE_TITLE;
use super::rule::{Category, Rule};
use super::{Evidence, Finding, pages, rule};
use crate::document::{View, ViewLine};
use context::Context;
use label::LABELS as LABEL_COUNT;
use label::{FIRST_REMOVED, METADATA};
use lines::Lines;
use strongest::strongest;
use text::{Facts, Reading};
pub use weights::Model;

/// The manual pages of this detector's rules.
const RULES: &str = include_str!("../../../dictionaries/model/rules.toml");
static BUILT_IN: LazyLock<Option<Model>> = LazyLock::new(Model::built_in);

/// The rules of this detector: one a category, named `model/` and the category.
pub(super) fn rules() -> Vec<Rule> {
    let category = |id: &str| {
        let name = id.strip_prefix(PREFIX)?;
        Category::ALL.iter().copied().find(|category| category.name() == name)
    };
    pages::rules(RULES, category)
}

/// What the ids of this detector's rules begin with.
pub(crate) const PREFIX: &str = "model/";

/// Whether a rule is one of this detector's.
pub(crate) fn is_of_model(rule: &Rule) -> bool {
    rule.id.starts_with(PREFIX)
}

/// What a rule says of a line.
#[derive(Clone)]
pub(super) struct Named {
    pub rule: &'static Rule,
    /// Index of the line that it repeats.
    pub twin: Option<usize>,
}

impl Named {
    /// The article's headline, where the line is the page's title above it.
    fn headline(&self) -> Option<usize> {
        self.twin.filter(|_| self.rule.id == PAGE_TITLE)
    }
}

/// Lines that a model, the built-in one where none is given, takes for what is not the article; `named` tells by line
/// of the view what a rule has said.
pub(super) fn find(view: &View, model: Option<&Model>, named: &[Option<Named>]) -> Vec<Finding> {
    let Some(model) = model.or(BUILT_IN.as_ref()) else { return Vec::new() };
    let lines: Vec<usize> = view.filled().collect();
    // Laws have notices and short lines for their matter.
    if view.is_statute() {
        return Vec::new();
    }
    let mut buckets = Vec::with_capacity(BUCKETS_OF_A_LINE);
    let readings: Option<Vec<&Reading>> =
        lines.iter().map(|line| reading(model, &view.lines[*line], &mut buckets)).collect();
    let Some(readings) = readings else { return Vec::new() };
    let facts: Vec<&Facts> = readings.iter().map(|reading| &reading.facts).collect();
    let context = Context::new(view, &lines, &facts);
    let probabilities = probabilities(model, &context, &readings);
    // However it stands among menus, the page's title has told it.
    let headline = named.iter().flatten().find_map(Named::headline);
    let headline = headline.map(|index| view.lines[index].number);
    let stays =
        |line: &ViewLine, verdict: &Verdict| headline == Some(line.number) || guard::spares(line, verdict);
    // A line for which another one goes is no repeat itself: one of the two stays.
    let stands_for: HashSet<usize> = named.iter().flatten().filter_map(|named| named.twin).collect();
    let verdict_on = |(place, index): (usize, &usize)| {
        let (index, line) = (*index, &view.lines[*index]);
        let verdict = verdict(&probabilities[place], threshold(model, line, facts[place].prose));
        let stands = |verdict: &Verdict| verdict.is_repeat() && stands_for.contains(&index);
        verdict.filter(|verdict| !stays(line, verdict) && !stands(verdict))
    };
    let mut verdicts: Vec<Option<Verdict>> = lines.iter().enumerate().map(verdict_on).collect();
    keep_one(&context, &mut verdicts);
    let named = categories(&lines, named, &verdicts);
    let around = Lines { view, lines: &lines, facts: &facts, named: &named };
    gap::fill(&around, &probabilities, stays, &mut verdicts);
    spare::spare(&around, &mut verdicts);
    let judged = (0..lines.len()).filter(|place| named[*place].is_none());
    judged.filter_map(|place| finding(model, &context, &around, place, verdicts[place]?)).collect()
}

/// Of two lines that the model takes for repeats of each other the first stays.
fn keep_one(context: &Context, verdicts: &mut [Option<Verdict>]) {
    for place in 0..verdicts.len() {
        let is_repeat = |place: usize| verdicts[place].is_some_and(|verdict| verdict.is_repeat());
        let other = is_repeat(place).then(|| context.twin(place)).flatten();
        let behind = other.filter(|other| *other > place && is_repeat(*other));
        if behind.is_some_and(|other| context.twin(other) == Some(place)) {
            verdicts[place] = None;
        }
    }
}

/// By line, the probability of each label.
fn probabilities(model: &Model, context: &Context, readings: &[&Reading]) -> Vec<[f32; LABEL_COUNT]> {
    let mut buckets: Vec<u16> = Vec::with_capacity(BUCKETS_OF_A_LINE);
    context.features_of_all(&mut buckets);
    let of_all = model.sums(&buckets);
    let score = |(place, reading): (usize, &&Reading)| {
        buckets.clear();
        context.features_of(place, &mut buckets);
        let around = model.sums(&buckets);
        let steps = |label| of_all[label] + reading.steps[label] + around[label];
        std::array::from_fn(|label| steps(label) as f32 * model.header.scale)
    };
    let scores: Vec<_> = readings.iter().enumerate().map(score).collect();
    decode::probabilities(model, &scores)
}

/// A verdict with what it rests on.
fn finding(
    model: &Model,
    context: &Context,
    lines: &Lines,
    place: usize,
    verdict: Verdict,
) -> Option<Finding> {
    let category = verdict.category()?;
    let Verdict { label, probability, between } = verdict;
    let rule = rule(&format!("{PREFIX}{}", category.name()))?;
    let number = |place: usize| lines.at(place).number;
    let twin = if category == Category::Repeat { context.twin(place) } else { None };
    let evidence = Evidence::Model {
        probability: (probability * 1000.0).round() / 1000.0,
        features: strongest(model, context, lines, place, label),
        twin_line: twin.map(number),
        between: between.map(|edges| edges.map(number)),
    };
    Some(Finding { line: lines.lines[place], rule, evidence })
}

/// By line, the category of the rule that names it. What repeats a line that the model takes for furniture is
/// none of the article's either: the model judges it too.
fn categories(
    lines: &[usize],
    named: &[Option<Named>],
    verdicts: &[Option<Verdict>],
) -> Vec<Option<Category>> {
    let is_judged = |twin: usize| lines.binary_search(&twin).is_ok_and(|place| verdicts[place].is_some());
    let speaks =
        |named: &&Named| named.rule.category != Category::Repeat || !named.twin.is_some_and(is_judged);
    let category = |named: &Option<Named>| named.as_ref().filter(speaks).map(|named| named.rule.category);
    lines.iter().map(|line| named.get(*line).and_then(category)).collect()
}

/// How probable it must be that a line is not the article's: the longer it is, the more is lost with it. Odds
/// are what a wrong removal costs beside a right one, so a cost that grows with length is one of odds.
fn threshold(model: &Model, line: &ViewLine, prose: bool) -> f32 {
    let header = &model.header;
    let odds = header.threshold / (1.0 - header.threshold).max(f32::EPSILON);
    let length = line.shape.characters as f32 / header.short.max(1.0);
    let doubt = 1.0 / (1.0 + odds * (1.0 + length));
    1.0 - if prose { doubt * header.doubt_of_prose } else { doubt }
}

/// What a line is taken for that is hardly the article's.
#[derive(Clone, Copy)]
struct Verdict {
    label: usize,
    /// How probable it is that the line is not the article's.
    probability: f64,
    /// The places of the lines before and behind that go, where the line goes for them.
    between: Option<[usize; 2]>,
}

impl Verdict {
    fn category(&self) -> Option<Category> {
        label::ALL[self.label]
    }

    fn is_repeat(&self) -> bool {
        self.category() == Some(Category::Repeat)
    }
}

/// How probable it is that a line is neither content nor metadata.
fn removed(probabilities: &[f32; LABEL_COUNT]) -> f32 {
    probabilities[FIRST_REMOVED..].iter().sum()
}

/// The most probable of the labels from one on.
fn likeliest(probabilities: &[f32; LABEL_COUNT], first: usize) -> usize {
    (first..LABEL_COUNT).max_by(|a, b| probabilities[*a].total_cmp(&probabilities[*b])).unwrap_or(first)
}

/// How probable it must be at least that a line is metadata: what is removed with it is the article's own.
const METADATA_LEAST: f32 = 0.5;

fn verdict(probabilities: &[f32; LABEL_COUNT], threshold: f32) -> Option<Verdict> {
    let verdict = |label, probability| Verdict { label, probability: f64::from(probability), between: None };
    let removed = removed(probabilities);
    if removed >= threshold {
        return Some(verdict(likeliest(probabilities, FIRST_REMOVED), removed));
    }
    let metadata = probabilities[METADATA];
    (metadata >= threshold.max(METADATA_LEAST)).then(|| verdict(METADATA, metadata))
}

/// Features that most lines have at most.
const BUCKETS_OF_A_LINE: usize = 256;

/// What a line says of itself, found once for its text, and once more where it is fenced: fewer patterns match
/// there, and what is removed can open or close a fence. `buckets` is room to work in.
fn reading<'l>(model: &Model, line: &'l ViewLine, buckets: &mut Vec<u16>) -> Option<&'l Reading> {
    let read = || -> Box<dyn Any + Send + Sync> {
        let facts = text::facts(line);
        buckets.clear();
        text::features(line, &facts, buckets);
        Box::new(Reading { facts, steps: model.sums(buckets) })
    };
    line.folded.reading[usize::from(line.shape.fenced)].get_or_init(read).downcast_ref()
}

/// What training needs beside.
#[cfg(feature = "training")]
pub(crate) mod training {
    pub use super::label::{ALL as LABELS, LABELS as LABEL_COUNT, Label};
    pub use super::weights::{BUCKETS, Header};
}

/// By line that is not blank, the rows of the table that its features fall on: what training sees.
#[cfg(feature = "training")]
pub(crate) fn buckets(view: &View) -> Vec<(usize, Vec<u16>)> {
    let lines: Vec<usize> = view.filled().collect();
    let facts: Vec<Facts> = lines.iter().map(|line| text::facts(&view.lines[*line])).collect();
    let facts: Vec<&Facts> = facts.iter().collect();
    let context = Context::new(view, &lines, &facts);
    let of = |(place, line): (usize, &usize)| {
        let line = &view.lines[*line];
        let mut buckets: Vec<u16> = Vec::new();
        text::features(line, facts[place], &mut buckets);
        context.features_of_all(&mut buckets);
        context.features_of(place, &mut buckets);
        (line.number, buckets)
    };
    lines.iter().enumerate().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(text: &str) -> View<'_> {
        View::new(&text.lines().enumerate().map(|(at, line)| (at + 1, line)).collect::<Vec<_>>(), None)
    }

    #[test]
    fn the_built_in_model_parses_and_is_small() {
        let model = BUILT_IN.as_ref().expect("a model");
        assert!((0.1..=1.0).contains(&model.header.threshold));
        assert!(model.header.doubt_of_prose <= 1.0 && model.header.short >= 1.0);
    }

    #[test]
    fn probabilities_of_a_line_add_up() {
        let model = BUILT_IN.as_ref().expect("a model");
        let scores = [[0.0; LABEL_COUNT], [90.0; LABEL_COUNT], [-90.0; LABEL_COUNT]];
        for line in decode::probabilities(model, &scores) {
            assert!((line.iter().sum::<f32>() - 1.0).abs() < 1e-4, "{line:?}");
        }
    }

    #[test]
    fn code_between_fences_and_texts_without_furniture_stay() {
        let verse = "月光\n\n床前的月光照在地上\n好像是秋天的霜\n抬起頭看著月亮\n低下頭想著故鄉";
        for text in ["```\nfollow us!\nlogin\nint 關注 = 1;\n```", verse, "甲", ""] {
            let found = find(&view(text), None, &[]);
            assert!(found.is_empty(), "{found:?}");
        }
    }

    #[test]
    fn the_headline_that_the_pages_title_tells_stays() {
        let text = "扫码关注本号_老街网\n登录\n扫码关注本号\n点个在看\n夜市在上個月搬走，街坊都說晚上安靜了許多，攤主還沒有找到新的地方。";
        let goes =
            |named: &[Option<Named>]| find(&view(text), None, named).iter().any(|found| found.line == 2);
        let title = Named { rule: rule(PAGE_TITLE).expect("a rule"), twin: Some(2) };
        assert!(goes(&[]));
        assert!(!goes(&[Some(title), None, None, None, None]));
    }

    #[test]
    fn digests_stay_in_any_company() {
        let text = "老街夜市\n更多推荐\n50e5f2d31f70aca0c17fda498003fca4\n扫码关注\n点个在看";
        assert!(!find(&view(text), None, &[]).iter().any(|found| found.line == 2));
    }

    #[test]
    fn captions_stay_in_any_company() {
        let text = "老街夜市\n更多推荐\n老街的燈火。林小溪攝\n扫码关注\n点个在看";
        assert!(!find(&view(text), None, &[]).iter().any(|found| found.line == 2));
    }

    #[test]
    fn laws_and_drawn_tables_stay() {
        let law = "第一條　掃碼關注\n第二條　點贊分享\n第三條　版權所有\n微信";
        let table = "老街夜市\n│  │茂林區、桃源區、│  │\n│  │燕巢區、大社區、│頭│\n│  │分享到微信│  │";
        for text in [law, table] {
            let guarded = |found: &Finding| found.line > 0;
            assert!(!find(&view(text), None, &[]).iter().any(guarded), "{text}");
        }
    }

    #[test]
    fn blank_lines_have_no_say() {
        let text = "老街夜市\n夜市在上個月搬走，街坊都說晚上安靜了許多，攤主還沒有找到新的地方。\n歡迎掃碼關注本號\n點個在看再走吧";
        let spaced = text.replace('\n', "\n\n");
        let rules = |text| {
            find(&view(text), None, &[]).into_iter().map(|found| found.rule.id.clone()).collect::<Vec<_>>()
        };
        assert_eq!(rules(text), rules(&spaced));
    }
}
