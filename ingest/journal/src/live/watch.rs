//! Waking up, and noticing that directories have changed.

use std::collections::BTreeMap;
use std::io;
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::inotify::{self, CreateFlags, ReadFlags, WatchFlags};
use rustix::fs::stat;
use rustix::io::Errno;

/// The bytes of events that are read at a time.
const EVENTS: usize = 16 << 10;

/// What is watched of a directory with journals. journald writes through a map, which no event tells of, and then cuts
/// the file to the length that it has, which does (systemd, src/libsystemd/sd-journal/journal-file.c,
/// `journal_file_post_change`).
const JOURNALS: WatchFlags = WatchFlags::CREATE
    .union(WatchFlags::MOVED_TO)
    .union(WatchFlags::MOVED_FROM)
    .union(WatchFlags::DELETE)
    .union(WatchFlags::MODIFY)
    .union(WatchFlags::ATTRIB)
    .union(WatchFlags::DELETE_SELF)
    .union(WatchFlags::MOVE_SELF)
    .union(WatchFlags::ONLYDIR);

/// What is watched of a directory in which one with journals may appear.
const ABOVE: WatchFlags = WatchFlags::CREATE
    .union(WatchFlags::MOVED_TO)
    .union(WatchFlags::DELETE_SELF)
    .union(WatchFlags::MOVE_SELF)
    .union(WatchFlags::ONLYDIR);

/// What a directory was when it was looked at: device, number, and when it was changed.
type Stamp = Option<(u64, u64, i64, i64)>;

/// Watches directories.
#[derive(Debug)]
pub(super) struct Watch {
    inotify: OwnedFd,
    /// What each watch is for: journals, or what appears above them.
    watches: BTreeMap<i32, bool>,
    directories: BTreeMap<PathBuf, Stamp>,
    changed: bool,
    /// What could not be watched, once.
    refused: Option<(PathBuf, io::Error)>,
    was_refused: bool,
}

impl Watch {
    pub(super) fn new() -> io::Result<Self> {
        let inotify = inotify::init(CreateFlags::CLOEXEC | CreateFlags::NONBLOCK)?;
        Ok(Self {
            inotify,
            watches: BTreeMap::new(),
            directories: BTreeMap::new(),
            changed: true,
            refused: None,
            was_refused: false,
        })
    }

    pub(super) fn as_fd(&self) -> BorrowedFd<'_> {
        self.inotify.as_fd()
    }

    /// Blocks until there is an event or the time is over.
    pub(super) fn wait(&self, at_most: Duration) -> io::Result<()> {
        let timeout = Timespec {
            tv_sec: i64::try_from(at_most.as_secs()).unwrap_or(i64::MAX),
            tv_nsec: at_most.subsec_nanos().into(),
        };
        let mut fds = [PollFd::new(&self.inotify, PollFlags::IN)];
        match poll(&mut fds, Some(&timeout)) {
            Ok(_) | Err(Errno::INTR) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Whether a directory may have other names in it than when [`begin`](Self::begin) was called.
    pub(super) fn is_changed(&mut self) -> bool {
        self.drain();
        self.changed = self.changed || self.directories.iter().any(|(path, stamp)| stamp_of(path) != *stamp);
        self.changed
    }

    /// The directories are about to be listed.
    pub(super) fn begin(&mut self) {
        self.changed = false;
        let mut directories = std::mem::take(&mut self.directories);
        for (path, stamp) in &mut directories {
            self.watch(path);
            *stamp = stamp_of(path);
        }
        self.directories = directories;
    }

    /// These directories were listed. Those that were not watched have to be listed again.
    pub(super) fn cover(&mut self, directories: &[PathBuf]) {
        self.directories.retain(|path, _| directories.contains(path));
        for path in directories {
            if !self.directories.contains_key(path) {
                self.directories.insert(path.clone(), None);
                self.changed = true;
            }
        }
    }

    /// A directory that cannot be watched, told once.
    pub(super) fn take_refused(&mut self) -> Option<(PathBuf, io::Error)> {
        self.refused.take()
    }

    fn watch(&mut self, path: &Path) {
        let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        for (nth, above) in path.ancestors().enumerate() {
            let above = if above.as_os_str().is_empty() { Path::new(".") } else { above };
            let flags = if nth == 0 { JOURNALS } else { ABOVE | WatchFlags::MASK_ADD };
            match inotify::add_watch(&self.inotify, above, flags) {
                Ok(watch) => {
                    *self.watches.entry(watch).or_default() |= nth == 0;
                    return;
                }
                Err(Errno::NOENT | Errno::NOTDIR) => {}
                Err(error) => {
                    if !self.was_refused {
                        self.was_refused = true;
                        self.refused = Some((above.to_owned(), error.into()));
                    }
                    return;
                }
            }
        }
    }

    fn drain(&mut self) {
        let mut room = [MaybeUninit::uninit(); EVENTS];
        let mut events = inotify::Reader::new(&self.inotify, &mut room);
        while let Ok(event) = events.next() {
            let (watch, flags) = (event.wd(), event.events());
            if flags.contains(ReadFlags::QUEUE_OVERFLOW) {
                self.changed = true;
            } else if flags.contains(ReadFlags::IGNORED) {
                // The directory is gone; what comes in its place has to be watched anew.
                self.changed |= self.watches.remove(&watch).unwrap_or(true);
            } else if self.watches.get(&watch).copied().unwrap_or(true) {
                self.changed |= !ReadFlags::MODIFY.contains(flags);
            } else {
                // What is waited for may lie in it.
                self.changed |= flags.contains(ReadFlags::ISDIR);
            }
        }
    }
}

/// None where it is not there.
fn stamp_of(path: &Path) -> Stamp {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    let stat = stat(path).ok()?;
    #[allow(clippy::cast_possible_wrap, clippy::unnecessary_cast)]
    Some((stat.st_dev, stat.st_ino, stat.st_mtime as i64, stat.st_mtime_nsec as i64))
}
