//! The `nwlog` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    nwlog::main()
}
