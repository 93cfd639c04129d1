//! Features in words, as evidence names them. What a number stands for is decided where the feature is made
//! (`text.rs`, `context.rs`, `outline.rs`); the steps are the same constants.

use std::sync::LazyLock;

use foldhash::HashMap;

use super::hashing::{Feature, Template, hash_text};
use super::{context, lexicon, outline, rule_hits, text};
use crate::analysis::fold_character;
use crate::rules::{Category, rules};

/// What a class of a line's last character is, by its number.
const ENDS: [&str; 12] = [
    "",
    "a full stop",
    "an exclamation or question mark",
    "a colon",
    "a comma",
    "a point or dots",
    "a quotation mark",
    "a bracket",
    "a digit",
    "a Latin letter",
    "a letter",
    "another mark",
];
/// What a class of a line's first character is, by its number.
const STARTS: [&str; 9] = [
    "",
    "a bracket",
    "a square bracket",
    "a quotation mark",
    "a mark of markup",
    "a digit",
    "a Latin letter",
    "a letter",
    "another mark",
];
/// What lines can have, by number.
const SHAPES: [&str; 13] = [
    "columns",
    "a list's marker",
    "a provision's number",
    "a sentence's end",
    "an address",
    "an @",
    "a bar",
    "a quotation",
    "a comma",
    "a full stop or semicolon",
    "a mark of code",
    "a gap",
    "a colon",
];
/// How a line and another one hold each other's wording, by number.
const RELATIONS: [&str; 6] = [
    "",
    "stands in a line",
    "begins a line",
    "stands in a line of prose",
    "begins a line of prose",
    "begins with a line",
];
/// The number of what is not there: no rule, no line.
const NONE: usize = 15;

impl Feature {
    /// The feature in words, given the texts of the line before, of the line itself, and of the line behind.
    pub fn describe(&self, texts: [&str; 3]) -> String {
        match self.template {
            Template::Run => format!("words: {}", written(self.characters(4), texts)),
            Template::RunAtStart => format!("words at the start: {}", written(self.characters(4), texts)),
            Template::RunAtEnd => format!("words at the end: {}", written(self.characters(4), texts)),
            Template::NearRun => format!("words beside: {}", written(self.characters(2), texts)),
            Template::Joined => "words across the line break".into(),
            Template::Mark => format!("mark: {}", char::from_u32(self.number).unwrap_or(' ')),
            template => of_number(template, self.number as usize),
        }
    }

    /// The characters of a run, so many of them at most.
    fn characters(&self, most: usize) -> &[char] {
        let length = self.value.iter().take_while(|c| **c != '\0').count();
        &self.value[..length.min(most)]
    }
}

/// A run of a key's characters as one of the texts has it.
fn written(run: &[char], [before, own, behind]: [&str; 3]) -> String {
    let found = [own, before, behind].into_iter().find_map(|text| {
        let letters: Vec<(char, char)> = text.chars().filter_map(|c| Some((fold_character(c)?, c))).collect();
        let is_run = |window: &&[(char, char)]| window.iter().map(|(folded, _)| folded).eq(run);
        let window = letters.windows(run.len().max(1)).find(is_run)?;
        Some(window.iter().map(|(_, written)| *written).collect())
    });
    found.unwrap_or_else(|| run.iter().collect())
}

fn of_number(template: Template, n: usize) -> String {
    match template {
        Template::Bias => "any line".into(),
        Template::Length => length(n),
        Template::End => format!("{} at the end, {}", end(n / 16), length(n % 16)),
        Template::Start => format!("{} at the start, {}", start(n / 16), length(n % 16)),
        Template::StartEnd => format!("{} at the start, {} at the end", start(n / 16), end(n % 16)),
        Template::Shape => format!("has {}", named(&SHAPES, n)),
        Template::Share => {
            let what = named(&["Latin letters", "digits", "marks"], n / 16);
            format!("{} of it {what}", share(text::SHARES, n % 16, 10))
        }
        Template::Rule => format!("the pattern of {}", rule_hashed(n)),
        Template::RuleCategory => format!("{} pattern", rule(n + 1)),
        Template::ShortKey => "the whole line".into(),
        Template::Tokens => format!("{} words set apart", range(text::TOKENS, n / 16)),
        Template::Date => "a date at the end".into(),
        Template::Word => words(n),
        Template::WordsAround => {
            let lines = range(lexicon::COUNTS, n % 16);
            format!("words {} on {lines} of {} lines around", class(n / 16), 2 * lexicon::AROUND)
        }
        Template::WordAbove => {
            format!("words {} above, {}", class(n / 16), apart(lexicon::DISTANCES, n % 16))
        }
        Template::WordShare => {
            let (n, too) = own_too(n);
            let lines = share(context::SHARES, n % 16, 5);
            format!("words {} on {lines} of the document's lines{too}", class(n / 16))
        }
        Template::TitleWord => {
            let (n, too) = own_too(n);
            format!("words {} in the first line{too}", class(n))
        }
        Template::RuleShare => {
            let lines = share(context::SHARES, n % 16, 5);
            format!("{} on {lines} of the document's lines", rule(n / 16))
        }
        Template::RulesAround => {
            let [above, below] = [n / 8 % 8, n % 8].map(|class| range(rule_hits::COUNTS, class));
            format!("{} on {above} lines above and {below} below", rule(n / 64))
        }
        Template::RuleAbove => format!("{} above", rule_hashed(n)),
        Template::RuleBelow => format!("{} below", rule_hashed(n)),
        Template::Head => format!("{} lines above", range(context::DISTANCES, n)),
        Template::Tail => format!("{} lines below", range(context::DISTANCES, n)),
        Template::Place => place(n),
        Template::PlaceLength => format!("{}, {}", place(n / 16), length(n % 16)),
        Template::PlaceEnd => format!("{}, {} at the end", place(n / 16), end(n % 16)),
        Template::PlaceRule => format!("{}, {}", place(n / 16), rule(n % 16)),
        Template::Document => {
            let (lines, prose) = (range(context::SIZES, n / 16), range(context::PROSE, n % 16));
            format!("a document of {lines} lines, of ten lines {prose} prose")
        }
        Template::Furniture => format!("rules on {} lines below", range(context::DISTANCES, n)),
        Template::Before => format!("before: {}", neighbour(n)),
        Template::Behind => format!("behind: {}", neighbour(n)),
        Template::BeforeKey => "the words of the line before".into(),
        Template::BehindKey => "the words of the line behind".into(),
        Template::BeforeRule => format!("{} before", rule_on_line(n % 16, n / 16)),
        Template::BehindRule => format!("{} behind", rule_on_line(n % 16, n / 16)),
        Template::Around => {
            let lengths = [n / 64, n / 8 % 8, n % 8].map(half_length);
            format!("characters before, here, behind: {}", lengths.join(", "))
        }
        Template::Twin => twin(n),
        Template::Contained if n >= 64 => contained((n - 64) / 32, (n - 64) / 16 % 2),
        Template::Contained => contained(n / 4, n / 2 % 2),
        Template::Headline => format!("{}, one of them the first", contained(n / 2, n % 2)),
        _ => of_outline(template, n),
    }
}

fn of_outline(template: Template, n: usize) -> String {
    match template {
        Template::ShortRun => {
            format!("a run of {} short lines", range(outline::DISTANCES, leading(n, 16)))
        }
        Template::ProseDistance if n < 16 => format!("prose above, {}", apart(outline::DISTANCES, n)),
        Template::ProseDistance if n < 32 => format!("prose below, {}", apart(outline::DISTANCES, n - 16)),
        Template::ProseDistance => {
            let [above, below] = [(n - 32) / 16, n % 16].map(|class| apart(outline::DISTANCES, class));
            format!("prose above, {above}, and below, {below}")
        }
        Template::Rest => format!("{} of the prose below", share(outline::TWENTIETHS, leading(n, 16), 5)),
        Template::Density if n < 16 => {
            format!("rules on {} of 6 lines around", range(outline::NEAR_RULES, n))
        }
        Template::Density => {
            let class = if n < 32 { n - 16 } else { leading(n, 32) };
            format!("rules on {} of 20 lines around", range(outline::RULES, class))
        }
        Template::LastRule => format!("above: {}", far_rule(n)),
        Template::NextRule => format!("below: {}", far_rule(n)),
        Template::Between => {
            let [above, below] = [n / 16, n % 16].map(edge);
            format!("above: {above}; below: {below}")
        }
        Template::Same => "lines around begin or end alike".into(),
        Template::Subject if n < 16 => shared(outline::HEADLINE_TENTHS, n, "the headline"),
        Template::Subject => {
            let class = if n < 32 { n - 16 } else { leading(n, 32) };
            shared(outline::TENTHS, class, "the article elsewhere")
        }
        Template::Alike => format!("{} lines before and {} behind of its form", n / 8, n % 8),
        Template::Heading => "the heading above".into(),
        _ => String::new(),
    }
}

/// What the words of a class of the lexicon are.
fn class(n: usize) -> &'static str {
    lexicon::WORDS.get(n).map_or("", |(name, _)| name)
}

/// A number without what tells that the line itself holds such a word too, and how that is called.
fn own_too(n: usize) -> (usize, &'static str) {
    n.checked_sub(lexicon::TOO as usize).map_or((n, ""), |n| (n, ", and here"))
}

/// The words of the lexicon in a line.
fn words(n: usize) -> String {
    let of_class = |n: usize| format!("{} words {}", range(lexicon::COUNTS, n % 8), class(n / 8));
    match n.checked_sub(lexicon::WITH_LENGTH as usize) {
        Some(n) => format!("{}, {}", of_class(n / 16), length(n % 16)),
        None => of_class(n),
    }
}

/// The class in a number that may hold another one behind it: alone below `combined`, in sixteens from there.
fn leading(n: usize, combined: usize) -> usize {
    match n {
        alone if alone < combined => alone,
        ..512 => (n - combined) / 16,
        _ => n % 512 / 16,
    }
}

/// The numbers in a class, given the steps between classes.
fn range(steps: &[usize], class: usize) -> String {
    let above = class.checked_sub(1).and_then(|before| steps.get(before)).map_or(0, |step| step + 1);
    match steps.get(class) {
        Some(most) if *most <= above => most.to_string(),
        Some(most) => format!("{above}\u{2013}{most}"),
        None => format!("{above} or more"),
    }
}

/// A share in a class, given the steps in parts of so many per cent, of which one that is begun counts.
fn share(steps: &[usize], class: usize, per_cent: usize) -> String {
    let above = class.checked_sub(1).and_then(|before| steps.get(before)).copied().unwrap_or_default();
    match steps.get(class) {
        Some(0) => "nothing".into(),
        most => format!("{}\u{2013}{} %", above * per_cent, most.map_or(100, |most| most * per_cent)),
    }
}

fn named<'n>(names: &[&'n str], number: usize) -> &'n str {
    names.get(number).copied().unwrap_or_default()
}

fn length(class: usize) -> String {
    format!("{} characters", range(text::LENGTHS, class))
}

/// The length of a line by half its class; the highest is no line.
fn half_length(half: usize) -> String {
    if half == NONE / 2 {
        return "no line".into();
    }
    let [first, last] = [half * 2, half * 2 + 1].map(|class| range(text::LENGTHS, class));
    let (least, most) = (first.split('\u{2013}').next(), last.split('\u{2013}').next_back());
    format!("{}\u{2013}{}", least.unwrap_or_default(), most.unwrap_or_default())
}

fn end(class: usize) -> &'static str {
    if class == NONE { "no line" } else { named(&ENDS, class) }
}

fn start(class: usize) -> &'static str {
    named(&STARTS, class)
}

/// A rule by the number of its category.
fn rule(number: usize) -> String {
    match number.checked_sub(1).and_then(|index| Category::ALL.get(index)) {
        Some(Category::Ad) => "an ad rule".into(),
        Some(category) => format!("a {} rule", category.name()),
        None => "no rule".into(),
    }
}

/// The ids of rules by their hashes.
static RULE_IDS: LazyLock<HashMap<usize, &'static str>> =
    LazyLock::new(|| rules().iter().map(|rule| (hash_text(rule.id) as usize, rule.id)).collect());

/// A rule by the hash of its id.
fn rule_hashed(hash: usize) -> &'static str {
    RULE_IDS.get(&hash).copied().unwrap_or("a rule")
}

/// How far another line is.
fn apart(steps: &[usize], class: usize) -> String {
    format!("{} lines between", range(steps, class))
}

/// A rule on the first, the second or the third line.
fn rule_on_line(number: usize, distance: usize) -> String {
    let line = named(&["", "line", "second line", "third line"], distance);
    if number == NONE { format!("no {line}") } else { format!("{} on the {line}", rule(number)) }
}

fn place(zone: usize) -> String {
    let [above, below] = [zone / 8, zone % 8].map(|class| range(context::PROSE_LINES, class));
    format!("{above} lines of prose above, {below} below")
}

fn neighbour(n: usize) -> String {
    match n % 16 {
        NONE => "no line".into(),
        class => format!("{} at the end, {}", end(n / 16), length(class)),
    }
}

fn far_rule(n: usize) -> String {
    match n / 16 {
        0 => "no rule".into(),
        category => format!("{}, {}", rule(category), apart(outline::DISTANCES, n % 16)),
    }
}

/// The nearest rule on one side.
fn edge(class: usize) -> String {
    match class {
        NONE => "no rule".into(),
        8.. => format!("metadata, {}", apart(outline::FEW_DISTANCES, class - 8)),
        _ => format!("a rule, {}", apart(outline::FEW_DISTANCES, class)),
    }
}

fn twin(n: usize) -> String {
    let side = |later: usize| named(&["first", "later"], later);
    match n {
        ..64 => format!("the {} of {} equal lines", side(n / 4), named(&["two", "three", "more"], n % 4)),
        64..128 => format!("the {} of equal lines, {}", side((n - 64) / 16), length(n % 16)),
        128..160 => format!("the {} of equal {}", side(n / 2 % 2), named(&["lines", "items"], n % 2)),
        160..192 => {
            format!("the {} of equal lines{}", side(n / 2 % 2), named(&["", ", as the first line"], n % 2))
        }
        _ => format!("an equal line {} lines above", range(context::DISTANCES, n - 192)),
    }
}

fn contained(relation: usize, below: usize) -> String {
    format!("{} {}", named(&RELATIONS, relation), named(&["above", "below"], below))
}

fn shared(steps: &[usize], class: usize, with: &str) -> String {
    match class {
        NONE => "no words".into(),
        _ => format!("shares {} of its words with {with}", share(steps, class, 10)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::context::Context;
    use super::super::hashing::Sink;
    use super::*;
    use crate::analysis::View;

    #[test]
    fn numbers_are_told_as_what_they_stand_for() {
        for (template, number, words) in [
            (Template::Length, 4, "5\u{2013}6 characters"),
            (Template::Length, 13, "201 or more characters"),
            (Template::End, 16 + 4, "a full stop at the end, 5\u{2013}6 characters"),
            (Template::RuleCategory, 1, "a share rule pattern"),
            (Template::LastRule, 6 * 16 + 1, "above: a legal rule, 1 lines between"),
            (Template::LastRule, 9, "above: no rule"),
            (Template::BeforeRule, 16 + 3, "a follow rule on the line before"),
            (Template::BehindRule, 2 * 16 + 15, "no second line behind"),
            (Template::Before, 15 * 16 + 15, "before: no line"),
            (
                Template::Around,
                7 * 64 + 2 * 8 + 7,
                "characters before, here, behind: no line, 5\u{2013}8, no line",
            ),
            (Template::Density, 16 + 2, "rules on 2 of 20 lines around"),
            (Template::Density, 32 + 2 * 16 + 5, "rules on 2 of 20 lines around"),
            (Template::Density, 512 + 2 * 16 + 5, "rules on 2 of 20 lines around"),
            (Template::Subject, 16 + 15, "no words"),
            (Template::Subject, 512 + 16, "shares 0–10 % of its words with the article elsewhere"),
            (Template::Twin, 192 + 3, "an equal line 3 lines above"),
            (Template::Contained, 64 + (3 * 2 + 1) * 16, "stands in a line of prose below"),
            (Template::Between, 8 * 16 + 15, "above: metadata, 0 lines between; below: no rule"),
        ] {
            assert_eq!(of_number(template, number), words, "{template:?} {number}");
        }
    }

    #[test]
    fn every_feature_of_a_page_has_words() {
        let text = "老街夜市\n記者林小溪\n夜市在上個月搬走，街坊都說晚上安靜了許多，攤主還沒有找到新的地方。\n※\n\
                    更多推荐\n老街的燈火 2019-08-13\n老街的燈火 2019-08-13\n扫码关注";
        let numbered: Vec<_> = text.lines().enumerate().map(|(i, line)| (i + 1, line)).collect();
        let view = View::new(&numbered, None);
        let lines: Vec<usize> = view.filled().collect();
        let facts: Vec<_> = lines.iter().map(|line| text::facts(&view.lines[*line])).collect();
        let facts: Vec<_> = facts.iter().collect();
        let context = Context::new(&view, &lines, &facts);
        let mut all = All(Vec::new());
        for (place, line) in lines.iter().enumerate() {
            text::features(&view.lines[*line], facts[place], &mut all);
            context.features_of_all(&mut all);
            context.features_of(place, &mut all);
        }
        let silent = all.0.iter().find(|feature| feature.describe([""; 3]).trim().is_empty());
        assert!(all.0.len() > 300 && silent.is_none(), "{silent:?}");
    }

    struct All(Vec<Feature>);

    impl Sink for All {
        fn add(&mut self, feature: Feature) {
            self.0.push(feature);
        }
    }

    #[test]
    fn words_are_told_as_the_line_has_them() {
        let run = Feature::run(&crate::analysis::fold("資源").chars().collect::<Vec<_>>(), Template::Run);
        assert_eq!(run.describe(["", "学习资源", ""]), "words: 资源");
        assert_eq!(run.describe(["學習資源", "", ""]), "words: 資源");
    }
}
