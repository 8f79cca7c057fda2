//! An incident as a document of the index, and back.

mod place;
mod text;

use nwlog_correlate::Incident;
use tantivy::TantivyDocument;
use tantivy::schema::{Field, Value};

use crate::measure::Measure;
use crate::schema::Fields;
use crate::tokenizer;

/// The version of the stored bytes: one byte of it, then the incident as JSON. The doc store compresses them.
pub const STORED_FORMAT: u8 = 1;

/// Stored bytes that are no incident.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BadDocument {
    #[error("a document without an incident")]
    Missing,
    #[error("an incident stored in format {0}, where this nwlog reads format {STORED_FORMAT}")]
    Format(u8),
    #[error("an incident that cannot be read: {0}")]
    Json(#[from] serde_json::Error),
}

/// Makes the document of an incident.
pub(crate) fn write(fields: &Fields, incident: &Incident) -> Result<TantivyDocument, serde_json::Error> {
    let mut doc = TantivyDocument::default();
    doc.add_text(fields.id, incident.id.to_string());
    for name in std::iter::once(&incident.id).chain(&incident.formerly) {
        doc.add_text(fields.names, name.to_string());
    }
    for life in &incident.invocations {
        doc.add_text(fields.lives, life.to_string());
    }
    doc.add_u64(fields.number, incident.id.0);
    doc.add_text(fields.root, incident.kind.name());
    if let Some(cause) = incident.cause {
        doc.add_text(fields.root_cause, cause.name());
    }
    let roots = incident.causes.iter().map(|one| (one.kind, one.cause));
    let mut roots: Vec<_> = std::iter::once((incident.kind, incident.cause)).chain(roots).collect();
    roots.sort_unstable();
    roots.dedup();
    for (kind, cause) in roots {
        doc.add_text(fields.kind, kind.name());
        if let Some(cause) = cause {
            doc.add_text(fields.cause, cause.name());
        }
    }
    doc.add_text(fields.severity, incident.severity.name());
    doc.add_text(fields.outcome, incident.outcome.name());
    doc.add_text(fields.state, incident.state.name());
    for unit in text::units(incident) {
        doc.add_text(fields.unit, unit);
        if let Some((_, own)) = unit.split_once('/').filter(|(user, _)| user.starts_with("user@")) {
            doc.add_text(fields.unit, own);
        }
    }
    if let Some(subject) = text::subject(incident) {
        doc.add_text(fields.subject, subject);
    }
    if let Some(host) = &incident.host {
        doc.add_text(fields.host, host.to_lowercase());
        doc.add_text(fields.hostname, host);
    }
    for comm in text::comms(incident) {
        doc.add_text(fields.comm, comm.to_lowercase());
    }
    if let Some(boot) = incident.boot_id {
        doc.add_text(fields.boot, boot.to_string());
    }
    doc.add_u64(fields.first, incident.first.realtime.unwrap_or_default());
    doc.add_u64(fields.last, incident.last.realtime.unwrap_or_default());
    place::paths(incident).iter().for_each(|path| doc.add_text(fields.path, path));
    place::functions(incident).iter().for_each(|function| doc.add_text(fields.function, function));
    for field in text::fields(incident) {
        doc.add_text(fields.field, field);
    }
    for (measure, field) in Measure::ALL.iter().zip(fields.measures) {
        measure.of(incident).into_iter().for_each(|value| doc.add_u64(field, value));
    }
    let mut put = |field: Field, text: &str| {
        doc.add_text(field, text);
        if tokenizer::has_parts(text) {
            doc.add_text(fields.parts, text);
        }
    };
    text::title(incident, &mut |text| put(fields.title, text));
    text::story(incident, &mut |text| put(fields.story, text));
    text::context(incident, &mut |text| put(fields.context, text));

    let mut bytes = vec![STORED_FORMAT];
    serde_json::to_writer(&mut bytes, incident)?;
    doc.add_bytes(fields.incident, &bytes);
    Ok(doc)
}

/// Reads the incident of a document.
pub(crate) fn read(fields: &Fields, doc: &TantivyDocument) -> Result<Incident, BadDocument> {
    of_field(fields.incident, doc)
}

/// The incident of a document of any layout, if it can be read.
pub(crate) fn rescue(doc: &TantivyDocument) -> Option<Incident> {
    doc.field_values().find_map(|(field, _)| of_field(field, doc).ok())
}

fn of_field(field: Field, doc: &TantivyDocument) -> Result<Incident, BadDocument> {
    let value = doc.get_first(field).ok_or(BadDocument::Missing)?;
    match value.as_bytes().and_then(<[u8]>::split_first) {
        Some((&STORED_FORMAT, json)) => Ok(serde_json::from_slice(json)?),
        Some((&format, _)) => Err(BadDocument::Format(format)),
        None => Err(BadDocument::Missing),
    }
}
