//! The command inside another program. The Python package runs it, and gives its options by their names: each function
//! takes words of a command line (`--to=tw`). So a program has the options, the defaults and the messages of the command.

use std::ffi::OsString;

use clap::{Args, Command};

use super::args::CleaningArgs;
use super::jobs::convert::Convert;
use super::{rule_packs, rules, settings};
use crate::clean::CleanerBuilder;

/// Runs a command line, of which the first word is the program, and returns the exit code. Ends the process where the line
/// itself is wrong, and for `--help`.
pub fn run(words: Vec<OsString>) -> u8 {
    super::run_line(words)
}

/// The cleaner that options of cleaning describe.
///
/// # Errors
/// The message of the command, if an option is unknown or cannot be followed.
pub fn cleaner(options: &[OsString]) -> Result<CleanerBuilder, String> {
    parsed::<CleaningArgs>(options)?.builder().map_err(|error| message(&error))
}

/// A conversion of texts, as `qingwen convert` does it.
#[derive(Debug, Clone)]
pub struct EmbeddedConversion(Convert);

impl EmbeddedConversion {
    /// The conversion that options describe: `--config` or `--to`, and what belongs to it.
    ///
    /// # Errors
    /// The message of the command, if an option is unknown or cannot be followed.
    pub fn new(options: &[OsString]) -> Result<Self, String> {
        Convert::new(&parsed(options)?).map(Self).map_err(|error| message(&error))
    }

    /// The converted text.
    pub fn convert(&self, text: &str) -> String {
        self.0.text(text)
    }
}

/// The manual page of a rule or a guard.
///
/// # Errors
/// The message of the command, if there is no page with this id.
pub fn explain(id: &str) -> Result<String, String> {
    let pack = rule_packs::read(&[]).map_err(|error| message(&error))?;
    rules::manual(id, &pack).map_err(|error| message(&error))
}

/// The options of one kind, from words.
fn parsed<T: Args>(options: &[OsString]) -> Result<T, String> {
    let command = T::augment_args(Command::new("qingwen")).disable_help_flag(true).no_binary_name(true);
    let matches = command.try_get_matches_from(options);
    matches.and_then(|matches| T::from_arg_matches(&matches)).map_err(|error| settings::reason(&error))
}

/// An error in one line, with its causes.
fn message(error: &anyhow::Error) -> String {
    format!("{error:#}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(options: &[&str]) -> Vec<OsString> {
        options.iter().map(OsString::from).collect()
    }

    #[test]
    fn options_are_those_of_the_command_and_others_are_refused() {
        let cleaner = cleaner(&words(&["--to=hans", "--keep=share"])).unwrap().build();
        assert_eq!(cleaner.clean("圍觀老街\n分享到：").text, "围观老街\n分享到：");
        let error = super::cleaner(&words(&["--to=mars"])).unwrap_err();
        assert!(error.contains("no target named \"mars\""), "{error}");
        for option in ["--output=a.txt", "--help", "article.txt"] {
            assert!(
                super::cleaner(&words(&[option])).unwrap_err().contains("unexpected argument"),
                "{option}"
            );
        }
    }

    #[test]
    fn conversions_take_a_configuration_or_a_target() {
        let convert =
            |options: &[&str]| EmbeddedConversion::new(&words(options)).map(|it| it.convert("软件"));
        assert_eq!(convert(&["--config=s2twp"]).as_deref(), Ok("軟體"));
        assert_eq!(convert(&["--to=twp"]).as_deref(), Ok("軟體"));
        assert!(convert(&[]).unwrap_err().contains("required"));
        assert!(convert(&["--config=s2mars"]).unwrap_err().contains("s2mars"));
    }

    #[test]
    fn rules_are_explained_and_unknown_ones_are_named() {
        assert!(explain("share/bar").unwrap().starts_with("share/bar\n"));
        assert!(explain("share/bra").unwrap_err().contains("did you mean share/bar?"));
    }
}
