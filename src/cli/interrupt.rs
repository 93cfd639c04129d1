//! Interrupts: Ctrl-C and the request to end (SIGINT, SIGTERM). A run ends at a record then.

use std::sync::atomic::{AtomicBool, Ordering};

/// The exit code of a run that was interrupted: 128 and the number of SIGINT, as shells have it.
pub(super) const EXIT_CODE: u8 = 130;

static REQUESTED: AtomicBool = AtomicBool::new(false);
static WAITING: AtomicBool = AtomicBool::new(false);

/// Whether the run shall end.
pub(super) fn requested() -> bool {
    REQUESTED.load(Ordering::Relaxed)
}

/// Says whether the run may wait for standard input. A request to end it then ends it at once, because nothing may come.
pub(super) fn waits_for_input(waits: bool) {
    WAITING.store(waits, Ordering::Relaxed);
}

/// Listens for requests to end. The second one ends the process at once.
#[cfg(unix)]
pub(super) fn listen() {
    use std::sync::Once;

    use signal_hook::consts::{SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;

    static LISTENS: Once = Once::new();
    LISTENS.call_once(|| {
        let Ok(mut signals) = Signals::new([SIGINT, SIGTERM]) else { return };
        let listen = move || {
            for _ in &mut signals {
                if REQUESTED.swap(true, Ordering::Relaxed) || WAITING.load(Ordering::Relaxed) {
                    crate::io::discard_partial_files();
                    std::process::exit(EXIT_CODE.into());
                }
            }
        };
        // Without the thread, a request ends the process as it ends any other.
        let _ = std::thread::Builder::new().spawn(listen);
    });
}

/// Elsewhere a request ends the process as it ends any other.
#[cfg(not(unix))]
pub(super) fn listen() {}
