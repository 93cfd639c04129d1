//! Writing blocks of text while the next ones are made.

use std::io::{self, Write};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

/// Blocks on their way at a time, so that neither side waits for each single one, and memory stays bounded.
const BLOCKS: usize = 4;

/// What ended it early.
#[derive(Debug)]
pub(crate) enum Stopped {
    /// A block could not be made.
    Making(io::Error),
    /// A block could not be written.
    Writing(io::Error),
}

/// Puts the next block in the place of an older one; whether more may follow. Where that is an error, what is in the
/// block counts all the same.
pub(crate) trait Make: FnMut(&mut String) -> io::Result<bool> {}

impl<F: FnMut(&mut String) -> io::Result<bool>> Make for F {}

/// Writes all blocks that are made, those behind the first on a thread of their own: to hand text to the system takes
/// up to half as long as the fastest conversions take to make it.
///
/// # Errors
/// The first of either side. What was made before it has been written, as far as that was possible.
pub(crate) fn pump(output: &mut (impl Write + Send), mut next: impl Make) -> Result<(), Stopped> {
    let mut block = String::new();
    let more = write_one(output, &mut block, &mut next)?;
    if !more {
        return Ok(());
    }
    if let Some(ended) = side_by_side(output, &mut next) {
        return ended;
    }
    while write_one(output, &mut block, &mut next)? {}
    Ok(())
}

/// Makes a block and writes it; whether more may follow.
fn write_one(output: &mut impl Write, block: &mut String, next: &mut impl Make) -> Result<bool, Stopped> {
    let more = next(block);
    output.write_all(block.as_bytes()).map_err(Stopped::Writing)?;
    more.map_err(Stopped::Making)
}

/// Makes blocks here and writes them on another thread; `None` where there can be none.
fn side_by_side(output: &mut (impl Write + Send), next: &mut impl Make) -> Option<Result<(), Stopped>> {
    let (made, to_write) = channel();
    let (written, to_fill) = channel();
    let free = (0..BLOCKS).all(|_| written.send(String::new()).is_ok());
    debug_assert!(free, "the receiver is here");
    thread::scope(|scope| {
        let writer = thread::Builder::new().spawn_scoped(scope, || write(output, to_write, written)).ok()?;
        let making = make(next, to_fill, made);
        let writing = writer.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        Some(writing.map_err(Stopped::Writing).and(making.map_err(Stopped::Making)))
    })
}

/// Makes blocks until there are no more, or nobody writes them any longer.
fn make(next: &mut impl Make, to_fill: Receiver<String>, made: Sender<String>) -> io::Result<()> {
    for mut block in to_fill {
        let more = next(&mut block);
        if made.send(block).is_err() || !more? {
            break;
        }
    }
    Ok(())
}

/// Writes blocks and gives them back to be filled again.
fn write(output: &mut impl Write, to_write: Receiver<String>, written: Sender<String>) -> io::Result<()> {
    for block in to_write {
        output.write_all(block.as_bytes())?;
        // When all are made nobody takes them back.
        let _ = written.send(block);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Blocks of growing length, up to some number; then the end, or an error with a last block.
    fn numbers(count: usize, fails: bool) -> impl Make {
        let mut made = 0;
        move |block| {
            made += 1;
            block.clear();
            block.push_str(&made.to_string().repeat(made));
            if made == count && fails { Err(io::ErrorKind::InvalidData.into()) } else { Ok(made < count) }
        }
    }

    fn expected(count: usize) -> String {
        (1..=count).map(|made| made.to_string().repeat(made)).collect()
    }

    #[test]
    fn blocks_are_written_in_their_order() {
        for count in [1, 2, 3, BLOCKS, BLOCKS + 1, BLOCKS + 2, 300] {
            let mut output = Vec::new();
            assert!(pump(&mut output, numbers(count, false)).is_ok());
            assert!(output == expected(count).as_bytes(), "{count}");
        }
    }

    #[test]
    fn what_was_made_before_an_error_is_written() {
        for count in [1, 2, 300] {
            let mut output = Vec::new();
            let stopped = pump(&mut output, numbers(count, true));
            assert!(matches!(stopped, Err(Stopped::Making(_))), "{stopped:?}");
            assert!(output == expected(count).as_bytes(), "{count}");
        }
    }

    /// Takes so many bytes.
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
    fn making_ends_where_nothing_can_be_written() {
        for room in [0, 1, 100, 10_000] {
            let endless = numbers(usize::MAX, false);
            let stopped = pump(&mut Full(room), endless);
            assert!(
                matches!(&stopped, Err(Stopped::Writing(error)) if error.kind() == io::ErrorKind::StorageFull)
            );
        }
    }
}
