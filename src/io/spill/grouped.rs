//! Sorted rows, in groups of those that begin with the same number.

use std::io;

use super::row::{Row, whole};

/// Rows that begin with the same two words, which are the halves of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RowGroup<const N: usize> {
    /// The first of the rows.
    pub first: Row<N>,
    /// The number of different rows.
    pub different: u64,
    /// Whether a row comes more than once.
    pub repeats: bool,
}

impl<const N: usize> RowGroup<N> {
    /// The number with which the rows begin.
    pub fn number(&self) -> u64 {
        number(&self.first)
    }
}

/// Groups rows that are sorted.
pub(crate) fn grouped<const N: usize>(
    rows: impl Iterator<Item = io::Result<Row<N>>>,
) -> impl Iterator<Item = io::Result<RowGroup<N>>> {
    let mut rows = rows.peekable();
    std::iter::from_fn(move || {
        let first = match rows.next()? {
            Ok(first) => first,
            Err(error) => return Some(Err(error)),
        };
        let mut group = RowGroup { first, different: 1, repeats: false };
        let mut last = first;
        let is_next = |row: &io::Result<Row<N>>| row.as_ref().is_ok_and(|row| number(row) == number(&first));
        while let Some(Ok(row)) = rows.next_if(is_next) {
            match row == last {
                true => group.repeats = true,
                false => group.different += 1,
            }
            last = row;
        }
        Some(Ok(group))
    })
}

fn number<const N: usize>(row: &Row<N>) -> u64 {
    whole([row.0[0], row.0[1]])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_a_number_are_one_group() {
        let rows = [[0, 1, 5], [0, 1, 5], [0, 1, 6], [1, 1, 5]].map(Row);
        let groups: Vec<_> = grouped(rows.into_iter().map(Ok)).map(Result::unwrap).collect();
        assert_eq!(
            groups,
            [
                RowGroup { first: rows[0], different: 2, repeats: true },
                RowGroup { first: rows[3], different: 1, repeats: false }
            ]
        );
        assert_eq!((groups[0].number(), groups[1].number()), (1, (1 << 32) + 1));
    }

    #[test]
    fn an_error_comes_through() {
        let rows = [Ok(Row([0, 1])), Err(io::Error::other("a broken disk"))];
        let groups: Vec<_> = grouped(rows.into_iter()).collect();
        assert!(matches!(&groups[..], [Ok(_), Err(_)]));
    }
}
