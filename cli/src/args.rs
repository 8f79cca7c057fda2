//! What can be said on the command line. Groups of options that several verbs share stand here, one file a group;
//! each verb's own stand with the verb.

mod boot;
mod entries;
mod filter;
mod output;
mod select;
mod store;
mod terminal;

use clap::Parser;

pub use self::boot::{BadBoot, Boot};
pub use self::entries::{BootArgs, EntryArgs, PlaceArgs, Priorities};
pub use self::filter::FilterArgs;
pub use self::output::{Limit, OutputArgs};
pub use self::select::{SelectArgs, TimeArgs, named};
pub use self::store::StoreArgs;
pub use self::terminal::TerminalArgs;
use crate::commands::Command;

/// The widest that help is printed, in columns. It is folded when it is written: clap knows nothing of wide characters.
pub const HELP_WIDTH: usize = 100;

const EXAMPLES: &str = "\
Examples:
  nwlog analyze -b                            what died since boot
  nwlog analyze crash.export.zst              the same from a file
  nwlog search kind:oom-kill after:yesterday  what is kept of it
  nwlog show 3f9c2a1b                         one incident, whole

Exit status: 0 done or found; 1 nothing found; 2 an error, also where only some input failed.";

/// The night-watch log: what died on a Linux machine, why, and what happened around it
///
/// nwlog joins what the kernel, systemd and the program itself say about one failure, and tells it once.
#[derive(Clone, Debug, Parser)]
#[command(name = "nwlog", version, after_help = EXAMPLES, term_width = 0, disable_help_subcommand = true)]
pub struct Cli {
    #[allow(missing_docs)]
    #[command(flatten)]
    pub terminal: TerminalArgs,
    #[allow(missing_docs)]
    #[command(subcommand)]
    pub command: Option<Command>,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_definition_holds_together() {
        Cli::command().debug_assert();
    }
}
