//! Numbers and ranges of them: `>1G`, `2..5`, `<=5min`, `3`.

use std::ops::Range;

use super::QueryError;
use crate::measure::{Dimension, Measure};
use crate::time::measured_span;

/// Units of size, in bytes: by their first letter, as systemd and the kernel count them.
const SIZES: &[(char, u64)] =
    &[('k', 1 << 10), ('m', 1 << 20), ('g', 1 << 30), ('t', 1 << 40), ('p', 1 << 50)];

/// A stretch of values, both ends within; without an end where it has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Between {
    pub(super) from: u64,
    pub(super) to: Option<u64>,
}

/// What was written, in the measure's finest unit, and what that is finer than the unit in which values are kept.
struct Amount {
    value: u64,
    /// The least that it tells apart as it is written.
    step: u64,
    scale: u64,
}

impl Amount {
    fn floor(&self) -> u64 {
        self.value / self.scale
    }

    fn ceil(&self) -> u64 {
        self.value.div_ceil(self.scale)
    }

    /// The first value that is more than this, as it is written.
    fn next(&self) -> u64 {
        self.value.saturating_add(self.step).div_ceil(self.scale)
    }
}

/// Reads the value of a number's field.
pub(super) fn read(measure: Measure, text: &str, span: Range<usize>) -> Result<Between, QueryError> {
    let amount = |text: &str| amount(measure, text, &span);
    let between = if let Some(rest) = text.strip_prefix(">=") {
        Some(Between { from: amount(rest)?.ceil(), to: None })
    } else if let Some(rest) = text.strip_prefix("<=") {
        Some(Between { from: 0, to: Some(amount(rest)?.floor()) })
    } else if let Some(rest) = text.strip_prefix('>') {
        Some(Between { from: amount(rest)?.floor().saturating_add(1), to: None })
    } else if let Some(rest) = text.strip_prefix('<') {
        amount(rest)?.ceil().checked_sub(1).map(|to| Between { from: 0, to: Some(to) })
    } else if let Some((from, to)) = text.split_once("..") {
        let from = if from.is_empty() { 0 } else { amount(from)?.ceil() };
        let to = if to.is_empty() { None } else { Some(amount(to)?.floor()) };
        Some(Between { from, to })
    } else {
        let one = amount(text.strip_prefix('=').unwrap_or(text))?;
        one.next().checked_sub(1).map(|to| Between { from: one.ceil(), to: Some(to) })
    };
    between.filter(|between| between.to.is_none_or(|to| between.from <= to)).ok_or_else(|| QueryError {
        message: format!("nothing lies in `{text}`"),
        span: span.clone(),
        hint: Some(format!("write the smaller end first: {}", examples(measure))),
    })
}

fn amount(measure: Measure, text: &str, span: &Range<usize>) -> Result<Amount, QueryError> {
    let text = text.trim();
    let read = match measure.dimension() {
        Dimension::Count => text.parse().ok().map(|value| Amount { value, step: 1, scale: 1 }),
        Dimension::Time => measured_span(text).ok().map(|(value, step)| Amount { value, step, scale: 1 }),
        Dimension::Size => size(text),
    };
    read.ok_or_else(|| {
        let what = match measure.dimension() {
            Dimension::Count => "a number",
            Dimension::Time => "a length of time",
            Dimension::Size if text.parse::<u64>().is_ok() => "a size: it has no unit",
            Dimension::Size => "a size",
        };
        QueryError {
            message: format!("`{text}` is not {what}"),
            span: span.clone(),
            hint: Some(format!("write for instance {}", examples(measure))),
        }
    })
}

/// Reads a size in bytes, as queries have it: `96M`, `1.5GiB`, `97720kB`.
///
/// # Errors
/// Where it is none, or has no unit; in words.
pub fn parse_size(text: &str) -> Result<u64, &'static str> {
    size(text.trim()).map(|size| size.value).ok_or("write a number and a unit: 512K, 96M, 1.5G")
}

/// Reads a size in bytes: `96M`, `1.5GiB`, `97720kB`. A bare number would be bytes to one and KiB to another.
fn size(text: &str) -> Option<Amount> {
    let digits = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at_checked(digits)?;
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let whole: u64 = whole.parse().ok()?;
    let unit = unit.trim().to_lowercase();
    let size = match unit.as_str() {
        "" if whole == 0 => 1,
        "b" => 1,
        unit => {
            let (_, size) = SIZES.iter().find(|(letter, _)| unit.starts_with(*letter))?;
            unit.get(1..).filter(|rest| matches!(*rest, "" | "b" | "ib"))?;
            *size
        }
    };
    let mut step = size;
    let mut value = whole.checked_mul(size)?;
    for digit in fraction.bytes() {
        step /= 10;
        value = value.checked_add(step.checked_mul(u64::from(digit.checked_sub(b'0')?))?)?;
    }
    Some(Amount { value, step: step.max(1), scale: 1 << 10 })
}

fn examples(measure: Measure) -> String {
    let name = measure.name();
    match measure.dimension() {
        Dimension::Count => format!("{name}:>3, {name}:2..5 or {name}:0"),
        Dimension::Time => format!("{name}:>5min, {name}:1s..2h or {name}:<500ms"),
        Dimension::Size => format!("{name}:>1G, {name}:96M..1.5G or {name}:<512K"),
    }
}
