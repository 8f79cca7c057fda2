use std::path::PathBuf;

use clap::Args;

/// Where incidents are kept.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Store")]
pub struct StoreArgs {
    /// Use the store in this directory
    ///
    /// Without it, what writes (analyze, follow, store) uses $STATE_DIRECTORY, else $XDG_STATE_HOME/nwlog
    /// (~/.local/state/nwlog); what asks (list, search, show, stats, status) reads /var/lib/nwlog and the user's own.
    #[arg(long, value_name = "DIR")]
    pub store: Option<PathBuf>,
}
