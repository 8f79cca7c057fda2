//! What goes from the reader to the joiner.

use nwlog_ingest::Event;
use nwlog_ingest::scan::LiveTold;
use nwlog_journal::Trouble;

/// What the reader hands over, in order.
#[derive(Debug)]
pub(super) enum Message {
    /// What came of some entries.
    Read(Read),
    /// The reader's state between two entries, as it was wished for.
    Mark(Mark),
}

/// What came of some entries.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// In stored order.
    pub(super) told: Vec<LiveTold>,
    /// How many entries and records were read.
    pub(super) entries: u64,
    /// When the last one of the journal was stored, in microseconds since 1970.
    pub(super) last: Option<u64>,
    /// Nothing more was there to read.
    pub(super) caught_up: bool,
    /// What cannot be read.
    pub(super) trouble: Vec<Trouble>,
    /// What is half read, as if it had ended.
    pub(super) half: Vec<Event>,
}

impl Read {
    /// Whether it says nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.told.is_empty() && self.entries == 0 && self.trouble.is_empty()
    }
}

/// The reader's state between two entries.
#[derive(Debug)]
pub(super) struct Mark {
    /// What [`nwlog_ingest::scan::LiveSession::snapshot`] gave.
    pub(super) session: Vec<u8>,
    /// Where in the journal it stands.
    pub(super) position: String,
}
