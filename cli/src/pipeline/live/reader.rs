//! Reads journals and the kernel's log, one entry after the other, and makes events of them.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use nwlog_ingest::scan::{LiveSession, LiveTold};
use nwlog_journal::{Live, LiveItem};
use tokio::sync::{Notify, mpsc};
use tokio::time::{Instant, sleep_until};

use super::here::Here;
use super::kernel::{self, Queue, Record};
use super::message::{Mark, Message, Read};
use super::{clock, ready};

/// The entries that are read in one go.
const AT_ONCE: usize = 1_024;

/// How often it is looked for entries where the system says nothing of them, and told that time has passed.
const LOOK: Duration = Duration::from_secs(1);

/// The same where entries came not long ago. journald wakes its readers 250 to 500 ms after it has stored an entry (systemd,
/// src/libsystemd/sd-journal/journal-file.c, `schedule_post_change`, with the accuracy of sd_event_add_time(3)); it can be
/// read before.
const LOOK_AGAIN: Duration = Duration::from_millis(100);

/// So long after an entry others are looked for so often.
const LIVELY: Duration = Duration::from_secs(60);

/// How far the journal may be behind the kernel's own log for both to be told in one order, in microseconds: half of what
/// the correlator waits.
const NEAR_US: u64 = 15_000_000;

/// Reads until nobody takes it any more.
#[derive(Debug)]
pub(super) struct Reader {
    /// The journals.
    pub(super) live: Live,
    /// The kernel's own log.
    pub(super) kernel: Option<Queue>,
    /// What makes events of it.
    pub(super) session: LiveSession,
    /// Where this runs.
    pub(super) here: Here,
    /// Where it goes.
    pub(super) out: mpsc::Sender<Message>,
    /// Asks for a [`Mark`].
    pub(super) wishes: Arc<Notify>,
}

impl Reader {
    /// Reads.
    ///
    /// # Errors
    /// The system does not tell of changes.
    pub(super) async fn run(mut self) -> io::Result<()> {
        let changes = ready::watch(&self.live.as_fd())?;
        let (mut quiet_since, mut quiet_told) = (Instant::now(), Instant::now());
        let mut waiting: Option<Record> = None;
        let (mut last, mut was_caught_up) = (None, false);
        loop {
            let mut read = Read::default();
            let polled = self.poll(&mut read);
            last = read.last.or(last);
            let is_near = polled || last.is_none_or(is_near);
            self.drain(waiting.take(), is_near, &mut waiting, &mut read);
            if read.entries > 0 || !polled {
                quiet_since = Instant::now();
            }
            read.caught_up = polled;
            let told = &mut read.told;
            self.session.seen(&mut |one| told.push(one));
            let quiet = quiet_since.elapsed();
            if polled && quiet >= LOOK && quiet_told.elapsed() >= LOOK {
                quiet_told = Instant::now();
                let quiet = u64::try_from(quiet.as_micros()).unwrap_or(u64::MAX);
                self.session.quiet(quiet, &mut |one| told.push(one));
            }
            read.half = self.session.half_read();
            let is_news = !read.is_empty() || read.caught_up != was_caught_up;
            was_caught_up = read.caught_up;
            if is_news && self.out.send(Message::Read(read)).await.is_err() {
                return Ok(());
            }
            if !polled {
                // Who wishes for a mark waits for no more than this.
                if self.is_wished_for().await && !self.mark().await {
                    return Ok(());
                }
                tokio::task::yield_now().await;
                continue;
            }
            let until = Instant::now() + if quiet < LIVELY { LOOK_AGAIN } else { LOOK };
            tokio::select! {
                biased;
                () = self.out.closed() => return Ok(()),
                record = next(&mut self.kernel), if waiting.is_none() => waiting = record,
                () = self.wishes.notified() => if !self.mark().await { return Ok(()) },
                ready = changes.readable() => ready?.clear_ready(),
                () = sleep_until(until) => {}
            }
        }
    }

    /// Reads what the journals have. Tells whether that was all.
    fn poll(&mut self, read: &mut Read) -> bool {
        let session = &mut self.session;
        let Read { told, entries, last, .. } = read;
        let mut each = |one: LiveTold| told.push(one);
        let polled = self.live.poll(AT_ONCE, &mut |item| match item {
            LiveItem::Entry(entry) => {
                *entries += 1;
                *last = Some(entry.key.head.realtime);
                session.journal(&entry, &mut each);
            }
            LiveItem::Gap(gap) => session.gap(&gap, &mut each),
        });
        read.trouble = polled.trouble;
        polled.caught_up
    }

    /// Takes what the kernel said, unless the journal is so far behind that the two would be told in another order.
    fn drain(&mut self, first: Option<Record>, is_near: bool, back: &mut Option<Record>, read: &mut Read) {
        if !is_near {
            *back = first;
            return;
        }
        let Some(Queue { records }) = &mut self.kernel else { return };
        let told = &mut read.told;
        let mut next = first.or_else(|| records.try_recv().ok());
        while let Some(record) = next {
            match record {
                Record::Read(bytes, at) => {
                    read.entries += 1;
                    let head = self.here.head(at);
                    self.session.kmsg(&bytes, &head, &mut |one| told.push(one));
                }
                Record::Ended(why) => read.trouble.push(kernel::trouble(why)),
            }
            next = records.try_recv().ok();
        }
    }

    /// Whether someone waits for a mark.
    async fn is_wished_for(&self) -> bool {
        tokio::select! {
            biased;
            () = self.wishes.notified() => true,
            () = std::future::ready(()) => false,
        }
    }

    /// Hands over the state between two entries.
    async fn mark(&mut self) -> bool {
        let mark = Mark { session: self.session.snapshot(), position: self.live.position().to_text() };
        self.out.send(Message::Mark(mark)).await.is_ok()
    }
}

/// Whether an entry was stored not long ago.
fn is_near(last: u64) -> bool {
    clock::now().realtime.unwrap_or_default().saturating_sub(last) <= NEAR_US
}

/// The kernel's next record. Waits for ever where there is none to come.
async fn next(kernel: &mut Option<Queue>) -> Option<Record> {
    if let Some(Queue { records }) = kernel {
        match records.recv().await {
            None => *kernel = None,
            record => return record,
        }
    }
    std::future::pending().await
}
