//! nwlog beside the tools that are on every machine, on the same generated journal.

use std::io::{Write, stderr, stdout};
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, ensure};
use clap::Parser;
use nwlog_benches::side::contest::{Contest, version, which};
use nwlog_benches::side::input::Input;
use nwlog_benches::side::run::{run, tells_memory};
use nwlog_benches::side::table::Table;

/// Times nwlog, journalctl and ripgrep on one generated journal, in turns, and prints a table
#[derive(Debug, Parser)]
struct Args {
    /// How many entries the journal has
    #[arg(long, default_value_t = 500_000)]
    entries: u64,
    /// The seed that it is generated with
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// How many rounds are timed, after one that is not
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// The nwlog to measure, instead of the one of this workspace
    #[arg(long)]
    nwlog: Option<PathBuf>,
}

fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    let nwlog = match &args.nwlog {
        Some(path) => path.clone(),
        None => built()?,
    };
    let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
    writeln!(stderr(), "generating {} entries", args.entries)?;
    let input = Input::make(folder.path(), args.entries, args.seed)?;
    let contest = Contest::find(&nwlog, &input);
    for missing in &contest.missing {
        writeln!(stderr(), "skipped: {missing}")?;
    }
    if !tells_memory() {
        writeln!(stderr(), "skipped: peak memory, /usr/bin/time is missing (Debian package time)")?;
    }
    let rows = contest.contestants.iter().map(|contestant| (contestant.name.clone(), Vec::new())).collect();
    let mut table = Table { rows };
    for round in 0..=args.rounds {
        writeln!(stderr(), "round {round} of {}", args.rounds)?;
        for (contestant, (_, runs)) in contest.contestants.iter().zip(&mut table.rows) {
            let run = run(contestant, folder.path())?;
            if round > 0 {
                runs.push(run);
            }
        }
    }
    let mut out = stdout().lock();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let mib = |bytes: u64| bytes.div_ceil(1 << 20);
    writeln!(
        out,
        "{} entries, seed {}: {} MiB of export, {} MiB of journal files; {cores} cores, {} rounds after a warm-up.\n",
        args.entries,
        args.seed,
        mib(input.export_bytes),
        mib(input.journal_bytes),
        args.rounds
    )?;
    writeln!(out, "{table}")?;
    writeln!(out, "- {}", version(&nwlog))?;
    for program in ["journalctl", "rg"].into_iter().filter_map(which) {
        writeln!(out, "- {}", version(&program))?;
    }
    Ok(())
}

/// Builds the nwlog of this workspace and returns where it lies: beside this program.
fn built() -> anyhow::Result<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo).args(["build", "--release", "--package", "nwlog"]).status();
    let status = status.context("cannot run cargo: name the program with --nwlog")?;
    ensure!(status.success(), "nwlog does not build: {status}");
    let own = std::env::current_exe()?;
    let target = own
        .parent()
        .and_then(|profile| profile.parent())
        .context("no folder of builds around this program")?;
    Ok(target.join("release").join("nwlog"))
}
