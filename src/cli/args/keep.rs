//! The options of `qingwen keep`.

use clap::Args;

use super::input::field_name;
use crate::io::Fields;

#[derive(Debug, Args)]
pub(in crate::cli) struct KeepArgs {
    /// What stays: FILE for all lines of a file, FILE:LINE for a line by its number in reports, and
    /// FILE:RECORD:LINE for a line of a record. Lines of the file that say the same stay too
    #[arg(required = true, value_name = "FILE[:[RECORD:]LINE]")]
    pub places: Vec<String>,
    /// Records: the field that holds the text [default: text, or the only one of content, body and 正文]
    #[arg(long, value_name = "NAME", value_parser = field_name(), help_heading = "Input")]
    pub text_field: Option<String>,
    /// Records: the field that names the record in reports
    #[arg(long, value_name = "NAME", default_value = Fields::ID, value_parser = field_name(), help_heading = "Input")]
    pub id_field: String,
    /// Do not say what is kept
    #[arg(short, long, help_heading = "Output")]
    pub quiet: bool,
}
