//! The command line as users see it: the built binary, good and bad input, exit codes and messages.

mod bad_input;
mod check;
mod clean;
mod convert;
mod diff;
mod encodings;
mod exact;
mod help;
mod html;
mod input_cases;
mod inspect;
mod jsonl;
mod output;
mod removed;
mod report;
mod report_page;
mod reported;
mod rules;
mod streams;
mod support;
mod threads;
mod towards;
