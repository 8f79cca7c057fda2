//! `nwlog follow` in the background, and what it says.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::os::unix::net::UnixDatagram;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use nwlog::pipeline::live::progress::Progress;
use nwlog::pipeline::live::state::{Stood, stood};
use nwlog_corpora::journals::{Compact, Keyed, MakeError, remote};
use nwlog_index::Store;
use serde_json::{Map, Value};

use crate::desk::Desk;

/// How long anything may take before a test gives up.
pub(crate) const PATIENCE: Duration = Duration::from_secs(120);

/// Waits until something is so.
#[track_caller]
pub(crate) fn wait(what: &str, mut is_so: impl FnMut() -> bool) {
    let until = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < until, "it takes too long until {what}");
        thread::sleep(Duration::from_millis(10));
    }
}

/// A running `nwlog follow -o json`.
pub(crate) struct Follower {
    child: Child,
    lines: Receiver<String>,
    said: Vec<Value>,
    err: Arc<Mutex<String>>,
    hears: Option<JoinHandle<()>>,
    store: PathBuf,
}

impl Follower {
    /// Starts one, with a store on the desk.
    pub(crate) fn start(desk: &Desk, args: &[&str]) -> Self {
        let store = desk.path("store");
        let mut all = vec!["follow", "-o", "json", "--store", store.to_str().unwrap()];
        all.extend(args);
        Self::of(desk, &all, &[], store.clone())
    }

    /// Starts one with these arguments alone, and these variables.
    pub(crate) fn of(desk: &Desk, args: &[&str], env: &[(&str, &str)], store: PathBuf) -> Self {
        let mut command = desk.command(env!("CARGO_BIN_EXE_nwlog"));
        command.envs(env.iter().copied());
        command.args(args).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let (tell, lines) = mpsc::channel();
        let out = BufReader::new(child.stdout.take().unwrap());
        thread::spawn(move || out.lines().map_while(Result::ok).try_for_each(|line| tell.send(line)));
        let stderr = BufReader::new(child.stderr.take().unwrap());
        let err = Arc::new(Mutex::new(String::new()));
        let heard = Arc::clone(&err);
        let hears = thread::spawn(move || {
            for line in stderr.lines() {
                *heard.lock().unwrap() += &(line.unwrap() + "\n");
            }
        });
        Self { child, lines, said: Vec::new(), err, hears: Some(hears), store }
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// What it has said on stderr so far.
    pub(crate) fn err(&self) -> String {
        self.err.lock().unwrap().clone()
    }

    /// Everything that it has printed, once that is as it should be.
    #[track_caller]
    pub(crate) fn until(&mut self, what: &str, is_so: impl Fn(&[Value]) -> bool) -> &[Value] {
        let until = Instant::now() + PATIENCE;
        while !is_so(&self.said) {
            let left = until.saturating_duration_since(Instant::now());
            match self.lines.recv_timeout(left) {
                Ok(line) => self.said.push(serde_json::from_str(&line).unwrap()),
                Err(error) => panic!("{error} until {what}: {}", shown(&self.said)),
            }
        }
        &self.said
    }

    /// Waits until it has written down that it has read so many entries, and all that is there.
    #[track_caller]
    pub(crate) fn has_read(&mut self, entries: u64) {
        let store = self.store.clone();
        wait(&format!("{entries} entries are read"), || {
            assert_eq!(self.child.try_wait().unwrap(), None, "it ended");
            Progress::read(&store).is_some_and(|progress| {
                progress.pid == Some(self.child.id())
                    && progress.counts.entries >= entries
                    && progress.caught_up
            })
        });
    }

    /// Ends it as a service manager does. Gives all lines, and what it said on stderr.
    #[track_caller]
    pub(crate) fn end(mut self) -> (Vec<Value>, String) {
        signal(self.child.id(), rustix::process::Signal::TERM);
        let status = self.child.wait().unwrap();
        self.hears.take().unwrap().join().unwrap();
        let err = self.err();
        assert_eq!(status.code(), Some(0), "{err}");
        self.said.extend(self.lines.iter().map(|line| serde_json::from_str::<Value>(&line).unwrap()));
        (std::mem::take(&mut self.said), err)
    }

    /// Ends it as the kernel would.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) fn signal(pid: u32, signal: rustix::process::Signal) {
    let pid = rustix::process::Pid::from_raw(i32::try_from(pid).unwrap()).unwrap();
    rustix::process::kill_process(pid, signal).unwrap();
}

fn shown(said: &[Value]) -> String {
    said.iter().map(|line| format!("{} {} {}\n", line["change"], line["id"], line["headline"])).collect()
}

/// Lines of one change.
pub(crate) fn changes<'a>(said: &'a [Value], change: &str) -> Vec<&'a Value> {
    said.iter().filter(|line| line["change"] == change).collect()
}

/// Adds entries to a journal file, as a journald of another machine would.
pub(crate) fn append(file: &Path, export: &[u8]) -> Result<(), MakeError> {
    remote(file, export, Compact::Yes, Keyed::Yes)
}

/// Where the store says that its follower stood.
pub(crate) fn committed(store: &Path) -> Option<Stood> {
    let checkpoint = Store::open_reader(store).ok()?.checkpoint().ok()??;
    stood(&checkpoint)
}

/// Incidents by id, without what hangs on how they were told: what counts tellings, and what they were called meanwhile.
pub(crate) fn stories(lines: impl IntoIterator<Item = Value>) -> BTreeMap<String, Map<String, Value>> {
    let story = |line: Value| {
        let Value::Object(mut incident) = line else { panic!("{line}") };
        incident.retain(|key, _| !matches!(key.as_str(), "revision" | "formerly" | "change"));
        (incident["id"].as_str().unwrap().to_owned(), incident)
    };
    lines.into_iter().map(story).collect()
}

/// What a store holds, but for what was withdrawn.
pub(crate) fn stored(desk: &Desk) -> BTreeMap<String, Map<String, Value>> {
    let store = desk.path("store");
    let all = ["search", "-n", "all", "-o", "json", "--store", store.to_str().unwrap()];
    let found = desk.nwlog(all).json().into_iter().filter(|incident| incident["state"] != "withdrawn");
    stories(found)
}

/// What `analyze` makes of the same journal.
pub(crate) fn analyzed(desk: &Desk, journals: &Path) -> BTreeMap<String, Map<String, Value>> {
    let said = desk.nwlog(["analyze", "-q", "-o", "json", "--no-store", "-D", journals.to_str().unwrap()]);
    stories(said.with_status(0).json())
}

/// Asserts that incidents are the same, key by key.
#[track_caller]
pub(crate) fn assert_same(
    one: &BTreeMap<String, Map<String, Value>>,
    other: &BTreeMap<String, Map<String, Value>>,
) {
    let names = |all: &BTreeMap<String, Map<String, Value>>| -> Vec<String> {
        all.iter().map(|(id, incident)| format!("{id} {}", incident["headline"])).collect()
    };
    assert_eq!(names(one), names(other));
    for (id, incident) in one {
        for (key, value) in incident {
            assert_eq!(Some(value), other[id].get(key), "{id} {key}");
        }
        assert_eq!(incident.len(), other[id].len(), "{id}");
    }
}

/// Where a service manager listens.
pub(crate) struct Manager {
    said: Receiver<String>,
    pub(crate) path: PathBuf,
}

impl Manager {
    pub(crate) fn listen(desk: &Desk) -> Self {
        let path = desk.path("notify");
        let socket = UnixDatagram::bind(&path).unwrap();
        let (tell, said) = mpsc::channel();
        // It ends with the process: nobody else knows of the socket.
        thread::spawn(move || {
            let mut room = [0; 4_096];
            while let Ok(len) = socket.recv(&mut room) {
                let text = String::from_utf8(room[..len].to_vec()).unwrap();
                if text.lines().try_for_each(|line| tell.send(line.to_owned())).is_err() {
                    return;
                }
            }
        });
        Self { said, path }
    }

    /// Waits for a line.
    #[track_caller]
    pub(crate) fn hears(&self, line: &str) {
        let until = Instant::now() + PATIENCE;
        loop {
            match self.said.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(said) if said == line => return,
                Ok(_) => {}
                Err(error) => panic!("{line}: {error}"),
            }
        }
    }
}
