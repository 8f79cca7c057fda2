//! What crashes, full disks and dying disks make of a journal file.

mod find;

use self::find::{Found, get, objects, put};

const PAGE: usize = 4096;

/// What can be expected of a damaged file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// Whatever is read stood in the original: bytes are missing or zero, none are others.
    Subset,
    /// All entries can be read: only what leads to them is damaged.
    All,
    /// A value may read differently than it was written.
    Anything,
}

/// A damaged copy.
#[derive(Clone, Debug)]
pub struct Damaged {
    /// What was done.
    pub name: String,
    /// What there is to read.
    pub left: Left,
    /// The file.
    pub bytes: Vec<u8>,
}

/// Every kind of damage, done to a sound file.
pub fn all(sound: &[u8]) -> Vec<Damaged> {
    let Some(used) = used(sound) else { return Vec::new() };
    let mut all = Vec::new();
    cuts(sound, used, &mut all);
    zeroes(sound, used, &mut all);
    for seed in 1..=3 {
        all.push(flipped(sound, used, 50, seed));
        all.push(garbled(sound, used, 50, seed));
    }
    headers(sound, &mut all);
    arrays(sound, &mut all);
    tables(sound, &mut all);
    all
}

/// How many bytes a file uses: the rest is room for more.
fn used(bytes: &[u8]) -> Option<usize> {
    let tail = get(bytes, 136)?;
    usize::try_from(tail + get(bytes, index(tail) + 8)?.next_multiple_of(8)).ok()
}

fn cuts(sound: &[u8], used: usize, all: &mut Vec<Damaged>) {
    let header = get(sound, 88).map_or(0, index);
    let places = [
        ("cut at 51 %", used * 51 / 100),
        ("cut at 99.7 %", used * 997 / 1000),
        ("cut 8 bytes before its end", used.saturating_sub(8)),
        ("cut behind the hash tables", first_entry(sound).unwrap_or(header)),
        ("cut to its header", header),
    ];
    for (name, at) in places {
        let bytes = sound.get(..at).unwrap_or(sound).to_vec();
        all.push(Damaged { name: name.to_owned(), left: Left::Subset, bytes });
    }
}

fn first_entry(sound: &[u8]) -> Option<usize> {
    objects(sound).find(|object| object.kind == 3).map(|entry| entry.at)
}

fn zeroes(sound: &[u8], used: usize, all: &mut Vec<Damaged>) {
    let mut bytes = sound.to_vec();
    bytes.iter_mut().take(PAGE).for_each(|byte| *byte = 0);
    all.push(Damaged { name: "a first page of zeroes".to_owned(), left: Left::Anything, bytes });
    let from = first_entry(sound).unwrap_or_default();
    let steps = 16;
    for step in 0..=steps {
        let at = (from + (used - from) * step / steps) / PAGE * PAGE;
        all.push(zeroed(format!("a page of zeroes at {} of {steps}", step), sound, at, PAGE));
    }
    all.push(zeroed("64 KiB of zeroes in the middle".to_owned(), sound, used / 2, 16 * PAGE));
    all.push(zeroed("a tail of zeroes, a tenth".to_owned(), sound, used - used / 10, used));
    all.push(zeroed("a tail of zeroes, a half".to_owned(), sound, used / 2, used));
    all.push(zeroed("a sector of zeroes in the middle".to_owned(), sound, used / 2 / 512 * 512, 512));
}

fn zeroed(name: String, sound: &[u8], at: usize, len: usize) -> Damaged {
    let mut bytes = sound.to_vec();
    // The header's own damage is another case.
    let at = at.max(get(sound, 88).map_or(0, index));
    bytes.iter_mut().skip(at).take(len).for_each(|byte| *byte = 0);
    Damaged { name, left: Left::Anything, bytes }
}

/// Turns over one bit in each of `count` bytes behind the header.
pub fn flipped(sound: &[u8], used: usize, count: u64, seed: u64) -> Damaged {
    scattered(format!("{count} flipped bits, {seed}"), sound, used, count, seed, |noise| 1 << (noise % 8))
}

/// Makes `count` bytes behind the header others.
pub fn garbled(sound: &[u8], used: usize, count: u64, seed: u64) -> Damaged {
    let other = |noise: u64| u8::try_from(noise % 255 + 1).unwrap_or(1);
    scattered(format!("{count} flipped bytes, {seed}"), sound, used, count, seed, other)
}

fn scattered(name: String, sound: &[u8], used: usize, count: u64, seed: u64, flip: fn(u64) -> u8) -> Damaged {
    let mut bytes = sound.to_vec();
    let header = get(sound, 88).map_or(0, index);
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    for _ in 0..count {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let at = header + index(state >> 8) % used.saturating_sub(header).max(1);
        if let Some(byte) = bytes.get_mut(at) {
            *byte ^= flip(state);
        }
    }
    Damaged { name, left: Left::Anything, bytes }
}

/// Sets fields of the header.
fn header(name: &str, left: Left, sound: &[u8], fields: &[(usize, u64)]) -> Damaged {
    let mut bytes = sound.to_vec();
    fields.iter().for_each(|(at, value)| put(&mut bytes, *at, *value));
    Damaged { name: name.to_owned(), left, bytes }
}

fn headers(sound: &[u8], all: &mut Vec<Damaged>) {
    let field = |at| get(sound, at).unwrap_or_default();
    let (entries, seqnum) = (field(152), field(160));
    let behind = entries.min(1_000).min(entries / 2);
    let lagging: Vec<Found> = objects(sound).filter(|object| object.kind == 3).collect();
    let kept = lagging.get(index(entries - behind).saturating_sub(1));
    let Some(kept) = kept else { return };
    let realtime = get(sound, kept.at + 24).unwrap_or_default();
    let monotonic = get(sound, kept.at + 32).unwrap_or_default();
    let counts = [(152, entries - behind), (160, seqnum - behind), (192, realtime), (200, monotonic)];
    all.push(header("a header that lags", Left::All, sound, &counts));
    let before = objects(sound).take_while(|object| object.at <= kept.at).count() as u64;
    let tails = [&counts[..], &[(136, kept.at as u64), (144, before)]].concat();
    all.push(header("a header that lags, its tail too", Left::All, sound, &tails));
    all.push(header("a header that counts no entries", Left::All, sound, &[(152, 0)]));
    all.push(header("a header that counts too many", Left::All, sound, &[(152, entries * 1_000)]));
    all.push(header("no first entry array", Left::All, sound, &[(176, 0)]));
    all.push(header("a first entry array that is none", Left::All, sound, &[(176, field(104))]));
    all.push(header("a first entry array beyond the end", Left::All, sound, &[(176, 1 << 40)]));
    all.push(header("a tail object beyond the end", Left::All, sound, &[(136, 1 << 40)]));
    all.push(header("an arena beyond the end", Left::All, sound, &[(96, 1 << 40)]));
    all.push(header("an arena of nothing", Left::All, sound, &[(96, 0)]));
    all.push(header("a header of 273 bytes", Left::All, sound, &[(88, 273)]));
    all.push(header("a header of no bytes", Left::All, sound, &[(88, 0)]));
    all.push(header("a header longer than the file", Left::All, sound, &[(88, 1 << 40)]));
    all.push(header("a last seqnum of 0", Left::All, sound, &[(160, 0)]));
}

fn arrays(sound: &[u8], all: &mut Vec<Damaged>) {
    let compact = get(sound, 8).is_some_and(|flags| flags >> 32 & 16 != 0);
    let chain: Vec<Found> = find::chain(sound).collect();
    let slots = find::slots(sound, &chain, compact);
    let case = |name: &str, left, bytes| Damaged { name: name.to_owned(), left, bytes };

    let mut bytes = sound.to_vec();
    let width = if compact { 4 } else { 8 };
    for at in slots.iter().rev().take(100) {
        bytes.iter_mut().skip(*at).take(width).for_each(|byte| *byte = 0);
    }
    all.push(case("the last 100 slots of the entry arrays are zero", Left::All, bytes));

    if let Some(array) = chain.get(chain.len() / 2) {
        let mut bytes = sound.to_vec();
        put(&mut bytes, array.at + 16, array.at as u64);
        all.push(case("an entry array that leads to itself", Left::All, bytes));

        let mut bytes = sound.to_vec();
        put(&mut bytes, array.at + 16, 0);
        all.push(case("a chain of entry arrays that ends early", Left::All, bytes));

        let mut bytes = sound.to_vec();
        put(&mut bytes, array.at + 8, 1 << 40);
        all.push(case("an entry array of a terabyte", Left::All, bytes));
    }
    if let Some(entry) = objects(sound).filter(|object| object.kind == 3).nth(5) {
        let mut bytes = sound.to_vec();
        put(&mut bytes, entry.at + 8, 0);
        all.push(case("an object without a size", Left::Anything, bytes));
    }
    let mut bytes = sound.to_vec();
    for slot in slots.iter().step_by(3) {
        bytes.iter_mut().skip(*slot).take(width).for_each(|byte| *byte ^= 0x55);
    }
    all.push(case("every third slot of the entry arrays is another", Left::All, bytes));
}

fn tables(sound: &[u8], all: &mut Vec<Damaged>) {
    for (name, at) in [("data", 104), ("field", 120)] {
        let place = get(sound, at).map_or(0, index);
        let size = get(sound, at + 8).map_or(0, index);
        let mut zero = sound.to_vec();
        zero.iter_mut().skip(place).take(size).for_each(|byte| *byte = 0);
        all.push(Damaged { name: format!("an empty {name} hash table"), left: Left::All, bytes: zero });
        let mut wrong = sound.to_vec();
        wrong.iter_mut().skip(place).take(size).for_each(|byte| *byte ^= 0x0f);
        all.push(Damaged { name: format!("a wrong {name} hash table"), left: Left::All, bytes: wrong });
        let far = format!("a {name} hash table beyond the end");
        all.push(header(&far, Left::All, sound, &[(at, 1 << 40)]));
        let none = format!("a {name} hash table of no size");
        all.push(header(&none, Left::All, sound, &[(at + 8, 0)]));
    }
    let mut loops = sound.to_vec();
    for data in objects(sound).filter(|object| object.kind == 1) {
        put(&mut loops, data.at + 24, data.at as u64);
    }
    all.push(Damaged {
        name: "hash chains that lead to themselves".to_owned(),
        left: Left::All,
        bytes: loops,
    });
}

fn index(wide: u64) -> usize {
    usize::try_from(wide).unwrap_or(usize::MAX)
}
