//! Entries, and the export format that carries them.
//!
//! systemd, docs/JOURNAL_EXPORT_FORMATS.md.

/// One entry, as it is to be written or as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Entry {
    /// In microseconds since 1970.
    pub realtime: u64,
    /// In microseconds since the boot.
    pub monotonic: u64,
    /// The boot.
    pub boot_id: u128,
    /// Every `NAME=value` but `_BOOT_ID`.
    pub fields: Vec<Vec<u8>>,
}

impl Entry {
    /// Adds a field.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.fields.push([name.as_bytes(), b"=", value.as_ref()].concat());
        self
    }

    /// The same with its fields in order, each of them once, as a journal file may have them.
    #[must_use]
    pub fn sorted(mut self) -> Self {
        self.fields.sort();
        self.fields.dedup();
        self
    }
}

/// An entry with what a reader of journal files says of its place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Placed {
    /// Who counts.
    pub seqnum_id: u128,
    /// The count.
    pub seqnum: u64,
    /// The hashes of all fields, folded into one.
    pub xor_hash: u64,
    /// What it says.
    pub entry: Entry,
}

/// Writes entries as `journalctl -o export` does, without cursors.
pub fn export<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Vec<u8> {
    let mut out = Vec::new();
    for entry in entries {
        let head = format!(
            "__REALTIME_TIMESTAMP={}\n__MONOTONIC_TIMESTAMP={}\n_BOOT_ID={:032x}\n",
            entry.realtime, entry.monotonic, entry.boot_id
        );
        out.extend_from_slice(head.as_bytes());
        entry.fields.iter().for_each(|field| write_field(&mut out, field));
        out.push(b'\n');
    }
    out
}

fn write_field(out: &mut Vec<u8>, field: &[u8]) {
    let name_len = field.iter().position(|byte| *byte == b'=').unwrap_or(field.len());
    let (name, rest) = field.split_at(name_len);
    let value = rest.get(1..).unwrap_or_default();
    // As journalctl: text is what is UTF-8 without control characters.
    let is_text =
        str::from_utf8(value).is_ok_and(|text| text.chars().all(|char| char == '\t' || !char.is_control()));
    if is_text {
        out.extend_from_slice(field);
    } else {
        out.extend_from_slice(name);
        out.push(b'\n');
        out.extend_from_slice(&(value.len() as u64).to_le_bytes());
        out.extend_from_slice(value);
    }
    out.push(b'\n');
}

/// Reads what `journalctl -o export` printed. None where it is not that.
pub fn read_export(mut rest: &[u8]) -> Option<Vec<Placed>> {
    let mut entries = Vec::new();
    while !rest.is_empty() {
        let mut placed = Placed { seqnum_id: 0, seqnum: 0, xor_hash: 0, entry: Entry::default() };
        while let Some(field) = next_field(&mut rest)? {
            placed.take(field)?;
        }
        entries.push(placed);
    }
    Some(entries)
}

/// The next field of an entry; Some(None) at its end.
fn next_field(rest: &mut &[u8]) -> Option<Option<Vec<u8>>> {
    let line_end = rest.iter().position(|byte| *byte == b'\n')?;
    let (line, after) = rest.split_at(line_end);
    let after = after.get(1..)?;
    if line.is_empty() || line.contains(&b'=') {
        *rest = after;
        return Some((!line.is_empty()).then(|| line.to_vec()));
    }
    let (size, after) = after.split_first_chunk()?;
    let size = usize::try_from(u64::from_le_bytes(*size)).ok()?;
    let value = after.get(..size)?;
    *rest = after.get(size..)?.strip_prefix(b"\n")?;
    Some(Some([line, b"=", value].concat()))
}

impl Placed {
    fn take(&mut self, field: Vec<u8>) -> Option<()> {
        let text = str::from_utf8(&field).unwrap_or_default();
        match text.split_once('=') {
            Some(("__CURSOR", cursor)) => {
                let part = |key| cursor.split(';').find_map(|part| part.strip_prefix(key));
                self.seqnum_id = u128::from_str_radix(part("s=")?, 16).ok()?;
                self.seqnum = u64::from_str_radix(part("i=")?, 16).ok()?;
                self.xor_hash = u64::from_str_radix(part("x=")?, 16).ok()?;
            }
            Some(("__REALTIME_TIMESTAMP", value)) => self.entry.realtime = value.parse().ok()?,
            Some(("__MONOTONIC_TIMESTAMP", value)) => self.entry.monotonic = value.parse().ok()?,
            Some(("_BOOT_ID", value)) => self.entry.boot_id = u128::from_str_radix(value, 16).ok()?,
            // Later versions repeat what the cursor says.
            Some(("__SEQNUM" | "__SEQNUM_ID", _)) => {}
            _ => self.entry.fields.push(field),
        }
        Some(())
    }
}
