//! The command line as users see it: the built binary, good and bad input, exit codes and messages.

mod backup;
mod bad_input;
mod check;
mod clean;
mod convert;
mod diff;
mod encodings;
mod exact;
mod help;
mod input_cases;
mod inspect;
mod jsonl;
mod keep;
mod output;
mod overwriting;
mod removed;
mod report;
mod report_page;
mod reported;
mod restore;
mod rules;
mod streams;
mod support;
mod terminal;
mod threads;
mod towards;
