//! Features in words, for evidence. The file that makes a feature (`text.rs`, `context.rs`, `outline.rs`)
//! defines the meaning of its number. The bin edges are the same constants.

use super::super::hashing::{Feature, Template};
use super::super::{context, lexicon, outline, page_structure, rule_hits, text};
use super::terms::*;
use crate::analysis::fold_character;

impl Feature {
    /// The feature in words, given the texts of the line before, the line itself and the line after.
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

    /// The characters of a run, up to a maximum number.
    fn characters(&self, most: usize) -> &[char] {
        let length = self.value.iter().take_while(|c| **c != '\0').count();
        &self.value[..length.min(most)]
    }
}

/// A run of characters of a key, as one of the texts writes it.
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
            format!("words {} above, {}", class(n / 16), distance(lexicon::DISTANCES, n % 16))
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
        Template::Position => position(n),
        Template::PositionLength => format!("{}, {}", position(n / 16), length(n % 16)),
        Template::PositionEnd => format!("{}, {} at the end", position(n / 16), end(n % 16)),
        Template::PositionRule => format!("{}, {}", position(n / 16), rule(n % 16)),
        Template::Document => {
            let (lines, prose) = (range(context::SIZES, n / 16), range(context::PROSE, n % 16));
            format!("a document of {lines} lines, of ten lines {prose} prose")
        }
        Template::BoilerplateBelow => format!("rules on {} lines below", range(context::DISTANCES, n)),
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
        Template::Duplicate => duplicate(n),
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
        Template::ProseDistance if n < 16 => format!("prose above, {}", distance(outline::DISTANCES, n)),
        Template::ProseDistance if n < 32 => format!("prose below, {}", distance(outline::DISTANCES, n - 16)),
        Template::ProseDistance => {
            let [above, below] = [(n - 32) / 16, n % 16].map(|class| distance(outline::DISTANCES, class));
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
            let [above, below] = [n / 16, n % 16].map(nearest_rule);
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
        _ => of_page_structure(template, n),
    }
}

fn of_page_structure(template: Template, n: usize) -> String {
    let with = |start: u32| n.checked_sub(start as usize);
    let (length, end, rule_number) =
        (with(page_structure::WITH_LENGTH), with(page_structure::WITH_END), with(page_structure::WITH_RULE));
    match (template, rule_number, end, length) {
        (Template::HeadlineSide, Some(n), ..) => {
            format!("{}, {}", headline_side(n / 64), body_side(n % 64))
        }
        (Template::HeadlineSide, _, _, Some(n)) => headline_distance(n / 16),
        (Template::HeadlineSide, ..) => headline_distance(n),
        (Template::BodySide, Some(n), ..) => format!("{}, {}", body_side(n / 16), rule(n % 16)),
        (Template::BodySide, _, Some(n), _) => {
            format!("{}, {}", body_side(n / 16), super::terms::end(n % 16))
        }
        (Template::BodySide, _, _, Some(n)) => {
            format!("{}, {}", body_side(n / 16), super::terms::length(n % 16))
        }
        (Template::BodySide, ..) => body_side(n),
        (Template::BodyWords, _, Some(n), _) => {
            let words = shared(page_structure::TENTHS, n / 64, "the body");
            format!("{words}, {}", body_side(n % 64))
        }
        (Template::BodyWords, _, _, Some(n)) => shared(page_structure::TENTHS, n / 16, "the body"),
        (Template::BodyWords, ..) => shared(page_structure::TENTHS, n, "the body"),
        (Template::Rhythm, ..) => {
            format!("{} lines of its form, one on every {} lines", n % 16, n / 16)
        }
        (Template::DigitFrame, ..) => "the whole line, whatever its numbers".into(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::context::Context;
    use super::super::super::hashing::FeatureSink;
    use super::super::super::schema::KnownRules;
    use super::*;
    use typed_index_collections::TiVec;

    use crate::analysis::{Rank, Row, View};

    #[test]
    fn numbers_are_described_by_their_meaning() {
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
            (Template::Duplicate, 192 + 3, "an equal line 3 lines above"),
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
        let known = KnownRules::all();
        let rows: TiVec<Rank, Row> = view.filled().collect();
        let facts: Vec<_> = rows.iter().map(|row| text::facts(&view.lines[*row], &known)).collect();
        let facts: TiVec<Rank, _> = facts.iter().collect();
        let context = Context::of_all(&view, rows.clone(), facts.clone());
        let mut all = All(Vec::new());
        for (rank, row) in rows.iter_enumerated() {
            text::features(&view.lines[*row], facts[rank], &known, &mut all);
            context.features_of_all(&mut all);
            context.features_of(rank, &mut all);
        }
        let silent = all.0.iter().find(|feature| feature.describe([""; 3]).trim().is_empty());
        assert!(all.0.len() > 300 && silent.is_none(), "{silent:?}");
    }

    struct All(Vec<Feature>);

    impl FeatureSink for All {
        fn add(&mut self, feature: Feature) {
            self.0.push(feature);
        }
    }

    #[test]
    fn words_are_written_as_in_the_line() {
        let run = Feature::run(&crate::analysis::fold("資源").chars().collect::<Vec<_>>(), Template::Run);
        assert_eq!(run.describe(["", "学习资源", ""]), "words: 资源");
        assert_eq!(run.describe(["學習資源", "", ""]), "words: 資源");
    }
}
