//! The work of a worker: it parses records, and does the job with each.

use super::super::jobs::{Article, Job, Outcome};
use super::plan::RunPlan;
use super::source::{RunEvent, Unit, Unread};
use crate::clean::Exceptions;
use crate::io::{Entry, Failure, Input, InputRecord, Notice, PagePart, found, repaired};

/// The result for an entry.
pub(super) enum Done {
    /// The job was done with a record.
    Processed(InputRecord, Box<Outcome>),
    /// A record that contains no article.
    Faulty(Failure),
    /// Something that is told of the input.
    Notice(Notice),
    /// Bytes that are copied unchanged.
    Verbatim(Vec<u8>),
}

/// The results for a batch.
pub(super) struct Results {
    /// The number of bytes that were read for the batch.
    pub bytes: usize,
    pub entries: Vec<Done>,
}

/// Does the job with a unit of work. The result depends on nothing else.
pub(super) fn process(unit: Unit<Unread>, plan: &RunPlan, job: &dyn Job) -> Unit<Results> {
    let done = |event| match event {
        RunEvent::Begin(index) => RunEvent::Begin(index),
        RunEvent::Opened(format, compression, writer) => RunEvent::Opened(format, compression, writer),
        RunEvent::Notice(notice) => RunEvent::Notice(notice),
        RunEvent::Records(unread) => RunEvent::Records(records(unread, plan, job)),
        RunEvent::Failed(failure) => RunEvent::Failed(failure),
        RunEvent::End => RunEvent::End,
    };
    unit.into_iter().map(done).collect()
}

fn records(unread: Unread, plan: &RunPlan, job: &dyn Job) -> Results {
    let Unread { index, batch, exceptions } = unread;
    let (bytes, input) = (batch.bytes(), &plan.inputs[index].input);
    let done = |entry| match entry {
        Entry::Record(record) => record_done(record, input, plan, job, &exceptions),
        Entry::Faulty(failure) => vec![Done::Faulty(failure)],
        Entry::Notice(notice) => vec![Done::Notice(notice)],
        Entry::Verbatim(bytes) => vec![Done::Verbatim(bytes)],
    };
    Results { bytes, entries: batch.entries().into_iter().flat_map(done).collect() }
}

fn record_done(
    mut record: InputRecord,
    input: &Input,
    plan: &RunPlan,
    job: &dyn Job,
    exceptions: &Exceptions,
) -> Vec<Done> {
    let mut done = match page(&mut record, plan.reading.html, plan.is_repeated) {
        Ok(notice) => Vec::from_iter(notice.map(Done::Notice)),
        Err(reason) => return vec![Done::Faulty(failure(&record, reason))],
    };
    if !plan.is_repeated {
        done.extend(mojibake(&record, plan.reading.repair_mojibake).map(Done::Notice));
    }
    if let Some(text) = plan.reading.repair_mojibake.then(|| repaired(&record.text)).flatten() {
        (record.text, record.repaired) = (text, true);
    }
    if let Some(reason) = plan.reading.max_record.excess_of_lines(&record.text) {
        return vec![Done::Faulty(failure(&record, &reason))];
    }
    let title = plan.title.or(record.title.as_deref());
    let publisher = record.publisher(input).into_owned();
    let outcome = job.process(&Article {
        name: &record.name,
        text: &record.text,
        title,
        has_title_field: record.has_title_field(),
        is_page: record.page.is_some(),
        publisher: &publisher,
        site: &record.site,
        date: record.date.as_deref(),
        path: input.path(),
        exceptions,
    });
    done.push(match &outcome.failure {
        Some(reason) => Done::Faulty(failure(&record, reason)),
        None => Done::Processed(record, Box::new(outcome)),
    });
    done
}

fn failure(record: &InputRecord, reason: &str) -> Failure {
    Failure {
        name: record.name.clone(),
        message: format!("{}: {reason}", record.name),
        source: Some(record.source.clone().into_bytes()).filter(|source| !source.is_empty()),
    }
}

/// Reads a page that a record holds in the field of its text, if it is asked for.
fn page(
    record: &mut InputRecord,
    part: Option<PagePart>,
    is_repeated: bool,
) -> Result<Option<Notice>, &'static str> {
    if !record.has_fields() {
        return Ok(None);
    }
    if let Some(part) = part {
        let remark = record.read_page(part)?;
        return Ok(remark.map(|remark| Notice::Remark(format!("{}: {remark}", record.name))));
    }
    if is_repeated {
        return Ok(None);
    }
    let advice = || {
        format!(
            "{}: the text is a page of HTML; --html main reads its article, and --html whole all of it",
            record.name
        )
    };
    Ok(record.holds_page().then(|| Notice::Advice(advice())))
}

/// Says where a text was decoded in a wrong encoding.
fn mojibake(record: &InputRecord, repairs: bool) -> impl Iterator<Item = Notice> {
    found(&record.text).into_iter().map(move |found| {
        let what = match (found.certain, repairs) {
            (true, true) => "; repaired",
            (true, false) => "; --repair-mojibake repairs it",
            (false, _) => "",
        };
        Notice::Warning(format!("{}:{}: holds {}{what}", record.name, found.line, found.what))
    })
}
