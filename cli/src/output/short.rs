//! One line an incident: when it began, its id, how bad, what kind, where, and the headline.

use std::io::{self, Write};

use nwlog_correlate::Incident;

use super::{View, escape, short_id, subject_in};

/// How wide a terminal is at least that has room for seconds, the kind and the host, in columns.
const WIDE: usize = 110;
/// How wide severities and kinds are, in columns.
const SEVERITY: usize = 8;
const KIND: usize = 12;
/// The least room that whom it is about and what happened get, however narrow the terminal is.
const LEAST: usize = 20;

/// Writes one line.
///
/// # Errors
/// What the writer says.
pub fn write(out: &mut dyn Write, view: &View, incident: &Incident) -> io::Result<()> {
    let narrow = view.width.is_some_and(|width| width < WIDE);
    let time = match narrow {
        true => view.zone.day_and_minute(&incident.first),
        false => view.zone.day_and_time(&incident.first),
    };
    let time = escape::padded(&time, if narrow { 16 } else { 19 });
    let id = short_id(incident.id);
    let words = view.words();
    let severity = escape::padded((words.severity)(incident.severity), SEVERITY);
    let whom = subject_in(incident, words);
    let headline = (words.headline)(incident);
    let headline = escape::line(&headline);
    // Most headlines begin with whom they are about.
    let said = headline.strip_prefix(whom.as_str()).filter(|said| said.starts_with(' ')).map(str::to_owned);
    let said = said.unwrap_or_else(|| format!(": {headline}"));
    let host = incident.host.as_deref().filter(|_| !narrow).map(|host| format!("{}  ", escape::line(host)));
    let host = host.unwrap_or_default();
    let kind = if narrow { String::new() } else { escape::padded((words.kind)(incident.kind), KIND) + "  " };
    let left = escape::columns(&format!("{time}  {id}  {severity}  {kind}{host}"));
    let room = view.width.filter(|_| !view.all).map(|width| width.saturating_sub(left).max(LEAST));
    let whom = escape::cut(&whom, room);
    let room = room.map(|room| room.saturating_sub(escape::columns(&whom)));
    let said = if room == Some(0) { "".into() } else { escape::cut(&said, room) };
    let (paint, dim) = (view.palette, view.palette.dim);
    let severe = paint.severity(incident.severity);
    let (of_id, strong) = (paint.id, paint.strong);
    writeln!(
        out,
        "{dim}{time}{dim:#}  {of_id}{id}{of_id:#}  {severe}{severity}{severe:#}  {kind}\
         {dim}{host}{dim:#}{strong}{whom}{strong:#}{said}"
    )
}
