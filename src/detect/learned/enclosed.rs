//! Enclosed lines: lines between lines that go.

/// Maximum number of lines on some pages between a line and the line that goes above it or below it.
const NEAR: usize = 2;

/// The kind of a line, as its neighbours see it.
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

/// The positions of the lines that go above and below a line. The end of the page (`None`) can stand for the
/// line below.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Enclosing {
    pub above: usize,
    pub below: Option<usize>,
}

/// For each line, the lines that go above and below it, if no line of the page's own is between. Any number
/// of lines on most pages may be between, but only a few lines on some pages: copies of an article have such
/// lines too. The end of the page counts as a line that goes. Its start does not, because headlines are
/// there.
pub(crate) fn enclosing<K: Copy>(lines: &[AdjacentLine<K>]) -> Vec<Option<Enclosing>> {
    (0..lines.len()).map(|position| around(lines, position)).collect()
}

fn around<K: Copy>(lines: &[AdjacentLine<K>], position: usize) -> Option<Enclosing> {
    let above = boundary(lines, (0..position).rev())??;
    let below = boundary(lines, position + 1..lines.len())?;
    Some(Enclosing { above, below })
}

/// The first line that goes in a direction, or the edge of the page (`Some(None)`); `None` if another line
/// comes before it.
fn boundary<K: Copy>(
    lines: &[AdjacentLine<K>],
    positions: impl Iterator<Item = usize>,
) -> Option<Option<usize>> {
    let mut near = NEAR;
    for position in positions {
        match lines[position] {
            AdjacentLine::Goes(_) => return Some(Some(position)),
            AdjacentLine::OnMost => {}
            AdjacentLine::OnSome => near = near.checked_sub(1)?,
            AdjacentLine::Own => return None,
        }
    }
    Some(None)
}

/// The nearest line that goes above or below a line that comes with such lines. No line of the page's own is between, and
/// besides lines that come with them too only a few.
pub(crate) fn companion<K>(
    lines: &[AdjacentLine<K>],
    in_company: impl Fn(usize) -> bool,
    position: usize,
) -> Option<usize> {
    let nearest = |positions: &mut dyn Iterator<Item = usize>| {
        let mut near = NEAR;
        for other in positions {
            match lines[other] {
                AdjacentLine::Goes(_) => return Some(other),
                AdjacentLine::Own => return None,
                _ if in_company(other) => {}
                _ => near = near.checked_sub(1)?,
            }
        }
        None
    };
    let (above, below) = (nearest(&mut (0..position).rev()), nearest(&mut (position + 1..lines.len())));
    above.into_iter().chain(below).min_by_key(|other| other.abs_diff(position))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `x` goes, `m` is on most pages, `s` on some, and `o` is the page's own. `c` is on some pages and comes with lines
    /// that go.
    fn neighbours(lines: &str) -> Vec<AdjacentLine<()>> {
        let neighbour = |letter| match letter {
            'x' => AdjacentLine::Goes(()),
            'm' => AdjacentLine::OnMost,
            's' | 'c' => AdjacentLine::OnSome,
            _ => AdjacentLine::Own,
        };
        lines.chars().map(neighbour).collect()
    }

    fn enclosed(lines: &str) -> Vec<usize> {
        let lines = neighbours(lines);
        let found = enclosing(&lines).into_iter().zip(&lines).enumerate();
        let found = found.filter(|(_, (found, line))| {
            found.is_some() && matches!(line, AdjacentLine::OnMost | AdjacentLine::OnSome)
        });
        found.map(|(position, _)| position).collect()
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

    /// For each line that comes with lines that go, the line that it goes with.
    fn companions(lines: &str) -> Vec<Option<usize>> {
        let in_company = |position: usize| lines.as_bytes()[position] == b'c';
        let of = |position| companion(&neighbours(lines), in_company, position);
        (0..lines.len()).filter(|position| in_company(*position)).map(of).collect()
    }

    #[test]
    fn lines_go_with_the_nearest_line_that_goes() {
        for (lines, expected) in [
            ("occx", &[Some(3), Some(3)][..]),
            ("ocsscx", &[Some(5), Some(5)]),
            ("ocssscx", &[None, Some(6)]),
            ("xcccccccccco", &[Some(0); 10]),
            ("xcx", &[Some(0)]),
            ("cox", &[None]),
            ("c", &[None]),
        ] {
            assert_eq!(companions(lines), expected, "{lines}");
        }
    }
}
