//! What is told of the readings of a collection.

use std::path::PathBuf;

use clap::Args;

use super::messages::ProgressForm;

#[derive(Debug, Args)]
pub(in crate::cli) struct ReadingArgs {
    /// Write what could not be read to this file, as JSON Lines with name, message and record
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub rejects: Option<PathBuf>,
    /// How the progress of each reading is shown on standard error
    #[arg(long, value_enum, default_value_t = ProgressForm::Auto, value_name = "FORM", help_heading = "Messages")]
    pub progress: ProgressForm,
}
