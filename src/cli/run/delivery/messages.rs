//! What is told of inputs: notices and failures. A run that reads the inputs again tells them no second time.

use super::super::super::{complain, harmless};
use super::Delivery;
use crate::io::{Failure, Notice};

impl Delivery<'_> {
    /// Tells what is to be told of an input.
    ///
    /// # Errors
    /// If a sink cannot record it.
    pub fn notice(&mut self, notice: Notice) -> anyhow::Result<()> {
        match notice {
            _ if self.plan.is_repeated => {}
            Notice::Warning(message) => tracing::warn!("{}", harmless(&message)),
            Notice::Remark(message) if !self.plan.quiet => tracing::info!("{}", harmless(&message)),
            Notice::Advice(message) if !self.advised => {
                self.advised = true;
                tracing::warn!("{}", harmless(&message));
            }
            Notice::Remark(_) | Notice::Advice(_) => {}
            Notice::Encoding(encoding) => {
                tracing::debug!("{}: {}", self.plan.inputs[self.input].input, encoding.name());
                if let Some(Err(reason)) = self.recoding.as_mut().map(|recoding| recoding.source(encoding)) {
                    let message = format!("{}: {reason}", self.plan.inputs[self.input].input);
                    return self.failed(&self.plan.failure(self.input, &message));
                }
            }
        }
        Ok(())
    }

    /// Reports a failure.
    ///
    /// # Errors
    /// If a sink cannot record it.
    pub fn failed(&mut self, failure: &Failure) -> anyhow::Result<()> {
        if !self.plan.is_repeated {
            complain(&failure.message);
        }
        self.state.failed = true;
        self.state.input_failed = true;
        self.sinks.failed(failure)
    }
}
