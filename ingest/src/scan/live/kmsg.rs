//! Records of /dev/kmsg among the entries of a journal.

use serde::{Deserialize, Serialize};

use super::{LiveSession, LiveTold};
use crate::decode::{Chunk, Format, Stats};
use crate::entry::Known;
use crate::event::GapFact;
use crate::event::gap::GapKind;
use crate::parse::{Recent, clock, identity, kmsg_hole};
use crate::time::Moment;
use crate::{Entry, Field, Provenance, decimal};

/// The kernel's records that are remembered: they come out of the journal later than out of /dev/kmsg, or earlier.
const MAX_RECORDS: usize = 8_192;

/// What a record of /dev/kmsg does not say, as journald writes it.
#[derive(Clone, Debug, Default)]
pub struct KmsgHead {
    /// `_MACHINE_ID`.
    pub machine_id: Box<str>,
    /// `_BOOT_ID`.
    pub boot_id: Box<str>,
    /// `_HOSTNAME`.
    pub hostname: Box<str>,
    /// When it was read.
    pub read: Moment,
}

/// What is known of the kernel's records.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Kernel {
    /// /dev/kmsg is read beside a journal, which has the same records.
    is_read: bool,
    seen: Recent<u64, MAX_RECORDS>,
    /// The boot and the number of the last record.
    last: Option<(Box<str>, u64, Moment)>,
}

impl Kernel {
    /// Whether a kernel's record is seen for the first time.
    pub(super) fn is_new(&mut self, entry: &Entry<'_>, known: &Known<'_>) -> bool {
        if !self.is_read || known.transport != Some(b"kernel") || known.source_monotonic.is_none() {
            return true;
        }
        self.seen.is_new(identity::of_kernel(entry, known).0)
    }
}

impl LiveSession {
    /// From now on /dev/kmsg is read, too.
    pub fn read_kmsg(&mut self) {
        self.kernel.is_read = true;
    }

    /// Whether /dev/kmsg is read, or was before the state was saved.
    pub fn reads_kmsg(&self) -> bool {
        self.kernel.is_read
    }

    /// The number of the last record of /dev/kmsg that was taken in a boot.
    pub fn last_kmsg(&self, boot_id: &str) -> Option<u64> {
        self.kernel.last.as_ref().filter(|(boot, ..)| **boot == *boot_id).map(|(_, number, _)| *number)
    }

    /// Takes a record as /dev/kmsg gives it. One that was taken before is passed over; where numbers are left out between
    /// two, the kernel had overwritten these before they were read.
    pub fn kmsg(&mut self, record: &[u8], head: &KmsgHead, each: &mut dyn FnMut(LiveTold)) {
        let chunk = Chunk {
            format: Format::Kmsg,
            offset: 0,
            bytes: record.to_vec(),
            calendar: Default::default(),
            boots: Vec::new(),
        };
        let decimal_of = |time: Option<u64>| time.unwrap_or_default().to_string();
        let (realtime, monotonic) = (decimal_of(head.read.realtime), decimal_of(head.read.monotonic));
        let added = [
            ("_MACHINE_ID", &*head.machine_id),
            ("_BOOT_ID", &head.boot_id),
            ("_HOSTNAME", &head.hostname),
            ("__REALTIME_TIMESTAMP", &realtime),
            ("__MONOTONIC_TIMESTAMP", &monotonic),
        ];
        chunk.visit(&mut Stats::default(), &mut |_, entry| {
            let mut fields = entry.fields().to_vec();
            fields
                .extend(added.map(|(name, value)| Field { name: name.as_bytes(), value: value.as_bytes() }));
            let place = entry.place();
            let entry = Entry::new(&fields, Provenance::Kmsg, place);
            let Some(number) = entry.get(b"KMSG_SEQ").and_then(decimal::<u64>) else { return };
            if self.last_kmsg(&head.boot_id).is_some_and(|last| number <= last) {
                return;
            }
            let last = self.kernel.last.replace((head.boot_id.clone(), number, head.read));
            if let Some((boot, last, since)) = last
                && boot == head.boot_id
                && number > last.saturating_add(1)
            {
                let count = Some(number - last - 1);
                let fact = GapFact { what: GapKind::KmsgSequence, count, since: Some(since) };
                let known = entry.known();
                let hole = kmsg_hole(&known, number, clock::received(&known), fact);
                each(LiveTold::Event(Box::new(hole)));
            }
            // Records that the journal told before are passed over: what is left of the numbers proves nothing to others.
            fields.retain(|field| field.name != b"KMSG_SEQ");
            self.entry(&Entry::new(&fields, Provenance::Kmsg, place), each);
        });
    }
}
