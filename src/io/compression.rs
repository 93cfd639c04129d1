//! Compression: a layer between the bytes of a file and its content.

use std::error::Error;
use std::fmt;
use std::io::{self, BufReader, Read, Write};

use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;
use ruzstd::decoding::StreamingDecoder;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

use super::expansion::{Content, watched};
use super::input::Input;

/// A form of compression that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Compression {
    Gzip,
    Zstandard,
}

/// The forms, with the bytes that they begin with and the endings of file names.
static FORMS: [(Compression, &[u8], &str); 2] =
    [(Compression::Gzip, b"\x1F\x8B\x08", "gz"), (Compression::Zstandard, b"\x28\xB5\x2F\xFD", "zst")];

impl Compression {
    /// The compression of content that begins with these bytes.
    pub fn of(beginning: &[u8]) -> Option<Self> {
        FORMS.iter().find(|(_, magic, _)| beginning.starts_with(magic)).map(|(form, ..)| *form)
    }

    /// The compression that an ending of a file name stands for.
    pub fn by_ending(ending: &str) -> Option<Self> {
        FORMS.iter().find(|(.., known)| *known == ending).map(|(form, ..)| *form)
    }

    /// The compression that a file's name promises.
    pub fn by_name(input: &Input) -> Option<Self> {
        FORMS.iter().map(|(form, ..)| *form).find(|form| input.is_named_as(*form))
    }

    /// A reader of the content.
    ///
    /// # Errors
    /// If the beginning is not valid. Reading it fails if the content is damaged or expands too much.
    pub fn reader(self, bytes: Box<dyn Read>) -> io::Result<Box<dyn Read>> {
        let (bytes, count) = watched(bytes);
        Ok(match self {
            Compression::Gzip => Box::new(Content::of(Members(MultiGzDecoder::new(bytes)), count)),
            Compression::Zstandard => Box::new(Content::of(Frames::new(Box::new(bytes))?, count)),
        })
    }

    /// The content in compressed form.
    ///
    /// # Errors
    /// Errors of the encoder.
    pub fn compressed(self, content: &[u8]) -> io::Result<Vec<u8>> {
        match self {
            Compression::Gzip => {
                let mut encoder = GzEncoder::new(Vec::new(), flate2::Compression::default());
                encoder.write_all(content)?;
                encoder.finish()
            }
            Compression::Zstandard => Ok(compress_to_vec(content, CompressionLevel::Fastest)),
        }
    }
}

impl fmt::Display for Compression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Compression::Gzip => "gzip",
            Compression::Zstandard => "Zstandard",
        })
    }
}

/// The members of a gzip file, one behind the other.
struct Members<R>(MultiGzDecoder<R>);

impl<R: Read> Read for Members<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer).map_err(|error| match error.kind() {
            io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => damaged(Compression::Gzip, error),
            io::ErrorKind::UnexpectedEof => cut_off(Compression::Gzip),
            _ => error,
        })
    }
}

/// The frames of a Zstandard file, one behind the other.
struct Frames(Option<StreamingDecoder<BufReader<Box<dyn Read>>, ruzstd::decoding::FrameDecoder>>);

impl Frames {
    fn new(bytes: Box<dyn Read>) -> io::Result<Self> {
        Ok(Self(Some(StreamingDecoder::new(BufReader::new(bytes)).map_err(damaged_frame)?)))
    }

    /// Goes on with the next frame, if there is one.
    fn next_frame(&mut self) -> io::Result<bool> {
        use std::io::BufRead;
        let Some(frame) = self.0.take() else { return Ok(false) };
        let (mut bytes, decoder) = frame.into_parts();
        let (written, calculated) = (decoder.get_checksum_from_data(), decoder.get_calculated_checksum());
        if written.is_some() && written != calculated {
            return Err(damaged(Compression::Zstandard, "its checksum is that of other content"));
        }
        if bytes.fill_buf()?.is_empty() {
            return Ok(false);
        }
        self.0 = Some(StreamingDecoder::new(bytes).map_err(damaged_frame)?);
        Ok(true)
    }
}

impl Read for Frames {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(frame) = &mut self.0 {
            let read = frame.read(buffer).map_err(damaged_frame)?;
            if read > 0 || buffer.is_empty() || !self.next_frame()? {
                return Ok(read);
            }
        }
        Ok(0)
    }
}

fn damaged_frame(error: impl Error + 'static) -> io::Error {
    if ends_early(&error) { cut_off(Compression::Zstandard) } else { damaged(Compression::Zstandard, error) }
}

/// Whether an error rests on data that ends too early.
fn ends_early(error: &(dyn Error + 'static)) -> bool {
    let is_end = |error: &io::Error| error.kind() == io::ErrorKind::UnexpectedEof;
    error.downcast_ref().is_some_and(is_end) || error.source().is_some_and(ends_early)
}

fn cut_off(form: Compression) -> io::Error {
    damaged(form, "it ends too early")
}

fn damaged(form: Compression, error: impl fmt::Display) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("damaged {form} data: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_that_is_not_that_of_the_checksum_is_an_error() {
        let text = "老街夜市，好。".as_bytes();
        let mut encoder = zstd::Encoder::new(Vec::new(), 3).unwrap();
        encoder.include_checksum(true).unwrap();
        encoder.write_all(text).unwrap();
        let whole = encoder.finish().unwrap();
        let read = |frame: &[u8]| {
            let mut read = Vec::new();
            let frame: Box<dyn Read> = Box::new(io::Cursor::new(frame.to_vec()));
            Frames::new(frame).and_then(|mut frames| frames.read_to_end(&mut read)).map(|_| read)
        };
        assert_eq!(read(&whole).unwrap(), text);
        let at = whole.windows(3).position(|bytes| bytes == "好".as_bytes()).unwrap();
        let mut changed = whole.clone();
        changed[at..at + 3].copy_from_slice("壞".as_bytes());
        assert!(read(&changed).unwrap_err().to_string().contains("checksum"));
        assert_eq!(read(&[&whole[..], &whole].concat()).unwrap(), [text, text].concat());
    }

    #[test]
    fn what_is_compressed_is_read_again() {
        let text = "老街夜市搬走了。".repeat(10_000);
        let gzip = Compression::Gzip.compressed(text.as_bytes()).unwrap();
        let frame = zstd::encode_all(text.as_bytes(), 3).unwrap();
        for (bytes, times) in
            [(gzip.clone(), 1), (gzip.repeat(2), 2), (frame.clone(), 1), (frame.repeat(3), 3)]
        {
            let compression = Compression::of(&bytes).unwrap();
            let mut content = String::new();
            let mut reader = compression.reader(Box::new(io::Cursor::new(bytes))).unwrap();
            reader.read_to_string(&mut content).unwrap();
            assert!(content == text.repeat(times), "{compression}");
        }
    }

    #[test]
    fn data_that_ends_too_early_is_an_error_that_says_so() {
        let text: String = (0..500).map(|number| format!("第{number}個攤位搬走了。")).collect();
        for bytes in [
            Compression::Gzip.compressed(text.as_bytes()).unwrap(),
            zstd::encode_all(text.as_bytes(), 3).unwrap(),
        ] {
            let compression = Compression::of(&bytes).unwrap();
            for end in 4..bytes.len() {
                let cut = bytes[..end].to_vec();
                let read = compression
                    .reader(Box::new(io::Cursor::new(cut)))
                    .and_then(|mut r| r.read_to_end(&mut Vec::new()));
                let error = read.unwrap_err().to_string();
                assert_eq!(error, format!("damaged {compression} data: it ends too early"), "{end}");
            }
        }
    }
}
