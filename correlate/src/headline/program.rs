//! What is said of crashes of Go programs.

use nwlog_ingest::event::go::Circumstance;

use super::quote;
use crate::incident::{Cause, Incident};
use crate::wording::size;

pub(super) fn go_panic(incident: &Incident) -> String {
    let value = incident.go.as_ref().map(|go| quote(&go.value)).filter(|value| !value.is_empty());
    let said = value.map_or_else(String::new, |value| format!(": {value}"));
    let goroutines = incident.go.as_ref().and_then(|go| {
        let largest = go.groups.first().filter(|group| group.count > 10)?;
        let long = largest.minutes.map_or_else(String::new, |minutes| {
            format!(" for {minutes} minute{}", if minutes == 1 { "" } else { "s" })
        });
        let place =
            largest.frame.as_deref().map_or_else(String::new, |frame| format!(" at {}", quote(frame)));
        Some(format!("; {} goroutines in {}{long}{place}", largest.count, quote(&largest.state)))
    });
    let what = match incident.cause {
        Some(Cause::HttpPanic) => "panicked in an HTTP handler and lived",
        Some(Cause::SignalDump) => "was made to dump its goroutines by a signal",
        Some(Cause::Panic) | None => "panicked",
        Some(Cause::Deadlock) => "died of a deadlock",
        Some(Cause::OutOfMemory) => "died because Go got no memory",
        Some(Cause::StackOverflow) => "died of a stack overflow",
        Some(Cause::ThreadExhaustion) => "died of too many threads",
        Some(Cause::ConcurrentMap) => "died of concurrent map access",
        Some(_) => "died of a fatal error",
    };
    let circumstance = incident.go.as_ref().map(|go| circumstance(&go.circumstance)).unwrap_or_default();
    format!("{what}{said}{circumstance}{}", goroutines.unwrap_or_default())
}

/// What the runtime said before a fatal error.
fn circumstance(told: &Circumstance) -> String {
    let bytes = |bytes: u64| size(bytes >> 10);
    let asked = told.asked.map(|asked| match told.in_use {
        Some(used) => format!("{} asked for, {} in use", bytes(asked), bytes(used)),
        None => format!("{} asked for", bytes(asked)),
    });
    let parts = [
        asked,
        told.stack_limit.map(|limit| format!("stack limit {}", bytes(limit))),
        told.thread_limit.map(|limit| format!("thread limit {limit}")),
        told.threads.map(|threads| format!("{threads} threads")),
        told.fault_address.map(|address| format!("address 0x{address:x}")),
    ];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(", ")) }
}
