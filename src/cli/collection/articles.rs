//! The articles of a collection by their numbers.

use std::io;

use anyhow::ensure;

use crate::clean::TextHash;
use crate::corpus::{ArticleFacts, Date, Signature};
use crate::identify::Script;
use crate::io::{BytesFile, Failure, Output, Row, RowFile, SpillFolder, halves, whole};
use crate::report::Record;

/// The articles of a collection, with their names.
pub(in crate::cli) struct Articles {
    /// By number: the hash of the text, the characters of the key, the script, and the place and the lengths of name and
    /// date.
    rows: RowFile<8>,
    /// Names, each with its date behind it.
    names: BytesFile,
    /// Bytes of the texts.
    bytes: u64,
    /// How many of the articles earlier runs saw. They stand before those of this run.
    earlier: u64,
    /// What could not be read, as lines of the report, and their number.
    failures: BytesFile,
    failed: u64,
}

impl Articles {
    /// No articles yet.
    ///
    /// # Errors
    /// Errors of the files.
    pub fn new(folder: &SpillFolder) -> io::Result<Self> {
        let (rows, names, failures) =
            (RowFile::new(folder)?, BytesFile::new(folder)?, BytesFile::new(folder)?);
        Ok(Self { rows, names, bytes: 0, earlier: 0, failures, failed: 0 })
    }

    /// The number of articles.
    pub fn count(&self) -> u64 {
        self.rows.count()
    }

    /// How many of them earlier runs saw.
    pub fn earlier(&self) -> u64 {
        self.earlier
    }

    /// Says that all articles so far are those that earlier runs saw.
    pub fn begin_run(&mut self) {
        self.earlier = self.count();
    }

    /// Bytes of the texts.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// How many could not be read.
    pub fn failed(&self) -> u64 {
        self.failed
    }

    /// Adds one that could not be read.
    ///
    /// # Errors
    /// Errors of the files.
    pub fn fail(&mut self, failure: &Failure) -> io::Result<()> {
        let record = Record::Error { doc: &failure.name, message: failure.message.clone() };
        self.failed += 1;
        self.failures.push(format!("{}\n", record.to_json()).as_bytes()).map(drop)
    }

    /// Writes what could not be read, as lines of the report.
    ///
    /// # Errors
    /// Errors of the files and of the report.
    pub fn write_failures(&mut self, report: &mut Output) -> io::Result<()> {
        self.failures.copy_to(report)
    }

    /// Adds an article whose text has so many bytes.
    ///
    /// # Errors
    /// Errors of the files.
    pub fn add(
        &mut self,
        name: &str,
        bytes: u64,
        text: TextHash,
        signature: &Signature,
        date: Option<&Date>,
    ) -> io::Result<()> {
        self.bytes = self.bytes.saturating_add(bytes);
        let date = date.map(Date::to_string).unwrap_or_default();
        let [upper, lower] = halves(self.names.push(format!("{name}{date}").as_bytes())?);
        let [text_upper, text_lower] = halves(text.bits());
        let script = script_number(signature.script());
        let lengths = [name.len(), date.len()].map(|length| u32::try_from(length).unwrap_or(u32::MAX));
        self.rows.push(Row([
            text_upper,
            text_lower,
            signature.characters(),
            script,
            upper,
            lower,
            lengths[0],
            lengths[1],
        ]))
    }

    /// The name of an article.
    ///
    /// # Errors
    /// Errors of the files, and if there is no such article.
    pub fn name(&mut self, article: u64) -> io::Result<String> {
        let Row([.., upper, lower, name, _]) = self.rows.get(article)?;
        self.string(whole([upper, lower]), name)
    }

    /// The hash of an article's text.
    ///
    /// # Errors
    /// Errors of the files, and if there is no such article.
    pub fn text(&mut self, article: u64) -> io::Result<TextHash> {
        let Row([upper, lower, ..]) = self.rows.get(article)?;
        Ok(TextHash::from_bits(whole([upper, lower])))
    }

    /// Makes sure that an article is the one that the first reading found with this number.
    ///
    /// # Errors
    /// Errors of the files, and if it is another one, because then numbers name wrong articles.
    pub fn check(&mut self, number: u64, file: &str, text: Option<TextHash>) -> anyhow::Result<()> {
        let is_known = number < self.count() && text == Some(self.text(number)?);
        ensure!(is_known, "{file}: the input changed while it was read");
        Ok(())
    }

    /// Makes sure that a later reading found as many articles.
    ///
    /// # Errors
    /// If it found fewer.
    pub fn check_count(&self, found: u64) -> anyhow::Result<()> {
        let count = self.count();
        ensure!(
            found == count,
            "the input changed while it was read: {found} of {count} articles came again"
        );
        Ok(())
    }

    /// What the choice of copies asks of an article.
    ///
    /// # Errors
    /// Errors of the files, and if there is no such article.
    pub fn facts(&mut self, article: u64) -> io::Result<ArticleFacts> {
        let Row([_, _, characters, script, upper, lower, name, date]) = self.rows.get(article)?;
        let date = self.string(whole([upper, lower]) + u64::from(name), date)?;
        Ok(ArticleFacts { characters, script: script_of(script), date: Date::parse(&date) })
    }

    fn string(&mut self, place: u64, length: u32) -> io::Result<String> {
        let bytes = self.names.get(place, length as usize)?;
        String::from_utf8(bytes).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
    }
}

fn script_number(script: Option<Script>) -> u32 {
    match script {
        None => 0,
        Some(Script::Hans) => 1,
        Some(Script::Hant) => 2,
    }
}

fn script_of(number: u32) -> Option<Script> {
    Script::ALL.into_iter().find(|script| script_number(Some(*script)) == number)
}
