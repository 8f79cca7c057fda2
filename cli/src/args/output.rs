use std::str::FromStr;

use clap::Args;

use crate::output::Format;

/// The shape of what is printed.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Output")]
pub struct OutputArgs {
    /// The shape of what is printed
    #[arg(short, long, value_name = "FORMAT")]
    pub output: Option<Format>,
}

/// How many incidents are wanted: a number, or `all`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit(pub Option<usize>);

/// A text that is no limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a number, and not all")]
pub struct BadLimit;

impl FromStr for Limit {
    type Err = BadLimit;

    fn from_str(text: &str) -> Result<Self, BadLimit> {
        match text {
            "all" => Ok(Self(None)),
            number => number.parse().map(|n| Self(Some(n))).map_err(|_| BadLimit),
        }
    }
}
