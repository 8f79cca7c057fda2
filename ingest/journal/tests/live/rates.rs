//! The five runs of messages at a rate, with journalctl, which is libsystemd's loop, beside this follower.
//!
//! A run has a sixteenth of its messages. `NWLOG_FULL=1 cargo test -p nwlog-journal --test live rates -- --nocapture
//! --test-threads 1` makes them whole, and prints what came.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use nwlog_corpora::journals::Journald;
use nwlog_corpora::journals::daemon::{Settings, Wish};
use nwlog_journal::Start;

use crate::follower::{Follower, PATIENCE, folder, journald, search};

/// Messages at a rate, and how often files are rotated meanwhile.
struct Run {
    name: &'static str,
    rate: u32,
    messages: u32,
    rotations: u32,
    /// Files are rotated when they are as long as that.
    file_size: Option<&'static str>,
}

const RUNS: [Run; 5] = [
    Run { name: "no rotation", rate: 200, messages: 2_000, rotations: 0, file_size: None },
    Run { name: "one rotation", rate: 300, messages: 2_400, rotations: 1, file_size: None },
    Run { name: "two rotations", rate: 1_000, messages: 8_000, rotations: 2, file_size: None },
    Run { name: "many rotations", rate: 2_000, messages: 16_000, rotations: 5, file_size: None },
    Run { name: "full files", rate: 3_000, messages: 24_000, rotations: 0, file_size: Some("8M") },
];

/// What is long enough to fill files.
const FILLING: usize = 1_500;

#[test]
fn nothing_is_lost_at_any_rate() {
    let is_full = std::env::var_os("NWLOG_FULL").is_some();
    for run in RUNS {
        let (messages, file_size) = match is_full {
            true => (run.messages, run.file_size),
            false => (run.messages / 16, run.file_size.map(|_| "512K")),
        };
        let folder = folder();
        let conf = file_size.map_or(String::new(), |size| format!("SystemMaxFileSize={size}"));
        let Some(journald) = journald(folder.path(), &Settings { conf, ..Settings::default() }) else {
            return;
        };
        let mut follower = Follower::new(search(folder.path()), Start::Oldest);
        let (mut peer, said) = journalctl(&journald);
        let mut sent_at = Vec::new();
        let mut latencies = Vec::new();
        thread::scope(|scope| {
            let sender = scope.spawn(|| send_all(&journald, &run, messages));
            let start = Instant::now();
            let mut known = 0;
            while (follower.seen.numbers.len() as u32) < messages {
                assert!(start.elapsed() < PATIENCE, "{}: {} came", run.name, follower.seen.numbers.len());
                let polled = follower.poll(1_000);
                let now = Instant::now();
                latencies.extend((known..follower.seen.numbers.len()).map(|_| now));
                known = follower.seen.numbers.len();
                if polled.caught_up {
                    follower.live.wait(Duration::from_secs(1)).unwrap();
                }
            }
            sent_at = sender.join().unwrap();
        });
        follower.seen.assert_each_once(messages.into());
        let theirs = numbers_of(&said, messages);
        peer.kill().unwrap();
        peer.wait().unwrap();
        let mut waited: Vec<Duration> = latencies
            .iter()
            .zip(&sent_at)
            .map(|(came, sent)| came.saturating_duration_since(*sent))
            .collect();
        waited.sort_unstable();
        let files = std::fs::read_dir(folder.path().join("var"))
            .unwrap()
            .map(|machine| std::fs::read_dir(machine.unwrap().path()).unwrap().count())
            .sum::<usize>();
        assert!(files > run.rotations as usize, "{}: {files} files", run.name);
        assert!(file_size.is_none() || files > 1, "{}: {files} files", run.name);
        eprintln!(
            "{}: {messages} messages at {}/s, {files} files: 0 lost, 0 doubled, p50 {:?}, p99 {:?}; \
             journalctl: {} lost, {} doubled",
            run.name,
            run.rate,
            waited[waited.len() / 2],
            waited[waited.len() * 99 / 100],
            messages as usize - theirs.len(),
            theirs.values().filter(|times| **times > 1).count()
        );
    }
}

/// Sends messages at the rate of a run, and tells when each was sent.
fn send_all(journald: &Journald, run: &Run, messages: u32) -> Vec<Instant> {
    let filling = "x".repeat(if run.file_size.is_some() { FILLING } else { 0 });
    let every = messages / (run.rotations + 1);
    let start = Instant::now();
    let mut sent = Vec::new();
    for n in 0..messages {
        let due = start + Duration::from_secs(1) * n / run.rate;
        thread::sleep(due.saturating_duration_since(Instant::now()));
        sent.push(Instant::now());
        journald.send([format!("MESSAGE=message {n} {filling}"), format!("N={n}")]).unwrap();
        if run.rotations > 0 && n % every == every - 1 && n / every < run.rotations {
            journald.ask(Wish::Rotate).unwrap();
        }
    }
    sent
}

/// journalctl beside journald, and the numbers that it prints.
fn journalctl(journald: &Journald) -> (Child, Receiver<u64>) {
    let mut command = journald.inside("journalctl");
    command.args(["-q", "-f", "-n", "all", "-o", "cat", "--output-fields=N", "--no-pager"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let (sender, receiver) = channel();
    thread::spawn(move || {
        for number in lines.map_while(Result::ok).filter_map(|line| line.parse().ok()) {
            if sender.send(number).is_err() {
                return;
            }
        }
    });
    (child, receiver)
}

/// How often each number was printed, as soon as all were, or nothing more comes.
fn numbers_of(said: &Receiver<u64>, messages: u32) -> BTreeMap<u64, u32> {
    let mut numbers = BTreeMap::new();
    while numbers.len() < messages as usize
        && let Ok(number) = said.recv_timeout(Duration::from_secs(3))
    {
        *numbers.entry(number).or_default() += 1;
    }
    numbers
}
