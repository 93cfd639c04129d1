//! The columns from which a record is read.

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, RecordBatch, StringArray};
use arrow_cast::{can_cast_types, cast};
use arrow_schema::{ArrowError, DataType, Fields as Columns};

use super::super::fields::{missing, text_field};
use super::super::misnamed::no_such_field;
use super::super::record::Fields;

/// The place of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ColumnPlace {
    /// Its index among the columns.
    pub column: usize,
    /// If that column is a struct, the index of a field in it, and so on.
    pub fields: Vec<usize>,
}

/// The columns of a record.
#[derive(Debug)]
pub(super) struct Places {
    pub text: ColumnPlace,
    pub title: Option<ColumnPlace>,
    pub id: Option<ColumnPlace>,
    pub source: Option<ColumnPlace>,
    pub url: Option<ColumnPlace>,
    pub date: Option<ColumnPlace>,
    /// What to say of a field that the user named and that does not exist.
    pub misnamed: Option<String>,
}

impl Places {
    /// The places of the fields that are named.
    ///
    /// # Errors
    /// If there is no column for the text, and if the text or the title is no text.
    pub fn of(columns: &Columns, fields: &Fields) -> Result<Self, String> {
        let names: Vec<&str> = columns.iter().map(|column| column.name().as_str()).collect();
        let name = text_field(fields.text.as_deref(), &names).map_err(|error| error.to_string())?;
        let misnamed = fields.named().find(|(_, name)| find(columns, name).is_none());
        let of_words = |name: &str| words(columns, name);
        Ok(Self {
            text: text(columns, name)?.ok_or_else(|| missing(name, &names).to_string())?,
            title: fields.title.as_deref().map_or(Ok(None), |name| text(columns, name))?,
            id: of_words(&fields.id),
            source: fields.source.as_deref().and_then(of_words),
            url: fields.url.as_deref().and_then(of_words),
            date: fields.date.as_deref().and_then(of_words),
            misnamed: misnamed.map(|(option, name)| no_such_field(option, name, &names)),
        })
    }

    /// Whether the title is a column of its own.
    pub fn has_title(&self) -> bool {
        self.title.as_ref().is_some_and(|title| *title != self.text)
    }
}

/// The place and the type of a column. A name with dots may name a field in a struct.
fn find<'c>(columns: &'c Columns, name: &str) -> Option<(ColumnPlace, &'c DataType)> {
    if let Some((column, field)) = columns.find(name) {
        return Some((ColumnPlace { column, fields: Vec::new() }, field.data_type()));
    }
    name.match_indices('.').find_map(|(dot, _)| {
        let (column, field) = columns.find(&name[..dot])?;
        let DataType::Struct(inner) = field.data_type() else { return None };
        let (place, data_type) = find(inner, &name[dot + 1..])?;
        let fields = std::iter::once(place.column).chain(place.fields).collect();
        Some((ColumnPlace { column, fields }, data_type))
    })
}

/// The place of a column of text.
fn text(columns: &Columns, name: &str) -> Result<Option<ColumnPlace>, String> {
    match find(columns, name) {
        Some((_, data_type)) if !is_text(data_type) => {
            Err(format!("the column {name:?} is no text: its type is {data_type}"))
        }
        found => Ok(found.map(|(place, _)| place)),
    }
}

/// Whether values of a type are texts. Texts can be written as all these types.
fn is_text(data_type: &DataType) -> bool {
    match data_type {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => true,
        DataType::Dictionary(_, values) => is_text(values) && can_cast_types(&DataType::Utf8, data_type),
        _ => false,
    }
}

/// The place of a column whose values can be written in words.
fn words(columns: &Columns, name: &str) -> Option<ColumnPlace> {
    let found = find(columns, name);
    found.filter(|(_, data_type)| can_cast_types(data_type, &DataType::Utf8)).map(|(place, _)| place)
}

/// The values of a column, as texts.
pub(super) struct ColumnTexts {
    /// The structs around the column.
    structs: Vec<ArrayRef>,
    values: StringArray,
}

impl ColumnTexts {
    /// The texts of a column.
    ///
    /// # Errors
    /// If they are too long together.
    pub fn of(batch: &RecordBatch, place: &ColumnPlace) -> Result<Self, ArrowError> {
        let mut column = ArrayRef::clone(batch.column(place.column));
        let mut structs = Vec::new();
        for field in &place.fields {
            let inner = ArrayRef::clone(column.as_struct().column(*field));
            structs.push(std::mem::replace(&mut column, inner));
        }
        let values = cast(&column, &DataType::Utf8)?.as_string().clone();
        Ok(Self { structs, values })
    }

    /// The text of a row. There is none if the column or a struct around it is null.
    pub fn get(&self, row: usize) -> Option<&str> {
        let exists = self.values.is_valid(row) && self.structs.iter().all(|array| array.is_valid(row));
        exists.then(|| self.values.value(row))
    }
}
