//! `nwlog search`: incidents that are kept, by word and field.

use clap::Args;
use nwlog_correlate::Kind;

use crate::args::{Boot, Limit, OutputArgs, StoreArgs, TimeArgs, named};
use crate::exit::Exit;
use crate::pipeline::select::Pattern;
use crate::terminal::Terminal;

const EXAMPLES: &str = "\
Examples:
  nwlog search                                  the newest incidents
  nwlog search killed process myapp             all of these words
  nwlog search '\"no space left\"' -u db          a phrase, in one unit's incidents
  nwlog search kind:oom-kill after:yesterday    fields in the query itself
  nwlog search --kind go-panic -S -7d -o json   for a script

Exit status: 0 found; 1 nothing found; 2 an error.";

/// Find incidents among those that are kept
///
/// All words have to occur. Words look in the headline, the records and the context of an incident; `field:value`
/// looks in one field.
#[derive(Args, Clone, Debug)]
#[command(after_help = EXAMPLES)]
pub struct SearchArgs {
    /// Words, "phrases", prefix* and field:value; none finds all
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,

    /// Those of this kind: oom-kill, disk-full, go-panic or unit-failure
    #[arg(long, value_name = "KIND", value_parser = named(Kind::ALL, Kind::name), hide_possible_values = true)]
    #[arg(help_heading = "Which incidents")]
    pub kind: Option<Kind>,
    /// Those that touch this unit: a name or a pattern like 'db@*'; several times for several units
    #[arg(short, long = "unit", value_name = "UNIT", help_heading = "Which incidents")]
    pub units: Vec<Pattern>,
    /// Those of this host
    #[arg(long, value_name = "NAME", help_heading = "Which incidents")]
    pub host: Option<String>,
    /// Those of one boot: an id, or an offset from the newest one; the newest without either
    #[arg(short, long, value_name = "ID|OFFSET", num_args = 0..=1, default_missing_value = "0")]
    #[arg(allow_negative_numbers = true, help_heading = "Which incidents")]
    pub boot: Option<Boot>,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub time: TimeArgs,
    /// At most N incidents, or all
    #[arg(
        short = 'n',
        long = "lines",
        value_name = "N",
        default_value = "50",
        help_heading = "Which incidents"
    )]
    pub limit: Limit,

    #[allow(missing_docs)]
    #[command(flatten)]
    pub output: OutputArgs,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub store: StoreArgs,
}

pub(super) fn run(_args: &SearchArgs, _terminal: &Terminal) -> anyhow::Result<Exit> {
    Ok(Exit::Negative)
}
