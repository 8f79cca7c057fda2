//! The fields of a stored incident.

use tantivy::schema::{
    FAST, Field, IndexRecordOption, STORED, Schema, SchemaBuilder, TextFieldIndexing, TextOptions,
};

use crate::tokenizer;

/// The version of the layout: fields, their names and options, and how text is cut into terms. It stands in
/// `nwlog.json` beside the index, so that a store of another version is refused before tantivy reads it.
///
/// Counts up with every change that makes an old index unreadable or wrong.
pub const SCHEMA_VERSION: u32 = 1;

/// The name of the field that holds the time of the newest record.
pub(crate) const LAST: &str = "last";
/// The name of the field that holds the time of the oldest record.
pub(crate) const FIRST: &str = "first";

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
    /// The kinds of all occurrences.
    pub(crate) kind: Field,
    /// The causes of all occurrences.
    pub(crate) cause: Field,
    pub(crate) severity: Field,
    pub(crate) outcome: Field,
    pub(crate) state: Field,
    /// Units: in full, and a user's unit without its user.
    pub(crate) unit: Field,
    /// The host, in lower case.
    pub(crate) host: Field,
    /// Names of the processes concerned, in lower case.
    pub(crate) comm: Field,
    pub(crate) boot: Field,
    /// Microseconds since 1970 UTC; 0 where that is not known.
    pub(crate) first: Field,
    /// As `first`.
    pub(crate) last: Field,
    /// What the incident is about: its sentence, units, processes, kinds.
    pub(crate) title: Field,
    /// What happened: the timeline, and the details of kills, files and stacks.
    pub(crate) story: Field,
    /// What the unit wrote before.
    pub(crate) context: Field,
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
        root: exact(&mut builder, "root"),
        kind: exact(&mut builder, "kind"),
        cause: exact(&mut builder, "cause"),
        severity: exact(&mut builder, "severity"),
        outcome: exact(&mut builder, "outcome"),
        state: exact(&mut builder, "state"),
        unit: exact(&mut builder, "unit"),
        host: exact(&mut builder, "host"),
        comm: exact(&mut builder, "comm"),
        boot: exact(&mut builder, "boot"),
        first: builder.add_u64_field(FIRST, FAST),
        last: builder.add_u64_field(LAST, FAST),
        title: text(&mut builder, "title"),
        story: text(&mut builder, "story"),
        context: text(&mut builder, "context"),
        incident: builder.add_bytes_field("incident", STORED),
    };
    (builder.build(), fields)
}

/// A field whose values are found whole.
fn exact(builder: &mut SchemaBuilder, name: &str) -> Field {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("raw")
        .set_fieldnorms(false)
        .set_index_option(IndexRecordOption::Basic);
    builder.add_text_field(name, TextOptions::default().set_indexing_options(indexing))
}

/// A field whose words are found, alone and side by side.
fn text(builder: &mut SchemaBuilder, name: &str) -> Field {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(tokenizer::NAME)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    builder.add_text_field(name, TextOptions::default().set_indexing_options(indexing))
}
