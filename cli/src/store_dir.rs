//! Where incidents are kept.
//!
//! Writers use `--store DIR`, else `$STATE_DIRECTORY` (systemd.exec(5), set for a service with StateDirectory=), else
//! `$XDG_STATE_HOME/nwlog`. Readers use `--store DIR`, else the one that the configuration names, the system's store and the user's own,
//! where they exist.

use std::env;
use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use anyhow::anyhow;
use etcetera::BaseStrategy;

use crate::config::Config;
use crate::errors::{Hint, hinted};

/// The system's store: the StateDirectory= of nwlog.service.
pub const SYSTEM: &str = "/var/lib/nwlog";

/// What decides where a store is, besides the command line.
#[derive(Clone, Debug)]
pub struct Places {
    /// `$STATE_DIRECTORY`.
    pub state_directory: Option<String>,
    /// `$XDG_STATE_HOME`, or what stands for it.
    pub state_home: Option<PathBuf>,
    /// The store that the configuration names.
    pub configured: Option<PathBuf>,
    /// The system's store.
    pub system: PathBuf,
}

impl Places {
    /// Those of this process.
    pub fn of_process() -> Self {
        Self {
            state_directory: env::var("STATE_DIRECTORY").ok(),
            state_home: etcetera::base_strategy::Xdg::new().ok().and_then(|xdg| xdg.state_dir()),
            // One that makes no sense is told where it matters.
            configured: Config::load(None).ok().and_then(|config| config.store),
            system: SYSTEM.into(),
        }
    }

    fn own(&self) -> Option<PathBuf> {
        self.state_home.as_ref().map(|home| home.join("nwlog"))
    }
}

/// The store to write to. It need not exist.
///
/// # Errors
/// Where nothing says where it should be.
pub fn to_write(asked: Option<&Path>, places: &Places) -> anyhow::Result<PathBuf> {
    let asked = asked.map(Path::to_owned);
    // systemd separates several directories by colons; the first one is ours.
    let state = places.state_directory.as_deref().and_then(|list| list.split(':').next());
    asked
        .or_else(|| state.filter(|dir| !dir.is_empty()).map(PathBuf::from))
        .or_else(|| places.own())
        .ok_or_else(|| anyhow!("no place to keep incidents: neither HOME nor XDG_STATE_HOME is set"))
        .hint("name one with --store DIR, or keep nothing with --no-store")
}

/// The stores that can be read.
#[derive(Debug, Default)]
pub struct Readable {
    /// Those that exist, the system's first.
    pub stores: Vec<PathBuf>,
    /// Those that exist and may not be read, with the reason.
    pub refused: Vec<anyhow::Error>,
}

/// Finds the stores to read.
///
/// # Errors
/// Where the store that was asked for does not exist or cannot be read, and where all that exist cannot.
pub fn to_read(asked: Option<&Path>, places: &Places) -> anyhow::Result<Readable> {
    if let Some(asked) = asked {
        fs::read_dir(asked).map_err(|error| refusal(asked, error))?;
        return Ok(Readable { stores: vec![asked.to_owned()], refused: Vec::new() });
    }
    let mut found = Readable::default();
    let mut places = vec![places.configured.clone(), Some(places.system.clone()), places.own()];
    places.dedup();
    for dir in places.into_iter().flatten() {
        match fs::read_dir(&dir) {
            Ok(_) => found.stores.push(dir),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => found.refused.push(refusal(&dir, error)),
        }
    }
    match (found.stores.is_empty(), found.refused.pop()) {
        (true, Some(error)) => Err(error),
        (_, error) => {
            found.refused.extend(error);
            Ok(found)
        }
    }
}

fn refusal(dir: &Path, error: io::Error) -> anyhow::Error {
    let hint = match error.kind() {
        io::ErrorKind::NotFound => "see where `nwlog analyze` keeps incidents with `nwlog status`".to_owned(),
        io::ErrorKind::PermissionDenied => match group(dir) {
            Some(group) => {
                format!("join the group {group} (sudo usermod -aG {group} $USER), or run this as root")
            }
            None => "run this as root, or name another store with --store DIR".to_owned(),
        },
        _ => "name another store with --store DIR".to_owned(),
    };
    hinted(anyhow::Error::new(error).context(format!("cannot read the store {}", dir.display())), hint)
}

/// The group that may read a directory, by name; none where it is root's or nobody's in particular.
fn group(dir: &Path) -> Option<String> {
    let gid = fs::symlink_metadata(dir).ok()?.gid();
    let groups = fs::read_to_string("/etc/group").ok()?;
    group_name(&groups, gid)
}

fn group_name(groups: &str, gid: u32) -> Option<String> {
    let mut lines = groups.lines().map(|line| line.split(':'));
    let name = lines.find_map(|mut fields| {
        let name = fields.next()?;
        (fields.nth(1)?.parse() == Ok(gid)).then_some(name)
    })?;
    (gid != 0).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(state: Option<&str>, home: Option<&Path>, system: &Path) -> Places {
        Places {
            state_directory: state.map(str::to_owned),
            state_home: home.map(Path::to_owned),
            configured: None,
            system: system.into(),
        }
    }

    #[test]
    fn writers_take_the_first_place_that_is_named() {
        let home = Path::new("/home/u/.local/state");
        let asked = Path::new("/asked");
        for (asked, state, home, expected) in [
            (Some(asked), Some("/var/lib/nwlog"), Some(home), Some("/asked")),
            (None, Some("/var/lib/nwlog"), Some(home), Some("/var/lib/nwlog")),
            (None, Some("/var/lib/nwlog:/var/lib/other"), None, Some("/var/lib/nwlog")),
            (None, Some(""), Some(home), Some("/home/u/.local/state/nwlog")),
            (None, None, Some(home), Some("/home/u/.local/state/nwlog")),
            (None, None, None, None),
        ] {
            let found = to_write(asked, &places(state, home, Path::new(SYSTEM)));
            assert_eq!(found.ok().as_deref(), expected.map(Path::new));
        }
    }

    #[test]
    fn readers_take_what_exists() {
        let dir = tempfile::tempdir().unwrap();
        let (system, home) = (dir.path().join("system"), dir.path().join("home"));
        let own = home.join("nwlog");
        let at = places(Some("/never/read"), Some(&home), &system);

        assert_eq!(to_read(None, &at).unwrap().stores, [] as [PathBuf; 0]);
        fs::create_dir_all(&own).unwrap();
        assert_eq!(to_read(None, &at).unwrap().stores, std::slice::from_ref(&own));
        fs::create_dir_all(&system).unwrap();
        assert_eq!(to_read(None, &at).unwrap().stores, [system.clone(), own.clone()]);
        assert_eq!(to_read(Some(&own), &at).unwrap().stores, [own]);
        assert!(to_read(Some(&dir.path().join("missing")), &at).is_err());
    }

    #[test]
    fn a_store_that_cannot_be_read_is_named_beside_those_that_can() {
        let dir = tempfile::tempdir().unwrap();
        let (system, home) = (dir.path().join("system"), dir.path().join("home"));
        // A file where a directory belongs is refused to root as well.
        fs::write(&system, "").unwrap();
        let at = places(None, Some(&home), &system);
        assert!(to_read(None, &at).is_err());
        fs::create_dir_all(home.join("nwlog")).unwrap();
        let found = to_read(None, &at).unwrap();
        assert_eq!((found.stores.len(), found.refused.len()), (1, 1));
    }

    #[test]
    fn groups_are_named_by_number() {
        let groups = "root:x:0:\nsystemd-journal:x:101:me\nbroken\nnwlog:x:990:\n";
        assert_eq!(group_name(groups, 101).as_deref(), Some("systemd-journal"));
        assert_eq!(group_name(groups, 990).as_deref(), Some("nwlog"));
        assert_eq!(group_name(groups, 0), None);
        assert_eq!(group_name(groups, 7), None);
    }
}
