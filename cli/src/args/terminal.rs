use clap::Args;

use crate::output::colour::When;

/// How to talk, the same for every verb.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Terminal")]
pub struct TerminalArgs {
    /// When to colour output
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", hide_possible_values = true)]
    #[arg(help = "When to colour output: auto, always or never")]
    pub color: When,
    /// Print no remarks, warnings or progress; errors are still printed
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Show times in UTC
    #[arg(long, global = true)]
    pub utc: bool,
    /// Never start a pager
    #[arg(long, global = true)]
    pub no_pager: bool,
}
