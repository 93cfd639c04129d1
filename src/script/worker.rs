//! Exact conversion on one thread.

use std::borrow::Cow;
use std::cell::RefCell;

use super::converter::Converter;
use super::opencc::Scratch;

/// Converts on one thread, with a buffer that is reused. Made by [`Converter::worker`].
#[derive(Debug)]
pub struct Worker {
    converter: Converter,
    scratch: RefCell<Scratch>,
}

impl Worker {
    pub(super) fn new(converter: Converter) -> Self {
        Self { converter, scratch: RefCell::default() }
    }

    /// Like [`Converter::convert`].
    pub fn convert<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut output = String::with_capacity(text.len() + text.len() / 16);
        self.convert_into(text, &mut output);
        if output == text { Cow::Borrowed(text) } else { Cow::Owned(output) }
    }

    /// Like [`Converter::convert_into`].
    pub fn convert_into(&self, text: &str, output: &mut String) {
        self.converter.convert_with(text, output, &mut self.scratch.borrow_mut());
    }

    pub(super) fn normalized_start(&self, text: &str) -> Option<String> {
        self.converter.normalized_start(text)
    }

    pub(super) fn cut(&self, text: &str) -> usize {
        self.converter.cut(text)
    }
}
