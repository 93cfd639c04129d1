//! Headings that the classifier must not remove: the document's only headline, and the headings of parts that
//! are kept.

use typed_index_collections::TiVec;

use super::exemptions::telephone::{announces_helpline, is_telephone};
use super::lines::Lines;
use super::verdict::Verdicts;
use super::{Decisions, JudgedPage};
use crate::analysis::{BodyText, Rank};
use crate::detect::classifier::label::METADATA;
use crate::detect::headline::reads_as_title;
use crate::rules::Category;
use crate::text::list_marker::ListMarker;
use crate::text::numerals::is_numeral;
use crate::text::{is_han, numerals};

/// Minimum number of characters in a headline.
const HEADLINE_CHARACTERS: usize = 2;
/// The probability above which a line is metadata.
const METADATA_LEAST: f32 = 0.5;
/// Numbers of characters of a line above metadata that may be a headline.
const TITLED_CHARACTERS: std::ops::RangeInclusive<usize> = 6..=60;
/// Maximum number of characters in a heading inside the article.
const HEADING_CHARACTERS: usize = 16;

/// Withdraws the verdicts on headings of parts that are kept. The last line comes first, because the line
/// below a number may be a heading itself.
pub(super) fn decide(page: &JudgedPage, decisions: &mut Decisions) {
    if let Some((lines, verdicts)) = decisions.lines(page) {
        withdraw(&lines, verdicts);
    }
}

fn withdraw(lines: &Lines, verdicts: &mut Verdicts) {
    if verdicts.iter().all(Option::is_none) {
        return;
    }
    let is_part_number = part_numbers(lines);
    for rank in verdicts.keys().rev().skip(1) {
        let heads = || {
            is_heading_of_prose(lines, rank)
                || is_part_number[rank]
                || announces_speech(lines.at(rank).text)
                || announces_number(lines, rank)
        };
        if verdicts[rank].is_some() && lines.stays(rank.below(1), verdicts) && heads() {
            verdicts[rank] = None;
        }
    }
}

/// Withdraws the verdict on the only headline. If no title identifies the headline, it does the same for the
/// line above the author or the date, and for the only line that reads as a title.
pub(super) fn keep_headline(page: &JudgedPage, decisions: &mut Decisions) {
    let is_titled = page.titles().headline.is_some();
    let Some(posteriors) = page.posteriors() else { return };
    let Some((lines, verdicts)) = decisions.lines(page) else { return };
    let withdraw = |verdicts: &mut Verdicts, headline: Option<Rank>| {
        headline.into_iter().for_each(|headline| verdicts[headline] = None);
    };
    withdraw(verdicts, only_headline(&lines, verdicts));
    if !is_titled {
        let is_metadata = |rank: Rank| posteriors.probabilities[rank][METADATA] > METADATA_LEAST;
        withdraw(verdicts, above_metadata(&lines, verdicts, is_metadata));
        withdraw(verdicts, only_title(&lines, verdicts));
    }
}

/// The first line that is directly above metadata and may be a headline. Rules or the model identify the
/// metadata, and no kept sentence is above it. In the labelled articles without a title no boilerplate is at
/// this position.
fn above_metadata(lines: &Lines, verdicts: &Verdicts, is_metadata: impl Fn(Rank) -> bool) -> Option<Rank> {
    let is_text = |rank: &Rank| is_sentence(lines, *rank) && lines.stays(*rank, verdicts);
    let before_text = lines.rows.keys().take_while(|rank| !is_text(rank));
    let metadata = before_text
        .filter(|rank| lines.rule_category[*rank] == Some(Category::Metadata) || is_metadata(*rank));
    let may_be_headline = |rank: &Rank| {
        let characters = lines.at(*rank).shape.characters;
        lines.rule_category[*rank].is_none() && TITLED_CHARACTERS.contains(&characters)
    };
    metadata.filter_map(|rank| rank.above(1)).find(may_be_headline)
}

/// Withdraws every finding on the headline that a title identifies, except the finding that the line is a
/// copy of one that is kept in its place.
pub(super) fn keep_titled(page: &JudgedPage, decisions: &mut Decisions) {
    let Some(headline) = page.titles().headline else { return };
    decisions.findings.retain(|finding| finding.row != headline || finding.because.duplicate_of().is_some());
}

/// The likeliest headline, if the verdicts remove all lines above the prose that could be one.
fn only_headline(lines: &Lines, verdicts: &Verdicts) -> Option<Rank> {
    let prose = verdicts.keys().find(|rank| is_sentence(lines, *rank))?;
    let could_be = |rank: &Rank| {
        let shape = &lines.at(*rank).shape;
        lines.rule_category[*rank].is_none() && !shape.code && shape.characters >= HEADLINE_CHARACTERS
    };
    likeliest_if_none_stays(Rank::all(Rank::default()..prose).filter(could_be), verdicts)
}

/// The likeliest line above the article's paragraphs that reads as a title, if none of those lines is kept.
fn only_title(lines: &Lines, verdicts: &Verdicts) -> Option<Rank> {
    let is_paragraph =
        |rank: &Rank| lines.at(*rank).shape.is_body_text(BodyText::Prose) && lines.stays(*rank, verdicts);
    let paragraph = verdicts.keys().find(is_paragraph)?;
    let is_title = |rank: &Rank| {
        let line = lines.at(*rank);
        let is_item = ListMarker::in_list(line.text).is_some();
        let fits = TITLED_CHARACTERS.contains(&line.shape.characters);
        lines.rule_category[*rank].is_none() && reads_as_title(line) && fits && !is_item
    };
    likeliest_if_none_stays(Rank::all(Rank::default()..paragraph).filter(is_title), verdicts)
}

/// The line with the least probable verdict, if all lines have one. `None` if one of them is kept.
fn likeliest_if_none_stays(ranks: impl Iterator<Item = Rank>, verdicts: &Verdicts) -> Option<Rank> {
    let removal_probability = |rank: &Rank| verdicts[*rank].map_or(0.0, |verdict| verdict.probability);
    let likeliest = ranks.min_by(|a, b| removal_probability(a).total_cmp(&removal_probability(b)))?;
    verdicts[likeliest].map(|_| likeliest)
}

fn is_sentence(lines: &Lines, rank: Rank) -> bool {
    let shape = &lines.at(rank).shape;
    shape.is_body_text(BodyText::BeyondHeadings)
}

/// Whether a short line is directly above prose that repeats its words, and no rule matches either line.
fn is_heading_of_prose(lines: &Lines, rank: Rank) -> bool {
    let (own, below) = (lines.at(rank), lines.at(rank.below(1)));
    let facts = lines.facts[rank.below(1)];
    let is_unmatched = lines.rule_category[rank].is_none() && facts.category == 0;
    is_unmatched
        && facts.prose
        && own.shape.characters <= HEADING_CHARACTERS
        && han_bigrams(own.key()).any(|bigram| below.key().contains(bigram))
}

/// Whether a line is the name of a helpline, and its number is in the line below.
fn announces_number(lines: &Lines, rank: Rank) -> bool {
    announces_helpline(lines.at(rank).text) && is_telephone(lines.at(rank.below(1)).text.trim())
}

/// For each line, whether it is the number of a part of the article. Such a number is alone on its line, one
/// higher than the number before or one lower than the number after, and a part is between them.
fn part_numbers(lines: &Lines) -> TiVec<Rank, bool> {
    let number = |rank: Rank| Some((rank, part_number(lines.at(rank).text)?));
    let numbers: Vec<(Rank, u32)> = lines.rows.keys().filter_map(number).collect();
    let mut is_part_number = TiVec::from(vec![false; lines.rows.len()]);
    for neighbours in numbers.windows(2) {
        let [(first, number), (second, next)] = [neighbours[0], neighbours[1]];
        if next == number + 1 && second > first.below(1) {
            (is_part_number[first], is_part_number[second]) = (true, true);
        }
    }
    is_part_number
}

/// The number that a line consists of, with or without a mark after it.
fn part_number(text: &str) -> Option<u32> {
    if !text.trim_start().starts_with(is_numeral) {
        return None;
    }
    let number = text.trim().trim_end_matches(['.', '、', '．']);
    let digits = number.strip_prefix("0x").or(number.strip_prefix("0X")).unwrap_or(number);
    let is_number = (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    let of_digits = digits.parse().ok().filter(|_| is_number);
    of_digits.or_else(|| numerals::value(number))
}

/// Whether a line only announces a question or an answer.
fn announces_speech(text: &str) -> bool {
    let word = text.trim().trim_end_matches(['：', ':', '︰']);
    matches!(word, "问" | "問" | "答" | "Q" | "A")
}

/// The bigrams of Han characters in a key.
fn han_bigrams(key: &str) -> impl Iterator<Item = &str> {
    let ends = key.char_indices().zip(key.char_indices().skip(1));
    ends.filter(|((_, a), (_, b))| is_han(*a) && is_han(*b))
        .map(|((start, _), (second, b))| &key[start..second + b.len_utf8()])
}

#[cfg(test)]
mod tests {
    use super::super::lines::example::removed_lines;
    use super::*;

    #[test]
    fn numbers_of_kept_parts_are_kept() {
        assert_eq!(removed_lines("×01\n起因\n×02\n經過\n×03\n×結果", withdraw), [5, 6]);
        assert_eq!(removed_lines("×0x01\n起因\n×0x02\n經過", withdraw), [0; 0]);
        assert_eq!(removed_lines("×一\n起因\n×二、\n經過", withdraw), [0; 0]);
        assert_eq!(removed_lines("×284\n起因\n×1\n×2\n經過", withdraw), [1, 3, 4]);
    }

    #[test]
    fn labels_of_kept_questions_and_answers_are_kept() {
        assert_eq!(removed_lines("×问\n北大近年如何？\n×答：\n很好。", withdraw), [0; 0]);
        assert_eq!(removed_lines("×话题\n北大近年如何？\n×回复：\n很好。", withdraw), [1, 3]);
        assert_eq!(removed_lines("×问\n×北大近年如何？\n×答：", withdraw), [1, 2, 3]);
    }

    #[test]
    fn names_of_helplines_above_their_numbers_are_kept() {
        let (name, number) = ("老街心理援助热线（24小时）：", "0571-5550000");
        assert_eq!(removed_lines(&format!("×{name}\n{number}"), withdraw), [0; 0]);
        assert_eq!(removed_lines(&format!("×{name}\n×{number}"), withdraw), [1, 2]);
        assert_eq!(removed_lines(&format!("×老街的客服热线：\n{number}"), withdraw), [1]);
    }

    #[test]
    fn the_line_above_the_author_is_the_headline() {
        let found = |text: &str| {
            let above = std::cell::Cell::new(None);
            removed_lines(text, |lines, verdicts| {
                above.set(above_metadata(lines, verdicts, |rank| lines.at(rank).text.starts_with("作者")))
            });
            above.take().map(|rank: Rank| usize::from(rank) + 1)
        };
        assert_eq!(found("首頁\n老街夜市搬走了\n作者林小溪\n街坊說好"), Some(2));
        assert_eq!(found("首頁\n登入\n作者林小溪\n街坊說好"), None);
        assert_eq!(found("作者專區\n首頁\n老街夜市搬走了\n作者林小溪\n街坊說好"), Some(3));
        assert_eq!(found("夜市在上個月搬走了，街坊都說晚上安靜了許多。\n老街夜市搬走了\n作者林小溪"), None);
    }

    #[test]
    fn the_only_line_that_reads_as_a_title_is_kept() {
        let prose = "夜市在上個月搬走，街坊都說晚上安靜了許多，攤主還沒有找到新的地方，里長也在場。";
        let withdraw_title = |lines: &Lines, verdicts: &mut Verdicts| {
            if let Some(title) = only_title(lines, verdicts) {
                verdicts[title] = None;
            }
        };
        assert_eq!(
            removed_lines(&format!("首頁\n×老街夜市為什麼搬走？\n一、經過\n{prose}"), withdraw_title),
            [0; 0]
        );
        assert_eq!(
            removed_lines(&format!("×關注這個話題\n老街夜市為什麼搬走？\n{prose}"), withdraw_title),
            [1]
        );
        assert_eq!(removed_lines(&format!("×首頁\n×回答\n{prose}"), withdraw_title), [1, 2]);
    }

    #[test]
    fn headings_of_prose_that_repeats_their_words_are_kept() {
        let prose = "夜市在上個月搬走，街坊都說晚上安靜了許多，攤主還沒有找到新的地方，里長也在場。";
        assert_eq!(removed_lines(&format!("×夜市的去處\n{prose}"), withdraw), [0; 0]);
        assert_eq!(removed_lines(&format!("×掃碼關注\n{prose}"), withdraw), [1]);
    }
}
