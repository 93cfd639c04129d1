//! What is told of inputs: notices and failures. A run that reads the inputs again tells them no second time.

use super::super::super::{complain, harmless};
use super::Delivery;
use crate::io::{Encoding, Failure, Notice};

impl Delivery<'_> {
    /// Tells what is to be told of an input.
    ///
    /// # Errors
    /// If a sink cannot record it.
    pub fn notice(&mut self, notice: Notice) -> anyhow::Result<()> {
        match notice {
            Notice::Encoding(encoding) => return self.encoding(encoding),
            _ if self.plan.is_repeated => {}
            Notice::Warning(message) => tracing::warn!("{}", harmless(&message)),
            Notice::Remark(message) if !self.plan.quiet => tracing::info!("{}", harmless(&message)),
            Notice::Advice(message) if !self.advised => {
                self.advised = true;
                tracing::warn!("{}", harmless(&message));
            }
            Notice::Remark(_) | Notice::Advice(_) => {}
        }
        Ok(())
    }

    /// Takes the encoding of the current input.
    fn encoding(&mut self, encoding: &'static Encoding) -> anyhow::Result<()> {
        let input = &self.plan.inputs[self.input].input;
        if !self.plan.is_repeated {
            tracing::debug!("{input}: {}", encoding.name());
        }
        match self.recoding.as_mut().map(|recoding| recoding.source(encoding)) {
            Some(Err(reason)) => self.unwritten(&format!("{input}: {reason}")),
            _ => Ok(()),
        }
    }

    /// Reports a failure to read.
    ///
    /// # Errors
    /// If a sink cannot record it.
    pub fn failed(&mut self, failure: &Failure) -> anyhow::Result<()> {
        if !self.plan.is_repeated {
            complain(&failure.message);
        }
        self.recorded(failure)
    }

    /// Reports that a result cannot be written. No reading before this one has told it.
    ///
    /// # Errors
    /// If a sink cannot record it.
    pub fn unwritten(&mut self, message: &str) -> anyhow::Result<()> {
        complain(message);
        self.recorded(&self.plan.failure(self.input, &message))
    }

    fn recorded(&mut self, failure: &Failure) -> anyhow::Result<()> {
        self.state.failed = true;
        self.state.input_failed = true;
        self.sinks.failed(failure)
    }
}
