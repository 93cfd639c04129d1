//! The work of a worker: it parses records, and does the job with each.

use super::super::jobs::{Article, Job, Outcome};
use super::plan::Plan;
use super::source::{Event, Unit};
use crate::io::{Batch, Entry, Failure, Notice, Record};

/// The result for an entry.
pub(super) enum Done {
    /// The job was done with a record.
    Processed(Record, Box<Outcome>),
    /// A record that contains no article.
    Faulty(Failure),
    /// Something that is told of the input.
    Notice(Notice),
    /// Bytes that are copied unchanged.
    Verbatim(Vec<u8>),
}

/// Does the job with a unit of work. The result depends on nothing else.
pub(super) fn process(unit: Unit<Box<dyn Batch>>, plan: &Plan, job: &dyn Job) -> Unit<Vec<Done>> {
    let done = |event| match event {
        Event::Begin(index) => Event::Begin(index),
        Event::Opened(format, compression) => Event::Opened(format, compression),
        Event::Notice(notice) => Event::Notice(notice),
        Event::Records(batch) => Event::Records(records(batch, plan, job)),
        Event::Failed(failure) => Event::Failed(failure),
        Event::End => Event::End,
    };
    unit.into_iter().map(done).collect()
}

fn records(batch: Box<dyn Batch>, plan: &Plan, job: &dyn Job) -> Vec<Done> {
    let done = |entry| match entry {
        Entry::Record(record) => record_done(record, plan, job),
        Entry::Faulty(failure) => Done::Faulty(failure),
        Entry::Notice(notice) => Done::Notice(notice),
        Entry::Verbatim(bytes) => Done::Verbatim(bytes),
    };
    batch.entries().into_iter().map(done).collect()
}

fn record_done(record: Record, plan: &Plan, job: &dyn Job) -> Done {
    let title = record.title.as_deref().or(plan.title);
    let outcome = job.process(&Article { name: &record.name, text: &record.text, title });
    Done::Processed(record, Box::new(outcome))
}
