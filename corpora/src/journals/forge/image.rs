//! The bytes of a file that grows.

/// How objects begin: kind, flags, six unused bytes and the size.
const HEAD: usize = 16;

#[derive(Debug)]
pub(super) struct Image {
    bytes: Vec<u8>,
    header: u64,
    tail: u64,
    objects: u64,
}

impl Image {
    pub(super) fn new(header: u64) -> Self {
        Self { bytes: vec![0; index(header)], header, tail: 0, objects: 0 }
    }

    /// Appends an object and gives where it begins.
    pub(super) fn object(&mut self, kind: u8, flags: u8, body: &[u8]) -> u64 {
        let at = self.bytes.len() as u64;
        self.bytes.extend_from_slice(&[kind, flags, 0, 0, 0, 0, 0, 0]);
        self.bytes.extend_from_slice(&((HEAD + body.len()) as u64).to_le_bytes());
        self.bytes.extend_from_slice(body);
        self.bytes.resize(self.bytes.len().next_multiple_of(8), 0);
        self.tail = at;
        self.objects += 1;
        at
    }

    pub(super) fn put(&mut self, at: u64, bytes: &[u8]) {
        if let Some(place) = self.bytes.get_mut(index(at)..).and_then(|rest| rest.get_mut(..bytes.len())) {
            place.copy_from_slice(bytes);
        }
    }

    pub(super) fn put32(&mut self, at: u64, number: u32) {
        self.put(at, &number.to_le_bytes());
    }

    pub(super) fn put64(&mut self, at: u64, number: u64) {
        self.put(at, &number.to_le_bytes());
    }

    pub(super) fn get64(&self, at: u64) -> u64 {
        let bytes = self.bytes.get(index(at)..).and_then(<[u8]>::first_chunk);
        bytes.map_or(0, |bytes| u64::from_le_bytes(*bytes))
    }

    /// How many bytes there will be behind the header.
    pub(super) fn arena(&self, room: usize) -> u64 {
        (self.bytes.len() + room) as u64 - self.header
    }

    /// Where the last object begins.
    pub(super) fn tail(&self) -> u64 {
        self.tail
    }

    pub(super) fn objects(&self) -> u64 {
        self.objects
    }

    pub(super) fn finish(mut self, room: usize) -> Vec<u8> {
        self.bytes.resize(self.bytes.len() + room, 0);
        self.bytes
    }
}

/// A place in memory: files here are far smaller than that.
fn index(at: u64) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}
