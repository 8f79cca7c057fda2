//! What came of it, as tables in Markdown.

use std::fmt;
use std::time::Duration;

use super::rounds::{Measured, Row};
use super::watch::Memory;

/// The middle one of the times; of an even number of them the later one in the middle.
pub fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

impl Row {
    /// The median of its times on the wall.
    pub fn wall(&self) -> Duration {
        median(self.runs.iter().map(|run| run.wall).collect())
    }

    /// The median of its times on all processors.
    pub fn processor(&self) -> Duration {
        median(self.runs.iter().map(|run| run.processor).collect())
    }

    /// The most memory it had in any run.
    pub fn memory(&self) -> Memory {
        self.runs.iter().fold(Memory::default(), |most, run| most.most(run.memory))
    }
}

impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(first) = self.rows.first() else { return Ok(()) };
        writeln!(f, "### {}\n", self.title)?;
        writeln!(
            f,
            "| tool | median s | least s | most s | times the first | processor s | own MiB | resident MiB | printed |"
        )?;
        writeln!(f, "|---|---:|---:|---:|---:|---:|---:|---:|---:|")?;
        let base = first.wall().as_secs_f64();
        for row in &self.rows {
            let walls = || row.runs.iter().map(|run| run.wall);
            let [least, most] =
                [walls().min(), walls().max()].map(|wall| wall.unwrap_or_default().as_secs_f64());
            let (wall, processor) = (row.wall().as_secs_f64(), row.processor().as_secs_f64());
            let Memory { own, resident } = row.memory();
            let [own, resident] = [own, resident].map(|kib| kib.div_ceil(1024));
            let printed = match row.printed.lines {
                1 => row.printed.first.clone(),
                lines => format!("{lines} lines"),
            };
            writeln!(
                f,
                "| `{}` | {wall:.3} | {least:.3} | {most:.3} | {:.2} | {processor:.2} | {own} | {resident} | {printed} |",
                row.contestant.name,
                wall / base
            )?;
        }
        self.faults.iter().try_for_each(|fault| write!(f, "\n{fault}\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::side::contest::Contestant;
    use crate::side::run::{Printed, Run};

    fn row(name: &str, millis: &[u64], printed: Printed) -> Row {
        let run = |&ms| Run {
            wall: Duration::from_millis(ms),
            processor: Duration::from_millis(2 * ms),
            memory: Memory { own: ms, resident: 2048 },
        };
        let contestant = Contestant::new(name, "a".as_ref(), ["b"]);
        Row { contestant, printed, runs: millis.iter().map(run).collect() }
    }

    #[test]
    fn ratios_are_those_of_the_medians() {
        let said = Printed { lines: 1, bytes: 9, first: "3 entries".to_owned() };
        let many = Printed { lines: 7, bytes: 99, first: "a".to_owned() };
        let rows = vec![row("ours", &[300, 100, 200], said), row("theirs", &[2000, 900, 800], many)];
        let measured = Measured { title: "A scan", rows, faults: vec!["`c` failed".to_owned()] }.to_string();
        let lines: Vec<&str> = measured.lines().skip(4).collect();
        assert_eq!(
            lines,
            [
                "| `ours` | 0.200 | 0.100 | 0.300 | 1.00 | 0.40 | 1 | 2 | 3 entries |",
                "| `theirs` | 0.900 | 0.800 | 2.000 | 4.50 | 1.80 | 2 | 2 | 7 lines |",
                "",
                "`c` failed"
            ]
        );
    }
}
