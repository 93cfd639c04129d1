//! The meaning of the numbers of features, in words.

use std::sync::LazyLock;

use foldhash::HashMap;

use super::super::hashing::hash_text;
use super::super::{context, lexicon, outline, page_structure, text};
use crate::rules::{Category, rules};

/// The classes of a line's last character, by number.
pub(super) const ENDS: [&str; 12] = [
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
/// The classes of a line's first character, by number.
pub(super) const STARTS: [&str; 9] = [
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
/// The properties of lines, by number.
pub(super) const SHAPES: [&str; 13] = [
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
/// The relations between the wordings of two lines, by number.
pub(super) const RELATIONS: [&str; 6] = [
    "",
    "stands in a line",
    "begins a line",
    "stands in a line of prose",
    "begins a line of prose",
    "begins with a line",
];
/// The number for something that does not exist: no rule, no line.
pub(super) const NONE: usize = 15;

/// The description of the words in a class of the lexicon.
pub(super) fn class(n: usize) -> &'static str {
    lexicon::WORDS.get(n).map_or("", |(name, _)| name)
}

/// The number without the offset for words that the line itself has too, and the description of that offset.
pub(super) fn own_too(n: usize) -> (usize, &'static str) {
    n.checked_sub(lexicon::TOO as usize).map_or((n, ""), |n| (n, ", and here"))
}

/// The words of the lexicon in a line.
pub(super) fn words(n: usize) -> String {
    let of_class = |n: usize| format!("{} words {}", range(lexicon::COUNTS, n % 8), class(n / 8));
    match n.checked_sub(lexicon::WITH_LENGTH as usize) {
        Some(n) => format!("{}, {}", of_class(n / 16), length(n % 16)),
        None => of_class(n),
    }
}

/// The first class in a number that may have a second one. A number below `combined` is a class alone. From
/// there on, each class has sixteen numbers.
pub(super) fn leading(n: usize, combined: usize) -> usize {
    match n {
        alone if alone < combined => alone,
        ..512 => (n - combined) / 16,
        _ => n % 512 / 16,
    }
}

/// The numbers in a class, given the bin edges.
pub(super) fn range(edges: &[usize], class: usize) -> String {
    let above = class.checked_sub(1).and_then(|before| edges.get(before)).map_or(0, |step| step + 1);
    match edges.get(class) {
        Some(most) if *most <= above => most.to_string(),
        Some(most) => format!("{above}\u{2013}{most}"),
        None => format!("{above} or more"),
    }
}

/// The shares in a class, given the bin edges in units of so many per cent. A unit that is begun counts.
pub(super) fn share(edges: &[usize], class: usize, per_cent: usize) -> String {
    let above = class.checked_sub(1).and_then(|before| edges.get(before)).copied().unwrap_or_default();
    match edges.get(class) {
        Some(0) => "nothing".into(),
        most => format!("{}\u{2013}{} %", above * per_cent, most.map_or(100, |most| most * per_cent)),
    }
}

pub(super) fn named<'n>(names: &[&'n str], number: usize) -> &'n str {
    names.get(number).copied().unwrap_or_default()
}

pub(super) fn length(class: usize) -> String {
    format!("{} characters", range(text::LENGTHS, class))
}

/// The length of a line, given half its class. The highest number means that there is no line.
pub(super) fn half_length(half: usize) -> String {
    if half == NONE / 2 {
        return "no line".into();
    }
    let [first, last] = [half * 2, half * 2 + 1].map(|class| range(text::LENGTHS, class));
    let (least, most) = (first.split('\u{2013}').next(), last.split('\u{2013}').next_back());
    format!("{}\u{2013}{}", least.unwrap_or_default(), most.unwrap_or_default())
}

pub(super) fn end(class: usize) -> &'static str {
    if class == NONE { "no line" } else { named(&ENDS, class) }
}

pub(super) fn start(class: usize) -> &'static str {
    named(&STARTS, class)
}

/// A rule by the number of its category.
pub(super) fn rule(number: usize) -> String {
    match number.checked_sub(1).and_then(|index| Category::ALL.get(index)) {
        Some(Category::Ad) => "an ad rule".into(),
        Some(category) => format!("a {} rule", category.name()),
        None => "no rule".into(),
    }
}

/// The ids of rules by their hashes.
pub(super) static RULE_IDS: LazyLock<HashMap<usize, &'static str>> =
    LazyLock::new(|| rules().iter().map(|rule| (hash_text(rule.id) as usize, rule.id)).collect());

/// A rule by the hash of its id.
pub(super) fn rule_hashed(hash: usize) -> &'static str {
    RULE_IDS.get(&hash).copied().unwrap_or("a rule")
}

/// The distance of another line.
pub(super) fn distance(edges: &[usize], class: usize) -> String {
    format!("{} lines between", range(edges, class))
}

/// A rule on the first, the second or the third line.
pub(super) fn rule_on_line(number: usize, distance: usize) -> String {
    let line = named(&["", "line", "second line", "third line"], distance);
    if number == NONE { format!("no {line}") } else { format!("{} on the {line}", rule(number)) }
}

pub(super) fn position(zone: usize) -> String {
    let [above, below] = [zone / 8, zone % 8].map(|class| range(context::PROSE_LINES, class));
    format!("{above} lines of prose above, {below} below")
}

pub(super) fn neighbour(n: usize) -> String {
    match n % 16 {
        NONE => "no line".into(),
        class => format!("{} at the end, {}", end(n / 16), length(class)),
    }
}

pub(super) fn far_rule(n: usize) -> String {
    match n / 16 {
        0 => "no rule".into(),
        category => format!("{}, {}", rule(category), distance(outline::DISTANCES, n % 16)),
    }
}

/// The nearest rule on one side.
pub(super) fn nearest_rule(class: usize) -> String {
    match class {
        NONE => "no rule".into(),
        8.. => format!("metadata, {}", distance(outline::FEW_DISTANCES, class - 8)),
        _ => format!("a rule, {}", distance(outline::FEW_DISTANCES, class)),
    }
}

pub(super) fn duplicate(n: usize) -> String {
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

/// The side of the headline on which a line stands.
pub(super) fn headline_side(side: usize) -> &'static str {
    let sides =
        ["no title tells the headline", "the headline", "says the headline again", "above the headline"];
    sides.get(side).copied().unwrap_or("below the headline")
}

/// The same, with the distance from the headline.
pub(super) fn headline_distance(n: usize) -> String {
    match n / 16 {
        side @ (3 | 4) => {
            let lines = range(page_structure::DISTANCES, n % 16);
            format!("{lines} lines {}", headline_side(side))
        }
        side => headline_side(side).into(),
    }
}

/// The position of a line relative to the article's body.
pub(super) fn body_side(n: usize) -> String {
    match n {
        0 => "a page without body text".into(),
        1 => "in the body".into(),
        16..32 => format!("{} lines above the body", range(page_structure::DISTANCES, n - 16)),
        _ => format!("{} lines below the body", range(page_structure::DISTANCES, n.saturating_sub(32))),
    }
}

pub(super) fn contained(relation: usize, below: usize) -> String {
    format!("{} {}", named(&RELATIONS, relation), named(&["above", "below"], below))
}

pub(super) fn shared(edges: &[usize], class: usize, with: &str) -> String {
    match class {
        NONE => "no words".into(),
        _ => format!("shares {} of its words with {with}", share(edges, class, 10)),
    }
}
