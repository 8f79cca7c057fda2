//! How long an answer takes: the whole process of `nwlog search` over very many incidents, beside `rg` on their export and
//! beside a writer that commits each second.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use clap::Parser;
use nwlog::output::{Format, Printer, View, escape};
use nwlog_benches::years;
use nwlog_index::{Store, WriterOptions};

/// The queries, and what `rg` is asked for in their place.
const ASKED: &[(&str, &str)] = &[
    ("killed process myapp", r"(?i)killed process.*myapp"),
    ("kind:oom-kill unit:etcd after:2026-01-01", r#""kind":"oom-kill".*"unit":"etcd.service""#),
    ("磁盘空间不足", "磁盘空间不足"),
    ("ServeHTTP", "ServeHTTP"),
    ("anon_rss:>3G", r#""anon_rss_kb":[34]\d{6}"#),
];

/// Time answers over many incidents
#[derive(Parser)]
struct Args {
    /// How many incidents
    #[arg(long, default_value = "100000")]
    incidents: u64,
    /// How often each is asked
    #[arg(long, default_value = "20")]
    rounds: u32,
    /// The command that is timed
    #[arg(long, default_value = "target/release/nwlog")]
    nwlog: PathBuf,
    /// Where the store is made, or found if it is there
    #[arg(long)]
    dir: Option<PathBuf>,
}

fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    let mut out = std::io::stdout();
    let scratch = tempfile::tempdir()?;
    let dir = args.dir.clone().unwrap_or_else(|| scratch.path().to_owned());
    let (store, export) = (dir.join("store"), dir.join("incidents.json"));
    if !store.exists() {
        let begun = Instant::now();
        make(&store, &export, args.incidents)?;
        writeln!(out, "{} incidents stored in {:.1} s", args.incidents, begun.elapsed().as_secs_f64())?;
    }
    let bytes = Store::open_reader(&store)?.stats()?.bytes;
    let lines = export.metadata()?.len();
    let each = |bytes: u64| bytes / args.incidents.max(1);
    writeln!(out, "{} bytes an incident in the store, {} in its JSON\n", each(bytes), each(lines))?;

    let has_rg = Command::new("rg").arg("--version").stdout(Stdio::null()).status().is_ok();
    writeln!(
        out,
        "{:<44}  {:>10}  {:>10}  {:>10}",
        "median of whole processes, ms", "nwlog", "rg", "writing"
    )?;
    for (query, pattern) in ASKED {
        let quiet = median(args.rounds, || ask(&args.nwlog, &store, query))?;
        let rg = match has_rg {
            true => format!("{:.1}", median(args.rounds.min(5), || grep(pattern, &export))?),
            false => "-".to_owned(),
        };
        let beside = beside_a_writer(&store, args.incidents, || {
            median(args.rounds, || ask(&args.nwlog, &store, query))
        })?;
        let query = escape::padded(query, 44);
        writeln!(out, "{query}  {quiet:>10.1}  {rg:>10}  {beside:>10.1}")?;
    }
    Ok(())
}

fn make(store: &Path, export: &Path, n: u64) -> anyhow::Result<()> {
    let mut writer = Store::open_writer(store, WriterOptions::BATCH)?;
    let mut lines = Printer::new(BufWriter::new(File::create(export)?), Format::Json, View::PLAIN);
    for n in 0..n {
        let incident = years::incident(1, n);
        lines.incident(&incident)?;
        writer.write(incident)?;
        if writer.pending() >= 10_000 {
            writer.commit(None)?;
        }
    }
    lines.flush()?;
    writer.commit(None)?;
    writer.close()?;
    Ok(())
}

/// One answer, as a person gets it.
fn ask(nwlog: &Path, store: &Path, query: &str) -> anyhow::Result<()> {
    let mut command = Command::new(nwlog);
    command.args(["search", "-n", "20", "--utc", "--store"]).arg(store).arg(query);
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
    match status.with_context(|| format!("cannot run {}", nwlog.display()))?.code() {
        Some(0 | 1) => Ok(()),
        other => bail!("nwlog search {query} ended with {other:?}"),
    }
}

fn grep(pattern: &str, export: &Path) -> anyhow::Result<()> {
    Command::new("rg").args(["-c", pattern]).arg(export).stdout(Stdio::null()).status()?;
    Ok(())
}

/// The time in the middle, in milliseconds, after one for the page cache.
fn median(rounds: u32, one: impl Fn() -> anyhow::Result<()>) -> anyhow::Result<f64> {
    one()?;
    let mut times = Vec::new();
    for _ in 0..rounds.max(1) {
        let begun = Instant::now();
        one()?;
        times.push(begun.elapsed().as_secs_f64() * 1e3);
    }
    times.sort_by(f64::total_cmp);
    Ok(times.get(times.len() / 2).copied().unwrap_or_default())
}

/// Does something while another thread commits an incident each second.
fn beside_a_writer<T>(store: &Path, n: u64, work: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<T> {
    let over = AtomicBool::new(false);
    let mut writer = Store::open_writer(store, WriterOptions::LIVE)?;
    std::thread::scope(|scope| {
        let writing = scope.spawn(|| -> anyhow::Result<()> {
            let mut next = n;
            while !over.load(Ordering::Relaxed) {
                writer.write(years::incident(2, next))?;
                writer.commit(None)?;
                next += 1;
                // What is measured is beside it: it goes at its own pace.
                std::thread::sleep(Duration::from_secs(1));
            }
            Ok(writer.close()?)
        });
        let done = work();
        over.store(true, Ordering::Relaxed);
        writing.join().map_err(|_| anyhow::anyhow!("the writer failed"))??;
        done
    })
}
