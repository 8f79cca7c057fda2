//! The fields of a query, and what their values may be.

use std::fmt;
use std::ops::Range;

use chrono::{DateTime, TimeZone};
use nwlog_correlate::{Cause, Kind, Outcome, Severity, State};

use super::names::{Name, known};
use super::nearest::nearest;
use super::quantity::{self, Between};
use super::{QueryError, glob};
use crate::measure::Measure;
use crate::store::MIN_PREFIX;
use crate::time::parse_time;
use crate::tokenizer::{self, Cut};

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
    /// One of these, by name.
    Kind(Vec<&'static str>),
    Cause(Vec<&'static str>),
    Severity(Vec<&'static str>),
    Outcome(Vec<&'static str>),
    State(Vec<&'static str>),
    /// A unit of it matches one of these globs.
    Unit(Vec<String>),
    /// Its host matches a glob, in lower case.
    Host(String),
    /// A process of it matches a glob, in lower case.
    Comm(String),
    /// A file, a directory above it or a device matches one of these globs.
    Path(Vec<String>),
    /// A function of it matches a glob, in lower case.
    Function(String),
    /// A line of its units has a field like this: the name, and a glob of its value.
    Field {
        name: String,
        value: String,
    },
    /// A number of it lies there.
    Number(Measure, Between),
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
        let known = known(name, name_span.clone())?;
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
        let name = match known {
            Name::Words(name) => name,
            Name::Number(measure) => return Ok(Self::Number(measure, quantity::read(measure, value, span)?)),
            Name::Journal => return Ok(Self::Field { name: name.to_owned(), value: value.to_owned() }),
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
            "path" => Self::Path(paths(value)),
            "function" => Self::Function(value.to_lowercase()),
            "text" if tokenizer::phrase(value, Cut::Words).is_empty() => return Err(nothing(span)),
            "text" => Self::Text { text: value.to_owned(), prefix: value.ends_with('*') },
            "boot" => Self::Boot(hex(&value.replace('-', ""), 32, span)?),
            "id" => Self::Id(hex(value, 16, span)?),
            "after" => Self::After(time(span)?),
            _ => Self::Before(time(span)?),
        })
    }
}

fn nothing(span: Range<usize>) -> QueryError {
    QueryError { message: "no letter or digit to look for".to_owned(), span, hint: None }
}

/// The globs that a path stands for: one that does not begin at the root may lie anywhere.
fn paths(value: &str) -> Vec<String> {
    let path = match value.trim_end_matches('/') {
        "" => value,
        path => path,
    };
    if path.starts_with(['/', '*']) {
        vec![path.to_owned()]
    } else {
        vec![path.to_owned(), format!("*/{path}")]
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

/// Reads one of an enum's names, or those that match a glob.
fn choice<T: Copy>(
    all: &[T],
    name: impl Fn(T) -> &'static str,
    field: &str,
    value: &str,
    span: Range<usize>,
) -> Result<Vec<&'static str>, QueryError> {
    let names: Vec<&str> = all.iter().map(|&one| name(one)).collect();
    let meant: Vec<_> = names.iter().copied().filter(|name| glob::matches(value, name)).collect();
    if !meant.is_empty() {
        return Ok(meant);
    }
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
