//! Lines that stand between lines that go.

/// Lines on some pages that may stand between a line and the lines that go above and below it.
const NEAR: usize = 2;

/// What a line is to its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AdjacentLine<K> {
    /// It goes, as something of this kind.
    Goes(K),
    /// It stands on most pages.
    OnMost,
    /// It stands on some pages.
    OnSome,
    /// It is the page's own.
    Own,
}

/// The places of the lines that go above and below a line. The end of the page stands for the one below.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Enclosing {
    pub above: usize,
    pub below: Option<usize>,
}

/// For each line, the lines that go above and below it, if none of the page's own is between. Any number of lines that stand
/// on most pages may be there, and a few of those on some: copies of an article have such lines too. The end of the page
/// stands for a line that goes below. Its start stands for none, because headlines are there.
pub(crate) fn enclosing<K: Copy>(lines: &[AdjacentLine<K>]) -> Vec<Option<Enclosing>> {
    (0..lines.len()).map(|place| around(lines, place)).collect()
}

fn around<K: Copy>(lines: &[AdjacentLine<K>], place: usize) -> Option<Enclosing> {
    let above = boundary(lines, (0..place).rev())??;
    let below = boundary(lines, place + 1..lines.len())?;
    Some(Enclosing { above, below })
}

/// The first line that goes in a direction, or the edge of the page; `None` where another line is before it.
fn boundary<K: Copy>(
    lines: &[AdjacentLine<K>],
    places: impl Iterator<Item = usize>,
) -> Option<Option<usize>> {
    let mut near = NEAR;
    for place in places {
        match lines[place] {
            AdjacentLine::Goes(_) => return Some(Some(place)),
            AdjacentLine::OnMost => {}
            AdjacentLine::OnSome => near = near.checked_sub(1)?,
            AdjacentLine::Own => return None,
        }
    }
    Some(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `x` goes, `m` is on most pages, `s` on some, and `o` is the page's own.
    fn enclosed(lines: &str) -> Vec<usize> {
        let neighbour = |letter| match letter {
            'x' => AdjacentLine::Goes(()),
            'm' => AdjacentLine::OnMost,
            's' => AdjacentLine::OnSome,
            _ => AdjacentLine::Own,
        };
        let lines: Vec<_> = lines.chars().map(neighbour).collect();
        let found = enclosing(&lines).into_iter().zip(&lines).enumerate();
        let found = found.filter(|(_, (found, line))| {
            found.is_some() && matches!(line, AdjacentLine::OnMost | AdjacentLine::OnSome)
        });
        found.map(|(place, _)| place).collect()
    }

    #[test]
    fn lines_between_lines_that_go_are_found() {
        for (lines, expected) in [
            ("oxsxo", &[2][..]),
            ("oxsssxo", &[2, 3, 4]),
            ("oxssssxo", &[3, 4]),
            ("oxssssssxo", &[]),
            ("oxmmmmxo", &[2, 3, 4, 5]),
            ("oxs", &[2]),
            ("oxsss", &[2, 3, 4]),
            ("sxo", &[]),
            ("mxo", &[]),
            ("mm", &[]),
            ("oss", &[]),
            ("oxso", &[]),
            ("osx", &[]),
            ("", &[]),
        ] {
            assert_eq!(enclosed(lines), expected, "{lines}");
        }
    }
}
