//! Prints how right nwlog reads all samples, and what is not as it should be; of a file that is named, what is read out of it.

use std::io::Write;
use std::process::ExitCode;

use nwlog_benches::score::{Board, read};

fn main() -> anyhow::Result<ExitCode> {
    let mut out = std::io::stdout().lock();
    if let Some(path) = std::env::args_os().nth(1) {
        for (kind, value) in read(&std::fs::read(path)?)? {
            writeln!(out, "{kind}\t{value}")?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    let board = Board::read()?;
    write!(out, "{board}")?;
    for difference in &board.differences {
        let (file, kind) = (&difference.file, &difference.kind);
        for (what, values) in [("wrong", &difference.wrong), ("missed", &difference.missed)] {
            values.iter().try_for_each(|value| writeln!(out, "\n{what}: {file}: {kind} {value}"))?;
        }
    }
    let is_wrong = board.differences.iter().any(|difference| !difference.wrong.is_empty());
    Ok(if is_wrong { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
