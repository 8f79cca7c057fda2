//! The files of a store for its writer.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use tantivy::directory::error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, INDEX_WRITER_LOCK, Lock, MmapDirectory, WatchCallback, WatchHandle,
    WritePtr,
};

/// How often a busy lock is asked for again, and how long after each time.
const FORK_TRIES: u32 = 20;
const FORK_PAUSE: Duration = Duration::from_millis(10);

/// A directory whose files have the permissions that the umask leaves.
///
/// tantivy's own replaces its lists of files by ones that their owner alone may read, and so locks out the group that
/// may read the store.
#[derive(Clone, Debug)]
pub(crate) struct Shared {
    dir: PathBuf,
    files: MmapDirectory,
    /// The store itself, where its one writer's lock lies.
    store: MmapDirectory,
}

impl Shared {
    /// The index of a store: in the store's own directory, or in one inside of it.
    pub(super) fn open(store: &Path, dir: &Path) -> Result<Self, OpenDirectoryError> {
        Ok(Self { dir: dir.to_owned(), files: MmapDirectory::open(dir)?, store: MmapDirectory::open(store)? })
    }
}

/// Writes a file of a directory anew, so that it is there as it was or as it is to be, after a crash too.
pub(super) fn replace(dir: &Path, name: &Path, data: &[u8]) -> io::Result<()> {
    let path = dir.join(name);
    let draft = path.with_added_extension("new");
    let mut file = File::create(&draft)?;
    file.write_all(data)?;
    file.sync_all()?;
    fs::rename(&draft, &path)
}

impl Directory for Shared {
    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        replace(&self.dir, path, data)
    }

    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.files.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.files.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.files.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.files.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.files.atomic_read(path)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.files.sync_directory()
    }

    /// A process that is forked off while a lock is held holds it too, until it becomes another program. That is over at
    /// once, and no writer: so a lock that is busy is asked for again for a moment.
    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        let files = if lock.filepath == INDEX_WRITER_LOCK.filepath { &self.store } else { &self.files };
        for _ in 0..FORK_TRIES {
            match files.acquire_lock(lock) {
                Err(LockError::LockBusy) => thread::sleep(FORK_PAUSE),
                other => return other,
            }
        }
        files.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.files.watch(callback)
    }
}
