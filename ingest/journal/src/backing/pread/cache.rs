//! The blocks of a file that were used last.

/// Up to so many blocks, by where they begin.
#[derive(Debug, Default)]
pub(super) struct Cache {
    blocks: Vec<Block>,
    /// Counts the uses.
    now: u64,
}

#[derive(Debug, Default)]
struct Block {
    start: u64,
    used: u64,
    bytes: Vec<u8>,
}

impl Cache {
    /// The block that begins at `start`. Where it is not there it is read, in the place of the one used longest ago.
    pub(super) fn block(&mut self, start: u64, max: usize, read: impl FnOnce(&mut Vec<u8>)) -> &[u8] {
        self.now += 1;
        let kept = self.blocks.iter().position(|block| block.start == start);
        let index = kept.unwrap_or_else(|| {
            let index = self.place(max);
            if let Some(block) = self.blocks.get_mut(index) {
                block.start = start;
                read(&mut block.bytes);
            }
            index
        });
        let Some(block) = self.blocks.get_mut(index) else { return &[] };
        block.used = self.now;
        &block.bytes
    }

    fn place(&mut self, max: usize) -> usize {
        if self.blocks.len() < max {
            self.blocks.push(Block::default());
            return self.blocks.len() - 1;
        }
        let oldest = self.blocks.iter().enumerate().min_by_key(|(_, block)| block.used);
        oldest.map_or(0, |(index, _)| index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_was_used_last() {
        let mut cache = Cache::default();
        let mut read = Vec::new();
        // Asked for, and whether it has to be read.
        for (start, expected) in [
            (0, true),
            (8, true),
            (0, false),
            (16, true),
            (0, false),
            (8, true),
            (16, true),
            (8, false),
            (0, true),
        ] {
            let before = read.len();
            let bytes = cache.block(start, 2, |bytes| {
                *bytes = start.to_le_bytes().to_vec();
                read.push(start);
            });
            assert_eq!(bytes, start.to_le_bytes());
            assert_eq!(read.len() > before, expected, "{start} after {read:?}");
        }
    }
}
