//! How a batch treats its inputs, with toy stages: every line is an incident of that headline, `!` ends an input with
//! an error, `?` is a record that cannot be read.

use std::fs;
use std::io::{self, BufRead, BufReader};
use std::path::PathBuf;

use clap::Parser;
use nwlog::args::Cli;
use nwlog::pipeline::batch::{self, Closed, Stages};
use nwlog::pipeline::input::{Input, Opened};
use nwlog::pipeline::sink::Sink;
use nwlog::terminal::Terminal;
use nwlog_correlate::Incident;

use crate::incidents;

#[derive(Default)]
struct Toy {
    skipped: u64,
    held: Vec<Incident>,
}

impl Stages for Toy {
    type Chunk = String;
    type Scanned = String;
    type Chunks = Box<dyn Iterator<Item = anyhow::Result<String>> + Send>;

    fn open(&mut self, input: Opened, _: Option<u64>) -> anyhow::Result<Self::Chunks> {
        let Opened::Bytes(bytes) = input else { panic!("a journal") };
        let lines = BufReader::new(bytes.reader).lines().map(|line| match line?.as_str() {
            "!" => Err(anyhow::anyhow!("damaged")),
            line => Ok(line.to_owned()),
        });
        Ok(Box::new(lines))
    }

    fn scan(chunk: String) -> String {
        chunk.to_uppercase()
    }

    fn take(&mut self, scanned: String) -> Vec<Incident> {
        match scanned.as_str() {
            "?" => self.skipped += 1,
            headline => self.held.push(Incident { headline: headline.to_owned(), ..incidents::bare() }),
        }
        // One stays open until the end.
        if self.held.len() > 1 { self.held.drain(..1).collect() } else { Vec::new() }
    }

    fn close(&mut self) -> Closed {
        Closed { skipped: std::mem::take(&mut self.skipped), ..Closed::default() }
    }

    fn finish(&mut self) -> Vec<Incident> {
        std::mem::take(&mut self.held)
    }
}

#[derive(Default)]
struct Seen {
    headlines: Vec<String>,
    most: Option<usize>,
    finished: bool,
}

impl Sink for Seen {
    fn incident(&mut self, incident: &Incident) -> anyhow::Result<()> {
        if self.most == Some(self.headlines.len()) {
            return Err(io::Error::from(io::ErrorKind::BrokenPipe).into());
        }
        self.headlines.push(incident.headline.clone());
        Ok(())
    }

    fn finish(&mut self) -> anyhow::Result<()> {
        self.finished = true;
        Ok(())
    }
}

fn run(files: &[&str], sink: &mut Seen) -> anyhow::Result<usize> {
    let dir = tempfile::tempdir().unwrap();
    let mut paths: Vec<PathBuf> = Vec::new();
    for (n, text) in files.iter().enumerate() {
        paths.push(dir.path().join(n.to_string()));
        fs::write(&paths[n], text).unwrap();
    }
    paths.push(dir.path().join("missing"));
    let terminal = Terminal::new(&Cli::parse_from(["nwlog", "-q"]).terminal);
    let inputs: Vec<_> = paths.into_iter().map(Input::File).collect();
    batch::run(&mut Toy::default(), &inputs, &batch::pool(Some(2)).unwrap(), sink, &terminal)
}

#[test]
fn a_failed_input_keeps_what_came_before_and_the_next_is_read() {
    let mut seen = Seen::default();
    let failed = run(&["a\nb\n!\nnever", "c\n?\nd"], &mut seen).unwrap();
    assert_eq!(failed, 2);
    assert_eq!(seen.headlines, ["A", "B", "C", "D"]);
    assert!(seen.finished);
}

#[test]
fn order_is_that_of_the_input() {
    let lines: Vec<_> = (0..500).map(|n| n.to_string()).collect();
    let mut seen = Seen::default();
    assert_eq!(run(&[&lines.join("\n")], &mut seen).unwrap(), 1);
    assert_eq!(seen.headlines, lines);
}

#[test]
fn a_reader_that_goes_away_ends_the_run() {
    let mut seen = Seen { most: Some(1), ..Seen::default() };
    let error = run(&["a\nb\nc\nd", "e"], &mut seen).unwrap_err();
    assert!(nwlog::errors::is_broken_pipe(&error));
    assert_eq!(seen.headlines, ["A"]);
    assert!(!seen.finished);
}
