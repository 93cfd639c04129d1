//! The survivor: the copy that is kept.

use std::cmp::Reverse;
use std::fmt;

use foldhash::HashMap;

use super::clusters::ArticleFacts;
use crate::metadata::iso;
use crate::script::Script;

/// The choice of the copy that is kept. Of equally good copies, the first is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Keep {
    /// The first one.
    #[default]
    First,
    /// The one with the most characters, marks and white space not counted.
    Longest,
    /// The first one in this script, if there is one.
    Script(Script),
    /// The one with the latest date. A copy without a date is the oldest.
    Newest,
}

/// The date of an article, for comparison with others: a day, with or without a time, whose year comes first, or a number,
/// such as seconds since 1970. A number is older than a day, so a collection has one of both forms.
///
/// ```
/// use qingwen::corpus::Date;
/// assert!(Date::parse("2021年7月2日") < Date::parse("2021-07-12 05:30"));
/// assert!(Date::parse("9") < Date::parse("1626070000"));
/// assert_eq!(Date::parse("昨天"), None);
/// assert_eq!(Date::parse("2021年7月2日").map(|date| date.to_string()).as_deref(), Some("2021-07-02"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(DateForm);

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum DateForm {
    Number(u64),
    Day(Box<str>),
}

impl Date {
    /// The date that a text contains. `None` if it contains none.
    pub fn parse(written: &str) -> Option<Self> {
        let number = written.trim().parse().ok().map(DateForm::Number);
        number.or_else(|| iso(written).map(|day| DateForm::Day(day.into()))).map(Self)
    }
}

impl fmt::Display for Date {
    /// The date as [`parse`](Self::parse) reads it: the number, or the day in ISO 8601.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            DateForm::Number(number) => number.fmt(f),
            DateForm::Day(day) => f.write_str(day),
        }
    }
}

impl Keep {
    /// The copy that is kept. The copies are in the order of the collection.
    pub(super) fn survivor(self, copies: &[u32], facts: &HashMap<u32, ArticleFacts>) -> Option<u32> {
        let copies = copies.iter().copied();
        let characters = |copy: &u32| facts.get(copy).map_or(0, |facts| facts.characters);
        let is_in = |copy: &u32, script| facts.get(copy).is_some_and(|facts| facts.script == Some(script));
        let date = |copy: &u32| facts.get(copy).and_then(|facts| facts.date.as_ref());
        match self {
            Keep::First => copies.min(),
            Keep::Longest => copies.min_by_key(|copy| (Reverse(characters(copy)), *copy)),
            Keep::Script(script) => copies.min_by_key(|copy| (!is_in(copy, script), *copy)),
            Keep::Newest => copies.min_by_key(|copy| (Reverse(date(copy)), *copy)),
        }
    }
}
