//! All state of a follower, as it stands in a commit.

use nwlog_correlate::{Config, Preview};
use nwlog_index::Checkpoint;
use nwlog_ingest::scan::{LiveSession, Own};
use nwlog_journal::Position;
use serde::{Deserialize, Serialize};

use super::message::Mark;

/// The version of what is written here. What it holds has versions of its own.
const VERSION: u32 = 1;

/// The most that a state may have, in bytes: more is no state.
const MAX_STATE: usize = 512 << 20;

/// How long before where it stood a log is read again, where its state cannot be read, in microseconds.
const AGAIN_US: u64 = 3_600_000_000;

/// Where a follower stood.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Stood {
    /// The journals that it followed.
    pub sources: String,
    /// Where it stood in that.
    pub position: String,
    /// When the last entry was stored that it read, in microseconds since 1970.
    pub read: Option<u64>,
    /// What it has counted.
    #[serde(default)]
    pub counts: Counts,
}

/// What a follower has counted since its store was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Entries, and records of the kernel.
    pub entries: u64,
    /// Holes in them.
    pub gaps: u64,
    /// What is known to be missing there.
    pub missing: u64,
    /// Incidents that were told.
    pub incidents: u64,
}

#[derive(Serialize, Deserialize)]
struct State {
    preview: String,
    session: String,
}

/// Where to go on.
#[derive(Debug)]
pub(super) enum Resumed {
    /// Where it stood.
    There {
        /// What it was about to tell.
        preview: Box<Preview>,
        /// What was half read.
        session: Box<LiveSession>,
        /// Where.
        position: Position,
        /// What else is known.
        stood: Stood,
    },
    /// Some time before, for its state cannot be read: in microseconds since 1970, and why.
    Before(u64, String),
    /// It followed something else, or it is not known where it stood.
    Nowhere,
}

/// Makes a checkpoint: the joiner's state and the reader's, taken at the same entry.
pub(super) fn write(preview: &Preview, mark: Mark, stood: &Stood) -> Checkpoint {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap_or_default();
    let state = State { preview: text(preview.snapshot()), session: text(mark.session) };
    let state = serde_json::to_vec(&state).unwrap_or_default();
    Checkpoint {
        version: VERSION,
        state: lz4_flex::compress_prepend_size(&state),
        positions: serde_json::to_vec(stood).unwrap_or_default(),
    }
}

/// Where a follower stood that left this, as far as that can be read.
pub fn stood(checkpoint: &Checkpoint) -> Option<Stood> {
    serde_json::from_slice(&checkpoint.positions).ok()
}

/// Reads a checkpoint of a follower of these sources.
pub(super) fn resume(checkpoint: &Checkpoint, sources: &str, config: Config, own: Own) -> Resumed {
    let Some(stood) = stood(checkpoint).filter(|stood| journals(&stood.sources) == sources) else {
        return Resumed::Nowhere;
    };
    let read = stood.read;
    match (there(checkpoint, stood, config, own), read) {
        (Ok(resumed), _) => resumed,
        (Err(why), Some(read)) => Resumed::Before(read.saturating_sub(AGAIN_US), why),
        (Err(_), None) => Resumed::Nowhere,
    }
}

/// Without what an earlier version said there of the kernel's log.
fn journals(sources: &str) -> &str {
    sources.split_once(" kmsg ").map_or(sources, |(journals, _)| journals)
}

fn there(checkpoint: &Checkpoint, stood: Stood, config: Config, own: Own) -> Result<Resumed, String> {
    let Checkpoint { version, state, .. } = checkpoint;
    if *version != VERSION {
        return Err(format!("its state has version {version}, this program reads {VERSION}"));
    }
    let size = state.first_chunk::<4>().map_or(0, |size| u32::from_le_bytes(*size));
    if usize::try_from(size).is_ok_and(|size| size > MAX_STATE) {
        return Err("its state is too large".to_owned());
    }
    let state = lz4_flex::decompress_size_prepended(state).map_err(|error| error.to_string())?;
    let State { preview, session } = serde_json::from_slice(&state).map_err(|error| error.to_string())?;
    let preview = Preview::restore(config, preview.as_bytes()).map_err(|error| error.to_string())?;
    let session = LiveSession::restore(own, session.as_bytes()).map_err(|error| error.to_string())?;
    let position = Position::parse(&stood.position).map_err(|error| error.to_string())?;
    Ok(Resumed::There { preview: Box::new(preview), session: Box::new(session), position, stood })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checkpoint() -> Checkpoint {
        let session = LiveSession::new(Own::default()).snapshot();
        let position = Position::default().to_text();
        let mark = Mark { session, position: position.clone() };
        let read = Some(5 * AGAIN_US);
        let stood = Stood { sources: "here".to_owned(), position, read, ..Stood::default() };
        write(&Preview::new(Config::default()), mark, &stood)
    }

    fn resumed(checkpoint: &Checkpoint, sources: &str) -> Resumed {
        resume(checkpoint, sources, Config::default(), Own::default())
    }

    #[test]
    fn a_follower_goes_on_where_it_stood() {
        assert!(matches!(resumed(&checkpoint(), "here"), Resumed::There { .. }));
        let mut earlier = checkpoint();
        let mut known = stood(&earlier).unwrap();
        known.sources += " kmsg true";
        earlier.positions = serde_json::to_vec(&known).unwrap();
        assert!(matches!(resumed(&earlier, "here"), Resumed::There { .. }));
        assert!(matches!(resumed(&checkpoint(), "elsewhere"), Resumed::Nowhere));
    }

    #[test]
    fn where_the_state_cannot_be_read_the_last_hour_is_read_again() {
        let known = checkpoint();
        let other = |change: &dyn Fn(&mut Checkpoint)| {
            let mut other = known.clone();
            change(&mut other);
            other
        };
        for broken in [
            other(&|it| it.version += 1),
            other(&|it| it.state.truncate(9)),
            other(&|it| it.state = vec![255; 64]),
            other(&|it| it.state.clear()),
        ] {
            let resumed = resumed(&broken, "here");
            assert!(matches!(resumed, Resumed::Before(at, _) if at == 4 * AGAIN_US), "{resumed:?}");
        }
        assert!(matches!(resumed(&other(&|it| it.positions.clear()), "here"), Resumed::Nowhere));
    }
}
