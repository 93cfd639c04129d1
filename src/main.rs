//! The command `qingwen`.

use std::process::ExitCode;

fn main() -> ExitCode {
    qingwen::cli::main()
}
