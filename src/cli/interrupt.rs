//! Interrupts: Ctrl-C, the request to end, and the end of the terminal (SIGINT, SIGTERM, SIGHUP). A run ends at a record
//! then. If that takes too long, or a second interrupt comes, the process ends at once.

use std::sync::atomic::{AtomicBool, Ordering};

/// The exit code of a run that was interrupted: 128 and the number of SIGINT, as shells have it.
pub(super) const EXIT_CODE: u8 = 130;

static REQUESTED: AtomicBool = AtomicBool::new(false);
static WAITING: AtomicBool = AtomicBool::new(false);
static HEEDED: AtomicBool = AtomicBool::new(false);

/// Whether the run shall end.
pub(super) fn requested() -> bool {
    REQUESTED.load(Ordering::Relaxed)
}

/// Whether the run shall end, at the place where it can. From here on it has the time that it needs to leave everything
/// in order.
pub(super) fn heeded() -> bool {
    let requested = requested();
    HEEDED.store(requested, Ordering::Relaxed);
    requested
}

/// Says whether the run may wait for standard input. A request to end it then ends it at once, because nothing may come.
pub(super) fn waits_for_input(waits: bool) {
    WAITING.store(waits, Ordering::Relaxed);
}

/// Listens for requests to end.
#[cfg(unix)]
pub(super) fn listen() {
    listener::listen();
}

/// Elsewhere a request ends the process as it ends any other.
#[cfg(not(unix))]
pub(super) fn listen() {}

#[cfg(unix)]
mod listener {
    use std::sync::Once;
    use std::sync::atomic::Ordering;
    use std::thread::{Builder, sleep};
    use std::time::Duration;

    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;

    use super::super::complain;
    use super::{EXIT_CODE, HEEDED, REQUESTED, WAITING};

    /// Time until a person is told why the run has not ended. Most records take much less.
    const SILENCE: Duration = Duration::from_secs(1);

    /// Further time until the process ends in the middle of a record. Those who stop a program wait ten seconds or more
    /// until they kill it (Docker: 10, Kubernetes: 30).
    const PATIENCE: Duration = Duration::from_secs(4);

    pub(super) fn listen() {
        static LISTENS: Once = Once::new();
        LISTENS.call_once(|| {
            let hangup = (!ignores(SIGHUP)).then_some(SIGHUP);
            let Ok(mut signals) = Signals::new([SIGINT, SIGTERM].into_iter().chain(hangup)) else { return };
            let listen = move || {
                for _ in &mut signals {
                    if REQUESTED.swap(true, Ordering::Relaxed) || WAITING.load(Ordering::Relaxed) {
                        end();
                    }
                    // Without the thread, a second interrupt ends the process.
                    let _ = Builder::new().spawn(end_later);
                }
            };
            // Without the thread, a request ends the process as it ends any other.
            let _ = Builder::new().spawn(listen);
        });
    }

    /// Ends the process if the run has not ended by itself: a record may take long, and a pipe may give nothing.
    fn end_later() {
        let is_busy = |time| {
            sleep(time);
            !HEEDED.load(Ordering::Relaxed)
        };
        if is_busy(SILENCE) {
            complain("still at work on a record; another interrupt ends the run at once");
            if is_busy(PATIENCE) {
                end();
            }
        }
    }

    fn end() -> ! {
        crate::io::discard_partial_files();
        std::process::exit(EXIT_CODE.into());
    }

    /// Whether whoever started the process let it ignore a signal, as `nohup` does.
    fn ignores(signal: i32) -> bool {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
        mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok())
            .is_some_and(|mask| mask >> (signal - 1) & 1 == 1)
    }
}
