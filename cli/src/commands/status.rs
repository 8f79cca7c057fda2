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

/// How wide names are, in columns, and the least room that what is known gets.
const NAME: usize = 9;
const LEAST: usize = 24;

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
        terminal.note(terminal.words().nothing_kept);
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
    let words = &view.words().status;
    let kinds = stats.kinds.iter().filter(|(_, n)| *n > 0);
    let kinds: Vec<_> = kinds.map(|(kind, n)| (words.of_kind)(*n, *kind)).collect();
    let time = |time: Option<DateTime<Utc>>| {
        time.map(|time| view.zone.day_and_time(&moment(time))).unwrap_or_default()
    };
    let rows = [
        (words.store, escape::line(&dir.to_string_lossy()).into_owned()),
        (words.size, amount::size(stats.bytes.div_ceil(1024))),
        (words.incidents, (words.counts)(stats.incidents, stats.open, stats.withdrawn)),
        (words.kinds, kinds.join(words.between)),
        (words.oldest, time(stats.first)),
        (words.newest, time(stats.last)),
    ];
    rows.into_iter().try_for_each(|(name, value)| row(out, view, name, &value))
}

/// A line of what is known; none where nothing is. What does not fit goes on below.
fn row(out: &mut dyn Write, view: &View, name: &str, value: &str) -> io::Result<()> {
    if value.is_empty() {
        return Ok(());
    }
    let strong = view.palette.strong;
    let room = view.width.map(|width| width.saturating_sub(NAME + 2).max(LEAST));
    for (n, line) in escape::wrapped(value, room).iter().enumerate() {
        let name = escape::padded(if n == 0 { name } else { "" }, NAME);
        writeln!(out, "{strong}{name}{strong:#}  {line}")?;
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
