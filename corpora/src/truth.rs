//! Holds incidents against a table of what really happened.
//!
//! The table is tab-separated, with a line of names first: `expect unit kind cause outcome min max what was done`.
//! `expect` is `must` (has to be found, as one incident), `may` (is allowed) or `never` (a remark). Kind, cause and
//! outcome can be alternatives, separated by `|`.

use std::collections::BTreeSet;
use std::fmt;

use serde_json::Value;

/// How a row is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expect {
    /// It has to be found: one incident, which is no other row's.
    Must,
    /// It can be found or not.
    May,
    /// Nothing is looked for; all that no other row claims is invented.
    Never,
}

/// A row of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// How it is held.
    pub expect: Expect,
    /// The unit.
    pub unit: String,
    /// The kinds that are right.
    pub kind: Vec<String>,
    /// The causes that are right.
    pub cause: Vec<String>,
    /// The outcomes that are right.
    pub outcome: Vec<String>,
    /// The least number of occurrences.
    pub min: u64,
    /// The largest number of occurrences.
    pub max: u64,
}

/// Reads a table.
///
/// # Errors
/// The number of the line, counted from 1, and what is wrong with it.
pub fn parse_rows(text: &str) -> Result<Vec<Row>, (usize, String)> {
    let rows = text.lines().enumerate().skip(1).filter(|(_, line)| !line.is_empty());
    rows.map(|(index, line)| parse_row(line).map_err(|problem| (index + 1, problem))).collect()
}

fn parse_row(line: &str) -> Result<Row, String> {
    let mut columns = line.split('\t');
    let mut next = || columns.next().unwrap_or_default();
    let expect = match next() {
        "must" => Expect::Must,
        "may" => Expect::May,
        "never" => Expect::Never,
        other => return Err(format!("{other:?} is not must, may or never")),
    };
    let unit = next().to_owned();
    let [kind, cause, outcome] =
        [next(), next(), next()].map(|names| names.split('|').map(str::to_owned).collect());
    let [min, max] = [next(), next()].map(|n| match (expect, n) {
        (Expect::Never, "") => Ok(0),
        _ => n.parse().map_err(|_| format!("{n:?} is not a count of occurrences")),
    });
    Ok(Row { expect, unit, kind, cause, outcome, min: min?, max: max? })
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// How many `must` rows were found.
    pub right: usize,
    /// How many there are.
    pub musts: usize,
    /// How many incidents are no row's.
    pub invented: usize,
    /// How many incidents have an id that another one has.
    pub doubled: usize,
    /// What is wrong, one sentence each.
    pub problems: Vec<String>,
}

impl Verdict {
    /// Whether all is right.
    pub fn holds(&self) -> bool {
        self.right == self.musts && self.invented == 0 && self.doubled == 0
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in &self.problems {
            writeln!(f, "{problem}")?;
        }
        write!(f, "{} of {} rows right, {} invented", self.right, self.musts, self.invented)
    }
}

/// Holds incidents, as `-o json` prints them, against the rows of a table.
pub fn check(incidents: &[Value], rows: &[Row]) -> Verdict {
    let mut verdict = Verdict::default();
    let mut taken = BTreeSet::new();
    for row in rows {
        match row.expect {
            Expect::Must => must(incidents, row, &mut taken, &mut verdict),
            Expect::May => taken.extend(
                (0..)
                    .zip(incidents)
                    .filter(|(_, incident)| faults(incident, row).is_some_and(|f| f.is_empty()))
                    .map(|(i, _)| i),
            ),
            Expect::Never => {}
        }
    }
    let ids: BTreeSet<&str> = incidents.iter().map(|incident| text(incident, "id")).collect();
    verdict.doubled = incidents.len() - ids.len();
    if verdict.doubled > 0 {
        verdict.problems.push(format!("doubled: {} ids come more than once", verdict.doubled));
    }
    for (_, incident) in (0..).zip(incidents).filter(|(i, _)| !taken.contains(i)) {
        verdict.invented += 1;
        let [unit, kind, cause, headline] =
            ["unit", "kind", "cause", "headline"].map(|key| text(incident, key));
        verdict.problems.push(format!("invented: {unit} {kind} {cause}: {headline}"));
    }
    verdict
}

/// Looks for the one incident of a row. A near miss of the right kind is claimed too: it is wrong, but not invented.
fn must(incidents: &[Value], row: &Row, taken: &mut BTreeSet<usize>, verdict: &mut Verdict) {
    verdict.musts += 1;
    let mut nearest: Option<(usize, usize, String)> = None;
    for (i, incident) in (0..).zip(incidents) {
        let Some(faults) = faults(incident, row) else { continue };
        let (distance, why) = if taken.contains(&i) {
            (usize::MAX, "its incident is already another row's".to_owned())
        } else if faults.is_empty() {
            taken.insert(i);
            verdict.right += 1;
            return;
        } else {
            (faults.len(), faults.join("; "))
        };
        if nearest.as_ref().is_none_or(|(least, ..)| distance < *least) {
            nearest = Some((distance, i, why));
        }
    }
    let why = match nearest {
        None => "no incident names it".to_owned(),
        Some((_, i, why)) => {
            if incidents
                .get(i)
                .is_some_and(|incident| row.kind.iter().any(|kind| kind == text(incident, "kind")))
            {
                taken.insert(i);
            }
            why
        }
    };
    verdict.problems.push(format!("missed: {} {}: {why}", row.unit, row.kind.join("|")));
}

/// What does not fit; nothing where the incident is not about the row's unit at all.
fn faults(incident: &Value, row: &Row) -> Option<Vec<String>> {
    let units = incident.get("units").and_then(Value::as_array).into_iter().flatten();
    if text(incident, "unit") != row.unit && !units.filter_map(Value::as_str).any(|unit| unit == row.unit) {
        return None;
    }
    let mut faults = Vec::new();
    for (key, right) in [("kind", &row.kind), ("cause", &row.cause), ("outcome", &row.outcome)] {
        let found = text(incident, key);
        if !right.iter().any(|name| name == found) {
            faults.push(format!("{key} is {found:?}, not {}", right.join("|")));
        }
    }
    let n = incident.get("occurrences").and_then(Value::as_u64).unwrap_or(1);
    if !(row.min..=row.max).contains(&n) {
        faults.push(format!("occurrences is {n}, not {} to {}", row.min, row.max));
    }
    for key in ["id", "headline"] {
        if text(incident, key).is_empty() {
            faults.push(format!("no {key}"));
        }
    }
    if incident.get("timeline").and_then(Value::as_array).is_none_or(Vec::is_empty) {
        faults.push("no timeline".to_owned());
    }
    Some(faults)
}

fn text<'a>(incident: &'a Value, key: &str) -> &'a str {
    incident.get(key).and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use serde_json::json;

    use super::*;

    const TABLE: &str = "expect\tunit\tkind\tcause\toutcome\tmin\tmax\twhat was done\n\
        must\ta.service\toom-kill\tglobal|memcg-limit\tdown\t1\t2\t\n\
        must\tb.service\tgo-panic\tpanic\trunning\t3\t3\t\n\
        may\tc.service\tunit-failure\tsilent-exit\tdown\t1\t1\t\n\
        never\t*\t\t\t\t\t\tnothing else\n";

    fn incident(id: &str, unit: &str, kind: &str, cause: &str, outcome: &str, n: u64) -> Value {
        json!({"id": id, "unit": unit, "kind": kind, "cause": cause, "outcome": outcome, "occurrences": n,
            "headline": "it broke", "timeline": [{}]})
    }

    fn a() -> Value {
        incident("1", "a.service", "oom-kill", "global", "down", 1)
    }

    fn b() -> Value {
        incident("2", "b.service", "go-panic", "panic", "running", 3)
    }

    fn judged(incidents: &[Value]) -> (usize, usize, usize, Vec<String>) {
        let verdict = check(incidents, &parse_rows(TABLE).unwrap());
        assert_eq!(verdict.musts, 2);
        assert_eq!(verdict.holds(), verdict.problems.is_empty());
        (verdict.right, verdict.invented, verdict.doubled, verdict.problems)
    }

    #[test]
    fn all_right_with_and_without_what_is_allowed() {
        let c = incident("3", "c.service", "unit-failure", "silent-exit", "down", 1);
        assert_eq!(judged(&[b(), a()]), (2, 0, 0, vec![]));
        assert_eq!(judged(&[a(), c, b()]), (2, 0, 0, vec![]));
    }

    #[test]
    fn a_unit_may_stand_among_the_units() {
        let mut both = a();
        both["unit"] = json!("z.service");
        both["units"] = json!(["z.service", "a.service"]);
        assert_eq!(judged(&[both, b()]), (2, 0, 0, vec![]));
    }

    #[test]
    fn a_row_without_an_incident_is_missed() {
        assert_eq!(
            judged(&[a()]),
            (1, 0, 0, vec!["missed: b.service go-panic: no incident names it".into()])
        );
    }

    #[test]
    fn a_near_miss_of_the_right_kind_is_not_also_invented() {
        let near = incident("1", "a.service", "oom-kill", "oomd", "down", 3);
        let why = "missed: a.service oom-kill: cause is \"oomd\", not global|memcg-limit; occurrences is 3, not 1 to 2";
        assert_eq!(judged(&[near, b()]), (1, 0, 0, vec![why.into()]));
    }

    #[test]
    fn another_kind_is_missed_and_invented() {
        let other = incident("1", "a.service", "unit-failure", "killed", "down", 1);
        let (right, invented, _, problems) = judged(&[other, b()]);
        assert_eq!((right, invented, problems.len()), (1, 1, 2));
        assert_eq!(problems.last().unwrap(), "invented: a.service unit-failure killed: it broke");
    }

    #[test]
    fn one_incident_is_one_row_only_and_one_row_one_incident() {
        let mut shared = a();
        shared["units"] = json!(["a.service", "b.service"]);
        let (right, invented, _, problems) = judged(&[shared]);
        assert_eq!((right, invented), (1, 0));
        assert_eq!(problems, ["missed: b.service go-panic: its incident is already another row's"]);
        let again = incident("4", "a.service", "oom-kill", "global", "down", 1);
        assert_eq!(judged(&[a(), b(), again]).1, 1);
    }

    #[test]
    fn equal_ids_are_doubled() {
        let mut same = b();
        same["id"] = json!("1");
        assert_eq!(judged(&[a(), same]), (2, 0, 1, vec!["doubled: 1 ids come more than once".into()]));
    }

    #[test]
    fn an_incident_without_id_headline_or_timeline_is_wrong() {
        for (key, empty) in [("id", json!("")), ("headline", Value::Null), ("timeline", json!([]))] {
            let mut hollow = a();
            hollow[key] = empty;
            let (right, _, _, problems) = judged(&[hollow, b()]);
            assert_eq!((right, problems), (1, vec![format!("missed: a.service oom-kill: no {key}")]));
        }
    }

    #[test]
    fn a_bad_row_is_an_error_with_its_line() {
        let told = |row: &str| parse_rows(&format!("head\n\n{row}\n")).unwrap_err();
        assert_eq!(told("perhaps\ta"), (3, "\"perhaps\" is not must, may or never".into()));
        assert_eq!(told("must\ta\tk\tc\to\tx\t1"), (3, "\"x\" is not a count of occurrences".into()));
    }
}
