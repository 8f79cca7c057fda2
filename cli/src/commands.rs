//! The verbs, one file each.

pub mod analyze;
pub mod cat;
pub mod completions;
pub mod follow;
pub mod help;
pub mod list;
pub mod search;
pub mod show;
pub mod stats;
pub mod status;
pub mod store;

use clap::Subcommand;

use crate::exit::Exit;
use crate::terminal::Terminal;

/// What to do.
#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    #[allow(missing_docs)]
    Analyze(analyze::AnalyzeArgs),
    #[allow(missing_docs)]
    Cat(cat::CatArgs),
    #[allow(missing_docs)]
    Completions(completions::CompletionsArgs),
    #[allow(missing_docs)]
    Follow(Box<follow::FollowArgs>),
    #[allow(missing_docs)]
    Help(help::HelpArgs),
    #[allow(missing_docs)]
    List(list::ListArgs),
    #[allow(missing_docs)]
    Search(search::SearchArgs),
    #[allow(missing_docs)]
    Show(show::ShowArgs),
    #[allow(missing_docs)]
    Stats(stats::StatsArgs),
    #[allow(missing_docs)]
    Status(status::StatusArgs),
    #[allow(missing_docs)]
    Store(store::UpkeepArgs),
}

impl Command {
    /// Does it.
    ///
    /// # Errors
    /// Whatever ends a command early.
    pub fn run(&self, terminal: &Terminal) -> anyhow::Result<Exit> {
        match self {
            Self::Analyze(args) => analyze::run(args, terminal),
            Self::Cat(args) => cat::run(args, terminal),
            Self::Completions(args) => completions::run(args, terminal),
            Self::Follow(args) => follow::run(args, terminal),
            Self::Help(args) => help::run(args, terminal),
            Self::List(args) => list::run(args, terminal),
            Self::Search(args) => search::run(args, terminal),
            Self::Show(args) => show::run(args, terminal),
            Self::Stats(args) => stats::run(args, terminal),
            Self::Status(args) => status::run(args, terminal),
            Self::Store(args) => store::run(args, terminal),
        }
    }
}
