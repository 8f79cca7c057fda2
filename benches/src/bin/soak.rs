//! Makes a long log with failures in it, and says how right it was read: what was found, wrong, missed and invented.

use std::io::{Write, stdout};
use std::process::ExitCode;

use clap::Parser;
use nwlog_benches::soak::{Plan, soak};

/// Makes a long log with failures in it, and says how right it was read
#[derive(Debug, Parser)]
struct Args {
    /// How many entries the log has
    #[arg(long, default_value_t = 10_000_000)]
    entries: u64,
    /// How many failures are in it
    #[arg(long, default_value_t = 1_000)]
    failures: u64,
    /// The same seed gives the same log
    #[arg(long, default_value_t = 7)]
    seed: u64,
}

fn main() -> anyhow::Result<ExitCode> {
    let Args { entries, failures, seed } = Args::parse();
    let report = soak(Plan { entries, failures, seed })?;
    let account = &report.account;
    let mut out = stdout().lock();
    let seconds = report.took.as_secs_f64().max(0.001);
    writeln!(out, "failures  {} injected", account.injected())?;
    writeln!(
        out,
        "          {} found, {} wrong, {} missed, {} invented",
        account.found(),
        account.wrong(),
        account.missed(),
        account.invented()
    )?;
    #[allow(clippy::cast_precision_loss)]
    let rate = report.entries as f64 / seconds;
    writeln!(out, "entries   {} in {seconds:.1} s, {rate:.0}/s with the making of the log", report.entries)?;
    if let Some(peak) = report.peak_kb {
        writeln!(out, "memory    {} MiB at the most", peak.div_ceil(1024))?;
    }
    writeln!(out, "open      {} at the most", report.most_open)?;
    writeln!(out, "\n   entries  open  state KiB")?;
    for sample in &report.samples {
        writeln!(out, "{:>10}  {:>4}  {:>9}", sample.entries, sample.open, sample.state.div_ceil(1024))?;
    }
    for problem in account.problems() {
        writeln!(out, "{problem}")?;
    }
    let is_right = account.found() == account.injected() && account.invented() == 0;
    Ok(if is_right { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
