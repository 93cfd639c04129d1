//! Exact conversion of a text of any size: block by block, on several threads, with bounded memory.

use std::io::{self, Read, Write};
use std::ops::ControlFlow;
use std::sync::mpsc::channel;

use super::workers;
use crate::Converter;
use crate::io::in_order;

/// Bytes in a block. With smaller blocks, waking another thread takes too much of the time.
const BLOCK: usize = 256 << 10;

/// Maximum number of threads that convert. Four threads convert as fast as one thread reads and another writes.
const MOST_WORKERS: usize = 4;

/// The reason why a conversion ended early. The text converted before that has been written, as far as possible.
#[derive(Debug)]
pub(super) enum Stopped {
    /// Reading the text failed.
    Reading(io::Error),
    /// Writing the result failed.
    Writing(io::Error),
}

/// A piece of the text that converts exactly as it does within the whole text, and its result.
#[derive(Default)]
struct StreamPiece {
    text: String,
    converted: String,
}

/// Bytes of a text and of its result.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Sizes {
    pub read: usize,
    pub written: usize,
}

/// Converts everything that `input` gives, with `threads` threads. With one thread everything runs here.
///
/// # Errors
/// The first error of either side.
pub(super) fn convert(
    threads: usize,
    converter: &Converter,
    input: impl Read,
    output: &mut (impl Write + Send + ?Sized),
) -> Result<Sizes, Stopped> {
    let mut reader = converter.reader(input);
    let (mut read, mut written) = (Ok(true), Ok(()));
    let mut sizes = Sizes::default();
    // Blocks are reused, because the system takes long to provide new memory.
    let (done, free) = channel::<StreamPiece>();
    let source = || {
        matches!(read, Ok(true)).then(|| {
            let mut block = free.try_recv().unwrap_or_default();
            read = reader.next_block(&mut block.text, BLOCK);
            block
        })
    };
    let worker = || {
        let worker = converter.worker();
        move |mut block: StreamPiece| {
            block.converted.clear();
            worker.convert_into(&block.text, &mut block.converted);
            block
        }
    };
    let sink = |block: StreamPiece| {
        written = output.write_all(block.converted.as_bytes());
        sizes.read += block.text.len();
        sizes.written += block.converted.len();
        // At the end no one takes blocks back.
        let _ = done.send(block);
        if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    in_order(workers(threads).min(MOST_WORKERS), false, source, worker, sink);
    written.map_err(Stopped::Writing)?;
    read.map(|_| sizes).map_err(Stopped::Reading)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn converter() -> Converter {
        Converter::new("s2t").expect("the configuration is built in")
    }

    /// Gives text, then an error.
    struct Breaks<'t>(&'t [u8]);

    impl Read for Breaks<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            match self.0.read(buffer) {
                Ok(0) => Err(io::ErrorKind::TimedOut.into()),
                read => read,
            }
        }
    }

    /// Accepts a limited number of bytes.
    struct Full(usize);

    impl Write for Full {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0 = self.0.checked_sub(bytes.len()).ok_or(io::ErrorKind::StorageFull)?;
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_text_of_many_blocks_converts_as_a_whole() {
        for length in [0, 1, BLOCK / 9, BLOCK, 5 * BLOCK] {
            let text: String = (0..)
                .flat_map(|n: usize| format!("头发{n}后面，").chars().collect::<Vec<_>>())
                .take(length)
                .collect();
            for threads in [1, 2, 5] {
                let mut output = Vec::new();
                let sizes = convert(threads, &converter(), text.as_bytes(), &mut output).ok();
                assert_eq!(sizes, Some(Sizes { read: text.len(), written: output.len() }));
                assert!(output == converter().convert(&text).as_bytes(), "{length} characters");
            }
        }
    }

    #[test]
    fn what_was_read_before_an_error_is_written() {
        let text = "头发，".repeat(BLOCK);
        let mut output = Vec::new();
        let stopped = convert(2, &converter(), Breaks(text.as_bytes()), &mut output);
        assert!(matches!(stopped, Err(Stopped::Reading(error)) if error.kind() == io::ErrorKind::TimedOut));
        assert!(
            text.len() - output.len() < BLOCK && converter().convert(&text).as_bytes().starts_with(&output)
        );
    }

    #[test]
    fn reading_ends_where_nothing_can_be_written() {
        for room in [0, 1, 10 * BLOCK] {
            let stopped = convert(2, &converter(), io::repeat(b'a'), &mut Full(room));
            assert!(
                matches!(stopped, Err(Stopped::Writing(error)) if error.kind() == io::ErrorKind::StorageFull)
            );
        }
    }
}
