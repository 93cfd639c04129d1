//! Memory is bounded: what is read and written at a time does not grow with a file.

use std::fs::File;
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use parquet::arrow::ArrowWriter;

use super::super::format::{BATCH, Reader};
use super::super::input::Input;
use super::super::reading::Reading;
use super::super::record::{Entry, InputRecord, RecordChange};
use super::reader::RowGroups;

/// Rows of the file.
const ROWS: usize = 4000;

/// A file whose row groups have so many rows. No two texts are equal.
fn file(rows_of_a_group: usize) -> File {
    let texts: StringArray = (0..ROWS).map(|row| Some(text(row))).collect();
    let batch = RecordBatch::try_from_iter([("text", Arc::new(texts) as ArrayRef)]).expect("it is written");
    let file = tempfile::tempfile().expect("a temporary file");
    let mut writer = ArrowWriter::try_new(file.try_clone().expect("the file"), batch.schema(), None)
        .expect("it is written");
    // One row group at a time: the writer would call itself for each of those that a batch has.
    for start in (0..ROWS).step_by(rows_of_a_group) {
        writer.write(&batch.slice(start, rows_of_a_group.min(ROWS - start))).expect("it is written");
        writer.flush().expect("it is written");
    }
    writer.close().expect("it is written");
    file
}

fn text(row: usize) -> String {
    format!("{row}{}", "老街夜市".repeat(50))
}

fn reader(rows_of_a_group: usize) -> RowGroups {
    RowGroups::of(file(rows_of_a_group), &Input::Standard, &Reading::default()).expect("Parquet")
}

/// The next records; none at the end.
fn records(reader: &mut RowGroups) -> Vec<InputRecord> {
    let batch = reader.next_batch().expect("rows");
    let entries = batch.into_iter().flat_map(|batch| batch.entries());
    let record = |entry| match entry {
        Entry::Record(record) => record,
        entry => panic!("{entry:?}"),
    };
    entries.map(record).collect()
}

#[test]
fn a_row_group_is_read_in_small_batches() {
    for rows_of_a_group in [1, 700, ROWS] {
        let mut reader = reader(rows_of_a_group);
        let mut next = 0;
        loop {
            let records = records(&mut reader);
            let bytes: usize = records.iter().map(|record| record.text.len()).sum();
            assert!(bytes <= 2 * BATCH, "{bytes} bytes at row {next} of groups of {rows_of_a_group}");
            if records.is_empty() {
                break;
            }
            for record in records {
                assert_eq!((&record.name, &record.text), (&format!("-:{}", next + 1), &text(next)));
                next += 1;
            }
        }
        assert_eq!(next, ROWS);
    }
}

#[test]
fn a_row_group_is_written_when_the_next_one_begins() {
    let mut reader = reader(1000);
    let mut writer = reader.writer();
    let (mut out, mut lengths) = (Vec::new(), Vec::new());
    loop {
        let records = records(&mut reader);
        if records.is_empty() {
            break;
        }
        for record in records {
            let change = RecordChange { text: &record.text, title: None, added: &[] };
            writer.record(&mut out, &record, &change).expect("it is written");
        }
        if lengths.last() != Some(&out.len()) {
            lengths.push(out.len());
        }
    }
    // Before the first row group is complete, only the beginning of the file is written.
    assert_eq!((lengths.len(), lengths[0]), (4 + 1, 0), "{lengths:?}");
    writer.finish(&mut out).expect("it is written");
    assert!(out.ends_with(b"PAR1") && writer.is_unchanged());
}
