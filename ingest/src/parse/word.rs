//! A program's own word about its end: the line that it logged before it exited by itself.
//!
//! Loggers have levels that end the program: `fatal` of zap, zerolog and logrus, `panic` and `dpanic`, klog's `F`, a
//! level above error in log/slog; `critical` and beyond where a level is named as syslog or the clouds name it. Such a
//! line is no event: it says something only if the end follows, and is looked for among a life's last lines then.

mod json;
mod line;
mod logfmt;
mod quoted;

use bstr::ByteSlice;

use super::clip;

/// The longest word kept, in bytes.
const MAX_WORD: usize = 256;

/// The fields that loggers name a level, a message and an error by.
const LEVELS: [&[u8]; 5] = [b"level", b"severity", b"lvl", b"L", b"log.level"];
const MESSAGES: [&[u8]; 3] = [b"msg", b"message", b"M"];
const ERRORS: [&[u8]; 3] = [b"error", b"err", b"exception"];

/// Reads the word of a line whose level ends the program.
///
/// ```
/// use nwlog_ingest::parse::word::last_word;
///
/// let line = br#"{"level":"fatal","error":"dial tcp: connection refused","message":"cannot reach the database"}"#;
/// assert_eq!(last_word(line).as_deref(), Some("cannot reach the database: dial tcp: connection refused"));
/// assert_eq!(last_word(br#"{"level":"error","message":"retrying"}"#), None);
/// ```
pub fn last_word(line: &[u8]) -> Option<Box<str>> {
    let line = line.trim_ascii();
    let word = json::fields(line)
        .or_else(|| logfmt::fields(line))
        .map(Fields::word)
        .unwrap_or_else(|| line::headed(line).or_else(|| line::console(line)))?;
    // A panic's value goes on with its stack.
    let first = word.lines().map(ByteSlice::trim).find(|line| !line.is_empty())?;
    Some(clip(first, MAX_WORD))
}

/// Reads the text of a line of Go's package log, which log.Fatal writes as log.Print does: `2026/11/23 03:00:00 TEXT`.
/// It is a last word only where it is the last line, and the program's status is 1 (Go, src/log/log.go).
pub fn logged(line: &[u8]) -> Option<Box<str>> {
    let line = line.trim_ascii();
    let (text, _) = line::timed(line).ok()?;
    (!text.is_empty()).then(|| clip(text, MAX_WORD))
}

/// The fields of a structured line that matter here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Fields {
    level: Option<Vec<u8>>,
    message: Option<Vec<u8>>,
    error: Option<Vec<u8>>,
}

impl Fields {
    /// Where a field's value goes, if its name is of one of the three kinds; the first one of a kind counts.
    fn slot(&mut self, name: &[u8]) -> Option<&mut Option<Vec<u8>>> {
        let slot = if LEVELS.contains(&name) {
            &mut self.level
        } else if MESSAGES.contains(&name) {
            &mut self.message
        } else if ERRORS.contains(&name) {
            &mut self.error
        } else {
            return None;
        };
        slot.is_none().then_some(slot)
    }

    /// The message and the error of a line that is a last word.
    fn word(self) -> Option<Vec<u8>> {
        if !ends_program(&self.level?) {
            return None;
        }
        let filled = |field: Option<Vec<u8>>| field.filter(|text| !text.trim_ascii().is_empty());
        match (filled(self.message), filled(self.error)) {
            (Some(message), Some(error)) if message.contains_str(&error) => Some(message),
            (Some(message), Some(error)) => Some([&message, &b": "[..], &error].concat()),
            (message, error) => message.or(error),
        }
    }
}

/// Whether a level is one after which the program ends. slog has no name above ERROR, and prints the distance:
/// `ERROR+4`.
fn ends_program(level: &[u8]) -> bool {
    let level = level.to_ascii_lowercase();
    let above = level.strip_prefix(b"error+").and_then(crate::entry::decimal::<u64>);
    let named = [&b"fatal"[..], b"panic", b"dpanic", b"critical", b"crit", b"alert", b"emergency", b"emerg"];
    above.is_some_and(|above| above >= 4) || named.contains(&&*level)
}

#[cfg(test)]
mod tests;
