//! What a table is.

/// A kind of table. Rows are read and written by `serde`, whose fields have the names of the columns.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct TableForm {
    /// The name of the kind.
    pub kind: &'static str,
    /// What a file of this kind is called in messages.
    pub title: &'static str,
    /// The version of the columns. Another one is refused, because its values may mean something else.
    pub version: u32,
    pub columns: &'static [Column],
}

/// A column of a table.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Column {
    pub name: &'static str,
    pub values: ColumnType,
    /// Whether a row may have no value.
    pub nullable: bool,
}

/// The type of a column's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ColumnType {
    Text,
    U32,
    U64,
    /// A list of numbers of 32 bits.
    ListU32,
}

impl Column {
    /// A column that has a value in each row.
    pub const fn new(name: &'static str, values: ColumnType) -> Self {
        Self { name, values, nullable: false }
    }

    /// The same, where rows may have no value.
    pub const fn nullable(self) -> Self {
        Self { nullable: true, ..self }
    }
}
