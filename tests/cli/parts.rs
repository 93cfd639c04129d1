//! `qingwen corpus sign`, `count` and `merge`: the parts of a collection give what one run over it gives.

use std::path::Path;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{Array, RecordBatch, UInt32Array, UInt64Array};
use arrow_select::concat::concat_batches;
use arrow_select::take::take_record_batch;
use bytes::Bytes;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use serde_json::{Value, json};

use crate::support::{Folder, qingwen};

/// Parts of a collection.
const PARTS: usize = 8;

/// What the articles of the collection tell.
const STORIES: [[&str; 2]; 3] = [
    [
        "老街的夜市上個月搬到了河堤旁邊。攤販們說，新的地方比較寬，下雨的時候也有屋頂可以躲，只是離車站遠了一些，老客人要走上\
         十分鐘才會到。市府說，年底以前會加開兩班公車。",
        "老街的夜市上个月搬到了河堤旁边。摊贩们说，新的地方比较宽，下雨的时候也有屋顶可以躲，只是离车站远了一些，老客人要走上\
         十分钟才会到。市府说，年底以前会加开两班公车。",
    ],
    [
        "河邊的舊書市集這個星期天是最後一次，明年要搬進室內。擺攤二十年的張太太說，雨天不用再收攤了，可是太陽曬過的書才有味道，\
         搬進去以後大概聞不到了。",
        "河边的旧书市集这个星期天是最后一次，明年要搬进室内。摆摊二十年的张太太说，雨天不用再收摊了，可是太阳晒过的书才有味道，\
         搬进去以后大概闻不到了。",
    ],
    [
        "巷口的三盞路燈壞了半年，晚上回家的學生都拿手機照路。里長打了十幾通電話，昨天終於有人來換燈泡，換好以後整條巷子的人都\
         出來看，還有人鼓掌。",
        "巷口的三盏路灯坏了半年，晚上回家的学生都拿手机照路。里长打了十几通电话，昨天终于有人来换灯泡，换好以后整条巷子的人都\
         出来看，还有人鼓掌。",
    ],
];

/// What the sites print below each article.
const FURNITURE: [&str; 2] = [
    "街坊相挺，讓老街的故事說下去\n分享到：\n瀏覽 {} 次\n",
    "本站公告\n上一篇：第{}號\n下一篇\n相關文章：\n",
];

/// An article: its story is one of three, in one of the scripts, with words of its own, so that some are copies.
fn record(number: usize) -> String {
    let story = STORIES[number % 3][number / 3 % 2];
    let own = match number % 7 {
        0 => String::new(),
        1 => format!("第{}位街坊說好。", number % 5),
        2 => format!("{}號攤位的老闆姓王，{}年前搬來的，賣過豆漿、燒餅和飯糰。", number, number % 30),
        3 => story.repeat(2),
        _ => format!("{number}號的{number}位客人{number}點鐘吃了{number}碗麵，喝了{number}杯茶。").repeat(4),
    };
    let text = match number % 11 {
        4 => format!("{own}。"),
        6 => String::new(),
        8 => story.chars().take(60).collect(),
        _ => format!("{story}{own}\n{}", FURNITURE[number % 2].replace("{}", &number.to_string())),
    };
    let (site, date) = (["老街網", "河堤報"][number % 2], format!("2021-07-{:02}", number * 13 % 28 + 1));
    json!({"id": format!("a{number}"), "site": site, "date": date, "text": text}).to_string() + "\n"
}

/// A folder with the collection in parts, `1.jsonl` and so on. A record of the third part cannot be read.
fn folder() -> Folder {
    let folder = Folder::new();
    let records: Vec<String> = (0..20 * PARTS).map(record).collect();
    for (number, part) in (1..).zip(records.chunks(records.len() / PARTS)) {
        let faulty = if number == 3 { "{\"text\":\n" } else { "" };
        folder.write(&format!("{number}.jsonl"), format!("{}{faulty}", part.concat()));
    }
    folder
}

/// The names of all parts, with an ending.
fn names(ending: &str) -> Vec<String> {
    (1..=PARTS).map(|number| format!("{number}.{ending}")).collect()
}

fn strings(names: &[String]) -> Vec<&str> {
    names.iter().map(String::as_str).collect()
}

/// Writes the table of each part.
fn write_tables(folder: &Folder, command: &str, options: &[&str]) {
    for (input, output) in names("jsonl").iter().zip(names("parquet")) {
        let code = if input == "3.jsonl" { 2 } else { 0 };
        folder.run(&[&["corpus", command, input, "-o", &output], options].concat()).exits(code);
    }
}

/// A report without what differs from run to run.
fn report(folder: &Folder, name: &str) -> Vec<Value> {
    let mut records = folder.records(name);
    let summary = records.last_mut().and_then(Value::as_object_mut).expect("a summary");
    assert!(summary.remove("seconds").is_some() && summary.remove("bytes_per_second").is_some());
    records
}

/// The rows of a table, and its key-value metadata.
fn read(file: Vec<u8>) -> (RecordBatch, Vec<KeyValue>) {
    let builder = ParquetRecordBatchReaderBuilder::try_new(Bytes::from(file)).expect("Parquet");
    let metadata = builder.metadata().file_metadata().key_value_metadata().expect("metadata").clone();
    let schema = builder.schema().clone();
    let batches: Vec<_> = builder.build().expect("a reader").map(|batch| batch.expect("rows")).collect();
    (concat_batches(&schema, &batches).expect("rows"), metadata)
}

/// The file of a table.
fn written(rows: &RecordBatch, metadata: Vec<KeyValue>) -> Vec<u8> {
    let metadata = metadata.into_iter().filter(|pair| pair.key.starts_with("qingwen.")).collect();
    let properties = WriterProperties::builder().set_key_value_metadata(Some(metadata)).build();
    let mut writer = ArrowWriter::try_new(Vec::new(), rows.schema(), Some(properties)).expect("a writer");
    writer.write(rows).expect("memory");
    writer.into_inner().expect("memory")
}

/// Replaces a column of a table.
fn with_column(rows: &RecordBatch, name: &str, column: Arc<dyn Array>) -> RecordBatch {
    let place = rows.schema().index_of(name).expect("a column");
    let mut columns = rows.columns().to_vec();
    columns[place] = column;
    RecordBatch::try_new(rows.schema(), columns).expect("rows")
}

#[test]
fn merged_signatures_are_one_run() {
    let folder = folder();
    for (signing, comparing) in [
        (&[][..], &[][..]),
        (&[], &["--keep", "longest", "--similarity", "0.6"]),
        (&[], &["--keep", "target-script", "--to", "hans", "--containment", "1"]),
        (&["--date-field", "date"], &["--keep", "newest"]),
        (&["--cleaned"], &[]),
    ] {
        let inputs = names("jsonl");
        let whole = [&["corpus", "dedup", "--report", "whole.jsonl"], signing, comparing, &strings(&inputs)];
        let one = folder.run(&whole.concat()).exits(2);
        write_tables(&folder, "sign", signing);
        let tables = names("parquet");
        let merge = [&["corpus", "merge", "--report", "merged.jsonl"], comparing, &strings(&tables)];
        let merged = folder.run(&merge.concat()).exits(2);
        assert_eq!(
            report(&folder, "merged.jsonl"),
            report(&folder, "whole.jsonl"),
            "{signing:?} {comparing:?}"
        );
        assert!(one.stderr.ends_with(&merged.stderr), "{}\n{}", one.stderr, merged.stderr);
        assert!(merged.stderr.ends_with("1 not read\n"), "{}", merged.stderr);
        assert!(folder.records("merged.jsonl").len() > 60, "{}", merged.stderr);
        let little = ["--memory", "160M", "--temp-dir", ".", "--force"];
        folder.run(&[&merge.concat()[..], &little].concat()).exits(2);
        assert_eq!(
            report(&folder, "merged.jsonl"),
            report(&folder, "whole.jsonl"),
            "{signing:?} {comparing:?}"
        );
    }
}

/// The order of the tables is the order of the articles, as the order of inputs is.
#[test]
fn tables_in_another_order_are_inputs_in_that_order() {
    let folder = folder();
    write_tables(&folder, "sign", &[]);
    let shuffled = |ending: &str| [5, 2, 8, 1, 7, 4, 3, 6].map(|number| format!("{number}.{ending}"));
    let run = |command: &str, names: &[String], report: &str| {
        folder.run(&[&["corpus", command, "--report", report], &strings(names)[..]].concat()).exits(2);
    };
    run("dedup", &shuffled("jsonl"), "whole.jsonl");
    run("merge", &shuffled("parquet"), "merged.jsonl");
    assert_eq!(report(&folder, "merged.jsonl"), report(&folder, "whole.jsonl"));
}

#[test]
fn merged_counts_are_one_run() {
    let folder = folder();
    let inputs = names("jsonl");
    for options in [&["--source-field", "site"][..], &["--source-field", "site", "--title-field", "id"]] {
        let learn = [&["corpus", "learn", "-o", "whole.qwm"], options, &strings(&inputs)].concat();
        let one = folder.run(&learn).exits(2);
        write_tables(&folder, "count", options);
        // The sums do not depend on the order, and a part that comes twice says nothing new.
        for order in [[1, 2, 3, 4, 5, 6, 7, 8, 8], [5, 2, 8, 1, 7, 4, 3, 6, 2]] {
            let tables = order.map(|number| format!("{number}.parquet"));
            let merge = [&["corpus", "merge", "-o", "merged.qwm"], &strings(&tables)[..]].concat();
            let merged = folder.run(&merge).exits(0);
            assert_eq!(folder.read("merged.qwm"), folder.read("whole.qwm"), "{options:?} {order:?}");
            assert!(one.stderr.ends_with(&merged.stderr), "{}\n{}", one.stderr, merged.stderr);
        }
        assert!(folder.read("merged.qwm").contains("\"line\":\"分享到：\""), "{}", folder.read("merged.qwm"));
    }
}

#[test]
fn a_review_is_followed() {
    let folder = folder();
    folder.write("review.txt", "- 分享到\n");
    write_tables(&folder, "count", &["--source-field", "site"]);
    let (inputs, tables) = (names("jsonl"), names("parquet"));
    let options = ["--review", "review.txt", "-o"];
    let learn =
        [&["corpus", "learn", "--source-field", "site"], &options[..], &["whole.qwm"], &strings(&inputs)];
    folder.run(&learn.concat()).exits(2);
    folder.run(&[&["corpus", "merge"], &options[..], &["merged.qwm"], &strings(&tables)].concat()).exits(0);
    assert_eq!(folder.read("merged.qwm"), folder.read("whole.qwm"));
}

#[test]
fn a_table_is_the_same_for_any_threads() {
    let folder = folder();
    for command in ["sign", "count"] {
        let name = format!("{command}.parquet");
        let table = |threads: &str| {
            let args =
                ["corpus", command, "1.jsonl", "2.jsonl", "--quiet", "--output", &name, "--threads", threads];
            folder.run(&args).exits(0);
            folder.bytes(&name)
        };
        let one = table("1");
        ["2", "5"].into_iter().for_each(|threads| assert!(table(threads) == one, "{command}, {threads}"));
        let piped = ["corpus", command, "--format", "jsonl", "-o", &name];
        folder.run_with(&piped, folder.bytes("1.jsonl")).exits(0).says("20 articles ");
    }
}

/// The tables of docs/columns.md: kind, and name, type and nullability of each column.
fn documented() -> Vec<(String, Vec<[String; 3]>)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/columns.md");
    let text = std::fs::read_to_string(path).expect("docs/columns.md");
    let sections = text.split("\n## ").skip(1).filter(|section| section.contains("| column |"));
    let section = |section: &str| {
        let kind = section.split('`').nth(1).expect("the kind").to_owned();
        let rows = section.lines().filter(|line| line.starts_with("| `"));
        let cells = |row: &str| {
            let cells: Vec<_> = row.split('|').map(|cell| cell.trim().trim_matches('`').to_owned()).collect();
            [cells[1].clone(), cells[2].clone(), cells[3].clone()]
        };
        (kind, rows.map(cells).collect())
    };
    sections.map(section).collect()
}

#[test]
fn the_columns_are_those_of_the_documentation() {
    let folder = folder();
    folder.run(&["corpus", "sign", "1.jsonl", "-o", "signatures.parquet"]).exits(0);
    folder.run(&["corpus", "count", "1.jsonl", "-o", "counts.parquet"]).exits(0);
    let tables = documented();
    assert_eq!(tables.iter().map(|(kind, _)| kind.as_str()).collect::<Vec<_>>(), ["signatures", "counts"]);
    for (kind, columns) in tables {
        let (rows, metadata) = read(folder.bytes(&format!("{kind}.parquet")));
        let schema = rows.schema();
        let found = schema.fields().iter().map(|field| {
            let null = if field.is_nullable() { "yes" } else { "no" };
            let values = match field.data_type().to_string().as_str() {
                "Utf8" => "string",
                "UInt32" => "uint32",
                "UInt64" => "uint64",
                _ => "list of uint32",
            };
            [field.name().clone(), values.to_owned(), null.to_owned()]
        });
        assert_eq!(found.collect::<Vec<_>>(), columns, "{kind}");
        let value = |key: &str| {
            metadata
                .iter()
                .find(|pair| pair.key == key)
                .and_then(|pair| pair.value.clone())
                .unwrap_or_default()
        };
        assert_eq!((value("qingwen.table"), value("qingwen.columns").as_str()), (kind, "1"));
        assert_eq!(value("qingwen.program"), env!("CARGO_PKG_VERSION"));
    }
}

#[test]
fn a_row_has_the_values_of_its_article() {
    let folder = Folder::with(&[("a.jsonl", &[record(1), "{}\n".to_owned()].concat())]);
    let args =
        ["corpus", "sign", "a.jsonl", "-o", "a.parquet", "--source-field", "site", "--date-field", "date"];
    let run = folder.run(&args).exits(2);
    assert!(run.stderr.ends_with("1 article signed, 1 not read\n"), "{}", run.stderr);
    let (rows, _) = read(folder.bytes("a.parquet"));
    let text = |name: &str, row: usize| {
        let column = rows.column_by_name(name).expect("a column").as_string::<i32>();
        column.is_valid(row).then(|| column.value(row).to_owned())
    };
    let texts = ["name", "file", "source", "date", "script", "error"].map(|name| text(name, 0));
    let expected = [Some("a1"), Some("a.jsonl"), Some("河堤報"), Some("2021-07-14"), Some("hant"), None];
    assert_eq!(texts, expected.map(|text| text.map(str::to_owned)));
    assert_eq!(text("name", 1).as_deref(), Some("a.jsonl:2"));
    assert!(text("error", 1).is_some_and(|error| error.contains("a.jsonl:2")));
    let list = |name: &str| rows.column_by_name(name).expect("a column").as_list::<i32>().value(0).len();
    assert_eq!(list("bands"), 32);
    assert!(list("shingles") > 50);
}

/// An engine may write the rows again, in another order of columns and with other types of text.
#[test]
fn a_table_that_an_engine_wrote_is_read() {
    let folder = folder();
    write_tables(&folder, "sign", &[]);
    let tables = names("parquet");
    folder.run(&[&["corpus", "merge", "--report", "a.jsonl"], &strings(&tables)[..]].concat()).exits(2);
    for name in &tables {
        let (rows, metadata) = read(folder.bytes(name));
        let backwards: Vec<usize> = (0..rows.num_columns()).rev().collect();
        let rows = rows.project(&backwards).expect("rows");
        let place = rows.schema().index_of("name").expect("a column");
        let column = arrow_cast::cast(rows.column(place), &arrow_schema::DataType::Utf8View).expect("texts");
        let mut fields: Vec<_> = rows.schema().fields().iter().cloned().collect();
        fields[place] =
            Arc::new(fields[place].as_ref().clone().with_data_type(arrow_schema::DataType::Utf8View));
        let mut columns = rows.columns().to_vec();
        columns[place] = column;
        let rows = RecordBatch::try_new(Arc::new(arrow_schema::Schema::new(fields)), columns).expect("rows");
        folder.write(name, written(&rows, metadata));
    }
    folder.run(&[&["corpus", "merge", "--report", "b.jsonl"], &strings(&tables)[..]].concat()).exits(2);
    assert_eq!(report(&folder, "b.jsonl"), report(&folder, "a.jsonl"));
}

#[test]
fn tables_that_do_not_fit_are_named_and_nothing_is_merged() {
    let folder = folder();
    let run = |args: &[&str]| folder.run(&[&["corpus"], args].concat());
    run(&["sign", "1.jsonl", "-o", "s.parquet"]).exits(0);
    run(&["sign", "2.jsonl", "-o", "cleaned.parquet", "--cleaned"]).exits(0);
    run(&["count", "1.jsonl", "-o", "c.parquet"]).exits(0);
    let (rows, metadata) = read(folder.bytes("s.parquet"));
    let changed = |key: &str, value: &str| {
        let mut metadata = metadata.clone();
        metadata
            .iter_mut()
            .filter(|pair| pair.key == key)
            .for_each(|pair| pair.value = Some(value.to_owned()));
        written(&rows, metadata)
    };
    folder.write("v2.parquet", changed("qingwen.columns", "2"));
    folder.write("older.parquet", changed("qingwen.program", "0.0.9"));
    folder.write("other.parquet", changed("qingwen.table", "prices"));
    folder.write("short.parquet", &folder.bytes("s.parquet")[..900]);
    let mut damaged = folder.bytes("s.parquet");
    let middle = damaged.len() / 3;
    damaged[middle..middle + 200].fill(0xA5);
    folder.write("damaged.parquet", damaged);
    let without = rows.project(&(0..rows.num_columns() - 1).collect::<Vec<_>>()).expect("rows");
    folder.write("columns.parquet", written(&without, metadata.clone()));
    let bands: Vec<Option<Vec<Option<u32>>>> = (0..rows.num_rows()).map(|_| Some(vec![Some(1)])).collect();
    let bands = arrow_array::ListArray::from_iter_primitive::<arrow_array::types::UInt32Type, _, _>(bands);
    let place = rows.schema().index_of("bands").expect("a column");
    let arrow_schema::DataType::List(element) = rows.schema().field(place).data_type().clone() else {
        panic!()
    };
    let bands = arrow_array::ListArray::new(element, bands.offsets().clone(), bands.values().clone(), None);
    folder.write("bands.parquet", written(&with_column(&rows, "bands", Arc::new(bands)), metadata.clone()));
    for (table, message) in [
        ("c.parquet", "c.parquet: is a table of counted lines, and s.parquet is a table of signatures"),
        ("cleaned.parquet", "cleaned.parquet: some tables were signed with --cleaned, and others were not"),
        ("v2.parquet", "v2.parquet: its columns are of version 2, and this program reads version 1"),
        ("older.parquet", "older.parquet: other versions of qingwen wrote the tables: program is 0.0.9"),
        ("other.parquet", "other.parquet: is no table of `corpus sign` or `corpus count`"),
        ("short.parquet", "short.parquet: is truncated"),
        ("damaged.parquet", "damaged.parquet: damaged Parquet"),
        ("columns.parquet", "columns.parquet: has no column \"error\""),
        ("bands.parquet", "bands.parquet: row 1 has 1 bands, and not 32"),
        ("1.jsonl", "1.jsonl: is no Parquet"),
        ("missing.parquet", "missing.parquet: "),
        (".", ".: is a folder"),
    ] {
        run(&["merge", "s.parquet", table, "--report", "r.jsonl"]).exits(2).says(message);
        assert!(!folder.names().contains(&"r.jsonl".to_owned()), "{table}");
    }
    let both = run(&["merge", "missing.parquet", "short.parquet"]).exits(2);
    both.says("missing.parquet: ").says("short.parquet: ").says("2 of 2 tables cannot be read");
}

#[test]
fn rows_of_a_page_that_are_apart_are_named() {
    let folder = folder();
    folder.run(&["corpus", "count", "1.jsonl", "-o", "c.parquet"]).exits(0);
    let (rows, metadata) = read(folder.bytes("c.parquet"));
    let order = |rows: &[u32]| UInt32Array::from(rows.to_vec());
    for (order, row) in [(order(&[1, 0, 2]), 1), (order(&[0, 2, 1]), 2), (order(&[0]), 2)] {
        let taken = take_record_batch(&rows, &order).expect("rows");
        folder.write("t.parquet", written(&taken, metadata.clone()));
        let run = folder.run(&["corpus", "merge", "t.parquet", "-o", "m.qwm"]).exits(2);
        assert!(run.stderr.contains(&format!("t.parquet: row {row} is ")), "{}", run.stderr);
    }
    let pages =
        rows.column_by_name("page").expect("a column").as_primitive::<arrow_array::types::UInt64Type>();
    let changed = UInt64Array::from_iter_values(
        pages.values().iter().enumerate().map(|(row, page)| page ^ u64::from(row == 1)),
    );
    folder.write("t.parquet", written(&with_column(&rows, "page", Arc::new(changed)), metadata));
    folder.run(&["corpus", "merge", "t.parquet", "-o", "m.qwm"]).exits(2).says("row 2 is out of order");
}

#[test]
fn options_that_say_nothing_are_refused() {
    let folder = folder();
    folder.run(&["corpus", "sign", "1.jsonl", "-o", "s.parquet"]).exits(0);
    folder.run(&["corpus", "count", "1.jsonl", "-o", "c.parquet"]).exits(0);
    for (args, message) in [
        (&["s.parquet", "-o", "x"][..], "--output is for tables of `corpus count`"),
        (&["s.parquet", "--review", "x"], "--review is for tables of `corpus count`"),
        (
            &["s.parquet", "--keep", "newest"],
            "s.parquet: has no dates; --keep newest needs `corpus sign --date-field`",
        ),
        (&["s.parquet", "--to", "hans"], "--to is for --keep target-script"),
        (&["s.parquet", "--report", "s.parquet"], "the same file as an input"),
        (&["c.parquet", "--report", "x"], "--report is for tables of `corpus sign`"),
        (&["c.parquet"], "need --output"),
    ] {
        folder.run(&[&["corpus", "merge"], args].concat()).exits(2).says(message);
    }
    qingwen(&["corpus", "merge"]).exits(2).says("<PATHS>");
    qingwen(&["corpus", "sign", "a.jsonl"]).exits(2).says("--output");
}

#[test]
fn no_file_is_lost() {
    let folder = folder();
    folder.run(&["corpus", "sign", "1.jsonl", "-o", "s.parquet"]).exits(0);
    folder.run(&["corpus", "count", "1.jsonl", "-o", "c.parquet"]).exits(0);
    folder.write("notes.txt", "筆記");
    for (command, file, message) in [
        ("sign", "c.parquet", "c.parquet: is not a table of signatures; --force lets --output replace it"),
        ("count", "s.parquet", "s.parquet: is not a table of counted lines"),
        ("sign", "notes.txt", "notes.txt: is not a table of signatures"),
        ("sign", "1.jsonl", "1.jsonl: --output names the same file as an input"),
    ] {
        let before = folder.bytes(file);
        folder.run(&["corpus", command, "1.jsonl", "-o", file]).exits(2).says(message);
        assert!(folder.bytes(file) == before, "{file}");
    }
    let before = folder.bytes("s.parquet");
    folder.run(&["corpus", "sign", "missing.jsonl", "-o", "s.parquet"]).exits(2);
    assert!(folder.bytes("s.parquet") == before);
    folder.run(&["corpus", "sign", "2.jsonl", "-o", "s.parquet"]).exits(0);
    assert!(folder.bytes("s.parquet") != before);
    folder.run(&["corpus", "sign", "2.jsonl", "-o", "notes.txt", "--force"]).exits(0);
    assert!(folder.bytes("notes.txt").starts_with(b"PAR1"));
}

/// Articles without a key, and a collection without articles.
#[test]
fn empty_parts_are_parts() {
    let folder = Folder::with(&[("a.jsonl", ""), ("b.jsonl", "{\"text\":\"\"}\n{\"text\":\"——\"}\n")]);
    for input in ["a", "b"] {
        for command in ["sign", "count"] {
            let (input, output) = (format!("{input}.jsonl"), format!("{input}.{command}"));
            folder.run(&["corpus", command, &input, "-o", &output]).exits(0);
        }
    }
    folder
        .run(&["corpus", "merge", "a.sign", "b.sign", "--report", "merged"])
        .exits(0)
        .says("2 articles: 0 copies, 2 left");
    folder
        .run(&["corpus", "merge", "a.count", "b.count", "-o", "merged.qwm"])
        .exits(0)
        .says("2 pages of 1 source");
    folder.run(&["corpus", "learn", "a.jsonl", "b.jsonl", "-o", "whole.qwm"]).exits(0);
    assert_eq!(folder.read("merged.qwm"), folder.read("whole.qwm"));
}

/// The options of reading do what they do in one run.
#[test]
fn parts_are_read_as_one_run_reads_them() {
    let other = "{\"id\":\"k1\",\"key\":\"k8\",\"text\":\"<p>說,好。<p>分享到:\",\"body\":\"甲\",\"link\":\"https://example.com/1\"}\n";
    let folder = Folder::with(&[
        ("a.jsonl", &[record(1), record(4), other.to_owned()].concat()),
        ("b.txt", "說,好。\n"),
    ]);
    folder.write("gbk.txt", b"\xC0\xCF\xBD\xD6\xD2\xB9\xCA\xD0\n");
    folder.write("broken.txt", b"\xE8\xAA\xAA\xE5\xA5\n");
    std::fs::create_dir(folder.path("in")).expect("a folder");
    folder.write("in/c.log", "說,好。\n");
    folder.write("in/d.txt", "里長說,好。\n");
    for (args, both) in [
        (&["in", "--glob", "*.log"][..], true),
        (&["a.jsonl", "--format", "text"], true),
        (&["a.jsonl", "--html", "whole"], true),
        (&["gbk.txt", "--encoding", "big5"], true),
        (&["broken.txt", "b.txt", "--strict"], true),
        (&["a.jsonl", "--repair-mojibake"], true),
        (&["a.jsonl", "--text-field", "body"], true),
        (&["a.jsonl", "--id-field", "key"], true),
        (&["a.jsonl", "--max-record", "500"], true),
        (&["a.jsonl", "--source-field", "site", "--url-field", "link"], false),
        (&["b.txt", "--title", "說好"], false),
    ] {
        let options =
            |command: &[&'static str], output: &[&'static str]| [&["corpus"], command, output, args].concat();
        let counted = folder.run(&options(&["count"], &["-o", "c.parquet", "--force"])).code;
        folder.run(&["corpus", "merge", "c.parquet", "-o", "merged.qwm", "--force"]).exits(0);
        assert_eq!(
            folder.run(&options(&["learn"], &["-o", "whole.qwm", "--force"])).code,
            counted,
            "{args:?}"
        );
        assert_eq!(folder.read("merged.qwm"), folder.read("whole.qwm"), "{args:?}");
        if both {
            let signed = folder.run(&options(&["sign"], &["-o", "s.parquet", "--force"])).code;
            folder
                .run(&["corpus", "merge", "s.parquet", "--report", "merged.jsonl", "--force", "--quiet"])
                .exits(signed);
            assert_eq!(
                folder.run(&options(&["dedup"], &["--report", "whole.jsonl"])).code,
                signed,
                "{args:?}"
            );
            assert_eq!(report(&folder, "merged.jsonl"), report(&folder, "whole.jsonl"), "{args:?}");
        }
    }
}
