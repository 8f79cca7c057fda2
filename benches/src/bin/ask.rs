//! How long an answer takes: the whole process of `nwlog search` over very many incidents, beside `rg` on their JSON, beside a
//! writer that commits each second, and beside `journalctl -g` and `rg` on the entries behind some of them.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use clap::Parser;
use nwlog::output::{Format, Printer, View, escape};
use nwlog_benches::behind::Behind;
use nwlog_benches::years;
use nwlog_index::{Store, WriterOptions};

/// A question: as nwlog is asked it, as `rg` is of the incidents' JSON, and as journalctl and `rg` are of the entries, by a pattern
/// that messages have, with options that choose entries.
struct Question {
    query: &'static str,
    json: &'static str,
    message: &'static str,
    options: &'static [&'static str],
}

const ASKED: &[Question] = &[
    Question {
        query: "killed process myapp",
        json: r"(?i)killed process.*myapp",
        message: r"killed process.*myapp",
        options: &[],
    },
    Question {
        query: "kind:oom-kill unit:etcd after:2026-01-01",
        json: r#""kind":"oom-kill".*"unit":"etcd.service""#,
        message: r"killed process \d+ \(etcd\)",
        options: &["-S", "2026-01-01", "_TRANSPORT=kernel"],
    },
    Question {
        query: "磁盘空间不足", json: "磁盘空间不足", message: "磁盘空间不足", options: &[]
    },
    Question { query: "ServeHTTP", json: "ServeHTTP", message: "ServeHTTP", options: &[] },
    Question {
        query: "anon_rss:>3G",
        json: r#""anon_rss_kb":[34]\d{6}"#,
        message: r"anon-rss:(3[2-9]|4\d)\d{5}kB",
        options: &["_TRANSPORT=kernel"],
    },
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
    /// Of how many incidents the entries behind them are made, too, and searched; 0: of none
    #[arg(long, default_value = "20000")]
    entries: u64,
    /// Where the store is made, or found if it is there, and the entries, which are made anew
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
        "median of whole processes, ms", "nwlog", "rg (JSON)", "writing"
    )?;
    for Question { query, json, .. } in ASKED {
        let quiet = median(args.rounds, || ask(&args.nwlog, &store, query))?;
        let rg = match has_rg {
            true => format!("{:.1}", median(args.rounds.min(5), || grep(json, &export))?),
            false => "-".to_owned(),
        };
        let beside = beside_a_writer(&store, args.incidents, || {
            median(args.rounds, || ask(&args.nwlog, &store, query))
        })?;
        let query = escape::padded(query, 44);
        writeln!(out, "{query}  {quiet:>10.1}  {rg:>10}  {beside:>10.1}")?;
    }
    if args.entries > 0 {
        entries(&args, &dir.join("behind"), bytes / args.incidents.max(1), &mut out)?;
    }
    Ok(())
}

/// The same questions of the entries behind fewer incidents, of half of them and of all, with the bytes that they take.
fn entries(args: &Args, folder: &Path, stored: u64, out: &mut impl Write) -> anyhow::Result<()> {
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    let half = Behind::make(&folder.join("half"), 1, args.entries / 2)?;
    let whole = Behind::make(&folder.join("whole"), 1, args.entries)?;
    let (export, journal) = whole.bytes()?;
    let each = |bytes: u64| bytes / whole.incidents.max(1);
    write!(
        out,
        "\nThe entries behind {} incidents: {:.1} an incident; bytes an incident: {} as an export, ",
        whole.incidents,
        whole.entries as f64 / whole.incidents.max(1) as f64,
        each(export)
    )?;
    match journal {
        Some(journal) => writeln!(out, "{} as journal files, {stored} in the store\n", each(journal))?,
        None => writeln!(out, "{stored} in the store; no systemd-journal-remote, and so no journal files\n")?,
    }
    let store = folder.join("store");
    make(&store, &folder.join("incidents.json"), args.entries)?;
    writeln!(
        out,
        "{:<44}  {:>10}  {:>10}  {:>10}  {:>10}  {:>10}",
        "median of whole processes, ms", "nwlog", "journalctl", "of half", "rg", "of half"
    )?;
    for Question { query, message, options, .. } in ASKED {
        let nwlog = median(args.rounds, || ask(&args.nwlog, &store, query))?;
        let timed = |command: Option<Command>| -> anyhow::Result<String> {
            let Some(mut command) = command else { return Ok("-".to_owned()) };
            command.stdout(Stdio::null()).stderr(Stdio::null());
            let mut one = move || -> anyhow::Result<()> { Ok(command.status().map(|_| ())?) };
            Ok(format!("{:.1}", median(args.rounds.min(5), &mut one)?))
        };
        let any_case = format!("(?i){message}");
        let columns = [
            timed(whole.journalctl(message, options))?,
            timed(half.journalctl(message, options))?,
            timed(whole.rg(&any_case))?,
            timed(half.rg(&any_case))?,
        ];
        let [journalctl, journalctl_half, rg, rg_half] = columns;
        let query = escape::padded(query, 44);
        writeln!(
            out,
            "{query}  {nwlog:>10.1}  {journalctl:>10}  {journalctl_half:>10}  {rg:>10}  {rg_half:>10}"
        )?;
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
fn median(rounds: u32, mut one: impl FnMut() -> anyhow::Result<()>) -> anyhow::Result<f64> {
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
