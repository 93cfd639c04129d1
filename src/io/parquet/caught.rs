//! Calls of the crate `parquet`.

use std::cell::Cell;
use std::fmt::Display;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

/// What the crate adds before the reason of an error.
const PREFIXES: [&str; 7] = [
    "Parquet argument error: ",
    "Parquet error: ",
    "External: ",
    "EOF: ",
    "Arrow: ",
    "NYI: ",
    "Invalid argument error: ",
];

thread_local! {
    /// Whether this thread is in a call.
    static IS_CALLING: Cell<bool> = const { Cell::new(false) };
}

/// What a call of the crate gives, or the reason why it fails. On a damaged file the crate may panic. That must not end
/// the run, because other inputs are still to be processed. After a panic the caller uses nothing that the call used.
pub(super) fn caught<T, E: Display>(call: impl FnOnce() -> Result<T, E>) -> Result<T, String> {
    silence_panics();
    IS_CALLING.set(true);
    let result = catch_unwind(AssertUnwindSafe(call));
    IS_CALLING.set(false);
    match result {
        Ok(result) => result.map_err(|error| reason(&error)),
        Err(_) => Err("its data contradict each other".to_owned()),
    }
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

/// The message of an error, without what the crate adds before it.
fn reason(error: &impl Display) -> String {
    let message = error.to_string();
    let mut reason = message.as_str();
    while let Some(rest) = PREFIXES.iter().find_map(|prefix| reason.strip_prefix(prefix)) {
        reason = rest;
    }
    reason.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error() {
        let call = || -> Result<(), &str> { panic!("a panic that this test asks for") };
        assert_eq!(caught(call), Err("its data contradict each other".to_owned()));
        assert_eq!(caught(|| Err::<(), _>("Parquet error: EOF: x: y")), Err("x: y".to_owned()));
    }
}
