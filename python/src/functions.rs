//! The functions of the package.

use std::ffi::OsString;

use pyo3::prelude::*;
use pythonize::{depythonize, pythonize};
use qingwen::clean::RemovedSpan;
use qingwen::cli::embedded;
use qingwen::identify::Identification;

use crate::error::error;

/// Runs a command line, of which the first word is the program, and returns the exit code. Ends the process where the line
/// itself is wrong.
#[pyfunction]
pub fn main(py: Python<'_>, words: Vec<OsString>) -> u8 {
    py.detach(|| embedded::run(words))
}

/// The comparison key of a text: two lines with the same key say the same. Script, width, case, punctuation and spaces do
/// not count. A key is empty if the text has no letters, digits or Han characters. Keys may be stored: ``FOLD_VERSION`` is a
/// number that grows whenever a text gets another key, and keys of different versions must not be compared.
///
/// >>> from qingwen import fold
/// >>> fold("圍觀!來看") == fold("围观！ 来看")
/// True
#[pyfunction]
pub fn fold(py: Python<'_>, text: &str) -> String {
    py.detach(|| qingwen::fold(text))
}

/// The script of a text, and the evidence for it.
///
/// ``script`` is ``"hans"``, ``"hant"``, ``"shared"`` (every character occurs in both scripts) or ``"unknown"``. ``region``
/// is ``"tw"``, ``"hk"`` or ``"other"``, and only Traditional text has it. ``hans`` and ``hant`` are the numbers of
/// deciding characters, ``shared`` that of the other Han characters.
///
/// >>> from qingwen import inspect
/// >>> found = inspect("头发乱了")
/// >>> found["script"], found["hans"], found["hant"]
/// ('hans', 3, 0)
#[pyfunction]
pub fn inspect<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    let identified = py.detach(|| Identification::of(text));
    Ok(pythonize(py, &identified)?)
}

/// All rules with their documentation, as ``qingwen rules --json`` prints them.
///
/// >>> from qingwen import rules
/// >>> next(rule["category"] for rule in rules() if rule["id"] == "share/bar")
/// 'share'
#[pyfunction]
pub fn rules(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    Ok(pythonize(py, qingwen::rules::rules())?)
}

/// The manual page of a rule (``"repeat/headline"``) or a guard (``"guard/verse"``), as ``qingwen explain`` prints it.
///
/// Raises:
///     QingwenError: there is no such page. The message names what there is.
///
/// >>> from qingwen import explain
/// >>> explain("share/bar").splitlines()[0]
/// 'share/bar'
#[pyfunction]
pub fn explain(py: Python<'_>, rule: &str) -> PyResult<String> {
    py.detach(|| embedded::explain(rule)).map_err(error)
}

/// Puts removed text back into the clean text: all of it, or that of some lines by their numbers in the source.
///
/// ``removed`` are the records of ``Cleaned.removed``, or the rows of a file that ``qingwen clean --removed`` wrote.
///
/// Raises:
///     QingwenError: the removed text is not that of this text.
///
/// >>> from qingwen import Cleaner, restore
/// >>> cleaned = Cleaner().clean("街坊說,好。\n分享到:")
/// >>> restore(cleaned.text, cleaned.removed)
/// '街坊說，好。\n分享到:'
#[pyfunction]
#[pyo3(signature = (text, removed, lines=None))]
pub fn restore(text: &str, removed: &Bound<'_, PyAny>, lines: Option<Vec<usize>>) -> PyResult<String> {
    let removed: Vec<RemovedSpan> = depythonize(removed)?;
    let restored = match lines {
        None => qingwen::clean::restore(text, &removed),
        Some(lines) => qingwen::clean::restore_lines(text, &removed, &lines),
    };
    restored.ok_or_else(|| error("the removed text is not that of this text"))
}
