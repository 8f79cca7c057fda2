//! Where a test sits down and types commands: a home of its own, and a store in it.

use std::ffi::OsStr;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::thread;

use serde_json::Value;
use tempfile::TempDir;

pub(crate) struct Desk {
    home: TempDir,
}

/// What a command said.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) status: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Said {
    pub(crate) fn of(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { status: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// Asserts how it ended.
    #[track_caller]
    pub(crate) fn with_status(self, status: i32) -> Self {
        assert_eq!(self.status, Some(status), "stdout: {}\nstderr: {}", self.out, self.err);
        self
    }

    /// Its lines, as JSON.
    pub(crate) fn json(&self) -> Vec<Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// One key of its lines of JSON.
    pub(crate) fn column(&self, key: &str) -> Vec<String> {
        self.json().iter().map(|incident| incident[key].as_str().unwrap_or_default().to_owned()).collect()
    }
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self { home: TempDir::new().unwrap() }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// Puts a file on the desk.
    pub(crate) fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// The command, as another program would be started that knows nothing of this machine.
    pub(crate) fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.env_clear().env("HOME", self.home.path()).env("TZ", "UTC").current_dir(self.home.path());
        command.stdin(Stdio::null());
        command
    }

    /// Runs `nwlog` with these arguments.
    pub(crate) fn nwlog<A: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = A>) -> Said {
        Said::of(self.command(env!("CARGO_BIN_EXE_nwlog")).args(args).output().unwrap())
    }

    /// Runs `nwlog` with these words, none of which holds a space.
    pub(crate) fn run(&self, words: &str) -> Said {
        self.nwlog(words.split_whitespace())
    }

    /// Runs `nwlog` with these words and pieces on stdin, each of which is a write of its own.
    pub(crate) fn pipe<'a>(&self, words: &str, pieces: impl Iterator<Item = &'a [u8]> + Send) -> Said {
        let mut command = self.command(env!("CARGO_BIN_EXE_nwlog"));
        command.args(words.split_whitespace());
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        thread::scope(|scope| {
            scope.spawn(move || {
                for piece in pieces {
                    stdin.write_all(piece).unwrap();
                    stdin.flush().unwrap();
                }
            });
            Said::of(child.wait_with_output().unwrap())
        })
    }
}
