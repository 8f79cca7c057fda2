//! `nwlog search`: incidents that are kept, by word and field.

mod facet;
mod query;

use clap::Args;
use clap_complete::ArgValueCompleter;
use nwlog_index::{Order, Query};

use crate::args::{FilterArgs, Limit, OutputArgs, StoreArgs};
use crate::complete;
use crate::exit::Exit;
use crate::output::{Format, Printer};
use crate::stores::Stores;
use crate::terminal::Terminal;

use facet::Facet;

/// Lines of context that are printed before an incident; `show` prints all that are kept.
const CONTEXT: usize = 5;

const EXAMPLES: &str = "\
Examples:
  nwlog search killed process myapp             all of these words
  nwlog search '\"no space left\"' -u db          a phrase, in one unit's incidents
  nwlog search kind:oom-kill after:yesterday    fields in the query itself
  nwlog search 'anon_rss:>1G' 'restarts:>3'     numbers in ranges
  nwlog search TRACE_ID=xyz789                  a field of the unit's lines in the journal
  nwlog search 磁盘 --facet unit                how many of each unit
  nwlog search --kind go-panic -S -7d -o json   for a script

`nwlog help query` has the whole language.

Exit status: 0 found; 1 nothing found; 2 an error.";

/// Find incidents among those that are kept
///
/// All words have to occur. Words look in the headline, the records and the context of an incident; `field:value`
/// looks in one field. The newest comes first.
#[derive(Args, Clone, Debug)]
#[command(after_help = EXAMPLES)]
pub struct SearchArgs {
    /// Words, "phrases", prefix* and field:value; none finds all
    #[arg(value_name = "QUERY", add = ArgValueCompleter::new(complete::query))]
    pub query: Vec<String>,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub filter: FilterArgs,
    /// At most N incidents, or all
    #[arg(short = 'n', long = "lines", value_name = "N", default_value = "50")]
    #[arg(help_heading = "Which incidents")]
    pub limit: Limit,
    /// What matches the words best first, in place of the newest
    #[arg(long, help_heading = "Output")]
    pub relevance: bool,
    /// The other way around: of what is found, the last one first
    #[arg(short, long, help_heading = "Output")]
    pub reverse: bool,
    /// How many there are of each kind, unit, host, cause or day, in place of them
    #[arg(long, value_name = "FIELD", hide_possible_values = true, help_heading = "Output")]
    #[arg(conflicts_with_all = ["relevance", "reverse"])]
    pub facet: Option<Facet>,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub output: OutputArgs,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub store: StoreArgs,
}

pub(super) fn run(args: &SearchArgs, terminal: &Terminal) -> anyhow::Result<Exit> {
    let Some((asked, stores)) = ask(&args.query, &args.filter, &args.store, terminal)? else {
        return Ok(Exit::Negative);
    };
    let format = args.output.output.unwrap_or(Format::Short);
    if let Some(facet) = args.facet {
        return facet::print(facet, &asked, &stores, args.limit, format, terminal);
    }
    let wish = Wish { limit: args.limit, relevance: args.relevance, reverse: args.reverse, format };
    print(&asked, &stores, &wish, terminal)
}

/// The question, and whom to ask it. None where there is nothing to ask; that has been said then.
pub(super) fn ask(
    words: &[String],
    filter: &FilterArgs,
    store: &StoreArgs,
    terminal: &Terminal,
) -> anyhow::Result<Option<(Query, Stores)>> {
    // What is wrong with the question is told also where there is nothing to ask.
    let now = terminal.now();
    let asked = query::read(words, filter, &now)?;
    let stores = Stores::open(store.store.as_deref(), terminal)?;
    if stores.is_empty() {
        terminal.note(terminal.words().nothing_kept);
        return Ok(None);
    }
    let asked = query::of_boot(asked, filter, &stores, &now)?;
    if asked.is_none() {
        terminal.note(terminal.words().no_such_boot);
    }
    Ok(asked.map(|asked| (asked, stores)))
}

/// How incidents are to be printed.
pub(super) struct Wish {
    pub(super) limit: Limit,
    pub(super) relevance: bool,
    pub(super) reverse: bool,
    pub(super) format: Format,
}

/// Prints what a question finds.
pub(super) fn print(
    asked: &Query,
    stores: &Stores,
    wish: &Wish,
    terminal: &Terminal,
) -> anyhow::Result<Exit> {
    let order = if wish.relevance { Order::Relevance } else { Order::Newest };
    let mut found = stores.search(asked, wish.limit.0.unwrap_or(usize::MAX), order)?;
    if wish.reverse {
        found.hits.reverse();
    }
    let view = terminal.view(CONTEXT, false);
    let mut printer = Printer::new(terminal.paged(), wish.format, view).marking(asked.clone());
    for hit in &found.hits {
        printer.incident(&hit.incident)?;
    }
    printer.flush()?;
    // The pager ends before anything is said below it.
    drop(printer);
    if found.total > found.hits.len() && wish.format != Format::Json {
        let (some, all) = (found.hits.len() as u64, found.total as u64);
        terminal.note((terminal.words().some_of)(some, all));
    }
    if found.total == 0 && terminal.is_watched() {
        terminal.note(terminal.words().nothing_found);
    }
    Ok(if found.total == 0 { Exit::Negative } else { Exit::Done })
}
