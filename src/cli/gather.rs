//! A reading of all inputs that gathers something and writes nothing.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::Ending;
use super::destination::Destination;
use super::jobs::Job;
use super::run::{RunPlan, run};
use super::sinks::{Processed, Sink, Sinks, Totals};
use crate::io::Output;

/// Runs a job on all articles, and adds its outcomes to a beginning, in order. The sinks beside get the articles too.
pub(super) fn gather<T: Default + Send + 'static>(
    plan: &RunPlan,
    job: &dyn Job,
    beginning: T,
    add: fn(&mut T, &Processed) -> anyhow::Result<()>,
    beside: Vec<Box<dyn Sink>>,
) -> anyhow::Result<(T, Ending)> {
    let gathered = Shared::new(beginning);
    let mut sinks: Vec<Box<dyn Sink>> = vec![Box::new(Gathering { gathered: gathered.clone(), add })];
    sinks.extend(beside);
    let sinks = Sinks::begin().with(sinks);
    let ending = run(plan, job, Destination::nowhere(), sinks)?;
    Ok((gathered.take(), ending))
}

struct Gathering<T> {
    gathered: Shared<T>,
    add: fn(&mut T, &Processed) -> anyhow::Result<()>,
}

impl<T: Default + Send> Sink for Gathering<T> {
    fn article(&mut self, article: &Processed) -> anyhow::Result<()> {
        (self.add)(&mut self.gathered.lock(), article)
    }

    fn finish(self: Box<Self>, _totals: &Totals) -> anyhow::Result<Option<Output>> {
        Ok(None)
    }
}

/// Something that a sink fills, and that is taken when the reading has ended.
pub(super) struct Shared<T>(Arc<Mutex<T>>);

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T: Default> Shared<T> {
    pub fn new(value: T) -> Self {
        Self(Arc::new(Mutex::new(value)))
    }

    /// The value. Only one sink uses it at a time.
    pub fn lock(&self) -> MutexGuard<'_, T> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the value out.
    pub fn take(&self) -> T {
        std::mem::take(&mut self.lock())
    }
}
