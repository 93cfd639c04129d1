//! How much memory a command takes.

use std::path::PathBuf;

use clap::Args;

use super::size::size;

#[derive(Debug, Clone, Default, Args)]
pub(in crate::cli) struct MemoryArgs {
    /// Take at most this much memory: a number of bytes, or one with K, M or G. What does not fit stands in temporary files
    /// [default: half of the machine's memory]
    #[arg(long, value_name = "SIZE", value_parser = size, help_heading = "Memory")]
    pub memory: Option<u64>,
    /// The folder for temporary files [default: the system's]
    #[arg(long, value_name = "DIR", help_heading = "Memory")]
    pub temp_dir: Option<PathBuf>,
}
