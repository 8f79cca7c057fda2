//! `nwlog cat`: entries in, entries out.

use std::path::{Path, PathBuf};

use chrono::DateTime;
use clap::Args;
use nwlog_ingest::Id128;

use crate::args::{EntryArgs, Limit, PlaceArgs, TimeArgs};
use crate::exit::Exit;
use crate::output::amount;
use crate::output::entry::{EntryFormat, Style};
use crate::pipeline::batch;
use crate::pipeline::boot;
use crate::pipeline::entries::feed::{self, Feed, Report};
use crate::pipeline::entries::journals::Journals;
use crate::pipeline::entries::matches::{Group, OneOf, Set, Value};
use crate::pipeline::entries::paper::{Layout, Paper};
use crate::pipeline::entries::stream::Stream;
use crate::pipeline::entries::wanted::Wanted;
use crate::pipeline::input::Input;
use crate::pipeline::places::Places;
use crate::pipeline::settled::Settled;
use crate::terminal::Terminal;
use crate::zone::LocalZone;

const EXAMPLES: &str = "\
Examples:
  nwlog cat -u app -S 01:00                    what a unit said, and what was said of it
  nwlog cat -b -1 -k -o short-iso-precise      the kernel's records of the boot before
  nwlog cat -D DIR -g 'killed process' -n 5    the last five in journals brought from elsewhere
  nwlog cat _PID=1 + _UID=1000 -o json         everything, for another program
  nwlog cat a.journal b.export.zst -o export   two journals as one

Exit status: 0 done; 1 there is no such entry; 2 an error, also where only some input failed.";

/// Print entries, as journalctl does
///
/// Reads what analyze reads: journal files (this machine's, where no PATH is given), exports and text. Options select entries as
/// journalctl's do. A word like _PID=1 is a match: several values of one field are alternatives, different fields must all match,
/// and + stands between alternatives. -n gives the last entries, in order, also together with -g or -S.
#[derive(Args, Clone, Debug)]
#[command(after_help = EXAMPLES)]
pub struct CatArgs {
    /// What to read: files, directories of them, or - for stdin; FIELD=VALUE and + among them select entries
    #[arg(value_name = "PATH|MATCH")]
    pub words: Vec<String>,

    #[allow(missing_docs)]
    #[command(flatten)]
    pub entries: EntryArgs,
    /// Only the last N entries, or all
    #[arg(short = 'n', long = "lines", value_name = "N", default_value = "all")]
    #[arg(help_heading = "Which entries")]
    pub limit: Limit,

    #[allow(missing_docs)]
    #[command(flatten)]
    pub place: PlaceArgs,

    /// The shape of what is printed
    #[arg(short, long, value_name = "FORMAT", default_value = "short", help_heading = "Output")]
    pub output: EntryFormat,
    /// Print long and unprintable values too, as they are
    #[arg(short, long, help_heading = "Output")]
    pub all: bool,
    /// The last entry first
    #[arg(short, long, help_heading = "Output")]
    pub reverse: bool,
    /// How many threads read and print [default: one a core]
    #[arg(short, long, value_name = "N", help_heading = "Output")]
    #[arg(value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
}

pub(super) fn run(args: &CatArgs, terminal: &Terminal) -> anyhow::Result<Exit> {
    let words: Vec<_> = args.words.iter().map(String::as_str).collect();
    let (matches, paths): (Vec<&str>, Vec<&str>) = words.iter().partition(|word| is_match(word));
    let mut wanted = wanted(&args.entries, &matches, &terminal.now())?;
    let places = Places::read(&args.place, &paths.iter().map(PathBuf::from).collect::<Vec<_>>())?;
    let pool = batch::pool(args.jobs.map(usize::from))?;
    if let Some(which) = args.entries.which_boot() {
        let here =
            paths.is_empty() && args.place.is_of_this_machine() && !places.streams.contains(&Input::Stdin);
        let boot = boot::find(which, &places, here, &pool)?;
        wanted.matches.all.push(of_boot(boot));
    }

    let style = Style { format: args.output, zone: terminal.zone(), all: args.all };
    let mut layout = Layout {
        newest: args.limit.0,
        reverse: args.reverse,
        told: args.output.is_told() && !terminal.is_quiet() && !args.place.merge,
        tame: terminal.is_watched(),
    };
    let mut feeds: Vec<Box<dyn Feed + '_>> = Vec::new();
    if !places.journals.is_empty() {
        let alone = places.streams.is_empty();
        let newest = layout.newest;
        let reverse = alone && layout.reverse;
        if alone {
            // What is held back is places, not text.
            layout = Layout { newest: None, reverse: false, ..layout };
        }
        feeds.push(Box::new(Journals { files: &places.journals, wanted: &wanted, style, newest, reverse }));
    }
    for input in &places.streams {
        feeds.push(Box::new(Stream { input, wanted: &wanted, style }));
    }
    places.failed.iter().for_each(|error| terminal.tell(error));
    let mut paper = Paper::new(terminal.paged(), layout);
    let reports = feed::run(&feeds, &pool, &mut |sheet| paper.take(&sheet));
    let printed = paper.finish()?;
    let failed = places.failed.len() + told(&reports, terminal);
    Ok(exit(failed, printed))
}

fn wanted(args: &EntryArgs, matches: &[&str], now: &DateTime<LocalZone>) -> anyhow::Result<Wanted> {
    let time = TimeArgs { since: args.since.clone(), until: args.until.clone() };
    let (since, until) = time.read(now)?;
    Ok(Wanted { matches: args.matches(matches)?, since, until, pattern: args.pattern()? })
}

/// Whether a word selects entries: `NAME=value` as a journal can hold it, or a `+`. A file of that name goes before it.
fn is_match(word: &str) -> bool {
    let is_name = |name: &str| {
        !name.is_empty()
            && !name.starts_with("__")
            && name.bytes().all(|byte| matches!(byte, b'A'..=b'Z' | b'0'..=b'9' | b'_'))
    };
    word == "+" || word.split_once('=').is_some_and(|(name, _)| is_name(name)) && !Path::new(word).exists()
}

fn of_boot(boot: Id128) -> Group {
    let values = vec![Value::Exact(boot.to_string().into_bytes())];
    Group { any: vec![Set { fields: vec![OneOf { name: "_BOOT_ID".to_owned(), values }] }] }
}

/// Tells what could not be read, and returns how many inputs that was.
fn told(reports: &[Report], terminal: &Terminal) -> usize {
    let mut settled = Settled::default();
    for report in reports {
        settled |= report.settled;
        report.faults.iter().for_each(|error| terminal.tell(error));
        if report.unreadable > 0 {
            let records = amount::count(report.unreadable, "record");
            terminal.warn(format_args!("{}: {records} could not be read", report.of));
        }
    }
    settled.told().for_each(|text| terminal.note(text));
    reports.iter().filter(|report| !report.faults.is_empty()).count()
}

fn exit(failed: usize, printed: u64) -> Exit {
    match (failed, printed) {
        (1.., _) => Exit::Failed,
        (0, 0) => Exit::Negative,
        (0, _) => Exit::Done,
    }
}
