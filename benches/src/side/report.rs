//! The aims, and how it grows.

use std::fmt::Write;

use super::contest::name;
use super::rounds::{Measured, Row};

/// The most memory of its own that nwlog may have, in MiB.
const MAX_OWN_MIB: u64 = 150;

/// Two tools, and how their times are to relate.
struct Aim {
    slow: &'static str,
    fast: &'static str,
    /// Whether the ratio is to be at least, or at most, the limit.
    at_least: bool,
    limit: f64,
}

const AIMS: [Aim; 4] = [
    Aim { slow: name::SCAN, fast: name::MEMMEM, at_least: false, limit: 3.0 },
    Aim { slow: name::JOURNALCTL_GREP, fast: name::ANALYZE, at_least: true, limit: 8.0 },
    Aim { slow: name::JOURNALCTL_GREP, fast: name::CAT_GREP, at_least: true, limit: 8.0 },
    Aim { slow: name::JOURNALCTL_JSON, fast: name::CAT_JSON, at_least: true, limit: 10.0 },
];

/// The aims, each with what was reached. Those whose tools have not run are left out.
pub fn aims(measured: &[Measured]) -> String {
    let rows = || measured.iter().flat_map(|group| &group.rows);
    let find = |name: &str| rows().find(|row| row.contestant.name == name && !row.runs.is_empty());
    let mut out = String::new();
    for Aim { slow, fast, at_least, limit } in &AIMS {
        let (Some(slow), Some(fast)) = (find(slow), find(fast)) else { continue };
        let ratio = slow.wall().as_secs_f64() / fast.wall().as_secs_f64();
        let (word, met) =
            if *at_least { ("at least", ratio >= *limit) } else { ("at most", ratio <= *limit) };
        let (slow, fast) = (&slow.contestant.name, &fast.contestant.name);
        let _ = writeln!(out, "- `{slow}` / `{fast}`: {ratio:.2}; {word} {limit:.0}: {}", verdict(met));
    }
    let own =
        rows().filter(|row| row.contestant.name.starts_with("nwlog")).max_by_key(|row| row.memory().own);
    if let Some(row) = own.filter(|row| !row.runs.is_empty()) {
        let (mib, name) = (row.memory().own.div_ceil(1024), &row.contestant.name);
        let met = verdict(mib < MAX_OWN_MIB);
        let _ = writeln!(out, "- most memory of its own: {mib} MiB, `{name}`; below {MAX_OWN_MIB}: {met}");
    }
    out
}

fn verdict(met: bool) -> &'static str {
    if met { "met" } else { "not met" }
}

/// One line of the table of growth.
pub fn growth(entries: u64, mib: u64, row: &Row) -> String {
    let wall = row.wall().as_secs_f64();
    let memory = row.memory();
    #[allow(clippy::cast_precision_loss)]
    let nanos = wall * 1e9 / entries.max(1) as f64;
    let [own, resident] = [memory.own, memory.resident].map(|kib| kib.div_ceil(1024));
    format!(
        "| `{}` | {entries} | {mib} | {wall:.3} | {nanos:.0} | {:.2} | {own} | {resident} |",
        row.contestant.name,
        row.processor().as_secs_f64()
    )
}

/// The head of that table.
pub const GROWTH: &str = "\
| tool | entries | MiB of files | median s | ns an entry | processor s | own MiB | resident MiB |
|---|---:|---:|---:|---:|---:|---:|---:|";

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::side::contest::Contestant;
    use crate::side::run::{Printed, Run};
    use crate::side::watch::Memory;

    fn row(name: &str, ms: u64) -> Row {
        let memory = Memory { own: 10 * 1024, resident: 20 * 1024 };
        let run = Run { wall: Duration::from_millis(ms), processor: Duration::from_millis(ms), memory };
        let contestant = Contestant::new(name, "a".as_ref(), ["b"]);
        Row { contestant, printed: Printed::default(), runs: vec![run] }
    }

    #[test]
    fn an_aim_is_told_with_what_was_reached() {
        let rows = vec![row(name::MEMMEM, 100), row(name::SCAN, 250), row(name::ANALYZE, 300)];
        let more = vec![row(name::JOURNALCTL_GREP, 1800)];
        let measured = [rows, more].map(|rows| Measured { title: "a", rows, faults: Vec::new() });
        let told = aims(&measured);
        let told: Vec<_> = told.lines().map(|line| line.rsplit("`").next().unwrap()).collect();
        assert_eq!(told, [": 2.50; at most 3: met", ": 6.00; at least 8: not met", "; below 150: met"]);
    }

    #[test]
    fn growth_is_told_by_the_entry() {
        let line = growth(1_000_000, 800, &row("a", 250));
        assert_eq!(line, "| `a` | 1000000 | 800 | 0.250 | 250 | 0.25 | 10 | 20 |");
        assert_eq!(line.matches('|').count(), GROWTH.lines().next().unwrap().matches('|').count());
    }
}
