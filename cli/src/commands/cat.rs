//! `nwlog cat`: entries in, entries out.

use std::path::{Path, PathBuf};

use anyhow::anyhow;
use chrono::Local;
use clap::Args;
use nwlog_ingest::Id128;
use rayon::ThreadPool;

use crate::args::{EntryArgs, Limit, PlaceArgs, TimeArgs};
use crate::errors::{Hint, hinted};
use crate::exit::Exit;
use crate::output::amount;
use crate::output::entry::{EntryFormat, Style};
use crate::pipeline::batch;
use crate::pipeline::entries::boots::{self, Which};
use crate::pipeline::entries::feed::{self, Feed, Report};
use crate::pipeline::entries::matches::{Group, OneOf, Set, Value};
use crate::pipeline::entries::paper::{Layout, Paper};
use crate::pipeline::entries::stream::{self, Stream};
use crate::pipeline::entries::wanted::Wanted;
use crate::pipeline::input::{Input, Inputs};
use crate::terminal::Terminal;

const EXAMPLES: &str = "\
Examples:
  nwlog cat x.export.zst -u app -S 01:00      what a unit said, and what was said of it
  nwlog cat x.export.zst -k -o short-iso-precise
  nwlog cat x.export.zst -g 'killed process' -n 5
  nwlog cat x.export.zst _PID=1 + _UID=1000 -o json | jq .MESSAGE
  nwlog cat a.export b.export -o export       two journals as one

Exit status: 0 done; 1 there is no such entry; 2 an error, also where some input failed and the rest was printed.";

/// Print entries, as journalctl does
///
/// Reads what analyze reads. The options that select entries mean what they mean to journalctl; a word like _PID=1 is
/// a match: of one field any, of several fields all, + between alternatives. With -n the last entries come, in order,
/// also where there is a -g or an -S.
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
    let mut wanted = wanted(&args.entries, &matches)?;
    let paths: Vec<_> = paths.into_iter().map(PathBuf::from).collect();
    let inputs = Inputs::of_paths(&paths)?;
    let pool = batch::pool(args.jobs.map(usize::from))?;
    if let Some(which) = args.entries.which_boot() {
        let boot = boot(which, &inputs.found, &pool)?;
        wanted.matches.all.push(of_boot(boot));
    }

    let style = Style { format: args.output, zone: terminal.zone(), all: args.all };
    let feeds: Vec<Box<dyn Feed + '_>> = inputs
        .found
        .iter()
        .map(|input| Box::new(Stream { input, wanted: &wanted, style }) as Box<dyn Feed + '_>)
        .collect();
    let layout = Layout {
        newest: args.limit.0,
        reverse: args.reverse,
        told: args.output.is_told() && !terminal.is_quiet(),
        tame: terminal.is_watched(),
    };
    inputs.failed.iter().for_each(|error| terminal.tell(error));
    let mut paper = Paper::new(terminal.paged(), layout);
    let reports = feed::run(&feeds, &pool, &mut |sheet| paper.take(&sheet));
    let printed = paper.finish()?;
    let failed = inputs.failed.len() + told(&reports, terminal);
    Ok(exit(failed, printed))
}

fn wanted(args: &EntryArgs, matches: &[&str]) -> anyhow::Result<Wanted> {
    let time = TimeArgs { since: args.since.clone(), until: args.until.clone() };
    let (since, until) = time.read(&Local::now())?;
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

fn boot(which: Which, inputs: &[Input], pool: &ThreadPool) -> anyhow::Result<Id128> {
    if let Which::From(id, 0) = which {
        return Ok(id);
    }
    if inputs.contains(&Input::Stdin) {
        return Err(anyhow!("only its end shows which boot of a pipe is the last"))
            .hint("name a file, or give the boot's id");
    }
    let mut found = Vec::new();
    for input in inputs {
        // One that cannot be opened is told of when it is read for its entries.
        found.extend(stream::boots(input, pool).unwrap_or_default());
    }
    found.sort_by_key(|(start, _)| *start);
    let mut known = Vec::new();
    for (_, boot) in found {
        if !known.contains(&boot) {
            known.push(boot);
        }
    }
    boots::choose(which, &known).ok_or_else(|| {
        let there = amount::count(known.len() as u64, "boot");
        hinted(anyhow!("there is no such boot"), format!("there is no more than {there}"))
    })
}

fn of_boot(boot: Id128) -> Group {
    let values = vec![Value::Exact(boot.to_string().into_bytes())];
    Group { any: vec![Set { fields: vec![OneOf { name: "_BOOT_ID".to_owned(), values }] }] }
}

/// Tells what could not be read, and returns how many inputs that was.
fn told(reports: &[Report], terminal: &Terminal) -> usize {
    for report in reports {
        report.faults.iter().for_each(|error| terminal.tell(error));
        if report.unreadable > 0 {
            let records = amount::count(report.unreadable, "record");
            terminal.warn(format_args!("{}: {records} could not be read", report.of));
        }
    }
    reports.iter().filter(|report| !report.faults.is_empty()).count()
}

fn exit(failed: usize, printed: u64) -> Exit {
    match (failed, printed) {
        (1.., _) => Exit::Failed,
        (0, 0) => Exit::Negative,
        (0, _) => Exit::Done,
    }
}
