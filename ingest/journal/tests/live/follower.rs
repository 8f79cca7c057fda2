//! A follower that counts, and a journald that it follows.

use std::collections::BTreeMap;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use nwlog_corpora::journals::daemon::Settings;
use nwlog_corpora::journals::{Journald, or_skip};
use nwlog_journal::{
    EntryKey, Live, LiveGap, LiveItem, LiveOptions, Namespaces, Place, Polled, Position, Room, Search, Start,
    Trouble,
};

/// How long anything may take.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// A journald over a folder. None where it cannot run.
pub(crate) fn journald(folder: &Path, settings: &Settings) -> Option<Journald> {
    or_skip(Journald::start(folder, settings)).unwrap()
}

/// A folder for journals. journald deletes what is in /run only where that lies in memory.
pub(crate) fn folder() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.unwrap()
}

/// All journals of a machine whose root directory is the folder's `root`, with links to what journald has.
pub(crate) fn search(folder: &Path) -> Search {
    let root = folder.join("root");
    for (name, to) in [("run", "run"), ("var", "var")] {
        let log = root.join(name).join("log");
        std::fs::create_dir_all(&log).unwrap();
        std::fs::create_dir_all(folder.join(to)).unwrap();
        let link = log.join("journal");
        if !link.exists() {
            std::os::unix::fs::symlink(folder.join(to), link).unwrap();
        }
    }
    Search { place: Place::System(Some(root)), namespaces: Namespaces::All, all_machines: true }
}

/// Follows, and counts the messages that have a number.
pub(crate) struct Follower {
    pub(crate) live: Live,
    pub(crate) seen: Seen,
}

/// What was given so far, over all followers that went on from each other.
#[derive(Default)]
pub(crate) struct Seen {
    /// Where each number came from.
    pub(crate) numbers: BTreeMap<u64, Vec<String>>,
    pub(crate) entries: usize,
    pub(crate) last: Option<EntryKey>,
    /// The sequence numbers, as they came.
    pub(crate) order: Vec<u64>,
    pub(crate) lost_fields: u32,
    pub(crate) gaps: Vec<LiveGap>,
    pub(crate) trouble: Vec<Trouble>,
}

impl Follower {
    pub(crate) fn new(search: Search, start: Start) -> Self {
        Self::with(search, start, Seen::default())
    }

    pub(crate) fn with(search: Search, start: Start, seen: Seen) -> Self {
        Self { live: Live::open(LiveOptions { search, start }).unwrap(), seen }
    }

    pub(crate) fn poll(&mut self, limit: usize) -> Polled {
        let Self { live, seen } = self;
        let mut room = Room::default();
        let mut given = 0;
        let mut polled = live.poll(limit, &mut |item| match item {
            LiveItem::Gap(gap) => seen.gaps.push(gap),
            LiveItem::Entry(entry) => {
                given += 1;
                seen.entries += 1;
                seen.last = Some(entry.key);
                seen.order.push(entry.key.head.seqnum);
                let fields = entry.file.fields(entry.at, &mut room, &mut |field| {
                    if let Some(number) = field.strip_prefix(b"N=") {
                        let number = str::from_utf8(number).unwrap().parse().unwrap();
                        let (path, key) = (entry.path.display(), entry.key);
                        seen.numbers
                            .entry(number)
                            .or_default()
                            .push(format!("{path} {} {:?}", key.seqnum_id, key.head));
                    }
                    ControlFlow::Continue(())
                });
                seen.lost_fields += fields.unwrap().lost;
            }
        });
        assert_eq!(given, polled.given);
        assert!(given <= limit);
        seen.trouble.append(&mut polled.trouble);
        polled
    }

    /// Goes on until all numbers up to one have come.
    pub(crate) fn until(&mut self, number: u64) {
        self.until_so(&|seen| seen.numbers.len() as u64 >= number);
    }

    pub(crate) fn until_so(&mut self, is_so: &dyn Fn(&Seen) -> bool) {
        let start = Instant::now();
        loop {
            let polled = self.poll(1_000);
            if polled.caught_up && is_so(&self.seen) {
                return;
            }
            assert!(start.elapsed() < PATIENCE, "{} numbers came", self.seen.numbers.len());
            if polled.caught_up {
                self.live.wait(Duration::from_secs(1)).unwrap();
            }
        }
    }

    /// Ends, and begins again where it ended, by way of a text.
    pub(crate) fn again(self, search: Search) -> Self {
        let (text, seen) = self.stop();
        Self::at(&text, search, seen)
    }

    /// Ends; the text tells where.
    pub(crate) fn stop(self) -> (String, Seen) {
        (self.live.position().to_text(), self.seen)
    }

    /// Begins where another one ended.
    pub(crate) fn at(text: &str, search: Search, seen: Seen) -> Self {
        Self::with(search, Start::At(Position::parse(text).unwrap()), seen)
    }
}

impl Seen {
    /// Nothing is lost and nothing came twice.
    pub(crate) fn assert_each_once(&self, count: u64) {
        let lost: Vec<u64> = (0..count).filter(|n| !self.numbers.contains_key(n)).collect();
        let doubled: Vec<_> = self.numbers.iter().filter(|(_, from)| from.len() > 1).collect();
        assert!(
            lost.is_empty() && doubled.is_empty(),
            "{} lost, the first {:?}; {} doubled, the first {:#?}",
            lost.len(),
            &lost[..lost.len().min(5)],
            doubled.len(),
            &doubled[..doubled.len().min(5)]
        );
        assert!(self.trouble.is_empty(), "{:?}", self.trouble);
        assert!(self.gaps.is_empty(), "{:?}", self.gaps);
        assert_eq!(self.lost_fields, 0);
    }
}

/// Stores a message with a number.
pub(crate) fn send(journald: &Journald, number: u64) {
    let fields = [format!("MESSAGE=message {number}"), format!("N={number}"), "PRIORITY=6".to_owned()];
    journald.send(fields).unwrap();
}

/// The same, by a user who is not root.
pub(crate) fn send_as_user(journald: &Journald, number: u64) {
    let mut command = journald.inside("setpriv");
    command.args(["--reuid=1234", "--clear-groups", "logger", "--journald"]);
    let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
    let fields = format!("MESSAGE=message {number}\nN={number}\n");
    child.stdin.take().unwrap().write_all(fields.as_bytes()).unwrap();
    assert!(child.wait().unwrap().success());
}
