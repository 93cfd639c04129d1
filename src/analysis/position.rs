//! Positions of lines, each kind a type of its own: a row of a view is neither a rank in it nor a line of the
//! source.

use std::ops::Range;

use typed_index_collections::TiSlice;

macro_rules! position {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub(crate) struct $name(usize);

        impl From<usize> for $name {
            fn from(index: usize) -> Self {
                Self(index)
            }
        }

        impl From<$name> for usize {
            fn from(position: $name) -> Self {
                position.0
            }
        }

        #[allow(dead_code, reason = "not every kind of position needs every step")]
        impl $name {
            /// The position so many lines above; `None` if there are not so many lines above.
            pub fn above(self, lines: usize) -> Option<Self> {
                self.0.checked_sub(lines).map(Self)
            }

            /// The position so many lines above, or the first position.
            pub fn above_or_first(self, lines: usize) -> Self {
                Self(self.0.saturating_sub(lines))
            }

            /// The position so many lines below. It may be after the last line.
            pub fn below(self, lines: usize) -> Self {
                Self(self.0.saturating_add(lines))
            }

            /// The distance of two positions in lines.
            pub fn distance(self, other: Self) -> usize {
                self.0.abs_diff(other.0)
            }

            /// The positions of a range, in order.
            pub fn all(range: Range<Self>) -> impl DoubleEndedIterator<Item = Self> + ExactSizeIterator + Clone {
                (range.start.0..range.end.0).map(Self)
            }
        }
    };
}

position! {
    /// The index of a line among all lines of a view, from 0. It means nothing in another view.
    Row
}

position! {
    /// The index of a line among the lines of a view that are not blank, from 0. It means nothing in another
    /// view.
    Rank
}

position! {
    /// The number of a physical line in the source, from 1.
    LineNo
}

/// One value for each line that is not blank.
pub(crate) type Ranked<T> = TiSlice<Rank, T>;
