use chrono_tz::Tz;
use clap::Args;

use crate::output::colour::When;
use crate::words::Lang;

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
    /// Show times in UTC, and read those in UTC that name no zone
    #[arg(long, global = true, conflicts_with = "tz")]
    pub utc: bool,
    /// Show times in this zone, such as Asia/Shanghai, and read those in it that name none
    #[arg(long, global = true, value_name = "ZONE", value_parser = zone)]
    pub tz: Option<Tz>,
    /// Talk this language: en or zh; without it that of the locale
    #[arg(long, global = true, value_name = "LANG", hide_possible_values = true)]
    pub lang: Option<Lang>,
    /// Never start a pager
    #[arg(long, global = true)]
    pub no_pager: bool,
}

fn zone(name: &str) -> Result<Tz, String> {
    name.parse().map_err(|_| "write a name like UTC, Europe/Berlin or Asia/Shanghai".to_owned())
}
