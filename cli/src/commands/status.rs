//! `nwlog status`: what is kept, and where, and how far it was followed.

mod follower;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use chrono::{DateTime, Utc};
use clap::{Args, ValueEnum};
use nwlog_index::Stats;
use nwlog_ingest::time::Moment;
use serde::Serialize;

use self::follower::Follower;
use crate::args::StoreArgs;
use crate::exit::Exit;
use crate::output::time::rfc3339;
use crate::output::{View, amount, escape, json};
use crate::stores::Stores;
use crate::terminal::Terminal;

const EXAMPLES: &str = "\
Examples:
  nwlog status
  nwlog status -o json | jq .incidents
  nwlog status -o json | jq .follow.lag_us       how far follow is behind";

/// Tell what is kept, and where, and how far `follow` has come
#[derive(Args, Clone, Debug)]
#[command(after_help = EXAMPLES)]
pub struct StatusArgs {
    /// The shape of what is printed
    #[arg(short, long, value_name = "FORMAT", default_value = "short", help_heading = "Output")]
    pub output: StatusFormat,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub store: StoreArgs,
}

/// The shape of what `status` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StatusFormat {
    /// Lines for people
    Short,
    /// One JSON object a store, on one line
    Json,
}

pub(super) fn run(args: &StatusArgs, terminal: &Terminal) -> anyhow::Result<Exit> {
    let stores = Stores::open(args.store.store.as_deref(), terminal)?;
    if stores.is_empty() {
        terminal.note("nothing is kept yet: `nwlog analyze` keeps what it finds");
    }
    let view = terminal.view(0, false);
    let mut out = terminal.stdout();
    for (n, store) in stores.iter().enumerate() {
        let stats = store.stats()?;
        match args.output {
            StatusFormat::Json => {
                let follow = Follower::of(store)?;
                json::line(&mut out, &Wire { follow, ..Wire::new(store.dir(), &stats) })?;
            }
            StatusFormat::Short => {
                if n > 0 {
                    writeln!(out)?;
                }
                lines(&mut out, &view, store.dir(), &stats)?;
                if let Some(follower) = Follower::of(store)? {
                    follower.lines(&mut out, &view)?;
                }
            }
        }
    }
    out.flush()?;
    Ok(Exit::Done)
}

fn lines(out: &mut dyn Write, view: &View, dir: &Path, stats: &Stats) -> io::Result<()> {
    let kinds = stats.kinds.iter().filter(|(_, n)| *n > 0);
    let kinds: Vec<_> = kinds.map(|(kind, n)| format!("{n} {kind}")).collect();
    let mut incidents = format!("{}, {} open", stats.incidents, stats.open);
    if stats.withdrawn > 0 {
        incidents = format!("{incidents}; {} more were withdrawn", stats.withdrawn);
    }
    let time = |time: Option<DateTime<Utc>>| {
        time.map(|time| view.zone.day_and_time(&moment(time))).unwrap_or_default()
    };
    for (name, value) in [
        ("store", escape::line(&dir.to_string_lossy()).into_owned()),
        ("size", amount::size(stats.bytes.div_ceil(1024))),
        ("incidents", incidents),
        ("kinds", kinds.join(", ")),
        ("oldest", time(stats.first)),
        ("newest", time(stats.last)),
    ] {
        if !value.is_empty() {
            let strong = view.palette.strong;
            writeln!(out, "{strong}{name:<9}{strong:#}  {value}")?;
        }
    }
    Ok(())
}

fn moment(time: DateTime<Utc>) -> Moment {
    Moment { realtime: u64::try_from(time.timestamp_micros()).ok(), monotonic: None }
}

/// A store, as JSON: the version of the contract is that of incidents.
#[derive(Serialize)]
struct Wire<'a> {
    schema: u32,
    store: std::borrow::Cow<'a, str>,
    bytes: u64,
    incidents: usize,
    open: usize,
    withdrawn: usize,
    kinds: BTreeMap<&'static str, usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last: Option<String>,
    /// How far the log was followed whose incidents these are.
    #[serde(skip_serializing_if = "Option::is_none")]
    follow: Option<Follower>,
}

impl<'a> Wire<'a> {
    fn new(dir: &'a Path, stats: &Stats) -> Self {
        Self {
            schema: json::SCHEMA,
            store: dir.to_string_lossy(),
            bytes: stats.bytes,
            incidents: stats.incidents,
            open: stats.open,
            withdrawn: stats.withdrawn,
            kinds: stats.kinds.iter().map(|(kind, n)| (kind.name(), *n)).collect(),
            first: stats.first.and_then(|time| rfc3339(&moment(time))),
            last: stats.last.and_then(|time| rfc3339(&moment(time))),
            follow: None,
        }
    }
}
