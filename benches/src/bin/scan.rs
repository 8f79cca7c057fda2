//! Reads a directory of journal files with one reader, and says what it found: a contestant of `side-by-side`.

use std::io::{Write, stdout};
use std::path::PathBuf;

use anyhow::Context;
use clap::{Parser, ValueEnum};
use nwlog_benches::reader::{self, files};

#[derive(Debug, Parser)]
#[command(about)]
struct Args {
    /// Who reads
    reader: Reader,
    /// The directory
    folder: PathBuf,
    /// How many threads read; a file is read by one
    #[arg(short, long, default_value_t = 1)]
    jobs: usize,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Reader {
    /// Looks for a text that is not there, whatever the bytes are
    Memmem,
    /// nwlog-journal
    Nwlog,
    /// sdjournal, which has one thread
    Sdjournal,
}

fn main() -> anyhow::Result<()> {
    let Args { reader, folder, jobs } = Args::parse();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build().context("cannot start threads")?;
    let said = match reader {
        Reader::Memmem => format!("{} bytes", pool.install(|| reader::memmem::read(&files(&folder)?))?),
        Reader::Nwlog => pool.install(|| reader::nwlog::read(&files(&folder)?))?.to_string(),
        Reader::Sdjournal => reader::sdjournal::read(&folder)?.to_string(),
    };
    Ok(writeln!(stdout(), "{said}")?)
}
