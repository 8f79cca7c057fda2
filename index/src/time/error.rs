//! Why a text names no point in time.

use std::fmt;

use chrono::NaiveDate;

/// A text that names no point in time, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a time: {why}")]
pub struct TimeError {
    text: String,
    why: Why,
}

impl TimeError {
    pub(super) fn new(text: &str, why: Why) -> Self {
        let why = match why {
            Why::Expected(what, at) if at == text.trim() => Why::Other(what),
            why => why,
        };
        Self { text: text.to_owned(), why }
    }

    /// What to write instead, in a phrase without a full stop.
    pub fn hint(&self) -> String {
        match &self.why {
            Why::Bare(span) => format!("write -{span} or \"{span} ago\""),
            Why::NoUnit(_) => "units are us, ms, s, min, h, d, w, month and y".to_owned(),
            Why::NoZone(_) => "write UTC, an offset like +02:00 or a name like Europe/Berlin".to_owned(),
            _ => "write 2026-01-31, \"2026-01-31 12:30\", 12:30, @1769862600, yesterday, -2h or \"2h ago\""
                .to_owned(),
        }
    }
}

/// What is wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Why {
    Empty,
    /// A span of time that does not say into which direction.
    Bare(String),
    /// Something else should stand at this rest of the text.
    Expected(&'static str, String),
    /// Something else altogether should stand here.
    Other(&'static str),
    /// A part of a date or of a time of day that does not exist.
    NoSuch(&'static str, String),
    /// A day that a month does not have.
    NoDay {
        month: String,
        day: String,
    },
    NoUnit(String),
    NoZone(String),
    /// The date falls on another day of the week.
    OtherDay(NaiveDate),
    /// Outside of the years 1970 to 9999.
    Bounds,
}

impl Why {
    pub(super) fn expected(what: &'static str, at: &str) -> Self {
        Self::Expected(what, at.trim().to_owned())
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "it is empty"),
            Self::Bare(_) => write!(f, "it says how long, but not how long ago"),
            Self::Expected(what, at) if at.is_empty() => write!(f, "expected {what} at its end"),
            Self::Expected(what, at) => write!(f, "expected {what} at `{at}`"),
            Self::Other(what) => write!(f, "expected {what}"),
            Self::NoSuch(what, said) => write!(f, "there is no {what} {said}"),
            Self::NoDay { month, day } => write!(f, "{month} has no day {day}"),
            Self::NoUnit(said) => write!(f, "no unit of time is called `{said}`"),
            Self::NoZone(said) => write!(f, "no time zone is called `{said}`"),
            Self::OtherDay(date) => write!(f, "{date} is a {}", date.format("%A")),
            Self::Bounds => write!(f, "it lies outside of the years 1970 to 9999"),
        }
    }
}
