//! Calls of the crate `parquet`.

use std::fmt::Display;

use super::super::guarded::guarded;

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

/// What a call of the crate gives, or the reason why it fails. On a damaged file the crate may panic. That must not end
/// the run, because other inputs are still to be processed. After a panic the caller uses nothing that the call used.
pub(super) fn caught<T, E: Display>(call: impl FnOnce() -> Result<T, E>) -> Result<T, String> {
    match guarded(call) {
        Some(result) => result.map_err(|error| reason(&error)),
        None => Err("its data contradict each other".to_owned()),
    }
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
