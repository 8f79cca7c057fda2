use clap::Args;
use clap_complete::ArgValueCandidates;
use nwlog_correlate::Kind;

use super::{Boot, TimeArgs, named};
use crate::complete;

/// Which of the incidents that are kept are meant.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Which incidents")]
pub struct FilterArgs {
    /// Those of this kind: oom-kill, disk-full, go-panic or unit-failure
    #[arg(long, value_name = "KIND", value_parser = named(Kind::ALL, Kind::name), hide_possible_values = true)]
    pub kind: Option<Kind>,
    /// Those that touch this unit: a name or a pattern like 'db@*'; several times for several units
    #[arg(short, long = "unit", value_name = "UNIT", add = ArgValueCandidates::new(complete::units))]
    pub units: Vec<String>,
    /// Those of this host
    #[arg(long, value_name = "NAME", add = ArgValueCandidates::new(complete::hosts))]
    pub host: Option<String>,
    /// Those of this boot, or of that with an id, or of the last one before this that has incidents: -1
    #[arg(short, long, value_name = "ID|-N", num_args = 0..=1, default_missing_value = "0")]
    #[arg(allow_negative_numbers = true)]
    pub boot: Option<Boot>,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub time: TimeArgs,
}
