//! Hash tables: buckets with the first and the last object of a chain.

use super::image::Image;

/// The part of a table before its buckets.
const HEAD: u64 = 16;

#[derive(Debug)]
pub(super) struct Table {
    at: u64,
    /// How long each chain is.
    depths: Vec<u64>,
}

impl Table {
    pub(super) fn new(image: &mut Image, kind: u8, buckets: u64) -> Self {
        let buckets = usize::try_from(buckets).unwrap_or_default();
        let at = image.object(kind, 0, &vec![0; buckets * 16]);
        Self { at, depths: vec![0; buckets] }
    }

    /// Where the buckets begin.
    pub(super) fn at(&self) -> u64 {
        self.at + HEAD
    }

    /// How many steps the longest chain takes.
    pub(super) fn depth(&self) -> u64 {
        self.depths.iter().copied().max().unwrap_or_default().saturating_sub(1)
    }

    /// Puts an object at the end of its chain.
    pub(super) fn link(&mut self, image: &mut Image, hash: u64, object: u64) {
        let bucket = hash % (self.depths.len() as u64).max(1);
        let place = self.at() + bucket * 16;
        match image.get64(place + 8) {
            0 => image.put64(place, object),
            tail => image.put64(tail + 24, object),
        }
        image.put64(place + 8, object);
        if let Some(depth) = usize::try_from(bucket).ok().and_then(|bucket| self.depths.get_mut(bucket)) {
            *depth += 1;
        }
    }
}
