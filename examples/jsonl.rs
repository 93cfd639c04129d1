//! Cleans JSON Lines with the library: reads records from standard input and writes them to standard output, each with
//! its text and title cleaned and its other fields as they were.
//!
//! ```sh
//! cargo run --example jsonl < news.jsonl > clean.jsonl
//! ```

use std::error::Error;
use std::io::{self, BufRead, Write};

use qingwen::Cleaner;
use serde_json::Value;

fn main() -> Result<(), Box<dyn Error>> {
    let cleaner = Cleaner::default();
    clean(&cleaner, io::stdin().lock(), io::stdout().lock())
}

/// Cleans all records.
fn clean(cleaner: &Cleaner, input: impl BufRead, mut output: impl Write) -> Result<(), Box<dyn Error>> {
    for line in input.lines() {
        let mut record: Value = serde_json::from_str(&line?)?;
        clean_record(cleaner, &mut record);
        writeln!(output, "{record}")?;
    }
    Ok(())
}

/// Cleans the field `text`, and `title` with it.
fn clean_record(cleaner: &Cleaner, record: &mut Value) {
    let Some(text) = record["text"].as_str() else { return };
    let cleaned = cleaner.clean_titled(text, record["title"].as_str());
    if let Some(title) = cleaned.title {
        record["title"] = title.into();
    }
    record["text"] = cleaned.text.into();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_title_are_cleaned() {
        let input = "{\"n\":1,\"title\":\"老街夜市搬走了嗎?\",\"text\":\"街坊說,好。\\n老街夜市搬走了吗\"}\n{\"n\":2}\n";
        let mut output = Vec::new();
        clean(&Cleaner::default(), input.as_bytes(), &mut output).unwrap();
        let expected = "{\"n\":1,\"text\":\"街坊說，好。\\n\",\"title\":\"老街夜市搬走了嗎？\"}\n{\"n\":2}\n";
        assert_eq!(String::from_utf8(output).unwrap(), expected);
    }
}
