//! The rounds: one that does not count, in which what is printed is looked at, and those that are timed.

use std::fmt;

use super::contest::{Agreement, Contestant, Group};
use super::run::{Printed, Run, deaf, reading};

/// Who prints more than this, in bytes, prints to nobody in the rounds that are timed: its reader would be measured.
const LOUD: u64 = 16 << 20;

/// What one contestant did.
#[derive(Clone, Debug)]
pub struct Row {
    /// Who it is.
    pub contestant: Contestant,
    /// What it printed in the first round.
    pub printed: Printed,
    /// The runs that count.
    pub runs: Vec<Run>,
}

/// What a group did.
#[derive(Clone, Debug)]
pub struct Measured {
    /// What was asked.
    pub title: &'static str,
    /// Who answered.
    pub rows: Vec<Row>,
    /// Who did not, and where answers do not agree.
    pub faults: Vec<String>,
}

/// Runs all groups in turns. `tell` hears how far it is.
pub fn measure(groups: Vec<Group>, rounds: usize, tell: &mut dyn FnMut(fmt::Arguments<'_>)) -> Vec<Measured> {
    tell(format_args!("first round, which does not count"));
    let mut measured: Vec<_> = groups.into_iter().map(warm).collect();
    for round in 0..rounds {
        tell(format_args!("round {} of {rounds}", round + 1));
        let places = measured.iter().enumerate();
        let mut order: Vec<_> = places
            .flat_map(|(group, Measured { rows, .. })| (0..rows.len()).map(move |row| (group, row)))
            .collect();
        let turn = round.checked_rem(order.len()).unwrap_or_default();
        order.rotate_left(turn);
        for (group, row) in order {
            let Some(group) = measured.get_mut(group) else { continue };
            let Some(row) = group.rows.get_mut(row) else { continue };
            match once(row) {
                Ok(run) => row.runs.push(run),
                Err(error) => group.faults.push(format!("`{}` failed: {error:#}", row.contestant.name)),
            }
        }
    }
    measured
}

fn once(row: &Row) -> anyhow::Result<Run> {
    if row.printed.bytes > LOUD {
        return deaf(&row.contestant);
    }
    reading(&row.contestant).map(|(run, _)| run)
}

fn warm(Group { title, agreement, contestants }: Group) -> Measured {
    let mut measured = Measured { title, rows: Vec::new(), faults: Vec::new() };
    for contestant in contestants {
        match reading(&contestant) {
            Ok((_, printed)) => measured.rows.push(Row { contestant, printed, runs: Vec::new() }),
            Err(error) => measured.faults.push(format!("`{}` failed: {error:#}", contestant.name)),
        }
    }
    measured.faults.extend(disagreement(agreement, &measured.rows));
    measured
}

fn disagreement(agreement: Agreement, rows: &[Row]) -> Option<String> {
    let answer = |row: &Row| match agreement {
        Agreement::Tally => row.printed.first.contains("entries").then(|| row.printed.first.clone()),
        Agreement::Lines => Some(row.printed.lines.to_string()),
        Agreement::None => None,
    };
    let answers: Vec<_> =
        rows.iter().filter_map(|row| answer(row).map(|answer| (&row.contestant.name, answer))).collect();
    let (_, first) = answers.first()?;
    if answers.iter().all(|(_, answer)| answer == first) {
        return None;
    }
    let told: Vec<_> = answers.iter().map(|(name, answer)| format!("`{name}`: {answer}")).collect();
    Some(format!("the answers do not agree: {}", told.join("; ")))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn group(agreement: Agreement, scripts: &[&str]) -> Group {
        let contestants =
            scripts.iter().map(|script| Contestant::new(script, "sh".as_ref(), ["-c", script])).collect();
        Group { title: "a group", agreement, contestants }
    }

    #[test]
    fn whoever_fails_is_named_and_the_others_run() {
        let groups = vec![group(Agreement::None, &["exit 3", "true"])];
        let measured = measure(groups, 2, &mut |_| {}).pop().unwrap();
        assert_eq!(measured.rows.iter().map(|row| row.runs.len()).collect::<Vec<_>>(), [2]);
        assert_eq!(measured.faults, ["`exit 3` failed: exit status: 3"]);
    }

    #[test]
    fn answers_that_differ_are_told() {
        let table: [(Agreement, &[&str], bool); 5] = [
            (Agreement::Tally, &["echo 9 bytes", "echo 3 entries", "echo 3 entries"], true),
            (Agreement::Tally, &["echo 3 entries", "echo 4 entries"], false),
            (Agreement::Lines, &["echo a", "echo b"], true),
            (Agreement::Lines, &["echo a", "echo a; echo a"], false),
            (Agreement::None, &["echo a", "echo a; echo a"], true),
        ];
        for (agreement, scripts, agree) in table {
            assert_eq!(warm(group(agreement, scripts)).faults.is_empty(), agree, "{scripts:?}");
        }
    }
}
