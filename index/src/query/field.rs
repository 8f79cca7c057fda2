//! The fields of a query, and what their values may be.

use std::fmt;
use std::ops::Range;

use chrono::{DateTime, TimeZone};
use nwlog_correlate::{Cause, Kind, Outcome, Severity, State};

use super::QueryError;
use super::nearest::nearest;
use crate::store::MIN_PREFIX;
use crate::time::parse_time;

/// The fields, as they are written.
const NAMES: &[&str] = &[
    "after", "before", "boot", "cause", "comm", "host", "id", "kind", "outcome", "severity", "state", "unit",
];

/// Other words for them that people try.
const SYNONYMS: &[(&str, &str)] = &[
    ("hostname", "host"),
    ("machine", "host"),
    ("process", "comm"),
    ("service", "unit"),
    ("since", "after"),
    ("type", "kind"),
    ("until", "before"),
];

/// What units end in (systemd, src/basic/unit-def.c, `unit_type_table`).
const SUFFIXES: &[&str] = &[
    ".service",
    ".mount",
    ".swap",
    ".socket",
    ".target",
    ".device",
    ".automount",
    ".timer",
    ".path",
    ".slice",
    ".scope",
];

/// What an incident is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Test {
    /// Its text has these words side by side.
    Text {
        text: String,
        prefix: bool,
    },
    Kind(Kind),
    Cause(Cause),
    Severity(Severity),
    Outcome(Outcome),
    State(State),
    /// A unit of it matches one of these globs.
    Unit(Vec<String>),
    /// Its host matches a glob, in lower case.
    Host(String),
    /// A process of it matches a glob, in lower case.
    Comm(String),
    /// Its boot id begins with these hex digits.
    Boot(String),
    /// Its id or a former one begins with these hex digits.
    Id(String),
    /// Something of it happened then or later, in microseconds since 1970.
    After(u64),
    /// Something of it happened earlier.
    Before(u64),
}

impl Test {
    /// Reads the value of a field.
    pub(super) fn read<Z>(
        name: &str,
        name_span: Range<usize>,
        value: &str,
        span: Range<usize>,
        now: &DateTime<Z>,
    ) -> Result<Self, QueryError>
    where
        Z: TimeZone<Offset: fmt::Display>,
    {
        if !NAMES.contains(&name) {
            return Err(unknown(name, name_span));
        }
        if value.is_empty() {
            return Err(QueryError {
                message: format!("`{name}:` has no value"),
                span: name_span.start..span.end.max(name_span.end),
                hint: Some("write the value right after the colon, in quotes if it has spaces".to_owned()),
            });
        }
        let time = |span: Range<usize>| {
            parse_time(value, now).map_err(|why| QueryError {
                message: why.to_string(),
                span,
                hint: Some(format!("{}; a time with spaces in quotes: `{name}:\"2 h ago\"`", why.hint())),
            })
        };
        Ok(match name {
            "kind" => Self::Kind(choice(Kind::ALL, Kind::name, name, value, span)?),
            "cause" => Self::Cause(choice(Cause::ALL, Cause::name, name, value, span)?),
            "severity" => Self::Severity(choice(Severity::ALL, Severity::name, name, value, span)?),
            "outcome" => Self::Outcome(choice(Outcome::ALL, Outcome::name, name, value, span)?),
            "state" => Self::State(choice(State::ALL, State::name, name, value, span)?),
            "unit" => Self::Unit(units(value)),
            "host" => Self::Host(value.to_lowercase()),
            "comm" => Self::Comm(value.to_lowercase()),
            "boot" => Self::Boot(hex(&value.replace('-', ""), 32, span)?),
            "id" => Self::Id(hex(value, 16, span)?),
            "after" => Self::After(time(span)?),
            _ => Self::Before(time(span)?),
        })
    }
}

/// The globs that a unit's name stands for: `.service` is understood where there is no suffix, as systemctl does.
fn units(value: &str) -> Vec<String> {
    let whole =
        value.starts_with('/') || value.ends_with('*') || SUFFIXES.iter().any(|end| value.ends_with(end));
    let globbed = value.contains(['*', '?']);
    match (whole, globbed) {
        (true, _) => vec![value.to_owned()],
        (false, false) => vec![format!("{value}.service")],
        (false, true) => vec![value.to_owned(), format!("{value}.service")],
    }
}

/// Reads one of an enum's names.
fn choice<T: Copy>(
    all: &[T],
    name: impl Fn(T) -> &'static str,
    field: &str,
    value: &str,
    span: Range<usize>,
) -> Result<T, QueryError> {
    if let Some(&one) = all.iter().find(|&&one| name(one) == value) {
        return Ok(one);
    }
    let names: Vec<&str> = all.iter().map(|&one| name(one)).collect();
    let hint = match nearest(value, names.iter().copied()) {
        Some(meant) => format!("did you mean `{field}:{meant}`?"),
        None => format!("`{field}:` is one of {}", names.join(", ")),
    };
    Err(QueryError { message: format!("no {field} is called `{value}`"), span, hint: Some(hint) })
}

/// Reads the beginning of an id.
fn hex(value: &str, digits: usize, span: Range<usize>) -> Result<String, QueryError> {
    let fits = (MIN_PREFIX..=digits).contains(&value.len());
    if fits && value.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Ok(value.to_ascii_lowercase());
    }
    Err(QueryError {
        message: format!("`{value}` begins no such id"),
        span,
        hint: Some(format!("give {MIN_PREFIX} to {digits} hex digits")),
    })
}

fn unknown(name: &str, span: Range<usize>) -> QueryError {
    let synonym = SYNONYMS.iter().find(|(word, _)| *word == name).map(|&(_, meant)| meant);
    let hint = match synonym.or_else(|| nearest(name, NAMES.iter().copied())) {
        Some(meant) => format!("did you mean `{meant}:`?"),
        None => {
            let names: Vec<String> = NAMES.iter().map(|name| format!("{name}:")).collect();
            format!("put it in quotes to look for the text; the fields are {}", names.join(" "))
        }
    };
    QueryError { message: format!("no field is called `{name}`"), span, hint: Some(hint) }
}
