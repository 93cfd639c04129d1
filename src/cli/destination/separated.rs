//! One output for many results.

use std::io::{self, Write};

use anyhow::Context;

use crate::io::{Output, Packed};

/// An output that records whether its last line has ended, so that two inputs do not run together in one line.
pub(in crate::cli) struct Separated {
    /// `None` only after an error of the output.
    pub output: Option<Packed>,
    pub ended: bool,
}

impl Separated {
    pub fn new(output: Packed) -> Self {
        Self { output: Some(output), ended: true }
    }

    pub fn output(&mut self) -> Option<&mut Output> {
        self.output.as_mut().map(Packed::output)
    }

    pub fn separate(&mut self) -> anyhow::Result<()> {
        if !self.ended {
            self.write_all(b"\n").context("cannot write the result")?;
        }
        Ok(())
    }

    fn packed(&mut self) -> io::Result<&mut Packed> {
        self.output.as_mut().ok_or_else(|| io::Error::other("the output has failed before"))
    }
}

impl Write for Separated {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.packed()?.write(bytes)?;
        if let Some(last) = written.checked_sub(1).and_then(|last| bytes.get(last)) {
            self.ended = *last == b'\n';
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.packed()?.flush()
    }
}
