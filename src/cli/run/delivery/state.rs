//! What a run has come to, as the journal keeps it.

use serde::{Deserialize, Serialize};

use super::super::super::journal::Position;
use super::super::recoding;
use super::counts::RecordCounts;

/// What a later run must know to go on.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct DeliveryState {
    pub position: Position,
    /// Whether something in the current input failed.
    pub input_failed: bool,
    /// Whether an article of the current input was processed, and its result is whole.
    pub input_done: bool,
    /// Whether anything failed.
    pub failed: bool,
    /// Whether an article was processed, and its result is whole.
    pub done: bool,
    /// Whether a record of the current input was written.
    pub written: bool,
    /// Whether anything was read, be it faulty.
    pub read: bool,
    pub counts: RecordCounts,
    /// Whether the last line of the output has ended.
    pub ended: bool,
    pub recoding: Option<recoding::RecodingState>,
}

/// What is restored where the input of an interrupted run is begun again.
pub(super) struct Resumed {
    /// The length of the output.
    pub length: Option<u64>,
    pub state: DeliveryState,
}
