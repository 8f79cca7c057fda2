//! The state of a session, to go on from after a restart.

use serde::{Deserialize, Serialize};

use super::boots::Boots;
use super::kmsg::Kernel;
use super::own::Own;
use super::{LiveSession, Ring};
use crate::event::Line;
use crate::parse::Parser;
use crate::parse::origin::UnitHash;

/// The version of what [`LiveSession::snapshot`] writes.
const VERSION: u32 = 1;

/// The lines that are saved, in bytes: those of the units that wrote last.
const MAX_LINES: usize = 4 << 20;

/// A snapshot that cannot be gone on from.
#[derive(Debug, thiserror::Error)]
pub enum LiveError {
    /// Another version wrote it.
    #[error("the reader's state has version {found}, this program reads {VERSION}: read the log again")]
    Version {
        /// The version found.
        found: u32,
    },
    /// It cannot be read.
    #[error("the reader's state cannot be read: read the log again")]
    Damaged(#[source] serde_json::Error),
}

#[derive(Serialize)]
struct Written<'a> {
    version: u32,
    parser: &'a Parser,
    boots: &'a Boots,
    kernel: &'a Kernel,
    lines: Vec<(UnitHash, Vec<&'a Line>)>,
}

#[derive(Deserialize)]
struct Versioned {
    version: u32,
}

#[derive(Deserialize)]
struct Snapshot {
    parser: Parser,
    boots: Boots,
    kernel: Kernel,
    lines: Vec<(UnitHash, Vec<Line>)>,
}

impl LiveSession {
    /// The whole state, but for lines that are too many.
    pub fn snapshot(&self) -> Vec<u8> {
        let written = Written {
            version: VERSION,
            parser: &self.parser,
            boots: &self.boots,
            kernel: &self.kernel,
            lines: self.ring.newest(MAX_LINES),
        };
        serde_json::to_vec(&written).unwrap_or_default()
    }

    /// Goes on from a snapshot.
    ///
    /// # Errors
    /// Where another version wrote it, or it cannot be read.
    pub fn restore(own: Own, snapshot: &[u8]) -> Result<Self, LiveError> {
        let Versioned { version: found } = serde_json::from_slice(snapshot).map_err(LiveError::Damaged)?;
        if found != VERSION {
            return Err(LiveError::Version { found });
        }
        let Snapshot { parser, boots, kernel, lines } =
            serde_json::from_slice(snapshot).map_err(LiveError::Damaged)?;
        let mut ring = Ring::default();
        for (unit, lines) in lines {
            lines.into_iter().for_each(|line| ring.push(unit, line));
        }
        Ok(Self { parser, boots, kernel, ring, ..Self::new(own) })
    }
}
