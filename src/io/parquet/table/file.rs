//! A table in a file.

use std::fs::File;
use std::path::Path;

use parquet::arrow::ProjectionMask;
use serde::de::DeserializeOwned;

use super::super::super::input::{Input, InputError};
use super::super::file::ParquetFile;
use super::form::TableForm;
use super::reader::TableRows;
use super::schema::{KIND, VERSION, setting_key};

/// A table that another run wrote.
pub(crate) struct Table {
    pub(super) input: Input,
    pub(super) file: ParquetFile,
}

impl Table {
    /// Opens a table, whatever its kind.
    ///
    /// # Errors
    /// If the file cannot be read, is damaged, or is no table.
    pub fn open(path: &Path) -> Result<Self, InputError> {
        let input = Input::File(path.to_owned());
        if path.is_dir() {
            return Err(InputError::Folder { input });
        }
        let opened = File::open(path).map_err(|error| input.error(error))?;
        match ParquetFile::open(opened) {
            Err(reason) => Err(InputError::Content { input, reason }),
            Ok(file) => Ok(Self { input, file }),
        }
    }

    /// The name of its kind; `None` if it is another file of Parquet.
    pub fn kind(&self) -> Option<&str> {
        self.value(KIND)
    }

    /// The value of a setting by which it was made.
    pub fn setting(&self, name: &str) -> Option<&str> {
        self.value(&setting_key(name))
    }

    /// Makes sure that it has the columns of a kind.
    ///
    /// # Errors
    /// If it is of another version, or a column is missing.
    pub fn check(&self, form: &TableForm) -> Result<(), InputError> {
        let (version, expected) = (self.value(VERSION).unwrap_or("none"), form.version.to_string());
        if version != expected {
            return Err(self.error(format!(
                "its columns are of version {version}, and this program reads version {expected}; write it again"
            )));
        }
        let missing = form.columns.iter().find(|column| self.file.columns().find(column.name).is_none());
        missing.map_or(Ok(()), |column| Err(self.error(format!("has no column {:?}", column.name))))
    }

    /// The rows, with the values of some columns. Others have their defaults.
    pub fn rows<T: DeserializeOwned>(&self, columns: &[&str]) -> TableRows<'_, T> {
        let schema = self.file.footer.parquet_schema();
        TableRows::new(self, ProjectionMask::columns(schema, columns.iter().copied()))
    }

    /// An error in this table.
    pub fn error(&self, reason: String) -> InputError {
        InputError::Content { input: self.input.clone(), reason }
    }

    /// A value of the metadata.
    fn value(&self, key: &str) -> Option<&str> {
        let metadata = self.file.footer.metadata().file_metadata().key_value_metadata()?;
        metadata.iter().find(|pair| pair.key == key)?.value.as_deref()
    }
}
