//! `nwlog follow`: what happens, as it happens.

use std::path::PathBuf;

use clap::Args;
use nwlog_correlate::Severity;
use nwlog_index::{Retention, parse_time};

use crate::args::{OutputArgs, PlaceArgs, StoreArgs, named};
use crate::config::Config;
use crate::errors::hinted;
use crate::exit::Exit;
use crate::output::Format;
use crate::pipeline::live::{self, Options, Settings};
use crate::pipeline::places;
use crate::pipeline::select::{Pattern, Select};
use crate::store_dir;
use crate::terminal::Terminal;

const EXAMPLES: &str = "\
Examples:
  nwlog follow                                  this machine's journal, from now on
  nwlog follow --kmsg -o timeline               the kernel's own log beside it
  nwlog follow --since -1h -p warning           what hurt in the last hour, and what comes
  nwlog follow -D DIR -m                        journals that are received there
  nwlog follow -o json --no-store | jq -c '[.change, .headline]'

Exit status: 0 it was told to end; 2 an error.";

/// Tell of incidents as they happen, and keep them
///
/// Prints an incident as soon as it is proved, again when more is known of it, and when it is over; what was said too early is
/// withdrawn. Incidents are kept for search and show, together with how far the log was read: started again, it goes on where it
/// stood. SIGTERM ends it; SIGHUP makes it read its configuration again.
#[derive(Args, Clone, Debug)]
#[command(after_help = EXAMPLES)]
pub struct FollowArgs {
    #[allow(missing_docs)]
    #[command(flatten)]
    pub place: PlaceArgs,
    /// Follow /dev/kmsg, too; on a machine without journald it is all there is
    #[arg(long, help_heading = "Whose journal")]
    pub kmsg: bool,
    /// Begin at this time, in place of where the store says that it stood
    ///
    /// '2026-01-31 14:30', '14:30', yesterday, -2h, '1h 30min ago', @EPOCH, RFC 3339.
    #[arg(
        short = 'S',
        long,
        value_name = "TIME",
        allow_hyphen_values = true,
        help_heading = "Whose journal"
    )]
    pub since: Option<String>,

    /// Those that touch this unit: a name or a pattern like 'db@*'; several times for several units
    #[arg(short, long = "unit", value_name = "UNIT", help_heading = "Which incidents are printed")]
    pub units: Vec<Pattern>,
    /// Those that say this text, in the headline, a record or the context
    #[arg(short, long, value_name = "TEXT", help_heading = "Which incidents are printed")]
    pub grep: Option<String>,
    /// Those that are at least so bad: notice, warning or critical
    #[arg(short, long, value_name = "SEVERITY", value_parser = named(Severity::ALL, Severity::name), hide_possible_values = true)]
    #[arg(help_heading = "Which incidents are printed")]
    pub priority: Option<Severity>,
    /// Those of this program; several times for several programs
    #[arg(
        short = 't',
        long = "identifier",
        value_name = "NAME",
        help_heading = "Which incidents are printed"
    )]
    pub identifiers: Vec<String>,

    #[allow(missing_docs)]
    #[command(flatten)]
    pub output: OutputArgs,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub store: StoreArgs,
    /// Keep nothing
    #[arg(long, conflicts_with = "store", help_heading = "Store")]
    pub no_store: bool,
    /// Read the configuration from this file
    #[arg(long, value_name = "PATH", help_heading = "Configuration")]
    pub config: Option<PathBuf>,
}

pub(super) fn run(args: &FollowArgs, terminal: &Terminal) -> anyhow::Result<Exit> {
    let config = Config::load(args.config.as_deref())?;
    let now = terminal.now();
    let since = args.since.as_deref().map(|text| parse_time(text, &now)).transpose();
    let since = since.map_err(|bad| hinted(anyhow::anyhow!("--since: {bad}"), bad.hint()))?;
    let store = match args.no_store {
        true => None,
        false => {
            let asked = args.store.store.clone().or_else(|| config.store.clone());
            Some(store_dir::to_write(asked.as_deref(), &store_dir::Places::of_process())?)
        }
    };
    let default = nwlog_correlate::Config::default().lateness_us;
    let options = Options {
        search: places::search(&args.place),
        kmsg: args.kmsg || config.kmsg.unwrap_or(false),
        since,
        store,
        lateness_us: config.lateness.map_or(default, |span| span.0),
        select: Select {
            units: args.units.clone(),
            text: args.grep.clone(),
            severity: args.priority,
            programs: args.identifiers.clone(),
            since: None,
            until: None,
        },
        format: args.output.output.unwrap_or(Format::Short),
    };
    let reload = || settings(&Config::load(args.config.as_deref())?);
    live::run(options, settings(&config)?, &reload, terminal)?;
    Ok(Exit::Done)
}

/// What of the configuration can change while it runs.
fn settings(config: &Config) -> anyhow::Result<Settings> {
    let retention = Retention {
        max_age_us: config.max_age.map(|age| age.0),
        max_incidents: config.max_count,
        max_bytes: config.max_bytes.map(|size| size.0),
    };
    Ok(Settings { exclude: config.excluded()?, retention })
}
