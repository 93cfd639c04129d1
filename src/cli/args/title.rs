//! The title of an article, for commands that compare the text with it.

use clap::Args;

use super::input::field_name;

#[derive(Debug, Args)]
pub(in crate::cli) struct TitleArgs {
    /// Records: the field that holds the article's title. It is converted and mended like the text
    #[arg(long, value_name = "NAME", conflicts_with = "title", value_parser = field_name(), help_heading = "Input")]
    pub title_field: Option<String>,
    /// The title of the article, if it is not the first line. There may be only one article
    #[arg(long, value_name = "TITLE", help_heading = "Input")]
    pub title: Option<String>,
}
