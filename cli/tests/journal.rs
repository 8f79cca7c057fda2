//! The recording, in every shape in which a journal leaves a machine.

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use nwlog_corpora::recordings::{self, Recording};
use nwlog_ingest::source::decompress;
use serde_json::{Map, Value};

/// An entry of an export: its fields in order, and its bytes.
pub(crate) struct Entry {
    fields: Vec<(String, Vec<u8>)>,
    pub(crate) bytes: Vec<u8>,
}

impl Entry {
    /// The first value of a field.
    pub(crate) fn field(&self, name: &str) -> Option<&[u8]> {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_slice())
    }

    /// As `journalctl -o json --all` writes it: what is no printable text is an array of numbers, and a field that
    /// comes more than once an array of its values (systemd, src/shared/logs-show.c).
    pub(crate) fn json(&self) -> String {
        let mut object = Map::new();
        for (name, _) in &self.fields {
            let mut values: Vec<_> = self
                .fields
                .iter()
                .filter(|(field, _)| field == name)
                .map(|(_, value)| shown(value))
                .collect();
            let value = if values.len() == 1 { values.remove(0) } else { Value::Array(values) };
            object.insert(name.clone(), value);
        }
        Value::Object(object).to_string()
    }
}

fn shown(value: &[u8]) -> Value {
    match std::str::from_utf8(value) {
        Ok(text) if text.chars().all(|c| !c.is_control() || matches!(c, '\n' | '\t')) => text.into(),
        _ => value.into(),
    }
}

/// The entries of an export (systemd, docs/JOURNAL_EXPORT_FORMATS.md).
pub(crate) fn entries(export: &[u8]) -> Vec<Entry> {
    let mut entries = Vec::new();
    let (mut at, mut begin, mut fields) = (0, 0, Vec::new());
    while at < export.len() {
        let end = at + export[at..].iter().position(|byte| *byte == b'\n').unwrap();
        let line = &export[at..end];
        at = end + 1;
        if line.is_empty() {
            entries.push(Entry { fields: std::mem::take(&mut fields), bytes: export[begin..at].to_vec() });
            begin = at;
        } else if let Some(equals) = line.iter().position(|byte| *byte == b'=') {
            fields.push((String::from_utf8(line[..equals].to_vec()).unwrap(), line[equals + 1..].to_vec()));
        } else {
            let size: [u8; 8] = export[at..at + 8].try_into().unwrap();
            let value = at + 8..at + 8 + usize::try_from(u64::from_le_bytes(size)).unwrap();
            fields.push((String::from_utf8(line.to_vec()).unwrap(), export[value.clone()].to_vec()));
            at = value.end + 1;
        }
    }
    entries
}

/// The bytes of entries, one after the other.
pub(crate) fn export<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Vec<u8> {
    entries.into_iter().flat_map(|entry| entry.bytes.iter().copied()).collect()
}

/// The recorded machine.
pub(crate) fn recording() -> Recording {
    recordings::all().unwrap().into_iter().find(|recording| recording.name == "nightbox").unwrap()
}

/// Its journal, without compression.
pub(crate) fn plain() -> Vec<u8> {
    decompressed(&recording().path)
}

/// A file without its compression.
pub(crate) fn decompressed(path: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    decompress(fs::File::open(path).unwrap()).unwrap().read_to_end(&mut bytes).unwrap();
    bytes
}

/// Where it lies.
pub(crate) fn path() -> PathBuf {
    recording().path
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub(crate) fn xz(bytes: &[u8]) -> Vec<u8> {
    let mut writer = lzma_rust2::XzWriter::new(Vec::new(), lzma_rust2::XzOptions::with_preset(0)).unwrap();
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

/// A record of the kernel as journald stores it.
pub(crate) fn is_of_the_kernel(entry: &Entry) -> bool {
    entry.field("_TRANSPORT") == Some(b"kernel")
}
