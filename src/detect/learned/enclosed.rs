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
}
