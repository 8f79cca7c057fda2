//! Formats that are lines of text. Who wrote them is what the text says, and no more.

pub(super) mod bare;
pub(super) mod boots;
pub(super) mod dmesg;
mod message;
pub(super) mod number;
pub(super) mod protocol;
pub(super) mod short;
mod stamp;
pub(super) mod syslog;
mod writer;

/// A record without the newline that ends it.
pub(super) fn unterminated(record: &[u8]) -> &[u8] {
    let record = record.strip_suffix(b"\n").unwrap_or(record);
    record.strip_suffix(b"\r").unwrap_or(record)
}
