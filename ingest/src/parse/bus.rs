//! Services that D-Bus starts on demand, by the word of the bus.

use bstr::ByteSlice;

use super::clip;
use crate::entry::Known;

/// The longest unit name that is kept, in bytes.
const MAX_NAME: usize = 256;

/// The unit in "[system] Activating via systemd: service name='…' unit='…' requested by …" (dbus, bus/activation.c).
/// Only the bus itself, by the unit that it runs in, is believed.
pub(super) fn activated(known: &Known<'_>) -> Option<Box<str>> {
    if known.systemd_unit? != b"dbus.service" {
        return None;
    }
    let (_, rest) = known.message?.split_once_str(b"Activating via systemd: service name='")?;
    let (_, rest) = rest.split_once_str(b"' unit='")?;
    let (unit, _) = rest.split_once_str(b"'")?;
    Some(clip(unit, MAX_NAME))
}
