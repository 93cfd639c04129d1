//! A collection in parts: `qingwen corpus sign` and `corpus count` write what is known of each article as a table, and
//! `corpus merge` takes the tables of all parts.

mod count;
mod counted_row;
mod merge;
mod sign;
mod signature_row;
mod table_sink;

pub(super) use count::command as count;
pub(super) use merge::command as merge;
pub(super) use sign::command as sign;
pub(super) use signature_row::SignatureRow;
pub(super) use table_sink::TableRow;

/// The setting that says which version of the program wrote a table. Another version may find other values.
const PROGRAM: &str = "program";
/// The setting that says whether signatures are of what `clean` leaves.
const CLEANED: &str = "cleaned";
/// The setting that says whether the dates of articles were asked for.
const DATED: &str = "dated";

/// The settings by which every table is made.
fn program() -> (&'static str, String) {
    (PROGRAM, env!("CARGO_PKG_VERSION").to_owned())
}
