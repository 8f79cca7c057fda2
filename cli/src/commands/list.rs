//! `nwlog list`: the last incidents that are kept.

use clap::Args;

use super::search::{self, Wish};
use crate::args::{FilterArgs, Limit, OutputArgs, StoreArgs};
use crate::exit::Exit;
use crate::terminal::Terminal;

const EXAMPLES: &str = "\
Examples:
  nwlog list                     the last 20 incidents
  nwlog list -b                  those of this boot
  nwlog list -u 'db@*' -n all    all of some units
  nwlog list -S today -r         today's, the first one first

Exit status: 0 found; 1 nothing found; 2 an error.";

/// List the last incidents that are kept
///
/// One line an incident, the newest first. `nwlog show ID` prints one of them whole.
#[derive(Args, Clone, Debug)]
#[command(after_help = EXAMPLES)]
pub struct ListArgs {
    #[allow(missing_docs)]
    #[command(flatten)]
    pub filter: FilterArgs,
    /// The newest N incidents, or all
    #[arg(short = 'n', long = "lines", value_name = "N", default_value = "20")]
    #[arg(help_heading = "Which incidents")]
    pub limit: Limit,
    /// The oldest of these first
    #[arg(short, long, help_heading = "Output")]
    pub reverse: bool,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub output: OutputArgs,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub store: StoreArgs,
}

pub(super) fn run(args: &ListArgs, terminal: &Terminal) -> anyhow::Result<Exit> {
    let Some((asked, stores)) = search::ask(&[], &args.filter, &args.store, terminal)? else {
        return Ok(Exit::Negative);
    };
    let wish = Wish {
        limit: args.limit,
        relevance: false,
        reverse: args.reverse,
        format: args.output.output.unwrap_or(crate::output::Format::Short),
    };
    search::print(&asked, &stores, &wish, terminal)
}
