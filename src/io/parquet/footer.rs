//! Checks of a footer before the crate `parquet` reads it.
//!
//! The crate reserves memory for as many row groups and columns as the footer announces, and calls itself for each column
//! in a column. A hostile footer of a few bytes can so end the process, and nobody can catch that. A footer is a struct
//! of Thrift in its compact form: each value has the number of its field and its type before it.

/// The deepest nesting of columns.
const DEEPEST: usize = 100;

/// The deepest nesting of values of Thrift. Without the columns, which are a flat list, a footer nests to seven.
const DEEPEST_VALUE: usize = 32;

/// The numbers of fields that are looked at.
const COLUMNS: i64 = 2;
const ENCRYPTION: i64 = 8;
const CHILDREN: i64 = 5;

/// The types of values that have no fixed form.
mod kind {
    pub const FALSE: u8 = 2;
    pub const BYTE: u8 = 3;
    pub const NUMBER: u8 = 6;
    pub const DOUBLE: u8 = 7;
    pub const BYTES: u8 = 8;
    pub const LIST: u8 = 9;
    pub const SET: u8 = 10;
    pub const STRUCT: u8 = 12;
}

/// Checks a footer.
///
/// # Errors
/// If it is damaged, announces more than it has, nests too deep, or belongs to a file with encrypted columns.
pub(super) fn check(footer: &[u8]) -> Result<(), &'static str> {
    let (mut encrypted, mut depth) = (false, 0);
    let end = FooterBytes(footer).fields(|values, field, kind| {
        encrypted |= field == ENCRYPTION;
        if field != COLUMNS || kind != kind::LIST {
            return values.skip(kind, 0);
        }
        depth = columns(values)?;
        Some(())
    });
    match end {
        _ if encrypted => Err("has encrypted columns; decrypt it first"),
        _ if depth > DEEPEST => Err("damaged Parquet: its columns nest more than 100 deep"),
        None => Err("damaged Parquet: its footer is not valid"),
        Some(()) => Ok(()),
    }
}

/// How deep the columns nest. They are a list in which the children of a column follow it.
fn columns(values: &mut FooterBytes) -> Option<usize> {
    let (_, count) = values.list()?;
    let (mut deepest, mut open) = (0, Vec::new());
    for _ in 0..count {
        let mut children = 0;
        values.fields(|values, field, kind| match (field, kind) {
            (CHILDREN, 4..=kind::NUMBER) => {
                children = usize::try_from(values.number()?).ok().filter(|children| *children <= count)?;
                Some(())
            }
            _ => values.skip(kind, 0),
        })?;
        while open.last() == Some(&0) {
            open.pop();
        }
        open.last_mut().into_iter().for_each(|left| *left -= 1);
        open.push(children);
        deepest = deepest.max(open.len());
    }
    Some(deepest)
}

/// The bytes of values. Where they are not valid, the methods give `None`.
struct FooterBytes<'b>(&'b [u8]);

impl FooterBytes<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn bytes(&mut self, count: usize) -> Option<()> {
        self.0 = self.0.get(count..)?;
        Some(())
    }

    /// A number without a sign. Seven bits of each byte belong to it, and the eighth says whether another one follows.
    fn length(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..u64::BITS).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    /// A number whose last bit is the sign.
    fn number(&mut self) -> Option<i64> {
        let length = self.length()?;
        Some((length >> 1) as i64 ^ -((length & 1) as i64))
    }

    /// The type of the values of a list, and how many they are. Each has a byte at least.
    fn list(&mut self) -> Option<(u8, usize)> {
        let head = self.byte()?;
        let count = match head >> 4 {
            15 => usize::try_from(self.length()?).ok()?,
            few => usize::from(few),
        };
        (count <= self.0.len()).then_some((head & 0x0F, count))
    }

    /// Gives the number and the type of each field of a struct to `field`, which reads or skips the value.
    fn fields(&mut self, mut field: impl FnMut(&mut Self, i64, u8) -> Option<()>) -> Option<()> {
        let mut number = 0_i64;
        loop {
            let head = self.byte()?;
            if head & 0x0F == 0 {
                return Some(());
            }
            number = match head >> 4 {
                0 => self.number()?,
                step => number.checked_add(i64::from(step))?,
            };
            field(self, number, head & 0x0F)?;
        }
    }

    /// Skips the value of a field.
    fn skip(&mut self, kind: u8, depth: usize) -> Option<()> {
        match kind {
            1..=kind::FALSE => Some(()),
            kind::BYTE => self.bytes(1),
            4..=kind::NUMBER => self.length().map(drop),
            kind::DOUBLE => self.bytes(8),
            kind::BYTES => {
                let length = usize::try_from(self.length()?).ok()?;
                self.bytes(length)
            }
            _ if depth == DEEPEST_VALUE => None,
            kind::LIST | kind::SET => self.skip_list(depth),
            kind::STRUCT => self.fields(|values, _, kind| values.skip(kind, depth + 1)),
            _ => None,
        }
    }

    fn skip_list(&mut self, depth: usize) -> Option<()> {
        let (kind, count) = self.list()?;
        for _ in 0..count {
            match kind {
                // In a list, a value that is true or false has a byte.
                1..=kind::FALSE => self.bytes(1)?,
                kind => self.skip(kind, depth + 1)?,
            }
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A column with a name of one letter, and with children.
    fn column(children: u8) -> Vec<u8> {
        vec![0x48, 1, b'a', 0x15, children * 2, 0]
    }

    /// A footer with these columns, each with its bytes.
    fn with(columns: &[Vec<u8>], behind: &[u8]) -> Vec<u8> {
        let count = columns.len();
        let head = [0x15, 4, 0x19, 0xFC, count as u8 | 0x80, (count >> 7) as u8];
        [&head[..], &columns.concat(), &[0x16, 0], behind].concat()
    }

    #[test]
    fn a_footer_announces_what_it_has() {
        let columns = [column(2), column(0), column(0)];
        assert_eq!(check(&with(&columns, &[0x19, 0x0C, 0])), Ok(()));
        let damaged = Err("damaged Parquet: its footer is not valid");
        // Two thousand million row groups.
        assert_eq!(check(&with(&columns, &[0x19, 0xFC, 0xFF, 0xFF, 0xFF, 0xFF, 7, 0])), damaged);
        assert_eq!(check(&with(&[column(100)], &[0])), damaged);
        assert_eq!(check(&with(&columns, &[])), damaged);
        assert_eq!(check(&[]), damaged);
        let encrypted = with(&columns, &[0x5C, 0x1C, 0, 0, 0]);
        assert_eq!(check(&encrypted), Err("has encrypted columns; decrypt it first"));
    }

    #[test]
    fn columns_nest_to_a_depth() {
        let nested = |depth: usize| [vec![column(1); depth - 1], vec![column(0)]].concat();
        assert_eq!(check(&with(&nested(DEEPEST), &[0])), Ok(()));
        assert!(check(&with(&nested(DEEPEST + 1), &[0])).is_err());
        assert_eq!(check(&with(&[vec![column(60)], vec![column(0); 60]].concat(), &[0])), Ok(()));
        let lists = [&[0x19][..], &[0x19; 1000], &[0x10, 0]].concat();
        assert!(check(&with(&[column(0)], &lists)).is_err());
    }
}
