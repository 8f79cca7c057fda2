//! `nwlog search`: incidents that are kept, by word and field.

mod query;

use chrono::Local;
use clap::Args;
use nwlog_correlate::Kind;

use crate::args::{Boot, Limit, OutputArgs, StoreArgs, TimeArgs, named};
use crate::exit::Exit;
use crate::output::{Format, Printer, amount};
use crate::stores::Stores;
use crate::terminal::Terminal;
use crate::zone::LocalZone;

/// Lines of context that are printed before an incident; `show` prints all that are kept.
const CONTEXT: usize = 5;

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
    pub units: Vec<String>,
    /// Those of this host
    #[arg(long, value_name = "NAME", help_heading = "Which incidents")]
    pub host: Option<String>,
    /// Those of this boot, or of that with an id, or of the last one before this that has incidents: -1
    #[arg(short, long, value_name = "ID|-N", num_args = 0..=1, default_missing_value = "0")]
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

pub(super) fn run(args: &SearchArgs, terminal: &Terminal) -> anyhow::Result<Exit> {
    // What is wrong with the question is told also where there is nothing to ask.
    let now = Local::now();
    let asked = query::read(args, &now)?;
    let stores = Stores::open(args.store.store.as_deref(), terminal)?;
    if stores.is_empty() {
        terminal.note("nothing is kept yet: `nwlog analyze` keeps what it finds");
        return Ok(Exit::Negative);
    }
    let Some(asked) = query::of_boot(asked, args, &stores, &now.with_timezone(&LocalZone::new()))? else {
        terminal.note("no such boot has incidents");
        return Ok(Exit::Negative);
    };

    let found = stores.search(&asked, args.limit.0.unwrap_or(usize::MAX))?;
    let format = args.output.output.unwrap_or(Format::Short);
    let mut printer = Printer::new(terminal.paged(), format, terminal.view(CONTEXT, false));
    for hit in &found.hits {
        printer.incident(&hit.incident)?;
    }
    printer.flush()?;
    // The pager ends before anything is said below it.
    drop(printer);
    if found.total > found.hits.len() && format != Format::Json {
        let all = amount::count(found.total as u64, "incident");
        terminal.note(format_args!("{} of {all}; -n all prints the rest", found.hits.len()));
    }
    Ok(if found.total == 0 { Exit::Negative } else { Exit::Done })
}
