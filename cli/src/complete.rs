//! What a shell offers to complete a command line with: units, hosts and ids of what is kept.

use std::collections::BTreeSet;
use std::env;
use std::ffi::OsStr;

use clap_complete::CompletionCandidate;
use nwlog_correlate::{Cause, Kind, Outcome, Severity, State};
use nwlog_index::{Measure, Order, Query, Row, Store};

use crate::output::{escape, short_id};
use crate::store_dir::{self, Places};
use crate::words::Lang;

/// The environment variable by which a shell asks.
pub const ASKED: &str = "NWLOG_COMPLETE";

/// The most ids that are offered: the newest.
const MAX_IDS: usize = 200;

/// Fields whose values are not offered.
const FIELDS: &[&str] = &["after", "before", "boot", "comm", "function", "id", "path"];

/// The language that a shell's user is told in what words mean.
pub fn lang() -> Lang {
    Lang::of(|name| env::var(name).ok())
}

/// The stores that can be read. What cannot has no say here.
fn stores() -> Vec<Store> {
    let readable = store_dir::to_read(None, &Places::of_process()).unwrap_or_default();
    readable.stores.iter().filter_map(|dir| Store::open_reader(dir).ok()).collect()
}

fn distinct(of: fn(Row) -> Option<std::sync::Arc<str>>) -> Vec<CompletionCandidate> {
    let mut words = BTreeSet::new();
    for store in stores() {
        let _ = store.visit(&Query::default(), &mut |row| words.extend(of(row)));
    }
    words.iter().filter(|word| is_plain(word)).map(|word| CompletionCandidate::new(&**word)).collect()
}

/// Whether a word can stand on a command line as it is: what a log says is hostile, and a shell that is offered `$(x)` as a
/// host's name runs it.
fn is_plain(word: &str) -> bool {
    !word.is_empty()
        && !word.starts_with('-')
        && word.chars().all(|c| c.is_alphanumeric() || "@:._/+-\\".contains(c))
}

/// Units that have incidents.
pub fn units() -> Vec<CompletionCandidate> {
    distinct(|row| row.subject)
}

/// Hosts that have incidents.
pub fn hosts() -> Vec<CompletionCandidate> {
    distinct(|row| row.host)
}

/// Ids of the newest incidents, with what they are.
pub fn ids() -> Vec<CompletionCandidate> {
    let words = lang().words();
    let mut ids = Vec::new();
    for store in stores() {
        let found = store.search(&Query::default(), MAX_IDS, Order::Newest);
        for hit in found.map(|found| found.hits).unwrap_or_default() {
            let help = escape::cut(&(words.headline)(&hit.incident), Some(60)).into_owned();
            ids.push(CompletionCandidate::new(short_id(hit.incident.id)).help(Some(help.into())));
        }
    }
    ids
}

/// Words of a query: fields, and the values of those that have few.
pub fn query(current: &OsStr) -> Vec<CompletionCandidate> {
    let Some(current) = current.to_str() else { return Vec::new() };
    let (sign, word) = current.strip_prefix('-').map_or(("", current), |word| ("-", word));
    let Some((field, value)) = word.split_once(':') else {
        let known = ["kind", "cause", "unit", "host", "severity", "outcome", "state"];
        let numbers = Measure::ALL.map(Measure::name);
        let all = known.iter().chain(FIELDS).chain(&numbers);
        let begun = all.filter(|name| name.starts_with(word));
        return begun.map(|name| CompletionCandidate::new(format!("{sign}{name}:"))).collect();
    };
    let of_store = |all: Vec<CompletionCandidate>| -> Vec<String> {
        all.iter().filter_map(|one| one.get_value().to_str().map(str::to_owned)).collect()
    };
    let named = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect();
    let values: Vec<String> = match field {
        "kind" => named(Kind::ALL.iter().map(|one| one.name()).collect()),
        "cause" => named(Cause::ALL.iter().map(|one| one.name()).collect()),
        "severity" => named(Severity::ALL.iter().map(|one| one.name()).collect()),
        "outcome" => named(Outcome::ALL.iter().map(|one| one.name()).collect()),
        "state" => named(State::ALL.iter().map(|one| one.name()).collect()),
        "unit" => of_store(units()),
        "host" => of_store(hosts()),
        _ => Vec::new(),
    };
    let begun = values.iter().filter(|known| known.starts_with(value));
    begun.map(|known| CompletionCandidate::new(format!("{sign}{field}:{known}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_is_offered_nothing_that_it_would_run() {
        for name in ["app.service", "app@data-vol\\x2d1.service", "/docker/4f5e", "名.service", "user@1000"]
        {
            assert!(is_plain(name), "{name}");
        }
        for name in
            ["", "$(reboot)", "`id`", "a;b", "a b", "a'b", "a|b", "a\u{1b}[2J", "-rf", "a&b", "a>b", "*"]
        {
            assert!(!is_plain(name), "{name}");
        }
    }
}
