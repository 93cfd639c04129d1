//! First records that show that a field is named wrongly. One message then stands for thousands.

use super::fields::listed;
use super::object::{Object, field, fields_of, text, text_of};
use super::record::Fields;

/// Number of records that show it.
const SEVERAL: usize = 2;

/// Says that no record has a text, if that is so of several objects.
pub(super) fn without_text<'r>(records: impl Iterator<Item = &'r str>, fields: &Fields) -> Option<String> {
    let mut errors = Vec::new();
    for object in records.filter_map(object) {
        match text_of(&object, fields).and_then(|(name, raw)| text(name, raw)) {
            Ok(_) => return None,
            Err(error) => errors.push(error),
        }
    }
    let first = errors.first().filter(|_| errors.len() >= SEVERAL)?;
    Some(format!("no text in the first {} records: the first one {first}", errors.len()))
}

/// Names the field that the user named and that no record has, if there are several objects.
pub(super) fn lacking<'r>(records: impl Iterator<Item = &'r str> + Clone, fields: &Fields) -> Option<String> {
    fields.named().find_map(|(option, name)| {
        let mut count = 0;
        let mut objects = records.clone().filter_map(object).inspect(|_| count += 1);
        if objects.any(|object| field(&object, name).is_some()) || count < SEVERAL {
            return None;
        }
        let first = records.clone().find_map(object)?;
        let names = fields_of(&first);
        Some(no_such_field(option, name, &names.iter().map(|(name, _)| *name).collect::<Vec<_>>()))
    })
}

/// The message about a field that does not exist.
pub(super) fn no_such_field(option: &str, name: &str, names: &[&str]) -> String {
    format!("{option} {name}: no record has such a field; the fields are {}", listed(names))
}

fn object(record: &str) -> Option<Object<'_>> {
    serde_json::from_str(record.trim()).ok()
}
