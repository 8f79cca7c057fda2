//! What a follower wrote itself.

use crate::entry::Known;

/// How a follower's own entries are known: by fields that nobody but journald sets. They are passed over, for what it
/// tells of would come back to it.
#[derive(Clone, Debug, Default)]
pub struct Own {
    /// The units that it runs in.
    pub units: Vec<Box<[u8]>>,
    /// Its process.
    pub process: Option<OwnProcess>,
}

/// A process of one boot, as journald writes them.
#[derive(Clone, Debug)]
pub struct OwnProcess {
    /// `_BOOT_ID`.
    pub boot_id: Box<[u8]>,
    /// `_PID`.
    pub pid: Box<[u8]>,
}

impl Own {
    /// Whether it wrote an entry. What a service manager says of it is not its own.
    pub(super) fn wrote(&self, known: &Known<'_>) -> bool {
        let units = [known.systemd_unit, known.systemd_user_unit];
        let is_unit = self.units.iter().any(|own| units.contains(&Some(own)));
        let is_it = |own: &OwnProcess| known.pid == Some(&*own.pid) && known.boot_id == Some(&*own.boot_id);
        is_unit || self.process.as_ref().is_some_and(is_it)
    }
}
