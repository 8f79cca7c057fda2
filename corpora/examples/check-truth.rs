//! Holds incidents against what really happened on a recorded machine:
//! `nwlog analyze --no-store -o json X.export.zst | cargo run -p nwlog-corpora --example check-truth HOST`.
//!
//! Exit status 1 where a row is missed or an incident invented.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::io::stdin;
use std::process::ExitCode;

use nwlog_corpora::{recordings, truth};
use serde_json::{Deserializer, Value};

fn main() -> ExitCode {
    match verdict() {
        Ok(verdict) => {
            println!("{verdict}");
            if verdict.holds() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            eprintln!("check-truth: {error}");
            ExitCode::from(2)
        }
    }
}

fn verdict() -> Result<truth::Verdict, Box<dyn std::error::Error>> {
    let host = std::env::args().nth(1).ok_or("name the recorded host")?;
    let recordings = recordings::all()?;
    let recording = recordings.iter().find(|recording| recording.name == host).ok_or("no such recording")?;
    let incidents: Vec<Value> = Deserializer::from_reader(stdin()).into_iter().collect::<Result<_, _>>()?;
    Ok(truth::check(&incidents, &recording.rows))
}
