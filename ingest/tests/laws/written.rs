//! Entries, and how journalctl would write them.

use std::io::Write;

use proptest::prelude::*;
use serde_json::Value;

pub(crate) type Fields = Vec<(Vec<u8>, Vec<u8>)>;

/// Values of all kinds: text, lines, what looks like the format's own framing, bytes.
fn value() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        4 => "[ -~]{0,40}".prop_map(String::into_bytes),
        2 => "[a-z\n=]{0,20}".prop_map(String::into_bytes),
        1 => "\\PC{0,20}".prop_map(String::into_bytes),
        1 => Just(b"x\n\n__CURSOR=s=1\nMESSAGE=no\n\n".to_vec()),
        1 => Just(b"{\"MESSAGE\":\"no\"}\n\x1e{\"A\":\"\\u0041\"".to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..40),
    ]
}

/// Names differ within an entry: an object of JSON cannot say in what order values of one name stood among others.
pub(crate) fn entries() -> impl Strategy<Value = Vec<Fields>> {
    let entry = prop::collection::btree_map("[A-Z_][A-Z0-9_]{0,12}", value(), 1..8);
    prop::collection::vec(
        entry.prop_map(|entry| entry.into_iter().map(|(k, v)| (k.into_bytes(), v)).collect()),
        1..8,
    )
}

pub(crate) fn export(entries: &[Fields]) -> Vec<u8> {
    let mut out = Vec::new();
    for fields in entries {
        for (name, value) in fields {
            out.extend_from_slice(name);
            if value.iter().all(|&byte| byte >= b' ' && byte < 0x7f) {
                out.push(b'=');
            } else {
                out.push(b'\n');
                out.extend_from_slice(&(value.len() as u64).to_le_bytes());
            }
            out.extend_from_slice(value);
            out.push(b'\n');
        }
        out.push(b'\n');
    }
    out
}

pub(crate) fn json(entries: &[Fields], style: usize) -> Vec<u8> {
    let mut out = Vec::new();
    for fields in entries {
        let fields = fields.iter().map(|(name, value)| {
            let name = String::from_utf8(name.clone()).unwrap();
            (name, String::from_utf8(value.clone()).map_or_else(|_| Value::from(value.clone()), Value::from))
        });
        let object = Value::Object(fields.collect());
        match style {
            0 => writeln!(out, "{object}"),
            1 => writeln!(out, "\x1e{object}"),
            2 => writeln!(out, "data: {object}\n"),
            _ => writeln!(out, "{object:#}"),
        }
        .unwrap();
    }
    out
}
