//! What a failure costs, however long it goes on.

use std::fmt::Write as _;

use nwlog_correlate::{Advance, Correlator, Incident, State};
use serde_json::Value;

use crate::logs::WHOLE;
use crate::story::{Step, batch, incidents, last_word, steps};

/// A service that is killed for memory every second, for so many seconds.
fn crash_loop(seconds: u64) -> Vec<Step> {
    let mut story = String::from("machine web-1\n00:00 systemd loop.service/0 started\n");
    for life in 0..seconds {
        let (h, m, s) = (life / 3_600, life / 60 % 60, life % 60);
        let (time, next) = (format!("{h:02}:{m:02}:{s:02}"), life + 1);
        write!(
            story,
            "{time}.100 unit loop.service/{life} pid={next} | working on part {life}\n\
             {time}.200 systemd loop.service/{life} oom-kill\n\
             {time}.300 systemd loop.service/{life} exited killed 9\n\
             {time}.310 systemd loop.service/{life} failed oom-kill\n\
             {time}.800 systemd loop.service/{life} restart {next}\n\
             {time}.900 systemd loop.service/{next} started\n"
        )
        .unwrap();
    }
    steps(&nwlog_corpora::scenario::parse(&story).unwrap().export(), WHOLE, true)
}

/// The size of the saved state, in bytes, without the identities of the last events, which are bounded by their number.
fn state(correlator: &Correlator) -> usize {
    let mut state: Value = serde_json::from_slice(&correlator.snapshot()).unwrap();
    for boot in state["boots"].as_array_mut().unwrap() {
        boot[1]["machine"]["window"]["seen"] = Value::Null;
    }
    state.to_string().len()
}

/// The state while a crash loop goes on for `seconds`, looked at in the middle and at the end, and its incident.
fn fed(seconds: u64) -> ([usize; 2], Incident) {
    let steps = crash_loop(seconds);
    let half = steps.len() / 2;
    let mut correlator = Correlator::new(batch());
    let mut middle = 0;
    for (number, step) in steps.into_iter().enumerate() {
        if number == half {
            middle = state(&correlator);
        }
        step.feed(&mut correlator);
    }
    let end = state(&correlator);
    correlator.advance(Advance::End);
    let mut told = last_word(correlator.changes());
    assert_eq!(told.len(), 1);
    ([middle, end], told.remove(0))
}

/// An hour of it costs what half an hour does, so a week costs no more.
#[test]
fn a_crash_loop_of_any_length_costs_kilobytes() {
    let ([middle, end], incident) = fed(3_600);
    assert!(end < 1 << 20, "{end} bytes");
    assert!(end < middle + middle / 10, "{middle} and then {end} bytes");
    let size = serde_json::to_vec(&incident).unwrap().len();
    assert!(size < 64 << 10, "{size} bytes");
    assert_eq!(incident.occurrences, 3_600);
}

/// What the limits leave out is counted.
#[test]
fn what_is_left_out_is_stated() {
    let (_, incident) = fed(300);
    assert_eq!(incident.invocations.len() as u64 + incident.truncated.occurrences, 300);
    let told: u64 = incident.timeline.iter().map(|item| item.count).sum();
    assert!(incident.truncated.timeline > 0);
    // Of a life: its line, the word of the kill, the exit, the result and the restart.
    assert_eq!(told + incident.truncated.timeline, 5 * 300);
}

/// More incidents than may be open at once: the quietest is closed, and says so.
#[test]
fn an_incident_that_had_to_go_says_so() {
    let mut story = String::from("machine web-1\n");
    for unit in 0..4_100 {
        let at = format!("00:{:02}:{:02}.{:03}", unit / 600, unit / 10 % 60, unit % 10 * 100);
        writeln!(
            story,
            "{at} systemd u{unit}.service/1 exited exited 1\n+0 systemd u{unit}.service/1 failed exit-code"
        )
        .unwrap();
    }
    let export = nwlog_corpora::scenario::parse(&story).unwrap().export();
    let told = incidents(steps(&export, WHOLE, true), batch());
    assert_eq!(told.len(), 4_100);
    let early: Vec<_> = told.iter().filter(|incident| incident.truncated.early).collect();
    assert_eq!(early.len(), 4);
    assert!(early.iter().all(|incident| incident.state == State::Closed));
}
