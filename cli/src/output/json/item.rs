//! The lists of an incident: what happened, what was logged before, what is missing.

use nwlog_correlate::{ContextLine, Gap, TimelineItem, Truncated};
use nwlog_ingest::event::Writer;
use nwlog_ingest::event::gap::GapKind;
use serde::Serialize;

use crate::output::time::rfc3339;

#[derive(Serialize)]
pub(super) struct Item<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<String>,
    source: &'static str,
    event: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pid: Option<u32>,
    text: &'a str,
    link: &'static str,
    count: u64,
    occurrence: u64,
}

impl<'a> Item<'a> {
    pub(super) fn new(item: &'a TimelineItem) -> Self {
        let source = match item.source {
            Writer::Kernel => "kernel",
            Writer::Systemd => "systemd",
            Writer::Unit => "unit",
        };
        Self {
            at: rfc3339(&item.at),
            source,
            event: &item.event,
            unit: item.unit.as_deref(),
            pid: item.pid,
            text: &item.text,
            link: item.link.name(),
            count: item.count,
            occurrence: item.occurrence,
        }
    }
}

#[derive(Serialize)]
pub(super) struct Context<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<String>,
    text: &'a str,
}

impl<'a> Context<'a> {
    pub(super) fn new(line: &'a ContextLine) -> Self {
        Self { at: rfc3339(&line.at), text: &line.text }
    }
}

#[derive(Serialize)]
pub(super) struct Missing {
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    what: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<u64>,
}

impl Missing {
    pub(super) fn new(gap: &Gap) -> Self {
        let what = match gap.what {
            GapKind::RateLimited => "rate-limited",
            GapKind::KernelOverrun => "kernel-overrun",
            GapKind::KernelRateLimited => "kernel-rate-limited",
            GapKind::Sequence => "sequence",
            GapKind::KmsgSequence => "kmsg-sequence",
            GapKind::Suspended => "suspended",
            GapKind::ClockSet => "clock-set",
        };
        Self { from: rfc3339(&gap.from), to: rfc3339(&gap.to), what, count: gap.count }
    }
}

#[derive(Serialize)]
pub(super) struct LeftOut {
    occurrences: u64,
    timeline: u64,
    context: u64,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    early: bool,
}

impl LeftOut {
    pub(super) fn new(truncated: &Truncated) -> Option<Self> {
        let Truncated { occurrences, timeline, context, early } = *truncated;
        (*truncated != Truncated::default()).then_some(Self { occurrences, timeline, context, early })
    }
}
