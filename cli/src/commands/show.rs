//! `nwlog show`: one incident, whole.

use clap::Args;

use crate::args::{OutputArgs, StoreArgs};
use crate::exit::Exit;
use crate::terminal::Terminal;

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
    #[arg(value_name = "ID", required = true)]
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

pub(super) fn run(_args: &ShowArgs, _terminal: &Terminal) -> anyhow::Result<Exit> {
    Ok(Exit::Negative)
}
