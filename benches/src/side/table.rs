//! What came of it, as a table in Markdown.

use std::fmt;
use std::time::Duration;

use super::run::Run;

/// The runs of every contestant; the first one is what the others are measured against.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Name and runs.
    pub rows: Vec<(String, Vec<Run>)>,
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| tool | median s | least s | most s | times nwlog | peak MiB | lines printed |")?;
        writeln!(f, "|---|---:|---:|---:|---:|---:|---:|")?;
        let ours = self.rows.first().map(|(_, runs)| median(walls(runs))).unwrap_or_default();
        for (name, runs) in &self.rows {
            let walls = walls(runs);
            let [least, most] = [walls.first(), walls.last()].map(|wall| wall.copied().unwrap_or_default());
            let middle = median(walls);
            let ratio = middle.as_secs_f64() / ours.as_secs_f64();
            let [least, middle, most] = [least, middle, most].map(|wall| wall.as_secs_f64());
            let peak = runs.iter().filter_map(|run| run.peak_kb).max();
            let peak = peak.map_or_else(|| "-".to_owned(), |kb| format!("{}", kb.div_ceil(1024)));
            let lines = runs.last().map_or(0, |run| run.lines);
            writeln!(
                f,
                "| `{name}` | {middle:.3} | {least:.3} | {most:.3} | {ratio:.2} | {peak} | {lines} |"
            )?;
        }
        Ok(())
    }
}

fn walls(runs: &[Run]) -> Vec<Duration> {
    let mut walls: Vec<_> = runs.iter().map(|run| run.wall).collect();
    walls.sort();
    walls
}

/// The middle one of sorted times; of an even number of them the later one in the middle.
fn median(walls: Vec<Duration>) -> Duration {
    walls.get(walls.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(millis: &[u64]) -> Vec<Run> {
        let run = |&ms| Run { wall: Duration::from_millis(ms), peak_kb: Some(ms), lines: ms };
        millis.iter().map(run).collect()
    }

    #[test]
    fn ratios_are_those_of_the_medians() {
        let rows =
            vec![("ours".to_owned(), runs(&[300, 100, 200])), ("theirs".to_owned(), runs(&[2000, 900, 800]))];
        let table = Table { rows }.to_string();
        let rows: Vec<&str> = table.lines().skip(2).collect();
        assert_eq!(
            rows,
            [
                "| `ours` | 0.200 | 0.100 | 0.300 | 1.00 | 1 | 200 |",
                "| `theirs` | 0.900 | 0.800 | 2.000 | 4.50 | 2 | 800 |"
            ]
        );
    }
}
