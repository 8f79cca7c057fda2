//! How long incidents are kept.

use nwlog_correlate::State;

use crate::error::Error;
use crate::query::Query;
use crate::writer::Writer;

/// Of how many bytes in a hundred are freed where there are too many, so that not every incident that comes costs one.
const HEADROOM: u64 = 5;

/// What is kept: the newest, up to every one of these limits. An incident that is open is kept in any case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Retention {
    /// How old the last thing of an incident may be, in microseconds.
    pub max_age_us: Option<u64>,
    /// How many incidents.
    pub max_incidents: Option<u64>,
    /// How many bytes of the index. Files shrink when a third of what lies in one is forgotten, or by
    /// [`Writer::compact`].
    pub max_bytes: Option<u64>,
}

impl Writer {
    /// Forgets committed incidents that are too old or too many, the oldest first, as seen at a time in microseconds since
    /// 1970. The next commit puts that on disk. Returns how many it forgets.
    ///
    /// # Errors
    /// What reading the store gives.
    pub fn retain(&mut self, retention: &Retention, now: u64) -> Result<u64, Error> {
        if *retention == Retention::default() {
            return Ok(0);
        }
        let mut closed = Vec::new();
        let over = Query::of_states(&[State::Closed, State::Withdrawn]);
        // Nothing says that an incident without a time is old.
        self.store().visit(&over, &mut |row| closed.push((row.last.unwrap_or(u64::MAX), row.id)))?;
        closed.sort_unstable();

        let stats = self.store().stats()?;
        let all = count(stats.incidents.saturating_add(stats.withdrawn));
        let too_old = retention
            .max_age_us
            .and_then(|age| now.checked_sub(age))
            .map_or(0, |oldest| count(closed.partition_point(|(last, _)| *last < oldest)));
        let too_many = retention.max_incidents.map_or(0, |most| all.saturating_sub(most));
        let too_large = retention.max_bytes.map_or(0, |most| {
            let live = self.store().live_bytes(all);
            let wanted = most.saturating_sub(most / 100 * HEADROOM);
            let each = live.checked_div(all).unwrap_or_default().max(1);
            if live > most { live.saturating_sub(wanted).div_ceil(each) } else { 0 }
        });
        let gone = too_old.max(too_many).max(too_large).min(count(closed.len()));
        let gone = usize::try_from(gone).unwrap_or(usize::MAX);
        closed.iter().take(gone).for_each(|(_, id)| self.forget(*id));
        Ok(count(gone))
    }
}

fn count(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}
