//! Where file systems are mounted, as far as the log tells: what is refused on one of them is one story.
//!
//! A mount unit is named after its path (systemd, src/basic/unit-name.c, unit_name_path_escape). The root is not told of by
//! its name, and everything lies below it: it joins nothing.

use std::collections::BTreeSet;

use nwlog_ingest::event::UnitFact;
use serde::{Deserialize, Serialize};

/// The mounts of one boot that are known at once.
const MAX_MOUNTS: usize = 1_024;

/// The paths that something is mounted on.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Mounts(BTreeSet<Box<str>>);

impl Mounts {
    /// Notes what the manager says of a mount unit; `stem` is its name without the suffix.
    pub(super) fn note(&mut self, stem: &str, fact: &UnitFact) {
        match fact {
            UnitFact::Started { .. } if stem != "-" && self.0.len() < MAX_MOUNTS => {
                self.0.insert(path_of(stem).into());
            }
            UnitFact::Stopped { .. } | UnitFact::Succeeded | UnitFact::Failed { .. } => {
                self.0.remove(&*path_of(stem));
            }
            _ => {}
        }
    }

    /// The mount that a directory lies on, where that is known.
    pub(super) fn of(&self, directory: &str) -> Option<&str> {
        let mut path = directory;
        loop {
            if let Some(mount) = self.0.get(path) {
                return Some(mount);
            }
            path = path.rsplit_once('/').map(|(above, _)| above).filter(|above| !above.is_empty())?;
        }
    }
}

/// `srv-data\x2dset` is `/srv/data-set`.
fn path_of(stem: &str) -> String {
    let mut path = String::from("/");
    let mut rest = stem;
    while let Some(character) = rest.chars().next() {
        let hex = rest.strip_prefix("\\x").and_then(|hex| hex.get(..2));
        if let Some(byte) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()).filter(u8::is_ascii) {
            path.push(char::from(byte));
            rest = rest.get(4..).unwrap_or_default();
            continue;
        }
        path.push(if character == '-' { '/' } else { character });
        rest = rest.get(character.len_utf8()..).unwrap_or_default();
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_paths() {
        for (stem, path) in [("srv-data", "/srv/data"), ("srv-a\\x2db", "/srv/a-b"), ("x\\xff", "/x\\xff")] {
            assert_eq!(path_of(stem), path);
        }
    }

    #[test]
    fn the_nearest_mount_is_meant() {
        let mut mounts = Mounts::default();
        for stem in ["-", "srv", "srv-data"] {
            mounts.note(stem, &UnitFact::Started { finished: false });
        }
        assert_eq!(mounts.of("/srv/data/a/b"), Some("/srv/data"));
        assert_eq!(mounts.of("/srv/database"), Some("/srv"));
        assert_eq!(mounts.of("/var"), None);
        mounts.note("srv-data", &UnitFact::Stopped { job_type: None });
        assert_eq!(mounts.of("/srv/data/a"), Some("/srv"));
    }
}
