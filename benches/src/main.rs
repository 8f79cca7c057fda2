//! Writes a generated journal: `nwlog-benches gen N [seed] > x.export`.

use std::io::stdout;

use clap::{Parser, Subcommand};
use nwlog_benches::generator::{Failures, generate};

#[derive(Debug, Parser)]
#[command(about)]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Writes a busy machine's journal to stdout, in the journal export format
    Gen {
        /// How many entries
        entries: u64,
        /// The same seed gives the same bytes
        #[arg(default_value_t = 7)]
        seed: u64,
        /// Let failures be seldom
        #[arg(long)]
        calm: bool,
    },
}

fn main() -> anyhow::Result<()> {
    let Command::Gen { entries, seed, calm } = Args::parse().command;
    let failures = if calm { Failures::Seldom } else { Failures::Often };
    Ok(generate(stdout().lock(), entries, seed, failures)?)
}
