//! Calls of crates that may panic on a damaged file.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    /// Whether this thread is in a call.
    static IS_CALLING: Cell<bool> = const { Cell::new(false) };
}

/// What a call of a crate gives; `None` if it panics. On a damaged file a crate may do so, and that must not end the run.
/// After a panic the caller uses nothing that the call used.
pub(crate) fn guarded<T>(call: impl FnOnce() -> T) -> Option<T> {
    silence_panics();
    IS_CALLING.set(true);
    let result = catch_unwind(AssertUnwindSafe(call));
    IS_CALLING.set(false);
    result.ok()
}

/// Prints no message for a panic in a call, because the error says what is to be said. Other panics have theirs.
fn silence_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = take_hook();
        set_hook(Box::new(move |panic| {
            if !IS_CALLING.get() {
                usual(panic);
            }
        }));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_gives_nothing() {
        assert_eq!(guarded(|| 7), Some(7));
        assert_eq!(guarded(|| panic!("a panic that this test asks for")), None::<()>);
    }
}
