//! For each line of a page, the line around it that contains its key, or with whose key it begins.

use std::ops::RangeInclusive;

use typed_index_collections::TiVec;

use super::text::Facts;
use crate::analysis::{Rank, Ranked, Row, View};
use crate::detect::containment::Needles;

/// Number of lines above and below a line that may be its container. The headline may be, however far it is.
const WINDOW: usize = 24;
/// Length in bytes of a key that another line can contain: a shorter one stands in others by chance, a longer one is a paragraph.
pub(super) const CONTAINED_BYTES: RangeInclusive<usize> = 12..=240;
/// The relation of a line to one with whose key it begins.
const BEGINS_WITH: u32 = 5;

/// The first line around that contains another one, or with whose key that one begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Container {
    pub rank: Rank,
    /// How the lines are related, as the model's features number it.
    pub relation: u32,
}

/// The lines with one key that another line may contain.
struct ContainableKey<'v> {
    key: &'v str,
    ranks: Vec<Rank>,
    /// The lines that contain the key, in order.
    containers: Vec<Container>,
}

/// The container of each line of a page that has one.
pub(super) fn of(view: &View, rows: &Ranked<Row>, facts: &Ranked<&Facts>) -> TiVec<Rank, Option<Container>> {
    let mut contained = keys_that_others_may_contain(view, rows);
    let needles = Needles::of(contained.iter().map(|contained| contained.key));
    let mut of_lines: TiVec<Rank, Option<Container>> = vec![None; rows.len()].into();
    if contained.is_empty() {
        return of_lines;
    }
    for (rank, row) in rows.iter_enumerated() {
        let key = view.lines[*row].key();
        needles.each_within(key, |needle, start| {
            let contained = &mut contained[needle];
            let known = contained.containers.last().is_some_and(|container| container.rank == rank);
            if known || contained.key.len() == key.len() {
                return;
            }
            let relation = 1 + u32::from(start == 0) + 2 * u32::from(facts[rank].prose);
            contained.containers.push(Container { rank, relation });
            if start == 0 {
                let beginning = first_around(rank, &contained.ranks, |rank| *rank);
                let beginning = beginning.map(|rank| Container { rank, relation: BEGINS_WITH });
                of_lines[rank] = first_of(of_lines[rank], beginning);
            }
        });
    }
    for ContainableKey { ranks, containers, .. } in &contained {
        for rank in ranks {
            let container = first_around(*rank, containers, |container| container.rank);
            of_lines[*rank] = first_of(of_lines[*rank], container);
        }
    }
    of_lines
}

/// The keys that another line may contain. A line with a pair of characters that is unique in the document cannot be
/// contained in another line.
fn keys_that_others_may_contain<'v>(view: &'v View, rows: &Ranked<Row>) -> Vec<ContainableKey<'v>> {
    let mut contained: Vec<ContainableKey> = Vec::new();
    let mut of_keys: TiVec<Row, Option<usize>> = vec![None; view.lines.len()].into();
    for (rank, row) in rows.iter_enumerated() {
        let line = &view.lines[*row];
        let key = line.key();
        if !CONTAINED_BYTES.contains(&key.len()) || view.pairs().unique(rank) > 0 {
            continue;
        }
        let index = *of_keys[line.first].get_or_insert(contained.len());
        if index == contained.len() {
            contained.push(ContainableKey { key, ranks: Vec::new(), containers: Vec::new() });
        }
        contained[index].ranks.push(rank);
    }
    contained
}

/// The first of some lines in order that is the headline or stands around a line.
fn first_around<T: Copy>(rank: Rank, sorted: &[T], rank_of: impl Fn(&T) -> Rank) -> Option<T> {
    let headline = sorted.first().filter(|first| rank_of(first) == Rank::default());
    let around = || {
        let start = sorted.partition_point(|other| rank_of(other) < rank.above_or_first(WINDOW));
        sorted.get(start).filter(|other| rank_of(other) <= rank.below(WINDOW))
    };
    headline.or_else(around).copied()
}

fn first_of(one: Option<Container>, other: Option<Container>) -> Option<Container> {
    one.into_iter().chain(other).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn containers(lines: &[&str]) -> Vec<Option<(usize, u32)>> {
        let numbered: Vec<_> = lines.iter().enumerate().map(|(index, line)| (index + 1, *line)).collect();
        let view = View::new(&numbered, None);
        let rows: TiVec<Rank, Row> = view.filled().collect();
        let none = Facts::default();
        let facts: TiVec<Rank, &Facts> = vec![&none; rows.len()].into();
        let containers = of(&view, &rows, &facts).into_iter();
        containers.map(|found| found.map(|found| (found.rank.into(), found.relation))).collect()
    }

    #[test]
    fn a_line_within_another_has_it_as_container() {
        let lines =
            ["老街夜市今晚搬走", "老街的夜市今晚搬走了", "街坊說，夜市今晚搬走，很可惜", "夜市今晚搬走"];
        assert_eq!(containers(&lines), [None, None, None, Some((0, 1))]);
        assert_eq!(containers(&lines[1..]), [None, None, Some((0, 1))]);
    }

    #[test]
    fn a_line_that_begins_with_another_has_it_as_container() {
        let lines = ["老街的燈火", "夜市今晚搬走", "夜市今晚搬走，街坊很可惜"];
        assert_eq!(containers(&lines), [None, Some((2, 2)), Some((1, BEGINS_WITH))]);
    }

    #[test]
    fn equal_lines_and_short_ones_are_in_no_container() {
        assert_eq!(containers(&["夜市今晚搬走", "夜市今晚搬走", "老街夜市", "夜市"]), [None; 4]);
    }

    #[test]
    fn only_the_headline_is_a_container_from_afar() {
        let between: Vec<String> = (0..WINDOW).map(|number| format!("第{number}段")).collect();
        let far = |first: &'static str, second: &'static str| {
            let mut lines = vec![first, second];
            lines.extend(between.iter().map(String::as_str));
            lines.push("夜市今晚搬走");
            containers(&lines).pop().flatten()
        };
        assert_eq!(far("老街夜市今晚搬走了", "老街的燈火"), Some((0, 1)));
        assert_eq!(far("老街的燈火", "老街夜市今晚搬走了"), None);
    }
}
