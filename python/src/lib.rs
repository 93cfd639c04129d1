//! The Python module `qingwen._qingwen`: the library's cleaner and converters, and the command. The package in `qingwen/`
//! gives these items their names.

mod arrow;
mod cleaned;
mod cleaner;
mod converter;
mod corpus;
mod error;
mod functions;
mod many;
mod options;
mod parallel;

/// The compiled part of the package `qingwen`.
#[pyo3::pymodule]
mod _qingwen {
    use pyo3::prelude::*;

    #[pymodule_export]
    use super::cleaner::Cleaner;
    #[pymodule_export]
    use super::converter::Converter;
    #[pymodule_export]
    use super::corpus::{count_lines, duplicates, join_models, learn, shared, sign};
    #[pymodule_export]
    use super::error::QingwenError;
    #[pymodule_export]
    use super::functions::{explain, fold, inspect, main, restore, rules};
    #[pymodule_export]
    use super::many::CleanedTexts;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))?;
        module.add("FOLD_VERSION", qingwen::clean::FOLD_VERSION)?;
        module.add("SHORTEST_KEY", qingwen::corpus::SHORTEST_KEY)?;
        module.add("BUCKET_NEIGHBOURS", qingwen::corpus::BUCKET_NEIGHBOURS)
    }
}
