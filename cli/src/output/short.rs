//! One line an incident: when it began, its id, how bad, what kind, whom, and the headline.

use std::io::{self, Write};

use nwlog_correlate::Incident;

use super::{View, escape, short_id, subject};

/// Writes one line.
///
/// # Errors
/// What the writer says.
pub fn write(out: &mut dyn Write, view: &View, incident: &Incident) -> io::Result<()> {
    let time = view.zone.day_and_time(&incident.first);
    let id = short_id(incident.id);
    let severity = incident.severity.name();
    let kind = incident.kind.name();
    let mut whom = subject(incident);
    if let Some(host) = &incident.host {
        whom = format!("{whom} on {}", escape::line(host));
    }
    let left = format!("{time:<19}  {id}  {severity:<8}  {kind:<12}  {whom}: ");
    let room = view.width.map(|width| width.saturating_sub(escape::columns(&left)).max(20));
    let headline = escape::cut(&incident.headline, room.filter(|_| !view.all));
    let (paint, dim) = (view.palette, view.palette.dim);
    let severe = paint.severity(incident.severity);
    let (yellow, strong) = (paint.id, paint.strong);
    writeln!(
        out,
        "{dim}{time:<19}{dim:#}  {yellow}{id}{yellow:#}  {severe}{severity:<8}{severe:#}  {kind:<12}  \
         {strong}{whom}{strong:#}: {headline}"
    )
}
