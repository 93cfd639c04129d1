//! Which articles are copies of one another.

use std::collections::HashMap;

use arrow_array::cast::AsArray;
use arrow_array::types::UInt32Type;
use arrow_array::{Array, ArrayRef, UInt32Array};
use arrow_schema::{ArrowError, DataType};
use pyo3::prelude::*;
use pyo3_arrow::input::AnyArray;
use pyo3_arrow::{PyArray, PyRecordBatch};
use qingwen::Target;
use qingwen::corpus::{
    Collection, ComparedPair, Comparison, Date, Duplicate, Keep, Shingles, Signature, Thresholds,
};
use qingwen::identify::Script;
use serde::{Deserialize, Serialize};

use super::rows::{field, has_column, read, write};
use crate::arrow::failed;
use crate::error::error;

/// An article. A caller that gives pairs need not give bands and shingles.
#[derive(Deserialize)]
struct ArticleRow {
    article: i64,
    key: u64,
    characters: u32,
    #[serde(default)]
    script: Option<String>,
    #[serde(default)]
    date: Option<String>,
    #[serde(default)]
    bands: Vec<u32>,
    #[serde(default)]
    shingles: Vec<u32>,
}

/// A pair of articles, with the number of shingles of each one and of both.
#[derive(Deserialize)]
struct PairRow {
    a: i64,
    b: i64,
    a_shingles: u32,
    b_shingles: u32,
    shared: u32,
}

/// A copy.
#[derive(Serialize)]
struct CopyRow {
    article: i64,
    of: i64,
    kept: i64,
    similarity: f64,
    containment: f64,
    kind: String,
}

/// The articles that are copies of others, as ``qingwen corpus dedup`` finds them: a record batch with the columns
/// ``article``, ``of`` (the article of which it is a copy), ``kept`` (the one that stays instead), ``similarity``,
/// ``containment`` and ``kind`` (``"same"``, ``"revision"``, ``"excerpt"``, ``"other-script"``).
///
/// ``articles`` is a table with the columns of ``sign``, and ``article``: a number, by which the articles are in order. With
/// ``keep="newest"`` it also needs ``date``.
///
/// An engine may have found and compared the pairs. Then ``pairs`` is a table with the columns ``a`` and ``b`` (two
/// articles), ``a_shingles`` and ``b_shingles`` (how many each of them has), and ``shared`` (how many are in both). The
/// articles then need no ``bands`` and no ``shingles``, and may be a part of the collection out of which no pair leads.
///
/// ``keep`` says which of several copies stays: ``"first"``, ``"longest"``, ``"newest"``, or with ``to="hant"``
/// ``"target-script"``. ``similarity`` and ``containment`` are the least shares of copies and of excerpts, from 0.5 to 1.
///
/// Raises:
///     QingwenError: a column is missing, or an option cannot be followed.
///
/// >>> import pyarrow as pa
/// >>> from qingwen.corpus import duplicates, sign
/// >>> texts = ["老街夜市,搬走了!", "別的文章。", "老街夜市，搬走了"]
/// >>> batch = pa.record_batch({"article": range(3), "text": texts})
/// >>> pa.record_batch(duplicates(sign(batch))).to_pylist()[0]
/// {'article': 2, 'of': 0, 'kept': 0, 'similarity': 1.0, 'containment': 1.0, 'kind': 'same'}
#[pyfunction]
#[pyo3(signature = (articles, pairs=None, keep="first", to=None, similarity=0.7, containment=0.9))]
pub fn duplicates(
    py: Python<'_>,
    articles: AnyArray,
    pairs: Option<AnyArray>,
    keep: &str,
    to: Option<&str>,
    similarity: f64,
    containment: f64,
) -> PyResult<PyRecordBatch> {
    let keep = self::keep(keep, to)?;
    if keep == Keep::Newest && !has_column(&articles, "date")? {
        return Err(error("keep=\"newest\" needs dates: a column \"date\""));
    }
    let thresholds = thresholds(similarity, containment)?;
    let mut articles: Vec<ArticleRow> = read(py, articles)?;
    let pairs: Option<Vec<PairRow>> = pairs.map(|pairs| read(py, pairs)).transpose()?;
    articles.sort_by_key(|article| article.article);
    let found = py.detach(|| {
        let comparison = match pairs {
            None => compared(&mut articles, thresholds)?,
            Some(pairs) => of_pairs(&articles, &pairs, thresholds)?,
        };
        copies(&articles, &comparison.duplicates(keep))
    });
    Ok(PyRecordBatch::new(found.map_err(failed)?.into()))
}

/// The number of shingles that are in both lists, row by row: two columns ``shingles`` that ``sign`` made. The similarity of
/// two articles is this number divided by that of the shingles in either.
///
/// Raises:
///     QingwenError: these are no lists of such numbers, or they differ in length.
///
/// >>> import pyarrow as pa
/// >>> from qingwen.corpus import shared
/// >>> lists = pa.list_(pa.uint32())
/// >>> pa.array(shared(pa.array([[1, 2, 3]], lists), pa.array([[2, 3, 4]], lists))).to_pylist()
/// [2]
#[pyfunction]
pub fn shared(py: Python<'_>, a: PyArray, b: PyArray) -> PyResult<PyArray> {
    let counts = py.detach(|| -> Result<UInt32Array, ArrowError> {
        let (a, b) = (lists(a.array())?, lists(b.array())?);
        if a.len() != b.len() {
            let message = format!("{} lists and {} lists cannot be compared", a.len(), b.len());
            return Err(ArrowError::InvalidArgumentError(message));
        }
        let count = |(a, b): (Shingles, Shingles)| u32::try_from(a.shared(&b)).unwrap_or(u32::MAX);
        Ok(a.into_iter().zip(b).map(count).collect::<Vec<_>>().into())
    });
    Ok(PyArray::from_array_ref(std::sync::Arc::new(counts.map_err(failed)?)))
}

fn lists(array: &ArrayRef) -> Result<Vec<Shingles>, ArrowError> {
    let wrong = || {
        let message = format!("these are no lists of 32-bit numbers, but {}", array.data_type());
        ArrowError::InvalidArgumentError(message)
    };
    let numbers = |list: Option<ArrayRef>| {
        let list = list.unwrap_or_else(|| arrow_array::new_empty_array(&DataType::UInt32));
        let numbers = list.as_primitive_opt::<UInt32Type>().ok_or_else(wrong)?;
        Ok(Shingles::from_hashes(numbers.values().to_vec()))
    };
    if let Some(lists) = array.as_list_opt::<i32>() {
        lists.iter().map(numbers).collect()
    } else if let Some(lists) = array.as_list_opt::<i64>() {
        lists.iter().map(numbers).collect()
    } else {
        Err(wrong())
    }
}

/// Which of several copies stays.
fn keep(keep: &str, to: Option<&str>) -> PyResult<Keep> {
    let to = to.map(|to| to.parse::<Target>().map_err(error)).transpose()?;
    match (keep, to.map(Target::script)) {
        ("first", None) => Ok(Keep::First),
        ("longest", None) => Ok(Keep::Longest),
        ("newest", None) => Ok(Keep::Newest),
        ("target-script", Some(Some(script))) => Ok(Keep::Script(script)),
        ("target-script", _) => {
            Err(error("keep=\"target-script\" needs a script: to=\"hans\" or to=\"hant\""))
        }
        ("first" | "longest" | "newest", Some(_)) => Err(error("to is for keep=\"target-script\"")),
        _ => Err(error(format!("no such keep: {keep:?}; there are first, longest, target-script, newest"))),
    }
}

fn thresholds(similarity: f64, containment: f64) -> PyResult<Thresholds> {
    match [similarity, containment].iter().all(|share| (0.5..=1.0).contains(share)) {
        true => Ok(Thresholds { similarity, containment }),
        false => Err(error("similarity and containment are shares from 0.5 to 1")),
    }
}

/// The signatures of articles, in their order.
fn collection(articles: &[ArticleRow]) -> Result<Collection, ArrowError> {
    let mut collection = Collection::default();
    for article in articles {
        let (signature, date) = signature(article)?;
        collection.add_dated(signature, date);
    }
    Ok(collection)
}

fn signature(article: &ArticleRow) -> Result<(Signature, Option<Date>), ArrowError> {
    let wrong =
        |what: String| ArrowError::InvalidArgumentError(format!("article {}: {what}", article.article));
    let script = |name: &String| {
        Script::named(name).ok_or_else(|| wrong(format!("{name:?} is no script; there are hans and hant")))
    };
    let script = article.script.as_ref().map(script).transpose()?;
    let mut bands = [0; Signature::BANDS];
    if !article.bands.is_empty() {
        let count = article.bands.len();
        bands = article.bands[..].try_into().map_err(|_| wrong(format!("{count} bands")))?;
    }
    let date = article.date.as_deref().and_then(Date::parse);
    Ok((Signature::from_parts(article.key, article.characters, script, bands), date))
}

/// Finds the pairs and compares them.
fn compared(articles: &mut [ArticleRow], thresholds: Thresholds) -> Result<Comparison, ArrowError> {
    let missing = articles.iter().find(|article| article.bands.is_empty());
    if let Some(missing) = missing {
        let message = format!("article {}: it has no bands, and no pairs are given", missing.article);
        return Err(ArrowError::InvalidArgumentError(message));
    }
    let mut comparison = Comparison::new(collection(articles)?, thresholds);
    for (number, article) in articles.iter_mut().enumerate() {
        if comparison.needs(number) {
            comparison.add(number, Shingles::from_hashes(std::mem::take(&mut article.shingles)));
        }
    }
    Ok(comparison)
}

/// The comparison with pairs that an engine compared.
fn of_pairs(
    articles: &[ArticleRow],
    pairs: &[PairRow],
    thresholds: Thresholds,
) -> Result<Comparison, ArrowError> {
    let numbers: HashMap<i64, usize> =
        articles.iter().enumerate().map(|(number, article)| (article.article, number)).collect();
    let number = |article: i64| {
        let message = || format!("a pair has article {article}, which is not among the articles");
        numbers.get(&article).copied().ok_or_else(|| ArrowError::InvalidArgumentError(message()))
    };
    let pair = |pair: &PairRow| {
        let counts = [pair.a_shingles, pair.b_shingles].map(|count| count as usize);
        let compared = ComparedPair::new([number(pair.a)?, number(pair.b)?], counts, pair.shared as usize);
        let message = || format!("articles {} and {} are no pair of two, or share too much", pair.a, pair.b);
        compared.ok_or_else(|| ArrowError::InvalidArgumentError(message()))
    };
    let pairs = pairs.iter().map(pair).collect::<Result<Vec<_>, _>>()?;
    Ok(Comparison::of_pairs(collection(articles)?, thresholds, pairs))
}

/// The copies as a batch.
fn copies(articles: &[ArticleRow], duplicates: &[Duplicate]) -> Result<arrow_array::StructArray, ArrowError> {
    let named = |number: usize| articles.get(number).map_or(-1, |article| article.article);
    let row = |duplicate: &Duplicate| CopyRow {
        article: named(duplicate.article),
        of: named(duplicate.of),
        kept: named(duplicate.kept),
        similarity: duplicate.similarity,
        containment: duplicate.containment,
        kind: duplicate.kind.name().to_owned(),
    };
    let rows: Vec<CopyRow> = duplicates.iter().map(row).collect();
    let number = |name| field(name, DataType::Int64, false);
    let share = |name| field(name, DataType::Float64, false);
    let fields = [
        number("article"),
        number("of"),
        number("kept"),
        share("similarity"),
        share("containment"),
        field("kind", DataType::Utf8, false),
    ];
    write(&rows, &fields)
}
