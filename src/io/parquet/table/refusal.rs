//! Tables in a build without the feature: none is read or written.

use std::convert::Infallible;
use std::io;
use std::iter::Empty;
use std::marker::PhantomData;
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::super::super::input::{Input, InputError};
use super::super::super::output::Output;
use super::form::TableForm;

/// The message about such a build.
const NEEDED: &str = "a table is a file of Parquet; build qingwen with --features parquet";

/// There is none.
pub(crate) struct TableWriter<T>(Infallible, PhantomData<T>);

impl<T: Serialize> TableWriter<T> {
    pub fn new(_output: Output, _form: &TableForm, _settings: &[(&str, String)]) -> io::Result<Self> {
        Err(io::Error::new(io::ErrorKind::Unsupported, NEEDED))
    }

    pub fn add(&mut self, _row: T, _bytes: usize) -> io::Result<()> {
        match self.0 {}
    }

    pub fn finish(self) -> io::Result<Output> {
        match self.0 {}
    }
}

/// There is none.
pub(crate) enum Table {}

impl Table {
    pub fn open(path: &Path) -> Result<Self, InputError> {
        Err(InputError::Content { input: Input::File(path.to_owned()), reason: NEEDED.to_owned() })
    }

    pub fn kind(&self) -> Option<&str> {
        match *self {}
    }

    pub fn setting(&self, _name: &str) -> Option<&str> {
        match *self {}
    }

    pub fn check(&self, _form: &TableForm) -> Result<(), InputError> {
        match *self {}
    }

    pub fn rows<T: DeserializeOwned>(&self, _columns: &[&str]) -> Empty<Result<T, InputError>> {
        match *self {}
    }

    pub fn error(&self, _reason: String) -> InputError {
        match *self {}
    }
}
