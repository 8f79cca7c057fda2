//! A writer of journal files, for what no installed program writes.
//!
//! It appends as journald does: DATA and FIELD objects with their hash chains, entries, and arrays of entries for the file
//! and for every DATA. journalctl reads and verifies what it writes. systemd, docs/JOURNAL_FILE_FORMAT.md and
//! src/libsystemd/sd-journal/{journal-def.h,journal-file.c} of v257.

mod arrays;
mod hash;
mod image;
mod pack;
mod table;

use std::collections::HashMap;

pub use pack::Pack;

use self::arrays::Arrays;
use self::image::Image;
use self::table::Table;
use super::Entry;
use super::content::MACHINE;

/// Kinds of objects.
const DATA: u8 = 1;
const FIELD: u8 = 2;
const ENTRY: u8 = 3;
const DATA_HASH_TABLE: u8 = 4;
const FIELD_HASH_TABLE: u8 = 5;
const ENTRY_ARRAY: u8 = 6;
const TAG: u8 = 7;

/// What kind of file it is to be.
#[derive(Clone, Debug)]
pub struct Form {
    /// Whether offsets have 32 bits.
    pub compact: bool,
    /// Whether hashes are keyed.
    pub keyed: bool,
    /// How payloads of `pack_from` bytes and more are compressed.
    pub pack: Pack,
    /// From how many bytes on they are.
    pub pack_from: usize,
    /// 208 to 272, or more for a version to come; what lies beyond it is not written.
    pub header_size: u64,
    /// 0 offline, 1 online, 2 archived.
    pub state: u8,
    /// More compatible flags than the file needs.
    pub compatible: u32,
    /// More incompatible flags than the file needs.
    pub incompatible: u32,
    /// How many buckets the hash table of DATA has.
    pub data_buckets: u64,
    /// How many that of FIELDs has.
    pub field_buckets: u64,
    /// The first sequence number.
    pub seqnum: u64,
    /// Who counts.
    pub seqnum_id: u128,
    /// The file.
    pub file_id: u128,
    /// Whose journal it is.
    pub machine_id: u128,
    /// How many bytes of room for more it ends with.
    pub room: usize,
}

impl Default for Form {
    fn default() -> Self {
        Self {
            compact: false,
            keyed: true,
            pack: Pack::None,
            pack_from: 512,
            header_size: 272,
            state: 0,
            compatible: 0,
            incompatible: 0,
            data_buckets: 2047,
            field_buckets: 333,
            seqnum: 1,
            seqnum_id: 0x5e5e_5e5e_0000_4000_8000_0000_0000_0005,
            file_id: 0xf1f1_f1f1_0000_4000_8000_0000_0000_0006,
            machine_id: MACHINE,
            room: 0,
        }
    }
}

/// A journal file that is being written.
#[derive(Debug)]
pub struct Forge {
    form: Form,
    image: Image,
    data: Table,
    fields: Table,
    /// The array of all entries.
    all: Arrays,
    /// Those of every DATA, by its offset.
    of_data: HashMap<u64, Arrays>,
    known_data: HashMap<Vec<u8>, u64>,
    known_fields: HashMap<Vec<u8>, u64>,
    head: Option<Entry>,
    tail: Option<Entry>,
    tail_entry: u64,
    n_entries: u64,
    n_tags: u64,
    /// The first number that was given, and the last.
    numbers: Option<(u64, u64)>,
}

impl Forge {
    /// An empty file.
    pub fn new(form: Form) -> Self {
        let mut image = Image::new(form.header_size);
        let data = Table::new(&mut image, DATA_HASH_TABLE, form.data_buckets);
        let fields = Table::new(&mut image, FIELD_HASH_TABLE, form.field_buckets);
        Self {
            all: Arrays::new(form.compact),
            form,
            image,
            data,
            fields,
            of_data: HashMap::new(),
            known_data: HashMap::new(),
            known_fields: HashMap::new(),
            head: None,
            tail: None,
            tail_entry: 0,
            n_entries: 0,
            n_tags: 0,
            numbers: None,
        }
    }

    /// A whole file.
    pub fn file<'a>(form: Form, entries: impl IntoIterator<Item = &'a Entry>) -> Vec<u8> {
        let mut forge = Self::new(form);
        entries.into_iter().for_each(|entry| forge.entry(entry));
        forge.finish()
    }

    /// Appends an entry.
    pub fn entry(&mut self, entry: &Entry) {
        let boot = format!("_BOOT_ID={:032x}", entry.boot_id).into_bytes();
        let mut xor_hash = 0;
        let mut items = Vec::new();
        for field in entry.fields.iter().chain([&boot]) {
            xor_hash ^= hash::jenkins(field);
            items.push((self.data(field), self.hash(field)));
        }
        items.sort_unstable();
        items.dedup();

        let seqnum = self.form.seqnum + self.n_entries;
        self.numbers = Some((self.numbers.map_or(seqnum, |(first, _)| first), seqnum));
        let mut body = Vec::new();
        for number in [seqnum, entry.realtime, entry.monotonic] {
            body.extend_from_slice(&number.to_le_bytes());
        }
        body.extend_from_slice(&entry.boot_id.to_be_bytes());
        body.extend_from_slice(&xor_hash.to_le_bytes());
        for (at, hash) in &items {
            if self.form.compact {
                body.extend_from_slice(&narrow(*at).to_le_bytes());
            } else {
                body.extend_from_slice(&at.to_le_bytes());
                body.extend_from_slice(&hash.to_le_bytes());
            }
        }
        let at = self.image.object(ENTRY, 0, &body);
        self.all.push(&mut self.image, at);
        for (data, _) in items {
            self.link(data, at);
        }
        self.n_entries += 1;
        self.tail_entry = at;
        self.head.get_or_insert_with(|| entry.clone());
        self.tail = Some(entry.clone());
    }

    /// Passes over numbers: other files have them.
    pub fn pass_over(&mut self, numbers: u64) {
        self.form.seqnum += numbers;
    }

    /// Appends an object of any kind, to which nothing leads. It gives where it begins.
    pub fn object(&mut self, kind: u8, flags: u8, body: &[u8]) -> u64 {
        self.image.object(kind, flags, body)
    }

    /// Appends a TAG, as sealed files have them; it seals nothing.
    pub fn tag(&mut self, epoch: u64) {
        self.n_tags += 1;
        let body = [&self.n_tags.to_le_bytes()[..], &epoch.to_le_bytes(), &[0x5a; 32]].concat();
        self.image.object(TAG, 0, &body);
    }

    /// The DATA object of a field.
    fn data(&mut self, field: &[u8]) -> u64 {
        if let Some(at) = self.known_data.get(field) {
            return *at;
        }
        let (packed, flag) = match self.form.pack.pack(field) {
            Some(packed) if field.len() >= self.form.pack_from => (packed, self.form.pack.object_flag()),
            _ => (field.to_vec(), 0),
        };
        let hash = self.hash(field);
        let fixed = if self.form.compact { 56 } else { 48 };
        let mut body = hash.to_le_bytes().to_vec();
        body.resize(fixed, 0);
        body.extend_from_slice(&packed);
        let at = self.image.object(DATA, flag, &body);
        self.data.link(&mut self.image, hash, at);
        self.known_data.insert(field.to_vec(), at);

        let name = field.split(|byte| *byte == b'=').next().unwrap_or_default();
        let field_at = self.field(name);
        let next = self.image.get64(field_at + 32);
        self.image.put64(at + 32, next);
        self.image.put64(field_at + 32, at);
        at
    }

    /// The FIELD object of a name.
    fn field(&mut self, name: &[u8]) -> u64 {
        if let Some(at) = self.known_fields.get(name) {
            return *at;
        }
        let hash = self.hash(name);
        let body = [&hash.to_le_bytes()[..], &[0; 16], name].concat();
        let at = self.image.object(FIELD, 0, &body);
        self.fields.link(&mut self.image, hash, at);
        self.known_fields.insert(name.to_vec(), at);
        at
    }

    /// Lets an entry be found by one of its DATA: the first one stands in the DATA itself.
    fn link(&mut self, data: u64, entry: u64) {
        let count = self.image.get64(data + 56);
        self.image.put64(data + 56, count + 1);
        if count == 0 {
            self.image.put64(data + 40, entry);
            return;
        }
        let arrays = self.of_data.entry(data).or_insert_with(|| Arrays::new(self.form.compact));
        arrays.push(&mut self.image, entry);
        self.image.put64(data + 48, arrays.first());
        if self.form.compact {
            let (tail, used) = arrays.tail();
            self.image.put32(data + 64, narrow(tail));
            self.image.put32(data + 68, narrow(used));
        }
    }

    fn hash(&self, payload: &[u8]) -> u64 {
        if self.form.keyed { hash::keyed(self.form.file_id, payload) } else { hash::jenkins(payload) }
    }

    /// The file.
    pub fn finish(mut self) -> Vec<u8> {
        self.header();
        self.image.finish(self.form.room)
    }

    fn header(&mut self) {
        let form = self.form.clone();
        let arrays = self.all.made() + self.of_data.values().map(Arrays::made).sum::<u64>();
        let (tail_array, tail_used) = self.all.tail();
        let head = self.head.take().unwrap_or_default();
        let tail = self.tail.take().unwrap_or_default();
        let (first_seqnum, last_seqnum) = self.numbers.unwrap_or_default();
        let sealed = u32::from(self.n_tags > 0);
        let incompatible =
            form.pack.header_flag() | u32::from(form.keyed) << 2 | u32::from(form.compact) << 4;

        let image = &mut self.image;
        let (arena, tail_object, objects) = (image.arena(form.room), image.tail(), image.objects());
        image.put(0, b"LPKSHHRH");
        image.put32(8, form.compatible | sealed);
        image.put32(12, form.incompatible | incompatible);
        image.put(16, &[form.state]);
        image.put(24, &form.file_id.to_be_bytes());
        image.put(40, &form.machine_id.to_be_bytes());
        image.put(56, &tail.boot_id.to_be_bytes());
        image.put(72, &form.seqnum_id.to_be_bytes());
        let numbers = [
            (88, form.header_size),
            (96, arena),
            (104, self.data.at()),
            (112, form.data_buckets * 16),
            (120, self.fields.at()),
            (128, form.field_buckets * 16),
            (136, tail_object),
            (144, objects),
            (152, self.n_entries),
            (160, last_seqnum),
            (168, first_seqnum),
            (176, self.all.first()),
            (184, head.realtime),
            (192, tail.realtime),
            (200, tail.monotonic),
            (208, self.known_data.len() as u64),
            (216, self.known_fields.len() as u64),
            (224, self.n_tags),
            (232, arrays),
            (240, self.data.depth()),
            (248, self.fields.depth()),
            (256, tail_used << 32 | tail_array),
            (264, self.tail_entry),
        ];
        for (at, number) in numbers {
            if at + 8 <= form.header_size {
                image.put64(at, number);
            }
        }
    }
}

/// What has to fit in 32 bits: compact files end at 4 GiB, and tests far before.
fn narrow(wide: u64) -> u32 {
    u32::try_from(wide).unwrap_or(u32::MAX)
}
