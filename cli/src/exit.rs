//! Exit statuses.
//!
//! | status | when |
//! |---|---|
//! | 0 | done or found; `follow` was told to end; also when whoever reads the output went away |
//! | 1 | `search` and `show` found nothing; `analyze --fail-on` found such an incident |
//! | 2 | an error: usage, input, query or store, also where some input failed but results were printed |

use std::process::ExitCode;

/// How a command ended, apart from errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Exit {
    /// It did what was asked.
    Done = 0,
    /// It ran well, and the answer is no: nothing found, or `--fail-on` has met what it watches for.
    Negative = 1,
    /// Something failed, and that has been said on stderr.
    Failed = 2,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
