//! Parquet: the same texts as in JSON Lines, and all other columns as they were.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Int8Type, Int32Type as ArrowInt32Type, TimestampNanosecondType};
use arrow_array::{
    Array, ArrayRef, BooleanArray, DictionaryArray, Float64Array, Int64Array, LargeStringArray, ListArray,
    RecordBatch, StringArray, StringViewArray, StructArray, TimestampMillisecondArray,
};
use arrow_cast::cast;
use arrow_schema::{DataType, Field, Fields};
use bytes::Bytes;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::{Compression, GzipLevel, Type};
use parquet::data_type::{ByteArray, ByteArrayType, Int32Type, Int96, Int96Type};
use parquet::file::metadata::{KeyValue, ParquetMetaData};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use serde_json::json;

use crate::support::{ARTICLE, CLEAN, Folder};

/// Rows of a test's file.
const ROWS: usize = 100;
/// Rows of each row group but the last.
const ROWS_OF_A_GROUP: usize = 40;
/// What the key-value metadata of a test's file say.
const NOTE: (&str, &str) = ("source", "老街");

/// The texts of a file. One in nine is missing.
fn texts() -> Vec<Option<String>> {
    let text = |row: usize| ARTICLE.replace("三十年", &format!("第{row}個"));
    (0..ROWS).map(|row| (row % 9 != 4).then(|| text(row))).collect()
}

/// A file with these columns, in row groups of [`ROWS_OF_A_GROUP`] rows.
fn file_of(columns: Vec<(&str, ArrayRef)>, compression: Compression) -> Vec<u8> {
    let batch = RecordBatch::try_from_iter_with_nullable(
        columns.into_iter().map(|(name, column)| (name, column, true)),
    );
    let batch = batch.expect("columns");
    let note = KeyValue::new(NOTE.0.to_owned(), NOTE.1.to_owned());
    let properties = WriterProperties::builder()
        .set_max_row_group_row_count(Some(ROWS_OF_A_GROUP))
        .set_key_value_metadata(Some(vec![note]))
        .set_compression(compression);
    let mut writer =
        ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties.build())).expect("a writer");
    writer.write(&batch).expect("memory");
    writer.into_inner().expect("memory")
}

/// A file with a text, and with columns of other types.
fn file() -> Vec<u8> {
    file_of(all_columns(Arc::new(StringArray::from(texts()))), Compression::SNAPPY)
}

fn all_columns(text: ArrayRef) -> Vec<(&'static str, ArrayRef)> {
    let rows = 0..text.len() as i64;
    let titles = rows.clone().map(|row| (row % 5 != 0).then_some("老街夜市搬走了嗎?"));
    let sites: DictionaryArray<Int8Type> = rows.clone().map(|row| ["甲", "乙"][row as usize % 2]).collect();
    let tags = rows.clone().map(|row| Some((0..row % 4).map(|tag| Some(tag as i32)).collect::<Vec<_>>()));
    let place = StructArray::from(vec![(
        Arc::new(Field::new("street", DataType::Utf8, true)),
        Arc::new(rows.clone().map(|row| (row % 3 > 0).then_some("老街,夜市")).collect::<StringArray>())
            as ArrayRef,
    )]);
    vec![
        ("id", Arc::new(rows.clone().collect::<Int64Array>())),
        ("title", Arc::new(titles.collect::<StringArray>())),
        ("site", Arc::new(sites)),
        ("text", text),
        (
            "score",
            Arc::new(
                rows.clone().map(|row| (row % 2 == 0).then_some(row as f64 / 7.0)).collect::<Float64Array>(),
            ),
        ),
        ("good", Arc::new(rows.clone().map(|row| Some(row % 3 == 0)).collect::<BooleanArray>())),
        ("tags", Arc::new(ListArray::from_iter_primitive::<ArrowInt32Type, _, _>(tags))),
        ("place", Arc::new(place)),
        ("time", Arc::new(TimestampMillisecondArray::from_iter_values(rows.map(|row| row * 86_400_000)))),
    ]
}

/// The rows of a file, and what its footer says.
fn read(file: Vec<u8>) -> (RecordBatch, Arc<ParquetMetaData>) {
    let builder = ParquetRecordBatchReaderBuilder::try_new(Bytes::from(file)).expect("Parquet");
    let (schema, footer) = (builder.schema().clone(), builder.metadata().clone());
    let batches: Vec<RecordBatch> =
        builder.build().expect("a reader").map(|batch| batch.expect("rows")).collect();
    (arrow_select::concat::concat_batches(&schema, &batches).expect("rows"), footer)
}

/// The texts of a column.
fn column(rows: &RecordBatch, name: &str) -> Vec<Option<String>> {
    let column = cast(rows.column_by_name(name).expect("a column"), &DataType::Utf8).expect("text");
    column.as_string::<i32>().iter().map(|text| text.map(str::to_owned)).collect()
}

/// JSON Lines with the same texts and titles.
fn json_lines(rows: &RecordBatch) -> String {
    let (texts, titles) = (column(rows, "text"), column(rows, "title"));
    let record = |(row, (text, title)): (usize, (Option<String>, Option<String>))| {
        json!({"id": row, "title": title, "text": text.unwrap_or_default()}).to_string() + "\n"
    };
    texts.into_iter().zip(titles).enumerate().map(record).collect()
}

/// What must not change: the schema, the key-value metadata, and the sizes and compressions of the row groups.
fn frame(footer: &ParquetMetaData) -> String {
    let groups = footer.row_groups().iter().map(|group| {
        let compressions: Vec<_> = group.columns().iter().map(|column| column.compression()).collect();
        (group.num_rows(), compressions)
    });
    let (file, groups) = (footer.file_metadata(), groups.collect::<Vec<_>>());
    format!("{:?} {:?} {groups:?}", file.schema(), file.key_value_metadata())
}

#[test]
fn texts_are_as_in_json_lines_and_all_else_stays() {
    let source = texts();
    let columns: [(&str, ArrayRef); 5] = [
        ("Utf8", Arc::new(StringArray::from(source.clone()))),
        ("LargeUtf8", Arc::new(LargeStringArray::from(source.clone()))),
        ("Utf8View", Arc::new(StringViewArray::from_iter(source.clone()))),
        (
            "Dictionary",
            Arc::new(source.iter().map(Option::as_deref).collect::<DictionaryArray<ArrowInt32Type>>()),
        ),
        (
            "small Dictionary",
            Arc::new(source.iter().map(Option::as_deref).collect::<DictionaryArray<Int8Type>>()),
        ),
    ];
    for (kind, text) in columns {
        let folder = Folder::new();
        folder.write("a.parquet", file_of(all_columns(text), Compression::SNAPPY));
        let (before, footer) = read(folder.bytes("a.parquet"));
        folder.write("a.jsonl", json_lines(&before));
        folder.run(&["clean", "--title-field", "title", "-o", "b.jsonl", "a.jsonl"]).exits(0);
        folder.run(&["clean", "--title-field", "title", "-o", "b.parquet", "a.parquet"]).exits(0);
        let (after, footer_after) = read(folder.bytes("b.parquet"));
        assert_eq!(frame(&footer_after), frame(&footer), "{kind}");
        assert_eq!(after.schema(), before.schema(), "{kind}");
        for name in ["id", "site", "score", "good", "tags", "place", "time"] {
            assert_eq!(after.column_by_name(name), before.column_by_name(name), "{kind}: {name}");
        }
        let records = folder.records("b.jsonl");
        for name in ["text", "title"] {
            let missing = column(&before, name);
            let expected = records
                .iter()
                .zip(missing)
                .map(|(record, before)| before.map(|_| record[name].as_str().expect("a string").to_owned()));
            assert_eq!(column(&after, name), expected.collect::<Vec<_>>(), "{kind}: {name}");
        }
        assert!(
            column(&after, "text").into_iter().flatten().all(|text| text.starts_with("老街夜市搬走了嗎？\n"))
        );
    }
}

#[test]
fn each_compression_stays() {
    let text = || vec![("text", Arc::new(StringArray::from(texts())) as ArrayRef)];
    let mut compressions = vec![
        Compression::UNCOMPRESSED,
        Compression::SNAPPY,
        Compression::GZIP(GzipLevel::default()),
        Compression::BROTLI(Default::default()),
        Compression::LZ4,
        Compression::LZ4_RAW,
    ];
    if cfg!(feature = "parquet-zstd") {
        compressions.push(Compression::ZSTD(Default::default()));
    }
    for compression in compressions {
        let folder = Folder::new();
        folder.write("a.parquet", file_of(text(), compression));
        folder.run(&["clean", "-i", "a.parquet"]).exits(0);
        let (rows, footer) = read(folder.bytes("a.parquet"));
        assert_eq!(footer.row_groups()[2].columns()[0].compression(), compression);
        assert!(column(&rows, "text")[1].as_ref().expect("a text").starts_with("老街夜市搬走了嗎？\n"));
    }
}

/// The file was written by pyarrow.
#[test]
fn zstandard_needs_its_feature() {
    let folder = Folder::new();
    folder.write("a.parquet", include_bytes!("../cases/parquet/zstandard.parquet"));
    if cfg!(feature = "parquet-zstd") {
        folder.run(&["clean", "-o", "b.parquet", "a.parquet"]).exits(0);
        assert_eq!(column(&read(folder.bytes("b.parquet")).0, "text"), [Some("老街，夜市。".to_owned())]);
    } else {
        let run = folder.run(&["clean", "-o", "b.parquet", "a.parquet"]).exits(2);
        run.says("a.parquet: the column \"text\" is compressed by Zstandard, which a build with --features parquet-zstd");
        assert_eq!(folder.names(), ["a.parquet"]);
    }
}

#[test]
fn a_field_of_a_struct_is_a_text() {
    let inner: ArrayRef = Arc::new(StringArray::from(texts()));
    let other: ArrayRef = Arc::new((0..ROWS as i64).collect::<Int64Array>());
    let fields = Fields::from(vec![
        Field::new("length", DataType::Int64, true),
        Field::new("body", DataType::Utf8, true),
    ]);
    let exists: Vec<bool> = (0..ROWS).map(|row| row % 5 != 2).collect();
    let content = StructArray::new(fields, vec![other, inner], Some(exists.into()));
    let folder = Folder::new();
    folder.write("a.parquet", file_of(vec![("content", Arc::new(content))], Compression::SNAPPY));
    folder.run(&["clean", "--text-field", "content.body", "-o", "b.parquet", "a.parquet"]).exits(0);
    let ((before, _), (after, _)) = (read(folder.bytes("a.parquet")), read(folder.bytes("b.parquet")));
    let field = |rows: &RecordBatch, index: usize| ArrayRef::clone(rows.column(0).as_struct().column(index));
    assert_eq!(rows_that_are_null(before.column(0)), rows_that_are_null(after.column(0)));
    assert_eq!(field(&before, 0).len(), field(&after, 0).len());
    let bodies = field(&after, 1);
    for row in 0..ROWS {
        let exists = row % 5 != 2 && row % 9 != 4;
        assert_eq!(bodies.is_valid(row) && after.column(0).is_valid(row), exists, "row {row}");
        let text = bodies.as_string::<i32>().value(row);
        assert!(!exists || text.starts_with("老街夜市搬走了嗎？\n"), "row {row}: {text}");
    }
    let run = folder.run(&["clean", "--text-field", "content.text", "a.parquet"]).exits(2);
    run.says("a.parquet: has no field \"content.text\"; its fields are \"content\"");
}

fn rows_that_are_null(column: &ArrayRef) -> Vec<usize> {
    (0..column.len()).filter(|row| column.is_null(*row)).collect()
}

#[test]
fn reports_name_the_row_or_its_id() {
    let text = || Arc::new(StringArray::from(vec!["老街的夜市。", ARTICLE])) as ArrayRef;
    let folder = Folder::new();
    folder.write("a.parquet", file_of(vec![("text", text())], Compression::SNAPPY));
    let ids = Arc::new(StringArray::from(vec!["甲", "乙"]));
    folder.write("b.parquet", file_of(vec![("name", ids), ("text", text())], Compression::SNAPPY));
    folder.run(&["clean", "--report", "report.jsonl", "-o", "c.parquet", "a.parquet"]).exits(0);
    let records = folder.records("report.jsonl");
    assert!(records.iter().any(|record| record["type"] == "removal" && record["doc"] == "a.parquet:2"));
    let run = folder.run(&["check", "--id-field", "name", "b.parquet"]).exits(1);
    assert!(run.stdout.contains("乙:5:1: repeat/headline: 老街夜市搬走了吗?"), "{}", run.stdout);
    let run = folder.run(&["check", "--id-field", "nam", "b.parquet"]).exits(2);
    run.says("b.parquet: --id-field nam: no record has such a field; the fields are \"name\", \"text\"");
}

#[test]
fn nothing_to_change_leaves_the_file_and_its_bytes() {
    let folder = Folder::new();
    folder.write("a.parquet", file());
    folder.run(&["clean", "-i", "--backup", "a.parquet"]).exits(0);
    assert_eq!(folder.names(), ["a.parquet", "a.parquet~"]);
    // Another program may write the same rows with other bytes.
    let (rows, _) = read(folder.bytes("a.parquet"));
    let mut writer = ArrowWriter::try_new(Vec::new(), rows.schema(), None).expect("a writer");
    writer.write(&rows).expect("memory");
    folder.write("b.parquet", writer.into_inner().expect("memory"));
    let before = folder.bytes("b.parquet");
    folder.run(&["clean", "-i", "--backup", "b.parquet"]).exits(0);
    assert!(folder.bytes("b.parquet") == before);
    assert_eq!(folder.names(), ["a.parquet", "a.parquet~", "b.parquet"]);
    folder.run(&["check", "b.parquet"]).exits(0);
}

#[test]
fn a_row_that_cannot_be_processed_is_left_out_and_named() {
    let text: StringArray =
        ["老街,夜市。", &ARTICLE.repeat(50), "夜市,老街。"].into_iter().map(Some).collect();
    let ids = Arc::new(Int64Array::from(vec![1, 2, 3]));
    let folder = Folder::new();
    folder.write("a.parquet", file_of(vec![("n", ids), ("text", Arc::new(text))], Compression::SNAPPY));
    let args = ["clean", "--max-record", "1K", "--rejects", "r.jsonl", "-o", "b.parquet", "a.parquet"];
    folder.run(&args).exits(2).says("a.parquet: record 2: the record has");
    let (rows, _) = read(folder.bytes("b.parquet"));
    assert_eq!(column(&rows, "n"), [Some("1".to_owned()), Some("3".to_owned())]);
    assert_eq!(column(&rows, "text"), [Some("老街，夜市。".to_owned()), Some("夜市，老街。".to_owned())]);
    assert_eq!(folder.records("r.jsonl")[0]["doc"], "a.parquet:2");
    folder
        .run(&["clean", "--max-record", "1K", "-i", "a.parquet"])
        .exits(2)
        .says("a.parquet: left as it was");
}

#[test]
fn standard_input_pipes_and_compressed_files_are_read() {
    let folder = Folder::new();
    folder.write("a.parquet", file());
    folder.run(&["clean", "-o", "b.parquet", "a.parquet"]).exits(0);
    let expected = folder.bytes("b.parquet");
    let output = folder.command(&["clean"]).write_stdin(folder.bytes("a.parquet")).output().expect("it runs");
    assert!(output.status.success() && output.stdout == expected);
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut encoder, &folder.bytes("a.parquet")).expect("memory");
    folder.write("c.parquet.gz", encoder.finish().expect("memory"));
    folder.run(&["clean", "-o", "d.parquet", "c.parquet.gz"]).exits(0);
    assert!(folder.bytes("d.parquet") == expected);
    folder.run(&["clean", "-i", "c.parquet.gz"]).exits(0);
    folder.run(&["check", "c.parquet.gz"]).exits(0);
}

#[test]
fn all_is_the_same_for_any_number_of_threads() {
    let folder = Folder::new();
    folder.write("a.parquet", file());
    for command in [&["clean"][..], &["convert", "--to", "hans"], &["convert", "-c", "t2s"]] {
        let results = ["1", "2", "5"].map(|threads| {
            folder.run(&[command, &["--threads", threads, "-o", "b.parquet", "a.parquet"]].concat()).exits(0);
            folder.bytes("b.parquet")
        });
        assert!(results[0] == results[1] && results[0] == results[2], "{command:?}");
    }
}

#[test]
fn the_other_commands_read_it_as_json_lines() {
    let folder = Folder::new();
    let rows: RecordBatch = read(file()).0.slice(0, 4);
    folder.write("in.json", format!("[{}]", json_lines(&rows).trim().replace('\n', ",\n")));
    let columns =
        ["id", "title", "text"].map(|name| (name, ArrayRef::clone(rows.column_by_name(name).expect("it"))));
    folder.write("in.parquet", file_of(columns.to_vec(), Compression::SNAPPY));
    for args in [
        &["check", "--title-field", "title"][..],
        &["check", "--output-format", "json"],
        &["diff"],
        &["inspect", "--json"],
        &["inspect", "--to", "tw"],
    ] {
        let [lines, table] = ["in.json", "in.parquet"].map(|name| folder.run(&[args, &[name]].concat()));
        let without_time =
            |run: &str| run.lines().filter(|line| !line.contains("seconds")).collect::<String>();
        assert_eq!(table.code, lines.code, "{args:?}: {}", table.stderr);
        assert!(!table.stdout.is_empty(), "{args:?}");
        assert_eq!(
            without_time(&table.stdout).replace("in.parquet", "in.json"),
            without_time(&lines.stdout),
            "{args:?}"
        );
    }
}

#[test]
fn what_was_removed_is_put_back() {
    let folder = Folder::new();
    folder.write("a.parquet", file());
    let keep = ["--to", "keep", "--punctuation", "keep", "--removed", "removed.jsonl"];
    folder.run(&[&["clean"][..], &keep, &["-o", "b.parquet", "a.parquet"]].concat()).exits(0);
    folder.run(&["restore", "--removed", "removed.jsonl", "-o", "c.parquet", "b.parquet"]).exits(0);
    let [a, b, c] = ["a", "b", "c"].map(|name| read(folder.bytes(&format!("{name}.parquet"))).0);
    assert!(a == c && a != b);
}

#[test]
fn folders_and_several_results() {
    let folder = Folder::new();
    std::fs::create_dir(folder.path("in")).expect("a folder");
    folder.write("in/a.parquet", file());
    folder.write("in/b.txt", ARTICLE);
    folder.run(&["clean", "--output-dir", "out", "in"]).exits(0);
    assert_eq!(folder.read("out/b.txt"), CLEAN);
    assert_eq!(read(folder.bytes("out/a.parquet")).0.num_rows(), ROWS);
    let run = folder.run(&["clean", "in/b.txt", "in/a.parquet"]).exits(2).prints(CLEAN);
    run.says(
        "in/a.parquet: Parquet cannot stand in one output with other results; --output-dir keeps them apart",
    );
}

#[test]
fn options_that_do_not_fit_are_errors() {
    let folder = Folder::new();
    folder.write("a.parquet", file());
    for (args, message) in [
        (
            &["--output-encoding", "big5"][..],
            "a.parquet: Parquet is always in UTF-8; leave out --output-encoding",
        ),
        (&["--metadata-field", "score"], "a.parquet: has the column \"score\" already"),
        (&["--title", "老街"], "a.parquet: --title is the title of one article, and this is read as Parquet"),
        (&["--text-field", "score"], "a.parquet: the column \"score\" is no text: its type is Float64"),
        (&["--title-field", "id"], "a.parquet: the column \"id\" is no text: its type is Int64"),
        (
            &["--text-field", "body"],
            "a.parquet: has no field \"body\"; its fields are \"id\", \"title\", \"site\"",
        ),
    ] {
        folder.run(&[&["clean", "a.parquet"][..], args].concat()).exits(2).prints("").says(message);
    }
    folder.run(&["check", "--fix", "a.parquet"]).exits(1);
    folder.run(&["check", "a.parquet"]).exits(0);
    folder.run(&["clean", "-i", "--output-encoding", "same", "a.parquet"]).exits(0);
}

/// The column is a text, because what an article says of itself has no fixed form.
#[test]
fn metadata_are_a_column_of_json_as_in_json_lines() {
    let text = |row: usize| match row % 3 {
        0 => None,
        1 => Some(format!("老街夜市\n記者王小明／台北報導\n街坊說安靜了許多，這是第{row}次。")),
        _ => Some("街坊說,好。".to_owned()),
    };
    let text: StringArray = (0..ROWS).map(text).collect();
    let folder = Folder::new();
    folder.write("a.parquet", file_of(all_columns(Arc::new(text)), Compression::SNAPPY));
    let (before, footer) = read(folder.bytes("a.parquet"));
    folder.write("a.jsonl", json_lines(&before));
    for name in ["parquet", "jsonl"] {
        let (input, output) = (format!("a.{name}"), format!("b.{name}"));
        folder.run(&["clean", "--metadata-field", "about", "-o", &output, &input]).exits(0);
    }
    let (after, footer_after) = read(folder.bytes("b.parquet"));
    let expected: Vec<_> = folder.records("b.jsonl").iter().map(|record| record["about"].clone()).collect();
    let parse = |value: Option<String>| serde_json::from_str(&value.expect("a value")).expect("JSON");
    let values: Vec<serde_json::Value> = column(&after, "about").into_iter().map(parse).collect();
    assert_eq!(values, expected);
    assert!(values[1]["byline"].to_string().contains("王小明"), "{}", values[1]);
    // All else stays, and the types of Arrow hold for the new column too.
    let count = before.num_columns();
    assert_eq!(after.schema().fields()[..count], before.schema().fields()[..]);
    assert_eq!(after.schema().field(count), &Field::new("about", DataType::Utf8, true));
    for name in ["id", "title", "site", "score", "good", "tags", "place", "time"] {
        assert_eq!(after.column_by_name(name), before.column_by_name(name), "{name}");
    }
    let groups = |footer: &ParquetMetaData| -> Vec<_> {
        footer.row_groups().iter().map(|group| (group.num_rows(), group.column(0).compression())).collect()
    };
    assert_eq!(groups(&footer_after), groups(&footer));
    let added = footer_after.row_groups()[1].columns().last().expect("a column").compression();
    assert_eq!(added, Compression::SNAPPY);
    let notes = footer_after.file_metadata().key_value_metadata().expect("key-value metadata");
    let named = |name: &str| notes.iter().filter(|note| note.key == name).count();
    assert_eq!((named(NOTE.0), named("ARROW:schema")), (1, 1));
    // What is there already is not replaced.
    let again = folder.run(&["clean", "--metadata-field", "about", "-i", "b.parquet"]).exits(2);
    again.says("b.parquet: has the column \"about\" already").says("b.parquet: left as it was");
    folder.run(&["clean", "--metadata-field", "more", "-i", "b.parquet"]).exits(0);
    assert_eq!(column(&read(folder.bytes("b.parquet")).0, "about"), column(&after, "about"));
}

/// Spark writes times as INT96 unless it is told otherwise.
#[test]
fn an_old_time_becomes_one_of_nanoseconds() {
    let schema =
        "message m { OPTIONAL BYTE_ARRAY text (STRING); OPTIONAL INT96 time; REQUIRED INT32 day (DATE); }";
    let schema = Arc::new(parse_message_type(schema).expect("a schema"));
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Default::default()).expect("a writer");
    let mut group = writer.next_row_group().expect("a row group");
    let texts: [ByteArray; 2] = ["老街,夜市。".into(), "夜市。".into()];
    let mut column = group.next_column().expect("memory").expect("a column");
    column.typed::<ByteArrayType>().write_batch(&texts, Some(&[1, 1]), None).expect("memory");
    column.close().expect("memory");
    let mut time = Int96::new();
    time.set_data(1_000_000, 0, 2_440_589);
    let mut column = group.next_column().expect("memory").expect("a column");
    column.typed::<Int96Type>().write_batch(&[time], Some(&[1, 0]), None).expect("memory");
    column.close().expect("memory");
    let mut column = group.next_column().expect("memory").expect("a column");
    column.typed::<Int32Type>().write_batch(&[1, 2], None, None).expect("memory");
    column.close().expect("memory");
    group.close().expect("memory");
    let folder = Folder::new();
    folder.write("a.parquet", writer.into_inner().expect("memory"));
    folder.run(&["clean", "-o", "b.parquet", "a.parquet"]).exits(0);
    folder.run(&["clean", "--metadata-field", "about", "-o", "c.parquet", "a.parquet"]).exits(0);
    let (with_metadata, footer) = read(folder.bytes("c.parquet"));
    assert_eq!(self::column(&with_metadata, "about"), [Some("{}".to_owned()), Some("{}".to_owned())]);
    assert_eq!(column_times(&with_metadata), [Some(86_400_000_000_000 + 1_000_000), None]);
    assert!(footer.file_metadata().key_value_metadata().is_none());
    let ((before, _), (after, footer)) = (read(folder.bytes("a.parquet")), read(folder.bytes("b.parquet")));
    assert_eq!(after.schema(), before.schema());
    assert_eq!(after.columns()[1..], before.columns()[1..]);
    assert_eq!(column_times(&after), [Some(86_400_000_000_000 + 1_000_000), None]);
    let columns = footer.file_metadata().schema_descr().columns().iter().map(|column| column.physical_type());
    assert_eq!(columns.collect::<Vec<_>>(), [Type::BYTE_ARRAY, Type::INT64, Type::INT32]);
}

fn column_times(rows: &RecordBatch) -> Vec<Option<i64>> {
    rows.column(1).as_primitive::<TimestampNanosecondType>().iter().collect()
}

/// Files that were damaged in some way, and what is said of them.
fn damaged() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let whole = file();
    let with = |at: usize, bytes: &[u8]| {
        let mut file = whole.clone();
        file[at..at + bytes.len()].copy_from_slice(bytes);
        file
    };
    let end = whole.len();
    vec![
        ("no bytes", Vec::new(), "is truncated: Parquet has 12 bytes at least, and this has 0"),
        ("four bytes", b"PAR1".to_vec(), "is truncated: Parquet has 12 bytes at least, and this has 4"),
        ("half of it", whole[..end / 2].to_vec(), "is truncated: Parquet ends with PAR1, and this does not"),
        (
            "all but a byte",
            whole[..end - 1].to_vec(),
            "is truncated: Parquet ends with PAR1, and this does not",
        ),
        ("another beginning", with(0, b"PARX"), "is no Parquet: it does not begin with PAR1"),
        ("text", "老街,夜市。\n".into(), "is no Parquet: it does not begin with PAR1"),
        ("an encrypted footer", with(end - 4, b"PARE"), "is encrypted Parquet; decrypt it first"),
        ("a footer that is too long", with(end - 8, &[0xFF; 4]), "damaged Parquet: "),
        ("no footer", with(end - 8, &[0; 4]), "damaged Parquet: "),
        ("another footer", with(end - 40, &[0xFF; 20]), "damaged Parquet: "),
        (
            "a footer of two thousand million row groups",
            footer_of(&[0x19, 0xFC, 0xFF, 0xFF, 0xFF, 0xFF, 7, 0]),
            "damaged Parquet: ",
        ),
        (
            "encrypted columns",
            footer_of(&[0x19, 0x0C, 0x4C, 0x1C, 0, 0, 0]),
            "has encrypted columns; decrypt it first",
        ),
        ("pages that are no pages", with(4, &[0xFF; 64]), "damaged Parquet: row group 1: "),
        ("pages without data", with(40, &[0; 3000]), "damaged Parquet: row group 1: "),
    ]
}

/// A file without rows. Its footer has one column, and then these bytes.
fn footer_of(behind: &[u8]) -> Vec<u8> {
    let columns = b"\x15\x04\x19\x2C\x48\x04root\x15\x02\x00\x15\x0C\x25\x02\x18\x04text\x25\x00\x00\x16\x00";
    let footer = [columns, behind].concat();
    let length = (footer.len() as u32).to_le_bytes();
    [b"PAR1", &footer[..], &length, b"PAR1"].concat()
}

#[test]
fn a_damaged_file_is_named_and_the_others_are_done() {
    for (what, bytes, message) in damaged() {
        let folder = Folder::with(&[("good.txt", ARTICLE)]);
        folder.write("a.parquet", &bytes);
        std::fs::create_dir(folder.path("out")).expect("a folder");
        let run = folder.run(&["clean", "--output-dir", "out", "a.parquet", "good.txt"]);
        assert!(run.stderr.contains(&format!("qingwen: a.parquet: {message}")), "{what}: {}", run.stderr);
        run.exits(2);
        assert_eq!(folder.read("out/good.txt"), CLEAN, "{what}");
        assert!(!folder.path("out/a.parquet").exists(), "{what}");
        folder.run(&["clean", "-i", "a.parquet"]).exits(2);
        assert!(folder.bytes("a.parquet") == bytes, "{what}");
    }
}

/// Whichever byte is wrong, the file is read or named. Nothing else is printed, and the other inputs are done.
#[test]
fn any_byte_may_be_wrong() {
    let texts = ["老街,夜市。", "夜市"].map(str::to_owned);
    let whole = of_texts(texts.into_iter().cycle().take(50));
    let folder = Folder::with(&[("good.txt", ARTICLE)]);
    std::fs::create_dir(folder.path("in")).expect("a folder");
    for at in 0..whole.len() {
        let mut file = whole.clone();
        file[at] ^= 0xFF;
        folder.write(&format!("in/{at}.parquet"), file);
    }
    let run = folder.run(&["clean", "-q", "--output-dir", "out", "in", "good.txt"]).exits(2);
    for line in run.stderr.lines() {
        assert!(line.starts_with("qingwen: in/"), "{line}");
    }
    assert_eq!(folder.read("out/good.txt"), CLEAN);
    for at in 0..whole.len() {
        let is_named = run.stderr.contains(&format!("qingwen: in/{at}.parquet: "));
        assert!(is_named || folder.path(&format!("out/{at}.parquet")).exists(), "byte {at}");
    }
}

#[test]
fn a_file_without_rows_or_with_another_name_is_read() {
    let folder = Folder::new();
    let none = Arc::new(StringArray::from(Vec::<Option<String>>::new()));
    folder.write("a.parquet", file_of(vec![("text", none)], Compression::SNAPPY));
    folder.run(&["clean", "-o", "b.parquet", "a.parquet"]).exits(0);
    let (rows, footer) = read(folder.bytes("b.parquet"));
    assert_eq!((rows.num_rows(), rows.num_columns(), footer.num_row_groups()), (0, 1, 0));
    folder.write("c.data", file());
    folder.run(&["clean", "-o", "d.data", "c.data"]).exits(0).says("c.data: read as Parquet");
    assert_eq!(read(folder.bytes("d.data")).0.num_rows(), ROWS);
}

/// A file of texts, for the tests of other modules.
pub fn of_texts(texts: impl Iterator<Item = String>) -> Vec<u8> {
    let text: StringArray = texts.map(Some).collect();
    file_of(vec![("text", Arc::new(text))], Compression::SNAPPY)
}
