#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

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
    assert_eq!(judged(&[a()]), (1, 0, 0, vec!["missed: b.service go-panic: no incident names it".into()]));
}

#[test]
fn a_near_miss_of_the_right_kind_is_not_also_invented() {
    let near = incident("1", "a.service", "oom-kill", "oomd", "down", 3);
    let why =
        "missed: a.service oom-kill: cause is \"oomd\", not global|memcg-limit; occurrences is 3, not 1 to 2";
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
