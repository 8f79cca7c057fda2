//! The question that words and options make together.

use std::fmt;
use std::fs;

use anyhow::anyhow;
use chrono::DateTime;
use nwlog_index::{Order, Query, QueryError};
use nwlog_ingest::Id128;

use crate::args::{Boot, FilterArgs};
use crate::errors::{Hint, hinted};
use crate::output::escape;
use crate::stores::Stores;
use crate::zone::LocalZone;

/// All that the arguments ask for, but the boot: which one that is depends on what is kept.
pub(super) fn read(words: &[String], args: &FilterArgs, now: &DateTime<LocalZone>) -> anyhow::Result<Query> {
    let (since, until) = args.time.read(now)?;
    let mut query = parse(&words.join(" "), now)?;
    let units: Vec<_> = args.units.iter().map(|unit| quoted("unit", unit)).collect();
    if !units.is_empty() {
        query = query.and(parse(&units.join(" OR "), now)?);
    }
    let micros = |micros: u64| format!("@{}.{:06}", micros / 1_000_000, micros % 1_000_000);
    for (field, option, value) in [
        ("kind", "--kind", args.kind.map(|kind| kind.to_string())),
        ("host", "--host", args.host.clone()),
        ("after", "--since", since.map(micros)),
        ("before", "--until", until.map(micros)),
    ] {
        if let Some(value) = value {
            query = query.and(Query::field(field, &value, now).map_err(|bad| of_option(option, bad))?);
        }
    }
    Ok(query)
}

/// The question about the boot that is asked for; none where no such boot has incidents.
pub(super) fn of_boot(
    query: Query,
    args: &FilterArgs,
    stores: &Stores,
    now: &DateTime<LocalZone>,
) -> anyhow::Result<Option<Query>> {
    let boot = match args.boot {
        None => return Ok(Some(query)),
        Some(Boot::Id(id)) => Some(id),
        Some(Boot::Back(0)) => Some(running()?),
        Some(Boot::Back(back)) => before(back, args, stores, now)?,
    };
    let Some(boot) = boot else {
        return Ok(None);
    };
    Ok(Some(query.and(parse(&format!("boot:{boot}"), now)?)))
}

/// The boot so many before the one that runs, by the newest incident of each.
fn before(
    back: usize,
    args: &FilterArgs,
    stores: &Stores,
    now: &DateTime<LocalZone>,
) -> anyhow::Result<Option<Id128>> {
    let mut others = Query::default();
    if let Some(host) = &args.host {
        others = others.and(Query::field("host", host, now).map_err(|bad| of_option("--host", bad))?);
    }
    let mut boot = running().ok();
    for _ in 0..back {
        if let Some(boot) = boot {
            others = others.and(parse(&format!("-boot:{boot}"), now)?);
        }
        let newest = stores.search(&others, 1, Order::Newest)?.hits.into_iter().next();
        boot = newest.and_then(|hit| hit.incident.boot_id);
        if boot.is_none() {
            return Ok(None);
        }
    }
    Ok(boot)
}

fn running() -> anyhow::Result<Id128> {
    let id = fs::read("/proc/sys/kernel/random/boot_id").ok();
    id.and_then(|id| Id128::parse(id.trim_ascii()))
        .ok_or_else(|| anyhow!("this boot's id cannot be read"))
        .hint("give a boot's id: -b ID")
}

fn quoted(field: &str, value: &str) -> String {
    format!("{field}:\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}

fn parse(text: &str, now: &DateTime<LocalZone>) -> anyhow::Result<Query> {
    Query::parse(text, now).map_err(|bad| {
        let hint = bad.hint.clone();
        let error = anyhow::Error::new(Pointed { text: text.to_owned(), bad });
        match hint {
            Some(hint) => hinted(error, hint),
            None => error,
        }
    })
}

fn of_option(option: &str, bad: QueryError) -> anyhow::Error {
    let hint = bad.hint.clone();
    let error = anyhow!("{option}: {}", bad.message);
    match hint {
        Some(hint) => hinted(error, hint),
        None => error,
    }
}

/// What is wrong with a query, with the query below it and a caret under every column that is meant.
#[derive(Debug)]
struct Pointed {
    text: String,
    bad: QueryError,
}

impl fmt::Display for Pointed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let span = &self.bad.span;
        let before = self.text.get(..span.start).map(escape::line).unwrap_or_default();
        let meant = self.text.get(span.clone()).map(escape::line).unwrap_or_default();
        let (space, carets) = (escape::columns(&before), escape::columns(&meant).max(1));
        writeln!(f, "{}", self.bad.message)?;
        writeln!(f, "  {}", escape::line(&self.text))?;
        write!(f, "  {:space$}{:^<carets$}", "", "")
    }
}

impl std::error::Error for Pointed {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carets_stand_under_what_is_meant() {
        let now = DateTime::UNIX_EPOCH.with_timezone(&LocalZone::new());
        for (text, meant) in [
            ("untit:app killed", "untit"),
            ("killed kind:flood", "flood"),
            ("漢字 kind:flood", "flood"),
            ("\x1b[2J kind:flood", "flood"),
            ("killed \"process", "\"process"),
        ] {
            let told = parse(text, &now).unwrap_err().to_string();
            let lines: Vec<_> = told.lines().collect();
            let [_, line, carets] = lines[..] else { panic!("{told}") };
            assert!(!line.contains('\x1b'));
            let from = line.find(meant).unwrap();
            assert_eq!(escape::columns(carets), escape::columns(&line[..from]) + meant.len(), "{told}");
            assert_eq!(carets.trim_start().len(), meant.len(), "{told}");
        }
    }
}
