//! Command lines of a shell.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::super::class::is_han;
use super::skeleton::{STRING, Skeleton};
use super::statement::has_clauses;
use super::words::entries;

static COMMANDS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| entries(include_str!("../../../dictionaries/code/commands.txt")));

/// Maximum number of Han words among the arguments. More words form a sentence.
const HAN_WORDS: usize = 1;

/// Whether a line is a command. A known command needs an argument that prose does not have: an option, a string, a
/// path, a pipe. An unknown command needs an option.
pub(super) fn is_command(skeleton: &Skeleton) -> bool {
    if skeleton.open
        || skeleton.bare.starts_with(|c: char| !(c.is_ascii_lowercase() || matches!(c, '.' | '/')))
    {
        return false;
    }
    let mut words = skeleton.bare.split_whitespace();
    let name = words.by_ref().find(|word| !matches!(*word, "sudo" | "nohup" | "time"));
    let Some(name) = name.filter(|name| is_name(name)) else { return false };
    let arguments: Vec<&str> = words.collect();
    let evidence: fn(&str) -> bool = if COMMANDS.contains(name) { is_argument } else { is_option };
    let runs = |word: &&str| evidence(word) || name.starts_with("./") && is_argument(word);
    arguments.iter().any(runs) && !is_sentence(&skeleton.bare, &arguments)
}

fn is_name(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_alphanumeric() || "._+-/".contains(c))
}

/// Whether a word is an option, a string, a path, a pipe or a redirection.
fn is_argument(word: &str) -> bool {
    is_option(word)
        || word.contains([STRING, '/', '$', '*'])
        || matches!(word, "|" | ">" | ">>" | "<" | "&&" | "||" | "&" | ";")
        || has_extension(word)
}

/// Whether a word is an option: `-m`, `--name`, `--name=x`.
fn is_option(word: &str) -> bool {
    let name = word.trim_start_matches('-');
    matches!(word.len() - name.len(), 1 | 2) && name.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// Whether a word is the name of a file: `app.log`, `報告.txt`.
fn has_extension(word: &str) -> bool {
    let extension = word.rsplit_once('.').map(|(_, extension)| extension);
    extension.is_some_and(|e| (1..=5).contains(&e.len()) && e.chars().all(|c| c.is_ascii_alphanumeric()))
}

/// Whether a line is a sentence: it has several clauses, several Han words, or at its end a Han word that is
/// not a file name.
fn is_sentence(bare: &str, arguments: &[&str]) -> bool {
    let is_text =
        |word: &&str| word.contains(is_han) && !word.contains(['/', '\\', '.', '=', '-', '_', STRING]);
    let texts = arguments.iter().filter(|word| is_text(word)).count();
    texts > HAN_WORDS || has_clauses(bare) || bare.ends_with(is_han) && arguments.last().is_some_and(is_text)
}
