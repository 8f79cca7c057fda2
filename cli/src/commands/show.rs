//! `nwlog show`: one incident, whole.

use std::fmt::Write;

use anyhow::anyhow;
use clap::Args;
use clap_complete::ArgValueCandidates;
use nwlog_correlate::Incident;

use crate::args::{OutputArgs, StoreArgs};
use crate::complete;
use crate::errors::{Hint, hinted};
use crate::exit::Exit;
use crate::output::{Format, Printer, escape, subject_in};
use crate::stores::Stores;
use crate::terminal::Terminal;
use crate::words::Words;

/// How many incidents an error names where an id is not unique.
const CANDIDATES: usize = 10;

const EXAMPLES: &str = "\
Examples:
  nwlog show 3f9c2a1b                       the story of one incident
  nwlog show --all 3f9c                     with every record that is kept
  nwlog show -o json 3f9c2a1b | jq .oom     for a script

Exit status: 0 found; 1 not found; 2 an error.";

/// Print one incident, whole
#[derive(Args, Clone, Debug)]
#[command(after_help = EXAMPLES)]
pub struct ShowArgs {
    /// Its id, or the first 4 digits or more, as long as these are unique
    #[arg(value_name = "ID", required = true, add = ArgValueCandidates::new(complete::ids))]
    pub ids: Vec<String>,
    /// Show every record and frame that is kept, and cut no line
    #[arg(short, long, help_heading = "Output")]
    pub all: bool,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub output: OutputArgs,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub store: StoreArgs,
}

pub(super) fn run(args: &ShowArgs, terminal: &Terminal) -> anyhow::Result<Exit> {
    let stores = Stores::open(args.store.store.as_deref(), terminal)?;
    let mut found = Vec::new();
    let mut exit = Exit::Done;
    for id in &args.ids {
        match one(&stores, id, terminal.words())? {
            Some(incident) => found.push(incident),
            None => {
                terminal.note((terminal.words().no_such_id)(id));
                exit = Exit::Negative;
            }
        }
    }
    if found.is_empty() {
        return Ok(exit);
    }
    let format = args.output.output.unwrap_or(Format::Timeline);
    let mut printer = Printer::new(terminal.paged(), format, terminal.view(usize::MAX, args.all));
    for incident in &found {
        printer.incident(incident)?;
    }
    printer.flush()?;
    Ok(exit)
}

/// The one incident that an id selects.
fn one(stores: &Stores, id: &str, words: &Words) -> anyhow::Result<Option<Incident>> {
    let mut found = stores.by_prefix(id).hint("`nwlog search` prints the ids of what is kept")?;
    // A whole id that one has now and another had before is the one's.
    if found.len() > 1 && found.iter().any(|incident| incident.id.to_string().eq_ignore_ascii_case(id)) {
        found.retain(|incident| incident.id.to_string().eq_ignore_ascii_case(id));
    }
    match found.len() {
        0 | 1 => Ok(found.pop()),
        n => Err(ambiguous(id, n, &found, words)),
    }
}

fn ambiguous(id: &str, n: usize, found: &[Incident], words: &Words) -> anyhow::Error {
    let mut text = format!("{n} incidents begin with {id}");
    for incident in found.iter().take(CANDIDATES) {
        let headline = (words.headline)(incident);
        let headline = escape::cut(&headline, Some(60));
        let _ = write!(text, "\n  {}  {}: {headline}", incident.id, subject_in(incident, words));
    }
    if n > CANDIDATES {
        text.push_str("\n  …");
    }
    hinted(anyhow!(text), "give more digits")
}
