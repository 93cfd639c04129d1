//! Where results go, and in which colours.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Where results go.
#[derive(Debug, Args)]
pub(in crate::cli) struct OutputArgs {
    /// Write to a file instead of standard output; an existing one is replaced when the new one is complete
    #[arg(short, long, value_name = "FILE", conflicts_with = "in_place", help_heading = "Output")]
    pub output: Option<PathBuf>,
    /// Replace each file by its result
    #[arg(short, long, requires = "paths", help_heading = "Output")]
    pub in_place: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ColorArgs {
    /// When to use colour
    #[arg(long, value_enum, default_value_t = When::Auto, help_heading = "Output")]
    pub color: When,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum When {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl From<When> for anstream::ColorChoice {
    fn from(when: When) -> Self {
        match when {
            When::Auto => Self::Auto,
            When::Always => Self::Always,
            When::Never => Self::Never,
        }
    }
}
