//! A pager between long output and a terminal.

use std::env;
use std::io::{self, Write};
use std::process::{Child, ChildStdin, Command, Stdio};

/// A pager that runs, and what is written to it.
///
/// Dropping it closes its input and waits until its reader has seen enough.
#[derive(Debug)]
pub struct Pager {
    child: Child,
    input: Option<ChildStdin>,
}

impl Pager {
    /// Starts the pager that the environment asks for; none where it asks for none, or it cannot be started.
    pub fn start() -> Option<Self> {
        let words = choose(|name| env::var(name).ok())?;
        let (program, args) = words.split_first()?;
        let mut command = Command::new(program);
        command.args(args).stdin(Stdio::piped());
        if env::var_os("LESS").is_none() {
            // As journalctl has it: quit if it fits, keep colours, chop, leave the screen, be verbose, quit on ^C.
            command.env("LESS", "FRSXMK");
        }
        let mut child = command.spawn().ok()?;
        let input = child.stdin.take();
        Some(Self { child, input })
    }
}

/// `$NWLOG_PAGER`, else `$SYSTEMD_PAGER`, else `$PAGER`, else `less`, cut at spaces: none where the first one that is
/// set is empty or `cat`.
fn choose(variable: impl Fn(&str) -> Option<String>) -> Option<Vec<String>> {
    let line = ["NWLOG_PAGER", "SYSTEMD_PAGER", "PAGER"].into_iter().find_map(variable);
    let line = line.unwrap_or_else(|| "less".to_owned());
    let words: Vec<_> = line.split_whitespace().map(str::to_owned).collect();
    words.first().is_some_and(|program| program != "cat").then_some(words)
}

impl Write for Pager {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.input {
            Some(input) => input.write(bytes),
            None => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.input.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl Drop for Pager {
    fn drop(&mut self) {
        drop(self.input.take());
        // The output is written; how the pager ended changes nothing about that.
        let _ = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_variable_that_is_set_decides() {
        for (variables, expected) in [
            (&[][..], Some("less")),
            (&[("PAGER", "most")], Some("most")),
            (&[("PAGER", "most"), ("SYSTEMD_PAGER", "less -R")], Some("less -R")),
            (&[("SYSTEMD_PAGER", "less"), ("NWLOG_PAGER", "")], None),
            (&[("PAGER", "cat")], None),
            (&[("PAGER", "less"), ("SYSTEMD_PAGER", "cat")], None),
            (&[("NWLOG_PAGER", "  ")], None),
        ] {
            let found = choose(|name| {
                variables.iter().find(|(set, _)| *set == name).map(|(_, value)| (*value).to_owned())
            });
            assert_eq!(found.map(|words| words.join(" ")).as_deref(), expected);
        }
    }
}
