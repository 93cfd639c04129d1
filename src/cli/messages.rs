//! Messages on standard error: for people, or as JSON Lines for programs. A progress bar makes room for them.

use std::fmt;
use std::io::{self, Write};
use std::sync::{Mutex, OnceLock};

use indicatif::ProgressBar;
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields, MakeWriter};
use tracing_subscriber::registry::LookupSpan;

use super::args::LogFormat;

/// The bar that stands on the terminal.
static BAR: Mutex<Option<ProgressBar>> = Mutex::new(None);

/// The form of messages.
static FORMAT: OnceLock<LogFormat> = OnceLock::new();

/// Chooses the form of messages, and whether those for a search of errors are printed.
pub(super) fn begin(format: LogFormat, verbose: bool) {
    let format = *FORMAT.get_or_init(|| format);
    let level = if verbose { Level::DEBUG } else { Level::INFO };
    let messages = tracing_subscriber::fmt().with_max_level(level).with_writer(StandardError);
    // Only a second call fails, and there is none.
    let _ = match format {
        LogFormat::Text => messages.event_format(PlainMessages).try_init(),
        LogFormat::Json => messages.json().flatten_event(true).with_target(false).try_init(),
    };
}

/// Prints what a run has come to. For people it stands alone, without the name of the program.
pub(super) fn conclude(print: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> io::Result<()> {
    let mut lines = Vec::new();
    print(&mut lines)?;
    if FORMAT.get() == Some(&LogFormat::Json) {
        tracing::info!("{}", String::from_utf8_lossy(&lines).trim_end());
        return Ok(());
    }
    io::stderr().write_all(&lines)
}

/// Sets the bar that makes room for messages, or takes it away.
pub(super) fn set_bar(bar: Option<ProgressBar>) {
    if let Ok(mut current) = BAR.lock() {
        *current = bar;
    }
}

/// Messages for people: the name of the program, and the message.
struct PlainMessages;

impl<S, N> FormatEvent<S, N> for PlainMessages
where
    S: Subscriber + for<'l> LookupSpan<'l>,
    N: for<'w> FormatFields<'w> + 'static,
{
    fn format_event(&self, _: &FmtContext<'_, S, N>, mut out: Writer<'_>, event: &Event<'_>) -> fmt::Result {
        let mut message = Message(String::new());
        event.record(&mut message);
        writeln!(out, "qingwen: {}", message.0)
    }
}

/// Finds the message of an event.
struct Message(String);

impl tracing::field::Visit for Message {
    fn record_debug(&mut self, field: &tracing::field::Field, value: &dyn fmt::Debug) {
        if field.name() == "message" {
            self.0 = format!("{value:?}");
        }
    }
}

/// Standard error, without the bar. If it is closed, messages are lost.
struct StandardError;

impl MakeWriter<'_> for StandardError {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        Self
    }
}

impl Write for StandardError {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let bar = BAR.lock().ok().and_then(|bar| bar.clone());
        let print = || io::stderr().write_all(bytes);
        let _ = bar.map_or_else(print, |bar| bar.suspend(print));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
