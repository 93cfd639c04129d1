//! What was removed, and the metadata, as columns.

use std::sync::Arc;

use arrow_array::{Array, ArrayRef, Int64Array, ListArray, StructArray};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::{ArrowError, DataType, Field};
use qingwen::Cleaned;
use qingwen::clean::{Metadata, Removal};

use super::strings;

/// The removals of each article: a list of records, as those of the report. The evidence is JSON.
pub fn removals(articles: &[Option<Cleaned>]) -> Result<ArrayRef, ArrowError> {
    let lengths = articles.iter().map(|cleaned| cleaned.as_ref().map_or(0, |cleaned| cleaned.removals.len()));
    let all: Vec<&Removal> = articles.iter().flatten().flat_map(|cleaned| &cleaned.removals).collect();
    let numbers = |number: fn(&Removal) -> usize| integers(all.iter().map(|removal| number(removal)));
    let evidence = all.iter().map(|removal| serde_json::to_string(&removal.evidence));
    let evidence =
        evidence.collect::<Result<Vec<_>, _>>().map_err(|e| ArrowError::JsonError(e.to_string()))?;
    let records = records(
        vec![
            ("line", numbers(|removal| removal.line)),
            ("start", numbers(|removal| removal.span.start)),
            ("end", numbers(|removal| removal.span.end)),
            ("category", texts(all.iter().map(|removal| Some(removal.category.name())))?),
            ("rule", texts(all.iter().map(|removal| Some(removal.rule.as_ref())))?),
            ("certainty", texts(all.iter().map(|removal| Some(removal.certainty.name())))?),
            ("text", texts(all.iter().map(|removal| Some(removal.text.as_str())))?),
            ("evidence", texts(evidence.iter().map(|json| Some(json.as_str())))?),
        ],
        None,
    )?;
    list(lengths, records, nulls(articles))
}

/// The metadata of each article: a record.
pub fn metadata(articles: &[Option<Cleaned>]) -> Result<ArrayRef, ArrowError> {
    let nothing = Metadata::default();
    let all: Vec<&Metadata> = articles
        .iter()
        .map(|cleaned| cleaned.as_ref().map_or(&nothing, |cleaned| &cleaned.metadata))
        .collect();
    let one = |field: fn(&Metadata) -> &Option<String>| texts(all.iter().map(move |it| field(it).as_deref()));
    let several = |field: fn(&Metadata) -> &Vec<String>| {
        let values = all.iter().flat_map(|it| field(it)).map(|value| Some(value.as_str()));
        list(all.iter().map(|it| field(it).len()), texts(values)?, None)
    };
    let columns = vec![
        ("byline", several(|it| &it.byline)?),
        ("editor", several(|it| &it.editor)?),
        ("source", one(|it| &it.source)?),
        ("account", one(|it| &it.account)?),
        ("date", one(|it| &it.date)?),
        ("date_iso", one(|it| &it.date_iso)?),
        ("original_title", one(|it| &it.original_title)?),
        ("photo_credit", several(|it| &it.photo_credit)?),
    ];
    records(columns, nulls(articles))
}

/// Which articles are none.
fn nulls(articles: &[Option<Cleaned>]) -> Option<NullBuffer> {
    Some(articles.iter().map(Option::is_some).collect())
}

/// Numbers and places. None is larger than a text.
fn integers(numbers: impl Iterator<Item = usize>) -> ArrayRef {
    Arc::new(Int64Array::from_iter_values(numbers.map(|number| i64::try_from(number).unwrap_or(i64::MAX))))
}

fn texts<'s>(texts: impl Iterator<Item = Option<&'s str>> + Clone) -> Result<ArrayRef, ArrowError> {
    strings::write(texts, &DataType::Utf8)
}

fn records(columns: Vec<(&str, ArrayRef)>, nulls: Option<NullBuffer>) -> Result<ArrayRef, ArrowError> {
    let fields: Vec<Field> =
        columns.iter().map(|(name, array)| Field::new(*name, array.data_type().clone(), true)).collect();
    let arrays = columns.into_iter().map(|(_, array)| array).collect();
    Ok(Arc::new(StructArray::try_new(fields.into(), arrays, nulls)?))
}

/// Lists of the given lengths, one after another.
fn list(
    lengths: impl Iterator<Item = usize> + Clone,
    values: ArrayRef,
    nulls: Option<NullBuffer>,
) -> Result<ArrayRef, ArrowError> {
    strings::check(lengths.clone())?;
    let field = Arc::new(Field::new("item", values.data_type().clone(), true));
    Ok(Arc::new(ListArray::try_new(field, OffsetBuffer::from_lengths(lengths), values, nulls)?))
}
