//! Floods a journald of its own as fast as it takes it, with failures among it, and says what following that takes: by
//! `nwlog follow`, then as many lines again by `journalctl -f`, and by nobody.

use std::env;
use std::io::{Write, stdout};
use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::time::Duration;

use anyhow::{Context, ensure};
use clap::Parser;
use nwlog_benches::flood::{Plan, Report, Run, flood};

/// The time between two kills: the kernel tells of no more than 10 in 5 s in full (Linux, mm/oom_kill.c, oom_rs), and a
/// quarter of all failures are kills.
const BETWEEN_MS: u64 = 650 / 4;

/// Floods a journald of its own, and says what following that takes
#[derive(Debug, Parser)]
struct Args {
    /// How long it is flooded
    #[arg(default_value_t = 60)]
    seconds: u64,
    /// How many failures are among it
    #[arg(long, default_value_t = 100)]
    failures: usize,
    /// The nwlog to measure
    #[arg(long, default_value = "target/release/nwlog")]
    nwlog: PathBuf,
    /// Where journals lie meanwhile: a minute takes some GB
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

fn main() -> anyhow::Result<ExitCode> {
    let Args { seconds, failures, nwlog, dir } = Args::parse();
    if std::process::id() != 1 {
        return in_namespace();
    }
    let least = BETWEEN_MS * failures as u64 / 1_000 + 1;
    ensure!(seconds >= least, "the kernel tells of so many kills in no less than {least} s");
    let dir = dir.unwrap_or_else(env::temp_dir);
    let length = Duration::from_secs(seconds);
    let report = flood(&Plan { nwlog: &nwlog, length, failures, dir: &dir })?;
    print(&report)?;
    let is_right = report.account.found == failures && report.account.problems.is_empty();
    Ok(if is_right { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Runs itself as PID 1, with a /proc of its own.
fn in_namespace() -> anyhow::Result<ExitCode> {
    let mut command = Command::new("unshare");
    command.args(["-m", "-p", "-f", "--kill-child", "--mount-proc"]).arg(env::current_exe()?);
    let status = command.args(env::args_os().skip(1)).status().context("unshare, of util-linux")?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn print(report: &Report) -> anyhow::Result<()> {
    let mut out = stdout().lock();
    writeln!(
        out,
        "| who follows | entries stored | in s | a second | processor s | own MiB | resident MiB | behind s |\n\
         |---|---:|---:|---:|---:|---:|---:|---:|"
    )?;
    for Run { who, stored, took, spent } in &report.runs {
        let seconds = took.as_secs_f64();
        let rate = *stored as f64 / seconds.max(0.001);
        write!(out, "| {who} | {stored} | {seconds:.1} | {rate:.0} |")?;
        match spent {
            Some(spent) => {
                let [own, resident] = [spent.memory.own, spent.memory.resident].map(|kib| kib.div_ceil(1024));
                let [processor, behind] = [spent.processor, spent.behind].map(|time| time.as_secs_f64());
                writeln!(out, " {processor:.1} | {own} | {resident} | {behind:.1} |")?;
            }
            None => writeln!(out, " | | | |")?,
        }
    }
    let account = &report.account;
    let made: Vec<_> = account.made.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
    let all: usize = account.made.values().sum();
    writeln!(out, "\nfailures  {all}: {}", made.join(", "))?;
    writeln!(out, "found     {}, with kind and cause", account.found)?;
    writeln!(out, "others    {} kills of other processes of this machine", account.others)?;
    writeln!(out, "entries   {} read", account.read)?;
    for (what, lines) in &account.missing {
        writeln!(out, "missing   {lines} lines: {what}")?;
    }
    writeln!(out, "journald  without a rate limit, forwarding nothing, reading the kernel's log")?;
    account.problems.iter().try_for_each(|problem| writeln!(out, "{problem}"))?;
    Ok(())
}
