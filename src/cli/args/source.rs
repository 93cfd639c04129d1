//! The source of an article, for commands that clean.

use clap::Args;

use super::input::field_name;
use crate::io::Fields;

#[derive(Debug, Args)]
pub(in crate::cli) struct SourceArgs {
    /// Records: the field that names the source, for the summary and for the sections of the configuration file
    #[arg(long, value_name = "NAME", value_parser = field_name(), help_heading = "Input")]
    pub source_field: Option<String>,
    /// Records: the field that holds the address, whose host is a source too
    #[arg(long, value_name = "NAME", default_value = Fields::URL, value_parser = field_name(), help_heading = "Input")]
    pub url_field: String,
}

impl SourceArgs {
    /// The options that name a field to be read, each with the name, where it is not the usual one.
    pub fn fields(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let source = self.source_field.as_deref().map(|name| ("--source-field", name));
        let url = Some(("--url-field", self.url_field.as_str())).filter(|(_, name)| *name != Fields::URL);
        source.into_iter().chain(url)
    }
}
