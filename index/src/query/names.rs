//! The names of fields.

use super::QueryError;
use super::nearest::nearest;
use crate::measure::Measure;
use std::ops::Range;

/// The fields that hold words, as they are written; those that hold numbers are [`Measure`]'s.
const NAMES: &[&str] = &[
    "after", "before", "boot", "cause", "comm", "function", "host", "id", "kind", "outcome", "path",
    "severity", "state", "unit",
];

/// Other words for them that people try.
const SYNONYMS: &[(&str, &str)] = &[
    ("file", "path"),
    ("func", "function"),
    ("hostname", "host"),
    ("machine", "host"),
    ("process", "comm"),
    ("rss", "anon_rss"),
    ("service", "unit"),
    ("since", "after"),
    ("type", "kind"),
    ("until", "before"),
];

/// Fields of the journal that are known by another name here (systemd, man/systemd.journal-fields.xml).
const JOURNAL: &[(&str, &str)] = &[
    ("_BOOT_ID", "boot"),
    ("_COMM", "comm"),
    ("_HOSTNAME", "host"),
    ("_PID", "pid"),
    ("_SYSTEMD_UNIT", "unit"),
    ("_SYSTEMD_USER_UNIT", "unit"),
    ("COREDUMP_UNIT", "unit"),
    ("MESSAGE", "text"),
    ("SYSLOG_IDENTIFIER", "comm"),
    ("SYSLOG_PID", "pid"),
    ("UNIT", "unit"),
    ("USER_UNIT", "unit"),
];

/// What a name before a colon stands for.
pub(super) enum Name {
    Words(&'static str),
    Number(Measure),
    /// A field of the journal that the units' own lines may have.
    Journal,
}

/// Looks a field up.
pub(super) fn known(name: &str, span: Range<usize>) -> Result<Name, QueryError> {
    if name.starts_with(|c: char| c == '_' || c.is_ascii_uppercase()) {
        return journal(name, span);
    }
    let words = NAMES.iter().find(|known| **known == name).map(|known| Name::Words(known));
    words.or_else(|| measure(name).map(Name::Number)).ok_or_else(|| unknown(name, span))
}

/// The number of that name.
pub(super) fn measure(name: &str) -> Option<Measure> {
    Measure::ALL.into_iter().find(|measure| measure.name() == name)
}

fn journal(name: &str, span: Range<usize>) -> Result<Name, QueryError> {
    match JOURNAL.iter().find(|(known, _)| *known == name) {
        Some((_, "pid")) => Ok(Name::Number(Measure::Pid)),
        Some((_, known)) => Ok(Name::Words(known)),
        None if name.starts_with('_') || matches!(name, "PRIORITY" | "SYSLOG_FACILITY") => {
            let kept: Vec<_> = JOURNAL.iter().map(|(known, _)| *known).collect();
            Err(QueryError {
                message: format!("incidents do not keep the field `{name}`"),
                span,
                hint: Some(format!("they keep what programs set, such as TRACE_ID, and {}", kept.join(" "))),
            })
        }
        None => Ok(Name::Journal),
    }
}

fn unknown(name: &str, span: Range<usize>) -> QueryError {
    let synonym = SYNONYMS.iter().find(|(word, _)| *word == name).map(|&(_, meant)| meant);
    let names = || NAMES.iter().copied().chain(Measure::ALL.iter().map(|measure| measure.name()));
    let hint = match synonym.or_else(|| nearest(name, names())) {
        Some(meant) => format!("did you mean `{meant}:`?"),
        None => {
            let names: Vec<String> = names().map(|name| format!("{name}:")).collect();
            format!(
                "put it in quotes to look for the text, write {}=… for a field of the journal; the fields are {}",
                name.to_uppercase(),
                names.join(" ")
            )
        }
    };
    QueryError { message: format!("no field is called `{name}`"), span, hint: Some(hint) }
}
