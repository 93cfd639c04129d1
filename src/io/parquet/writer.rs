//! Writes rows back: the same columns, types and row groups, with other texts.

use std::io::{self, Write};
use std::sync::Arc;

use parquet::arrow::arrow_reader::ArrowReaderMetadata;
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use parquet::arrow::{ARROW_SCHEMA_META_KEY, ArrowWriter};
use parquet::file::metadata::ParquetMetaData;
use parquet::file::properties::WriterProperties;
use parquet::schema::types::ColumnPath;

use super::super::format::Writer;
use super::super::record::{InputRecord, RecordChange};
use super::added::{with_column, with_field};
use super::block::RowSource;
use super::caught::caught;
use super::kept::Kept;
use super::old_times::{has_old_times, with_new_times};

/// The most bytes of a row group. It is in memory until it is complete, so a larger one of the input becomes several.
const LARGEST_GROUP: usize = 64 << 20;

/// Writes row groups.
pub(super) struct RowGroupWriter {
    footer: ArrowReaderMetadata,
    origin: Arc<RowSource>,
    /// The rows that come next.
    kept: Option<Kept>,
    /// The file. Its bytes are in memory until they are written.
    file: Option<ArrowWriter<Pieces>>,
    /// The row group of the input that is being written.
    group: usize,
    is_changed: bool,
}

impl RowGroupWriter {
    /// Writes rows of a file that has this footer.
    pub fn new(footer: ArrowReaderMetadata, origin: Arc<RowSource>) -> Self {
        Self { footer, origin, kept: None, file: None, group: 0, is_changed: false }
    }

    /// Calls the writer of the crate, and writes the bytes that it has made.
    fn write(
        &mut self,
        out: &mut dyn Write,
        call: impl FnOnce(&mut ArrowWriter<Pieces>) -> parquet::errors::Result<()>,
    ) -> io::Result<()> {
        let file = &mut self.file;
        let (footer, added) = (&self.footer, self.origin.added.as_deref());
        let pieces = caught(|| {
            let file = match file {
                Some(file) => file,
                none => none.insert(begun(footer, added)?),
            };
            call(file)?;
            file.sync()?;
            Ok::<_, parquet::errors::ParquetError>(std::mem::take(file.inner_mut()))
        });
        let Pieces(pieces) = pieces.map_err(io::Error::other)?;
        pieces.into_iter().try_for_each(|piece| out.write_all(&piece))
    }

    /// Writes the rows that were read together. Row groups end where those of the input do.
    fn write_kept(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let Some(kept) = self.kept.take() else { return Ok(()) };
        let is_new_group = std::mem::replace(&mut self.group, kept.rows.group) != kept.rows.group;
        let origin = Arc::clone(&self.origin);
        self.write(out, |file| {
            if is_new_group {
                file.flush()?;
            }
            file.write(&kept.changed(&origin.places, origin.added.as_deref())?)
        })
    }
}

/// Bytes of a file. A row group is large, so its bytes are not moved together.
#[derive(Default)]
struct Pieces(Vec<Vec<u8>>);

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.push(bytes.to_vec());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Writer for RowGroupWriter {
    fn record(&mut self, out: &mut dyn Write, record: &InputRecord, change: &RecordChange) -> io::Result<()> {
        let Some(row) = &record.row else { return Ok(()) };
        if self.kept.as_ref().is_some_and(|kept| !Arc::ptr_eq(&kept.rows, &row.rows)) {
            self.write_kept(out)?;
        }
        let (text, title) = (record.new_text(change), record.new_title(change));
        let added = change.added.first().map(|field| field.json.as_str());
        self.is_changed |= text.is_some() || title.is_some() || added.is_some();
        self.kept.get_or_insert_with(|| Kept::none_of(&row.rows)).add(row.index, text, title, added);
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.write_kept(out)?;
        self.write(out, |file| file.finish().map(drop))
    }

    fn is_unchanged(&self) -> bool {
        !self.is_changed
    }
}

/// A file with the schema and the properties of another, and with a column that is added.
fn begun(footer: &ArrowReaderMetadata, added: Option<&str>) -> parquet::errors::Result<ArrowWriter<Pieces>> {
    let schema = footer.parquet_schema();
    let schema = if has_old_times(schema) { with_new_times(schema)? } else { schema.clone() };
    let schema = added.map_or_else(|| Ok(schema.clone()), |name| with_column(&schema, name))?;
    let types = Arc::clone(footer.schema());
    let types = added.map_or(types.clone(), |name| Arc::new(with_field(&types, name)));
    let options = ArrowWriterOptions::new()
        .with_properties(properties(footer.metadata(), added))
        .with_parquet_schema(schema)
        // If the other file has the types of Arrow, they are in its key-value metadata. They hold for its columns alone.
        .with_skip_arrow_metadata(added.is_none() || !has_types(footer.metadata()));
    ArrowWriter::try_new_with_options(Pieces::default(), types, options)
}

/// Whether the key-value metadata of a file hold the types of Arrow for its columns.
fn has_types(metadata: &ParquetMetaData) -> bool {
    let values = metadata.file_metadata().key_value_metadata();
    values.is_some_and(|values| values.iter().any(|value| value.key == ARROW_SCHEMA_META_KEY))
}

/// How a file is written: with the key-value metadata and the compressions of another. An added column has the compression
/// of the first.
fn properties(metadata: &ParquetMetaData, added: Option<&str>) -> WriterProperties {
    let builder = WriterProperties::builder()
        .set_key_value_metadata(metadata.file_metadata().key_value_metadata().cloned())
        .set_max_row_group_row_count(None)
        .set_max_row_group_bytes(Some(LARGEST_GROUP));
    let columns = metadata.row_groups().first().map_or(&[][..], |group| group.columns());
    let builder = columns.iter().fold(builder, |builder, column| {
        builder.set_column_compression(column.column_path().clone(), column.compression())
    });
    let added = added.zip(columns.first());
    let builder = added.into_iter().fold(builder, |builder, (name, first)| {
        builder.set_column_compression(ColumnPath::from(vec![name.to_owned()]), first.compression())
    });
    builder.build()
}
