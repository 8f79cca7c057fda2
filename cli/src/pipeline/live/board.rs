//! Where it is written down how a follower does, on a thread of its own: a disk that does not answer stops nothing.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;

use super::progress::Progress;

/// How long the last word may take.
const PATIENCE: Duration = Duration::from_secs(2);

/// Writes down how a follower does.
#[derive(Debug)]
pub(super) struct Board {
    notes: Sender<Progress>,
    /// Those that are not written yet.
    waiting: Arc<AtomicUsize>,
    /// Says nothing, and ends when all is written.
    end: Receiver<()>,
}

impl Board {
    /// For the store in a directory.
    ///
    /// # Errors
    /// The system gives no thread.
    pub(super) fn of(dir: PathBuf) -> io::Result<Self> {
        let (notes, taken) = mpsc::channel::<Progress>();
        let (ends, end) = mpsc::channel();
        let waiting = Arc::new(AtomicUsize::new(0));
        let left = Arc::clone(&waiting);
        thread::Builder::new().name("progress".into()).spawn(move || {
            for progress in taken {
                // A store that cannot be written says so by itself.
                let _ = progress.write(&dir);
                left.fetch_sub(1, Ordering::Relaxed);
            }
            drop(ends);
        })?;
        Ok(Self { notes, waiting, end })
    }

    /// Takes what is to be written, unless what it took before is not yet. Tells whether it did.
    pub(super) fn put(&self, progress: &Progress) -> bool {
        self.waiting.load(Ordering::Relaxed) == 0 && self.send(progress.clone())
    }

    /// Writes the last word, and waits for that a while.
    pub(super) fn close(self, progress: Progress) {
        self.send(progress);
        let Self { notes, end, .. } = self;
        drop(notes);
        // Whoever asks finds that the process is gone, if it comes to the worst.
        let _ = end.recv_timeout(PATIENCE);
    }

    fn send(&self, progress: Progress) -> bool {
        self.waiting.fetch_add(1, Ordering::Relaxed);
        self.notes.send(progress).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_is_there_when_it_is_closed() {
        let dir = tempfile::tempdir().unwrap();
        let board = Board::of(dir.path().to_owned()).unwrap();
        let progress = Progress { pid: Some(7), ..Progress::default() };
        assert!(board.put(&progress));
        board.close(Progress::default());
        assert_eq!(Progress::read(dir.path()), Some(Progress::default()));
    }

    #[test]
    fn a_disk_that_does_not_answer_is_not_waited_for() {
        let dir = tempfile::tempdir().unwrap();
        // Opening it for writing waits for who reads.
        let fifo = dir.path().join("follow.json.new");
        rustix::fs::mknodat(
            rustix::fs::CWD,
            &fifo,
            rustix::fs::FileType::Fifo,
            rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR,
            0,
        )
        .unwrap();
        let board = Board::of(dir.path().to_owned()).unwrap();
        assert!(board.put(&Progress::default()));
        assert!(!board.put(&Progress::default()));
        board.close(Progress::default());
        assert_eq!(Progress::read(dir.path()), None);
    }
}
