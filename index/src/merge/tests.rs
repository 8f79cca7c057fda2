#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use nwlog_correlate::{Cause, Kind, Link, Outcome, Severity, TimelineItem, Truncated, headline};
use nwlog_ingest::Id128;
use nwlog_ingest::event::{Manager, Writer};
use nwlog_ingest::time::Moment;
use proptest::prelude::*;

use super::*;

/// Makes another incident of one.
type Change = fn(&mut Incident);

const LIVES: u64 = 8;

fn moment(n: u64) -> Moment {
    Moment::new(1_000_000_000 + n * 1000, n * 1000)
}

/// What an analysis makes of the lives from one to another, each of which failed once.
fn told(from: u64, to: u64) -> Incident {
    let told = unsaid(from, to);
    Incident { headline: headline(&told), ..told }
}

fn unsaid(from: u64, to: u64) -> Incident {
    let item = |n: u64| TimelineItem {
        at: moment(n),
        source: Writer::Systemd,
        event: "failed".into(),
        unit: Some("myapp.service".into()),
        pid: None,
        text: format!("life {n}").into(),
        link: Link::Invocation,
        count: 1,
        occurrence: n - from + 1,
    };
    Incident {
        id: IncidentId(100 + from),
        formerly: Vec::new(),
        revision: to - from,
        state: State::Closed,
        kind: Kind::UnitFailure,
        cause: Some(Cause::ExitCode),
        causes: Vec::new(),
        severity: Severity::Warning,
        outcome: Outcome::Running,
        host: Some("nightbox".into()),
        machine_id: Some(Id128::from_u128(1)),
        boot_id: Some(Id128::from_u128(2)),
        manager: Manager::System,
        unit: Some("myapp.service".into()),
        units: vec!["myapp.service".into()],
        invocations: (from..=to).map(|n| Id128::from_u128(u128::from(n) + 10)).collect(),
        first: moment(from),
        last: moment(to),
        occurrences: to - from + 1,
        restarts: to - from + 1,
        down_us: None,
        detect_us: None,
        recover_us: None,
        headline: String::new(),
        systemd_result: None,
        process: None,
        last_word: None,
        oom: None,
        disk: None,
        go: None,
        timeline: (from..=to).map(item).collect(),
        cursors: Some((format!("c{from}").into(), format!("c{to}").into())),
        context: Vec::new(),
        fields: Vec::new(),
        gaps: Vec::new(),
        truncated: Truncated::default(),
        links: Vec::new(),
        into: None,
    }
}

/// The lives of an incident, as the first and last of those that [`told`] made.
fn lives(incident: &Incident) -> (u64, u64) {
    let life = |id: Option<&Id128>| u64::try_from(id.unwrap().as_u128()).unwrap() - 10;
    (life(incident.invocations.first()), life(incident.invocations.last()))
}

#[test]
fn one_story_stays_whole() {
    // What is stored, what is written, what stays of it, and which ids go.
    for (stored, new, kept, gone) in [
        (vec![], (2, 3), (2, 3), vec![]),
        (vec![(2, 3)], (2, 5), (2, 5), vec![]),
        (vec![(2, 5)], (2, 3), (2, 5), vec![]),
        (vec![(0, 5)], (2, 3), (0, 5), vec![]),
        (vec![(2, 3)], (0, 5), (0, 5), vec![102]),
        (vec![(0, 3)], (2, 5), (0, 5), vec![]),
        (vec![(2, 5)], (0, 3), (0, 5), vec![102]),
        (vec![(0, 1), (4, 5)], (1, 4), (0, 5), vec![104]),
        (vec![(4, 5), (1, 2)], (0, 7), (0, 7), vec![101, 104]),
        (vec![(6, 7)], (0, 5), (0, 5), vec![]),
    ] {
        let stored: Vec<Incident> = stored.into_iter().map(|(from, to)| told(from, to)).collect();
        let (merged, mut deleted) = merge(told(new.0, new.1), &stored);
        deleted.sort();
        let case = format!("{:?} and {new:?}", stored.iter().map(lives).collect::<Vec<_>>());
        assert_eq!(lives(&merged), kept, "{case}");
        assert_eq!(merged.id, IncidentId(100 + kept.0), "{case}");
        assert_eq!(deleted, gone.into_iter().map(IncidentId).collect::<Vec<_>>(), "{case}");
        assert_eq!((merged.first, merged.last), (moment(kept.0), moment(kept.1)), "{case}");
        assert_eq!(merged.occurrences, kept.1 - kept.0 + 1, "{case}");
        assert_eq!(merged.timeline, told(kept.0, kept.1).timeline, "{case}");
        assert_eq!(merged.headline, told(kept.0, kept.1).headline, "{case}");
        let cursors = (format!("c{}", kept.0).into(), format!("c{}", kept.1).into());
        assert_eq!(merged.cursors, Some(cursors), "{case}");
    }
}

#[test]
fn others_are_left_alone() {
    let new = told(0, 3);
    let changes: [(&str, Change); 6] = [
        ("machine", |one| one.machine_id = None),
        ("boot", |one| one.boot_id = None),
        ("manager", |one| one.manager = Manager::User(1000)),
        ("unit", |one| one.unit = Some("other.service".into())),
        ("lives", |one| one.invocations = vec![Id128::from_u128(99)]),
        ("links", |one| one.links = vec![IncidentId(100)]),
    ];
    for (what, change) in changes {
        let mut old = told(2, 5);
        change(&mut old);
        assert_eq!(merge(new.clone(), &[old]), (new.clone(), vec![]), "{what}");
    }
}

#[test]
fn the_newer_of_equals_wins_unless_it_ends_earlier() {
    let stored = Incident { revision: 9, ..told(0, 3) };
    let cases: [(&str, Change, bool); 5] = [
        ("the same again", |_| {}, true),
        ("its next revision", |new| (new.revision, new.last) = (10, moment(1)), true),
        ("another analysis, same end", |new| new.revision = 1, true),
        ("another analysis, ended early", |new| (new.revision, new.last) = (1, moment(2)), false),
        ("fewer occurrences", |new| (new.revision, new.occurrences) = (10, 2), false),
    ];
    for (case, change, wins) in cases {
        let mut new = Incident { headline: "newer".to_owned(), ..stored.clone() };
        change(&mut new);
        let (merged, gone) = merge(new, std::slice::from_ref(&stored));
        assert_eq!(merged.headline == "newer", wins, "{case}");
        assert_eq!(merged.revision > stored.revision, wins, "{case}");
        assert_eq!(gone, vec![], "{case}");
    }
    assert_eq!(merge(stored.clone(), std::slice::from_ref(&stored)), (stored.clone(), vec![]));
}

/// A life that was told of too early is not there any more, and a later analysis's is.
#[test]
fn what_was_told_too_early_is_corrected() {
    let corrects = |from: u64, to: u64| {
        let before = told(from, to);
        Corrected { invocations: before.invocations, occurrences: before.occurrences }
    };
    let (early, better) = (told(0, 5), told(0, 4));
    let (stored, gone) = revise(better.clone(), Some(&corrects(0, 5)), std::slice::from_ref(&early));
    assert_eq!((lives(&stored), stored.occurrences, gone), (lives(&better), 5, vec![]));
    assert!(stored.revision > early.revision);
    // Without that word, it is another who knows less.
    assert_eq!(lives(&merge(better.clone(), &[early]).0), lives(&told(0, 5)));
    let others = told(0, 6);
    let (stored, _) = revise(better, Some(&corrects(0, 5)), std::slice::from_ref(&others));
    assert_eq!(lives(&stored), lives(&others));
}

#[test]
fn names_lead_to_the_one_that_took_over() {
    let mut taker = told(0, 0);
    taker.formerly = vec![IncidentId(7)];
    taker.links = vec![IncidentId(7), IncidentId(8)];
    let absorbed = Incident { id: IncidentId(7), invocations: vec![], unit: None, ..told(0, 0) };
    let (merged, gone) = merge(taker.clone(), std::slice::from_ref(&absorbed));
    assert_eq!((merged.id, gone), (taker.id, vec![IncidentId(7)]));
    assert_eq!((&merged.formerly, &merged.links), (&vec![IncidentId(7)], &vec![IncidentId(8)]));

    let withdrawal = Incident { state: State::Withdrawn, ..absorbed };
    assert_eq!(merge(withdrawal.clone(), std::slice::from_ref(&merged)), (merged.clone(), vec![]));
    assert_eq!(merge(withdrawal.clone(), &[told(0, 0)]), (withdrawal, vec![]));
}

#[test]
fn a_withdrawn_story_adds_nothing_but_its_name() {
    let stored = Incident { state: State::Withdrawn, ..told(0, 3) };
    let (merged, gone) = merge(told(2, 5), std::slice::from_ref(&stored));
    assert_eq!((lives(&merged), gone), ((2, 5), vec![stored.id]));
    assert_eq!(merged.formerly, vec![stored.id]);
}

#[test]
fn a_blend_says_what_both_know() {
    let early = Incident {
        kind: Kind::OomKill,
        cause: None,
        down_us: Some(5),
        detect_us: Some(1),
        recover_us: Some(2),
        severity: Severity::Critical,
        ..told(0, 3)
    };
    let late = Incident { detect_us: Some(3), recover_us: Some(4), outcome: Outcome::Down, ..told(2, 5) };
    let (merged, _) = merge(late, &[early]);
    assert_eq!((merged.kind, merged.cause), (Kind::UnitFailure, Some(Cause::ExitCode)));
    let counts: Vec<_> = merged.causes.iter().map(|root| (root.kind, root.count)).collect();
    assert_eq!(counts, vec![(Kind::OomKill, 4), (Kind::UnitFailure, 4)]);
    assert_eq!((merged.down_us, merged.detect_us, merged.recover_us), (None, Some(1), Some(4)));
    assert_eq!((merged.severity, merged.outcome), (Severity::Warning, Outcome::Down));
}

/// Writes incidents one after another.
fn written(windows: &[(u64, u64)]) -> Vec<Incident> {
    let mut store: Vec<Incident> = Vec::new();
    for &(from, to) in windows {
        let (merged, gone) = merge(told(from, to), &store);
        store.retain(|old| old.id != merged.id && !gone.contains(&old.id));
        store.push(merged);
    }
    store.sort_by_key(|incident| incident.id);
    for one in &mut store {
        one.revision = 0;
    }
    store
}

fn windows() -> impl Strategy<Value = Vec<(u64, u64)>> {
    let window = (0..LIVES, 0..LIVES).prop_map(|(a, b)| (a.min(b), a.max(b)));
    prop::collection::vec(window, 1..7)
}

proptest! {
    #[test]
    fn order_does_not_matter(
        (windows, shuffled) in windows().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
    ) {
        prop_assert_eq!(written(&windows), written(&shuffled));
    }

    #[test]
    fn every_life_is_told_once_and_every_name_leads_somewhere(windows in windows()) {
        let store = written(&windows);
        for n in 0..LIVES {
            let life = Id128::from_u128(u128::from(n) + 10);
            let tellers = store.iter().filter(|one| one.invocations.contains(&life)).count();
            let covered = windows.iter().any(|&(from, to)| (from..=to).contains(&n));
            prop_assert_eq!(tellers, usize::from(covered));
        }
        for &(from, _) in &windows {
            let named = store.iter().filter(|one| names(one).any(|id| id == IncidentId(100 + from))).count();
            prop_assert_eq!(named, 1);
        }
    }

    #[test]
    fn writing_again_changes_nothing(windows in windows()) {
        let once = written(&windows);
        let twice: Vec<_> = windows.iter().chain(&windows).copied().collect();
        prop_assert_eq!(once, written(&twice));
    }
}
