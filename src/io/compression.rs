//! Compression: a layer between the bytes of a file and its content.

use std::error::Error;
use std::fmt;
use std::io::{self, BufRead, BufReader, Read, Write};

use flate2::bufread::GzDecoder;
use flate2::write::GzEncoder;
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder, StreamingDecoder};
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
            Compression::Gzip => Box::new(Content::of(Members::new(Box::new(bytes)), count)),
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
struct Members(Option<GzDecoder<BufReader<Box<dyn Read>>>>);

impl Members {
    fn new(bytes: Box<dyn Read>) -> Self {
        Self(Some(GzDecoder::new(BufReader::new(bytes))))
    }

    /// Goes on with the next member, if there is one. Tapes and some programs fill the rest of a file with zeros.
    fn next_member(&mut self) -> io::Result<()> {
        let Some(member) = self.0.take() else { return Ok(()) };
        let mut bytes = member.into_inner();
        let has_zeros = pass_zeros(&mut bytes)?;
        match bytes.fill_buf()? {
            [] => {}
            [0x1F, ..] if !has_zeros => self.0 = Some(GzDecoder::new(bytes)),
            _ => return Err(damaged(Compression::Gzip, "other data stands behind it")),
        }
        Ok(())
    }
}

/// Passes over zeros. Returns whether there are any.
fn pass_zeros(bytes: &mut impl BufRead) -> io::Result<bool> {
    let mut any = false;
    loop {
        let zeros = bytes.fill_buf()?.iter().take_while(|byte| **byte == 0).count();
        if zeros == 0 {
            return Ok(any);
        }
        bytes.consume(zeros);
        any = true;
    }
}

impl Read for Members {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(member) = &mut self.0 {
            let read = member.read(buffer).map_err(|error| match error.kind() {
                io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => damaged(Compression::Gzip, error),
                io::ErrorKind::UnexpectedEof => cut_off(Compression::Gzip),
                _ => error,
            })?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            self.next_member()?;
        }
        Ok(0)
    }
}

/// The frames of a Zstandard file, one behind the other.
struct Frames {
    /// The current frame.
    frame: Option<StreamingDecoder<BufReader<Box<dyn Read>>, FrameDecoder>>,
    /// Whether the data ended within the current frame.
    is_cut: bool,
}

impl Frames {
    fn new(bytes: Box<dyn Read>) -> io::Result<Self> {
        let frame = StreamingDecoder::new(BufReader::new(bytes)).map_err(damaged_frame)?;
        Ok(Self { frame: Some(frame), is_cut: false })
    }

    /// Goes on with the next frame, if there is one.
    fn next_frame(&mut self) -> io::Result<()> {
        let Some(frame) = self.frame.take() else { return Ok(()) };
        let (mut bytes, decoder) = frame.into_parts();
        let (written, calculated) = (decoder.get_checksum_from_data(), decoder.get_calculated_checksum());
        if written.is_some() && written != calculated {
            return Err(damaged(Compression::Zstandard, "its checksum is that of other content"));
        }
        if !bytes.fill_buf()?.is_empty() {
            self.frame = Some(StreamingDecoder::new(bytes).map_err(damaged_frame)?);
        }
        Ok(())
    }
}

impl Read for Frames {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(frame) = &mut self.frame {
            match frame.read(buffer) {
                Ok(read) if read > 0 || buffer.is_empty() => return Ok(read),
                Ok(_) if self.is_cut => return Err(cut_off(Compression::Zstandard)),
                Ok(_) => self.next_frame()?,
                Err(error) if ends_early(&error) && !self.is_cut => {
                    self.is_cut = true;
                    end(&mut frame.decoder)?;
                }
                Err(error) => return Err(damaged_frame(error)),
            }
        }
        Ok(0)
    }
}

/// Ends a frame whose data was cut off. Until its end, the decoder keeps back the last megabytes that it has decoded,
/// because later blocks may refer to them.
fn end(decoder: &mut FrameDecoder) -> io::Result<()> {
    /// An empty block that is the last one, and a checksum that no one compares.
    const LAST_BLOCK: [u8; 7] = [1, 0, 0, 0, 0, 0, 0];
    decoder.decode_blocks(&LAST_BLOCK[..], BlockDecodingStrategy::All).map(drop).map_err(damaged_frame)
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
    fn zeros_may_stand_behind_gzip_and_nothing_else() {
        let text = "老街夜市搬走了。".as_bytes();
        let gzip = Compression::Gzip.compressed(text).unwrap();
        let read = |bytes: Vec<u8>| {
            let mut content = Vec::new();
            let mut reader = Compression::Gzip.reader(Box::new(io::Cursor::new(bytes))).unwrap();
            reader.read_to_end(&mut content).map(|_| content)
        };
        assert_eq!(read([&gzip[..], &[0; 1000]].concat()).unwrap(), text);
        for rest in [&b"garbage"[..], b"\0x", &[&[0], &gzip[..]].concat()] {
            let error = read([&gzip[..], rest].concat()).unwrap_err().to_string();
            assert_eq!(error, "damaged gzip data: other data stands behind it");
        }
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

    /// A decoder may keep back what later data may refer to. It is given although later data is missing.
    #[test]
    fn what_stands_before_the_place_where_data_is_cut_off_is_given() {
        let text: String = (0..100_000).map(|number| format!("第{number}個攤位搬走了。")).collect();
        let whole = zstd::encode_all(text.as_bytes(), 3).unwrap();
        let mut content = Vec::new();
        let mut reader = Compression::Zstandard
            .reader(Box::new(io::Cursor::new(whole[..whole.len() / 2].to_vec())))
            .unwrap();
        assert!(reader.read_to_end(&mut content).is_err());
        assert!(content.len() > text.len() / 4 && text.as_bytes().starts_with(&content), "{}", content.len());
    }
}
