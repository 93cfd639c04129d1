//! An object of JSON, with the names of fields that stand in it more than once.

use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::object::Object;

/// The fields of an object. Of a field that stands in it more than once it has the last.
#[derive(Default)]
pub(super) struct Unique<'j> {
    pub object: Object<'j>,
    /// The names of fields that stand in it more than once.
    pub repeated: Vec<String>,
}

impl<'de> Deserialize<'de> for Unique<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(UniqueVisitor)
    }
}

struct UniqueVisitor;

impl<'de> Visitor<'de> for UniqueVisitor {
    type Value = Unique<'de>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Unique<'de>, A::Error> {
        let mut unique = Unique::default();
        while let Some((name, value)) = map.next_entry::<Cow<'de, str>, &'de RawValue>()? {
            match unique.object.entry(name) {
                Entry::Vacant(field) => {
                    field.insert(value);
                }
                Entry::Occupied(mut field) => {
                    unique.repeated.push(field.key().to_string());
                    field.insert(value);
                }
            }
        }
        Ok(unique)
    }
}
