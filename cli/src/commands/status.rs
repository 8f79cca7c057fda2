//! `nwlog status`: what is kept, and where.

use clap::{Args, ValueEnum};

use crate::args::StoreArgs;
use crate::exit::Exit;
use crate::terminal::Terminal;

const EXAMPLES: &str = "\
Examples:
  nwlog status
  nwlog status -o json | jq .incidents";

/// Tell what is kept, and where
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

pub(super) fn run(_args: &StatusArgs, _terminal: &Terminal) -> anyhow::Result<Exit> {
    Ok(Exit::Done)
}
