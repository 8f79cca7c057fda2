//! Tells a story: `cargo run -p nwlog-corpora --example tell STORY > x.export`.
#![allow(clippy::print_stderr)]

use std::io::{Write as _, stdout};
use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(path) = std::env::args_os().nth(1) else {
        eprintln!("usage: tell STORY > x.export");
        return ExitCode::from(2);
    };
    let told = std::fs::read_to_string(&path)
        .map_err(|error| error.to_string())
        .and_then(|text| nwlog_corpora::scenario::parse(&text).map_err(|error| error.to_string()))
        .and_then(|story| stdout().write_all(&story.export()).map_err(|error| error.to_string()));
    match told {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}: {error}", path.display());
            ExitCode::from(2)
        }
    }
}
