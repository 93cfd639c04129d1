//! The progress of a run: a bar on a terminal, or a line now and then.

use std::io::{self, IsTerminal};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use indicatif::{HumanBytes, HumanDuration, ProgressBar, ProgressStyle};

use super::args::ProgressForm;
use super::messages;

/// How often the bar is drawn.
const TICK: Duration = Duration::from_millis(200);
/// How long a run takes at least before its progress is shown.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often a line is printed.
const LINE: Duration = Duration::from_secs(10);

/// What a run has done so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Counters {
    /// Bytes that were read, as they stand in files.
    pub read: Arc<AtomicU64>,
    pub articles: Arc<AtomicU64>,
    pub removed_lines: Arc<AtomicU64>,
}

/// Shows the progress until it is dropped.
pub(super) struct Progress {
    ended: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Progress {
    /// Shows the progress of a run over `total` bytes, which are not known of standard input. `phase` says what becomes of
    /// articles in this reading of several.
    pub fn show(
        form: ProgressForm,
        total: Option<u64>,
        counters: &Counters,
        phase: Option<&'static str>,
    ) -> Self {
        let ended = Arc::new(AtomicBool::new(false));
        let view = ProgressView {
            total,
            counters: counters.clone(),
            phase,
            ended: Arc::clone(&ended),
            started: Instant::now(),
        };
        let show: Option<fn(ProgressView)> = match form {
            ProgressForm::Auto if io::stderr().is_terminal() => Some(ProgressView::bar),
            ProgressForm::Auto | ProgressForm::None => None,
            ProgressForm::Plain => Some(ProgressView::lines),
        };
        let start = |show: fn(ProgressView)| std::thread::Builder::new().spawn(move || show(view)).ok();
        Self { ended, thread: show.and_then(start) }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            let _ = thread.join();
        }
    }
}

/// What is shown.
struct ProgressView {
    total: Option<u64>,
    counters: Counters,
    phase: Option<&'static str>,
    ended: Arc<AtomicBool>,
    started: Instant,
}

impl ProgressView {
    /// Waits. Returns whether the run goes on.
    fn wait(&self, time: Duration) -> bool {
        let until = Instant::now() + time;
        while !self.ended.load(Ordering::Relaxed) {
            match until.checked_duration_since(Instant::now()) {
                Some(rest) if !rest.is_zero() => std::thread::park_timeout(rest),
                _ => return true,
            }
        }
        false
    }

    fn bar(self) {
        if !self.wait(PATIENCE) {
            return;
        }
        let bar = ProgressBar::new(self.total.unwrap_or_default());
        let template = match self.total {
            Some(_) => "{wide_bar} {bytes}/{total_bytes} {bytes_per_sec}, {eta} left; {msg}",
            None => "{spinner} {bytes} {bytes_per_sec}; {msg}",
        };
        bar.set_style(
            ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()),
        );
        bar.reset_elapsed();
        messages::set_bar(Some(bar.clone()));
        loop {
            bar.set_message(self.counts());
            bar.set_position(self.read());
            if !self.wait(TICK) {
                break;
            }
        }
        messages::set_bar(None);
        bar.finish_and_clear();
    }

    fn lines(self) {
        while self.wait(LINE) {
            tracing::info!("{}", self.line());
        }
    }

    fn read(&self) -> u64 {
        self.counters.read.load(Ordering::Relaxed)
    }

    fn counts(&self) -> String {
        let number = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        let (articles, removed) = (number(&self.counters.articles), number(&self.counters.removed_lines));
        match self.phase {
            Some(phase) => format!("{articles} articles {phase}"),
            None => format!("{articles} articles, {removed} lines removed"),
        }
    }

    /// What is done, how fast, and how long the rest takes at this rate.
    fn line(&self) -> String {
        let (read, seconds) = (self.read(), self.started.elapsed().as_secs_f64().max(0.001));
        let rate = read as f64 / seconds;
        let of = self.total.map_or(String::new(), |total| format!(" of {}", HumanBytes(total)));
        let left = self.total.filter(|_| read > 0).map(|total| total.saturating_sub(read) as f64 / rate);
        let left = left.and_then(|left| Duration::try_from_secs_f64(left).ok());
        let left = left.map_or(String::new(), |left| format!(", {} left", HumanDuration(left)));
        format!("{}{of}, {}/s{left}; {}", HumanBytes(read), HumanBytes(rate as u64), self.counts())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_what_is_done_and_what_is_left() {
        let counters = Counters::default();
        counters.read.store(3 << 20, Ordering::Relaxed);
        counters.articles.store(7, Ordering::Relaxed);
        let started = Instant::now().checked_sub(Duration::from_secs(3)).unwrap();
        let mut view =
            ProgressView { total: Some(9 << 20), counters, phase: None, ended: Arc::default(), started };
        let line = view.line();
        assert!(
            line.starts_with("3.00 MiB of 9.00 MiB, ") && line.contains(" left; 7 articles, 0 lines removed"),
            "{line}"
        );
        view.phase = Some("signed");
        assert!(view.line().ends_with(" left; 7 articles signed"), "{}", view.line());
    }
}
