//! `nwlog store`: upkeep of what is kept.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use nwlog_index::{Repaired, Retention, Store, Writer, WriterOptions, parse_size, parse_span};

use crate::args::StoreArgs;
use crate::errors::Hint;
use crate::exit::Exit;
use crate::output::amount;
use crate::store_dir::{self, Places};
use crate::stores::Stores;
use crate::terminal::Terminal;

const EXAMPLES: &str = "\
Examples:
  nwlog store check                          is everything as it was written?
  nwlog store repair                         save what can be read of a damaged store
  nwlog store trim --max-age 1y              forget incidents that are over for longer
  nwlog store trim --max-bytes 1G --compact

Exit status: 0 done, or sound; 1 damaged (check); 2 an error.";

/// Look after what is kept: check, repair, upgrade, compact, trim
#[derive(Args, Clone, Debug)]
#[command(after_help = EXAMPLES)]
pub struct UpkeepArgs {
    #[allow(missing_docs)]
    #[command(subcommand)]
    pub task: Task,
}

/// What to do.
#[derive(Clone, Debug, Subcommand)]
pub enum Task {
    /// Read everything, and name the files that are not as they were written
    Check {
        #[allow(missing_docs)]
        #[command(flatten)]
        store: StoreArgs,
    },
    /// Write a damaged store anew with all that can still be read
    ///
    /// What cannot be read whole is put aside, and nothing is deleted then. `nwlog analyze` over the same logs brings back
    /// what was lost: the same records give the same ids.
    Repair {
        #[allow(missing_docs)]
        #[command(flatten)]
        store: StoreArgs,
    },
    /// Write the store of an earlier nwlog anew
    Upgrade {
        #[allow(missing_docs)]
        #[command(flatten)]
        store: StoreArgs,
    },
    /// Make one piece of the index, and free what deleted incidents take
    Compact {
        #[allow(missing_docs)]
        #[command(flatten)]
        store: StoreArgs,
    },
    /// Forget the oldest incidents that are over
    Trim(TrimArgs),
}

/// What is kept.
#[derive(Args, Clone, Debug)]
#[group(id = "limits", multiple = true)]
pub struct TrimArgs {
    /// Forget what is over for longer than this: 90d, 6months, 1y
    #[arg(long, value_name = "TIME", value_parser = span)]
    pub max_age: Option<u64>,
    /// Keep so many at most
    #[arg(long, value_name = "N")]
    pub max_incidents: Option<u64>,
    /// Keep as many as fit into this: 500M, 1G
    #[arg(long, value_name = "SIZE", value_parser = parse_size)]
    pub max_bytes: Option<u64>,
    /// Free the room at once
    #[arg(long)]
    pub compact: bool,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub store: StoreArgs,
}

fn span(text: &str) -> Result<u64, String> {
    parse_span(text).map_err(|why| format!("{why}; {}", why.hint()))
}

pub(super) fn run(args: &UpkeepArgs, terminal: &Terminal) -> anyhow::Result<Exit> {
    match &args.task {
        Task::Check { store } => check(store, terminal),
        Task::Repair { store } => {
            let dir = place(store)?;
            repaired(&dir, &Store::repair(&dir, WriterOptions::BATCH)?, terminal)
        }
        Task::Upgrade { store } => {
            let dir = place(store)?;
            open(&dir)?.close()?;
            say(terminal, &dir, "is of this version")
        }
        Task::Compact { store } => {
            let dir = place(store)?;
            open(&dir)?.compact()?.close()?;
            say(terminal, &dir, &format!("takes {}", size(&dir)?))
        }
        Task::Trim(args) => trim(args, terminal),
    }
}

fn check(store: &StoreArgs, terminal: &Terminal) -> anyhow::Result<Exit> {
    let stores = Stores::open(store.store.as_deref(), terminal)?;
    let mut exit = Exit::Done;
    for store in stores.iter() {
        let bad = store.verify()?;
        if bad.is_empty() {
            say(terminal, store.dir(), "is sound")?;
            continue;
        }
        exit = Exit::Negative;
        let names: Vec<_> = bad.iter().map(|name| name.to_string_lossy()).collect();
        say(terminal, store.dir(), &format!("is damaged: {}", names.join(", ")))?;
        terminal.note("`nwlog store repair` saves what can be read");
    }
    Ok(exit)
}

fn repaired(dir: &Path, done: &Repaired, terminal: &Terminal) -> anyhow::Result<Exit> {
    say(terminal, dir, &format!("has {} now", amount::count(done.kept, "incident")))?;
    if let Some(aside) = &done.aside {
        let lost = match (done.lost, done.segments_lost) {
            (lost, 0) => format!("{} could not be read", amount::count(lost, "incident")),
            (0, _) => "parts of it could not be read".to_owned(),
            (lost, _) => format!("{} and more could not be read", amount::count(lost, "incident")),
        };
        terminal.warn(format_args!("{lost}; the damaged files are in {}", aside.display()));
        terminal.note("`nwlog analyze` over the same logs brings back what was lost");
    }
    Ok(Exit::Done)
}

fn trim(args: &TrimArgs, terminal: &Terminal) -> anyhow::Result<Exit> {
    let retention =
        Retention { max_age_us: args.max_age, max_incidents: args.max_incidents, max_bytes: args.max_bytes };
    let dir = place(&args.store)?;
    let now = u64::try_from(terminal.now().timestamp_micros()).unwrap_or_default();
    let mut writer = open(&dir)?;
    let gone = writer.retain(&retention, now)?;
    writer.commit(None)?;
    if args.compact {
        writer.compact()?.close()?
    } else {
        writer.close()?
    }
    say(terminal, &dir, &format!("has forgotten {}", amount::count(gone, "incident")))
}

/// The store that is written.
fn place(store: &StoreArgs) -> anyhow::Result<PathBuf> {
    let dir = store_dir::to_write(store.store.as_deref(), &Places::of_process())?;
    // A store that is not there is not made.
    std::fs::metadata(&dir).map(|_| ()).map_err(|_| nwlog_index::Error::NoStore(dir.clone()))?;
    Ok(dir)
}

fn open(dir: &Path) -> anyhow::Result<Writer> {
    Store::open_writer(dir, WriterOptions::BATCH).hint("name another store with --store DIR")
}

fn size(dir: &Path) -> anyhow::Result<String> {
    Ok(amount::size(Store::open_reader(dir)?.stats()?.bytes.div_ceil(1024)))
}

fn say(terminal: &Terminal, dir: &Path, what: &str) -> anyhow::Result<Exit> {
    let mut out = terminal.stdout();
    let text = format!("{} {what}", dir.display());
    writeln!(out, "{}", crate::output::escape::line(&(terminal.words().message)(&text)))?;
    out.flush()?;
    Ok(Exit::Done)
}
