//! One record of a journal, as a view: ordered, multi-valued, byte-valued fields.

/// A field of an entry. Names are ASCII in a well-formed journal; values are bytes of any kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field<'a> {
    /// The name, such as `MESSAGE` or `__CURSOR`.
    pub name: &'a [u8],
    /// The value. One field name can come several times in an entry.
    pub value: &'a [u8],
}

/// How far an entry's origin can be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Provenance {
    /// From a journal: fields that begin with `_` were set by journald.
    Journal,
    /// A record of /dev/kmsg: its facility tells the kernel from programs that write there.
    Kmsg,
    /// A line of text: whoever wrote the file wrote the origin too.
    Text,
}

/// One record, borrowed from the bytes that it was decoded from.
///
/// Lives inside one call of a visitor. What crosses a thread or outlives the call is an [`Event`](crate::Event).
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    fields: &'a [Field<'a>],
    provenance: Provenance,
    place: u64,
}

impl<'a> Entry<'a> {
    /// Makes a view over decoded fields. `place` is where the record begins in its uncompressed source, in bytes.
    pub fn new(fields: &'a [Field<'a>], provenance: Provenance, place: u64) -> Self {
        Self { fields, provenance, place }
    }

    /// All fields, in the order in which they were stored.
    pub fn fields(&self) -> &'a [Field<'a>] {
        self.fields
    }

    /// How far the origin can be believed.
    pub fn provenance(&self) -> Provenance {
        self.provenance
    }

    /// Where the record begins in its uncompressed source, in bytes.
    pub fn place(&self) -> u64 {
        self.place
    }

    /// The first value of a field.
    pub fn get(&self, name: &[u8]) -> Option<&'a [u8]> {
        self.fields.iter().find(|field| field.name == name).map(|field| field.value)
    }

    /// Every value of a field, in stored order.
    pub fn all(&self, name: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
        self.fields.iter().filter(move |field| field.name == name).map(|field| field.value)
    }

    /// The fields that every stage asks for, found in one pass.
    pub fn known(&self) -> Known<'a> {
        let mut known = Known::default();
        for field in self.fields {
            let slot = match field.name {
                b"CONTAINER_ID" => &mut known.container_id,
                b"CONTAINER_ID_FULL" => &mut known.container_id_full,
                b"CONTAINER_NAME" => &mut known.container_name,
                b"CONTAINER_PARTIAL_ID" => &mut known.container_partial_id,
                b"CONTAINER_PARTIAL_MESSAGE" => &mut known.container_partial_message,
                b"MESSAGE" => &mut known.message,
                b"MESSAGE_ID" => &mut known.message_id,
                b"SYSLOG_FACILITY" => &mut known.syslog_facility,
                b"SYSLOG_IDENTIFIER" => &mut known.syslog_identifier,
                b"_BOOT_ID" => &mut known.boot_id,
                b"_COMM" => &mut known.comm,
                b"_HOSTNAME" => &mut known.hostname,
                b"_MACHINE_ID" => &mut known.machine_id,
                b"_PID" => &mut known.pid,
                b"_SOURCE_MONOTONIC_TIMESTAMP" => &mut known.source_monotonic,
                b"_SOURCE_REALTIME_TIMESTAMP" => &mut known.source_realtime,
                b"_STREAM_ID" => &mut known.stream_id,
                b"_SYSTEMD_CGROUP" => &mut known.systemd_cgroup,
                b"_SYSTEMD_INVOCATION_ID" => &mut known.systemd_invocation_id,
                b"_SYSTEMD_UNIT" => &mut known.systemd_unit,
                b"_SYSTEMD_USER_UNIT" => &mut known.systemd_user_unit,
                b"_TRANSPORT" => &mut known.transport,
                b"_UID" => &mut known.uid,
                b"__CURSOR" => &mut known.cursor,
                b"__MONOTONIC_TIMESTAMP" => &mut known.monotonic,
                b"__REALTIME_TIMESTAMP" => &mut known.realtime,
                _ => continue,
            };
            slot.get_or_insert(field.value);
        }
        known
    }
}

/// The first values of the fields that every stage asks for (systemd, man/systemd.journal-fields.xml; of containers:
/// moby, daemon/logger/journald).
#[derive(Clone, Copy, Debug, Default)]
#[allow(missing_docs)]
pub struct Known<'a> {
    pub boot_id: Option<&'a [u8]>,
    pub comm: Option<&'a [u8]>,
    pub container_id: Option<&'a [u8]>,
    pub container_id_full: Option<&'a [u8]>,
    pub container_name: Option<&'a [u8]>,
    pub container_partial_id: Option<&'a [u8]>,
    pub container_partial_message: Option<&'a [u8]>,
    pub cursor: Option<&'a [u8]>,
    pub hostname: Option<&'a [u8]>,
    pub machine_id: Option<&'a [u8]>,
    pub message: Option<&'a [u8]>,
    pub message_id: Option<&'a [u8]>,
    pub monotonic: Option<&'a [u8]>,
    pub pid: Option<&'a [u8]>,
    pub realtime: Option<&'a [u8]>,
    pub source_monotonic: Option<&'a [u8]>,
    pub source_realtime: Option<&'a [u8]>,
    pub stream_id: Option<&'a [u8]>,
    pub syslog_facility: Option<&'a [u8]>,
    pub syslog_identifier: Option<&'a [u8]>,
    pub systemd_cgroup: Option<&'a [u8]>,
    pub systemd_invocation_id: Option<&'a [u8]>,
    pub systemd_unit: Option<&'a [u8]>,
    pub systemd_user_unit: Option<&'a [u8]>,
    pub transport: Option<&'a [u8]>,
    pub uid: Option<&'a [u8]>,
}

/// Reads a decimal number that fills the whole value, as journald writes pids, uids and timestamps.
pub fn decimal<T: TryFrom<u64>>(value: &[u8]) -> Option<T> {
    if value.is_empty() || value.len() > 20 {
        return None;
    }
    let mut n: u64 = 0;
    for &byte in value {
        if !byte.is_ascii_digit() {
            return None;
        }
        n = n.checked_mul(10)?.checked_add(u64::from(byte - b'0'))?;
    }
    T::try_from(n).ok()
}
