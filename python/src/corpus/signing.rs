//! What is known of an article, so that its copies are found.

use std::num::NonZeroUsize;
use std::sync::Arc;

use arrow_array::builder::{ListBuilder, PrimitiveBuilder};
use arrow_array::cast::AsArray;
use arrow_array::types::UInt32Type;
use arrow_array::{ArrayRef, UInt32Array, UInt64Array};
use arrow_schema::{ArrowError, DataType, Field};
use pyo3::prelude::*;
use pyo3_arrow::input::AnyArray;
use qingwen::corpus::{ComparedTexts, Signature};
use qingwen::identify::Script;

use crate::arrow::{Columns, mapped, strings};
use crate::error::error;
use crate::parallel;

/// Adds what is known of each text, by which copies are found: the columns ``key``, ``characters``, ``script``, ``bands`` and
/// ``shingles``. ``docs/columns.md`` says what they are; they are those of ``qingwen corpus sign``.
///
/// ``data`` is a record batch, an array of strings, or a stream of them, as for ``Cleaner.clean_arrow``. ``cleaned`` compares
/// what cleaning leaves of a text. It takes seven times as long, and is for short articles of sites that print much around
/// them. ``threads`` is the number of threads for each part of a stream.
///
/// Raises:
///     QingwenError: the column is missing or has no strings, or there is a column of one of these names.
///
/// >>> import pyarrow as pa
/// >>> from qingwen.corpus import sign
/// >>> signed = pa.record_batch(sign(pa.record_batch({"text": ["老街夜市,搬走了!", "老街夜市，搬走了"]})))
/// >>> signed["characters"].to_pylist(), len(set(signed["key"].to_pylist()))
/// ([7, 7], 1)
#[pyfunction]
#[pyo3(signature = (data, text="text", cleaned=false, threads=1))]
pub fn sign<'py>(
    py: Python<'py>,
    data: AnyArray,
    text: &str,
    cleaned: bool,
    threads: usize,
) -> PyResult<Bound<'py, PyAny>> {
    let threads = NonZeroUsize::new(threads).ok_or_else(|| error("threads must be 1 or more"))?;
    let signer = Signer { text: text.to_owned(), compared: ComparedTexts::new(cleaned), threads };
    mapped(py, data, move |array| signer.sign(array))
}

/// How texts are signed.
struct Signer {
    /// The column.
    text: String,
    compared: ComparedTexts,
    threads: NonZeroUsize,
}

impl Signer {
    fn sign(&self, array: &ArrayRef) -> Result<ArrayRef, ArrowError> {
        let mut columns = match array.as_struct_opt() {
            Some(batch) => Columns::of(batch),
            None => Columns::of_one(&self.text, array),
        };
        let source = columns.get(&self.text)?;
        let texts = strings::read(&source, &self.text)?;
        let signed =
            |text: &Option<&str>| Signature::with_shingles(&self.compared.of(text.unwrap_or_default()));
        let signed = parallel::map(&texts, self.threads.get(), signed);
        let signatures = || signed.iter().map(|(signature, _)| signature);
        let keys = UInt64Array::from_iter_values(signatures().map(Signature::key_hash));
        columns.add("key", Arc::new(keys))?;
        let characters = UInt32Array::from_iter_values(signatures().map(Signature::characters));
        columns.add("characters", Arc::new(characters))?;
        let scripts = signatures().map(|signature| signature.script().map(Script::name));
        columns.add("script", strings::write(scripts, &DataType::Utf8)?)?;
        columns.add("bands", lists(signatures().map(|signature| &signature.bands()[..]))?)?;
        columns.add("shingles", lists(signed.iter().map(|(_, shingles)| shingles.hashes()))?)?;
        Ok(Arc::new(columns.into_batch()?))
    }
}

/// A list of numbers for each article.
fn lists<'l>(lists: impl Iterator<Item = &'l [u32]> + Clone) -> Result<ArrayRef, ArrowError> {
    strings::check(lists.clone().map(<[u32]>::len))?;
    let item = Field::new("item", DataType::UInt32, false);
    let mut builder = ListBuilder::new(PrimitiveBuilder::<UInt32Type>::new()).with_field(item);
    for list in lists {
        builder.values().append_slice(list);
        builder.append(true);
    }
    Ok(Arc::new(builder.finish()))
}
