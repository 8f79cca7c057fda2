//! The fields of a stored incident.

use tantivy::schema::{
    FAST, Field, IndexRecordOption, STORED, Schema, SchemaBuilder, TextFieldIndexing, TextOptions,
};

use crate::measure::Measure;
use crate::tokenizer;

/// The version of the layout: fields, their names and options, and how text is cut into terms. It stands in
/// `nwlog.json` beside the index, so that a store of another version is refused before tantivy reads it.
///
/// Counts up with every change that makes an old index unreadable or wrong. An older one is written anew from the
/// incidents in it, which are stored whole.
pub const SCHEMA_VERSION: u32 = 2;

/// The name of the column of the time of the newest record.
pub(crate) const LAST: &str = "last";
/// The name of the column of the time of the oldest record.
pub(crate) const FIRST: &str = "first";
/// The name of the column of the id.
pub(crate) const NUMBER: &str = "number";
/// The name of the column of the root's kind.
pub(crate) const ROOT: &str = "root";
/// The name of the column of the root's cause.
pub(crate) const ROOT_CAUSE: &str = "root_cause";
/// The name of the column of the unit or whatever else it is about.
pub(crate) const SUBJECT: &str = "subject";
/// The name of the column of the host as it writes itself.
pub(crate) const HOSTNAME: &str = "hostname";

/// The fields, by what they hold.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields {
    /// The id: what an update deletes by.
    pub(crate) id: Field,
    /// The id and all former ones.
    pub(crate) names: Field,
    /// The lives that failed.
    pub(crate) lives: Field,
    /// The kind of the root.
    pub(crate) root: Field,
    /// The cause of the root.
    pub(crate) root_cause: Field,
    /// The kinds of all occurrences.
    pub(crate) kind: Field,
    /// The causes of all occurrences.
    pub(crate) cause: Field,
    pub(crate) severity: Field,
    pub(crate) outcome: Field,
    pub(crate) state: Field,
    /// Units: in full, and a user's unit without its user.
    pub(crate) unit: Field,
    /// The primary unit, else the process.
    pub(crate) subject: Field,
    /// The host, in lower case.
    pub(crate) host: Field,
    /// The host as it is.
    pub(crate) hostname: Field,
    /// Names of the processes concerned, in lower case.
    pub(crate) comm: Field,
    pub(crate) boot: Field,
    /// Files that were refused, with every directory above them, and devices.
    pub(crate) path: Field,
    /// Functions of a crash, in lower case: whole, and without what leads to them.
    pub(crate) function: Field,
    /// Fields of the unit's lines: `NAME=value`.
    pub(crate) field: Field,
    /// Microseconds since 1970 UTC; 0 where that is not known.
    pub(crate) first: Field,
    /// As `first`.
    pub(crate) last: Field,
    /// The id, as a number.
    pub(crate) number: Field,
    /// What it measures, by [`Measure::ALL`].
    pub(crate) measures: [Field; Measure::ALL.len()],
    /// What the incident is about: its sentence, units, processes, kinds.
    pub(crate) title: Field,
    /// What happened: the timeline, and the details of kills, files and stacks.
    pub(crate) story: Field,
    /// What the unit wrote before.
    pub(crate) context: Field,
    /// Those of these texts that have words of parts, cut into these.
    pub(crate) parts: Field,
    /// The incident itself.
    pub(crate) incident: Field,
}

/// Makes the schema. The same calls in the same order give the same field numbers.
pub(crate) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let fields = Fields {
        id: exact(&mut builder, "id"),
        names: exact(&mut builder, "names"),
        lives: exact(&mut builder, "lives"),
        root: column(&mut builder, ROOT),
        root_cause: column(&mut builder, ROOT_CAUSE),
        kind: exact(&mut builder, "kind"),
        cause: exact(&mut builder, "cause"),
        severity: exact(&mut builder, "severity"),
        outcome: exact(&mut builder, "outcome"),
        state: exact(&mut builder, "state"),
        unit: exact(&mut builder, "unit"),
        subject: column(&mut builder, SUBJECT),
        host: exact(&mut builder, "host"),
        hostname: column(&mut builder, HOSTNAME),
        comm: exact(&mut builder, "comm"),
        boot: exact(&mut builder, "boot"),
        path: exact(&mut builder, "path"),
        function: exact(&mut builder, "function"),
        field: exact(&mut builder, "field"),
        first: builder.add_u64_field(FIRST, FAST),
        last: builder.add_u64_field(LAST, FAST),
        number: builder.add_u64_field(NUMBER, FAST),
        measures: Measure::ALL.map(|measure| builder.add_u64_field(measure.name(), FAST)),
        title: text(&mut builder, "title", tokenizer::NAME),
        story: text(&mut builder, "story", tokenizer::NAME),
        context: text(&mut builder, "context", tokenizer::NAME),
        parts: text(&mut builder, "parts", tokenizer::PARTS),
        incident: builder.add_bytes_field("incident", STORED),
    };
    (builder.build(), fields)
}

/// A field whose values are found whole.
fn exact(builder: &mut SchemaBuilder, name: &str) -> Field {
    builder.add_text_field(name, TextOptions::default().set_indexing_options(raw()))
}

/// As [`exact`], and its values can be counted.
fn column(builder: &mut SchemaBuilder, name: &str) -> Field {
    let options = TextOptions::default().set_indexing_options(raw()).set_fast("raw");
    builder.add_text_field(name, options)
}

fn raw() -> TextFieldIndexing {
    TextFieldIndexing::default()
        .set_tokenizer("raw")
        .set_fieldnorms(false)
        .set_index_option(IndexRecordOption::Basic)
}

/// A field whose words are found, alone and side by side.
fn text(builder: &mut SchemaBuilder, name: &str, tokenizer: &str) -> Field {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(tokenizer)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    builder.add_text_field(name, TextOptions::default().set_indexing_options(indexing))
}
