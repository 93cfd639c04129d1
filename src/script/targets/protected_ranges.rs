//! Ranges of a line that conversion does not decide.

use std::ops::Range;

use super::super::identify::{Clause, ScriptCount, clauses, counted};

/// A byte range and its replacement; `None` if it stays unchanged.
type Fix<'o> = (Range<usize>, Option<&'o str>);

/// The ranges. Once settled, they are in order and do not overlap.
#[derive(Debug, Clone, Default)]
pub(super) struct Fixed<'o> {
    places: Vec<Fix<'o>>,
}

impl<'o> Fixed<'o> {
    /// Fixes a byte range: unchanged, or replaced by another text.
    pub fn add(&mut self, range: Range<usize>, text: Option<&'o str>) {
        if !range.is_empty() {
            self.places.push((range, text));
        }
    }

    /// Resolves overlaps. Unchanged ranges take precedence over replaced ones, and overlapping unchanged ranges are
    /// merged. Of overlapping replaced ranges the first one wins. If they have the same start, the one that was added
    /// first wins.
    pub fn settle(&mut self) {
        if self.places.is_empty() {
            return;
        }
        let (mut kept, mut replaced): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.places).into_iter().partition(|(_, text)| text.is_none());
        unite(&mut kept);
        replaced.retain(|(range, _)| {
            let next = kept.partition_point(|(kept, _)| kept.end <= range.start);
            kept.get(next).is_none_or(|(kept, _)| kept.start >= range.end)
        });
        kept.append(&mut replaced);
        keep_apart(&mut kept);
        self.places = kept;
    }

    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The byte ranges.
    pub fn ranges(&self) -> impl Iterator<Item = Range<usize>> {
        self.places.iter().map(|(range, _)| range.clone())
    }

    /// The clauses of a line. Fixed text in them does not count.
    pub fn clauses<'t>(&self, line: &'t str) -> impl Iterator<Item = Clause<'t>> {
        let mut start = 0;
        clauses(line).map(move |clause| {
            let free: Vec<Range<usize>> = self.free(start, clause.text.len()).collect();
            let whole = start..start + clause.text.len();
            start = whole.end;
            let counted = |range: &Range<usize>| counted(&line[range.clone()]);
            match free.first() {
                Some(free) if *free == whole => clause,
                _ => Clause {
                    count: free.iter().map(counted).fold(ScriptCount::default(), ScriptCount::plus),
                    ..clause
                },
            }
        })
    }

    /// The byte ranges in which nothing is fixed, within a piece of the line that is given by its start and length.
    pub fn free(&self, start: usize, length: usize) -> impl Iterator<Item = Range<usize>> {
        let end = start + length;
        let fixed = self.within(start..end).iter().map(|(range, _)| range.clone());
        let ends = fixed.chain(std::iter::once(end..end));
        let mut from = start;
        ends.filter_map(move |fixed| {
            let free = from..fixed.start.clamp(from, end);
            from = from.max(fixed.end.min(end));
            (!free.is_empty()).then_some(free)
        })
    }

    /// The ranges that overlap a byte range. They are found by binary search, because a line may have as many of them
    /// as clauses.
    fn within(&self, range: Range<usize>) -> &[Fix<'o>] {
        let from = self.places.partition_point(|(place, _)| place.end <= range.start);
        let reaching = self.places[from..].partition_point(|(place, _)| place.start < range.end);
        &self.places[from..from + reaching]
    }

    /// Appends the converted form of a piece of a line that starts at byte `start`: fixed text as fixed, and the rest
    /// converted.
    pub fn cut(
        &self,
        text: &str,
        start: usize,
        output: &mut String,
        mut convert: impl FnMut(&str, &mut String),
    ) {
        let end = start + text.len();
        let mut from = start;
        for (range, fixed) in self.within(start..end) {
            if range.start > from {
                convert(&text[from - start..range.start - start], output);
            }
            let inside = range.start.max(start)..range.end.min(end);
            match fixed {
                // A range that extends over several pieces is replaced where it starts.
                Some(fixed) if range.start >= start => output.push_str(fixed),
                Some(_) => {}
                None => output.push_str(&text[inside.start - start..inside.end - start]),
            }
            from = inside.end;
        }
        if from < end {
            convert(&text[from - start..], output);
        }
    }
}

/// Sorts unchanged ranges and merges those that overlap.
fn unite(places: &mut Vec<Fix>) {
    places.sort_by_key(|(range, _)| range.start);
    places.dedup_by(|(next, _), (last, _)| {
        let overlap = next.start < last.end;
        if overlap {
            last.end = last.end.max(next.end);
        }
        overlap
    });
}

/// Sorts ranges and drops those that overlap an earlier one.
fn keep_apart(places: &mut Vec<Fix>) {
    places.sort_by_key(|(range, _)| range.start);
    let mut end = 0;
    places.retain(|(range, _)| {
        let apart = range.start >= end;
        end = if apart { range.end } else { end };
        apart
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_overlapping_places_stays() {
        let mut fixed = Fixed::default();
        fixed.add(2..4, Some("x"));
        fixed.add(0..3, None);
        fixed.add(5..6, Some("yz"));
        fixed.settle();
        let cut = |text: &str, start| {
            let mut output = String::new();
            fixed.cut(text, start, &mut output, |text, output| output.push_str(&text.to_uppercase()));
            output
        };
        assert_eq!(cut("abcdefg", 0), "abcDEyzG");
        assert_eq!((cut("ab", 0) + &cut("cdefg", 2)), "abcDEyzG");
        assert_eq!(fixed.free(0, 7).collect::<Vec<_>>(), [3..5, 6..7]);
        assert_eq!(fixed.free(4, 1).next(), Some(4..5));
    }
}
