//! The command line as users see it: the built binary, good and bad input, exit codes and messages.

mod against;
mod backup;
mod bad_input;
mod check;
mod clean;
mod convert;
mod dedup;
mod dedup_resume;
mod dedup_stream;
mod diff;
mod encodings;
mod exact;
#[cfg(unix)]
mod faults;
mod folders;
mod help;
mod html;
mod input_cases;
mod inspect;
mod jsonl;
mod keep;
mod learn;
mod line_lists;
mod markdown;
mod memory;
mod options;
mod output;
mod overwriting;
mod own_rules;
mod paragraphs;
#[cfg(feature = "parquet")]
mod parquet;
#[cfg(feature = "parquet")]
mod parts;
#[cfg(unix)]
mod progress;
mod removed;
mod report;
mod report_page;
mod reported;
mod restore;
mod resume;
mod resumed_settings;
mod rules;
mod settings;
mod sources;
mod streams;
mod summary;
mod support;
mod terminal;
mod threads;
mod towards;
mod workflows;
