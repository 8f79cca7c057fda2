//! The boots that journalctl names between the lines of its short forms: `-- Boot 0123… --` before the first line of each but the
//! first (systemd, src/shared/logs-show.c: show_journal; up to v247 it is `-- Reboot --`, which says only that there is one).

use memchr::memmem;

use crate::Id128;

const MARK: &[u8] = b"\n-- Boot ";

/// Finds them in whole lines, each with the place from which on it holds; first `before`, which goes on from earlier lines.
pub(crate) fn boots(lines: &[u8], before: Option<Id128>) -> Vec<(u32, Id128)> {
    let mut boots: Vec<_> = before.map(|boot| (0, boot)).into_iter().collect();
    let first = lines.starts_with(MARK.get(1..).unwrap_or_default()).then_some(0);
    let places = first.into_iter().chain(memmem::find_iter(lines, MARK).map(|at| at + 1));
    boots.extend(places.filter_map(|at| {
        let rest = lines.get(at + MARK.len() - 1..)?;
        let boot = rest.get(..32).and_then(Id128::parse)?;
        rest.get(32..)?.starts_with(b" --").then_some((u32::try_from(at).ok()?, boot))
    }));
    boots
}
