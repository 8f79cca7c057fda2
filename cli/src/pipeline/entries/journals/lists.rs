//! Entries by what they have, through the lists that a journal file keeps for each value.

use nwlog_journal::{Damage, Data, EntryHead, JournalFile, Marked, Room, Scan};

use crate::pipeline::entries::matches::{Matches, OneOf, Value};

/// The entries of a file that satisfy the matches, by their places, in stored order.
pub(super) fn matching(file: &JournalFile, matches: &Matches) -> Vec<u64> {
    let names = Names::of(file, matches);
    let mut room = Room::default();
    let mut all: Option<Vec<u64>> = None;
    for group in &matches.all {
        let sets = group.any.iter().map(|set| {
            let mut every: Option<Vec<u64>> = None;
            for field in &set.fields {
                let has = having(file, field, &names, &mut room);
                every = Some(both(every, has));
                if every.as_ref().is_some_and(Vec::is_empty) {
                    break;
                }
            }
            every.unwrap_or_default()
        });
        let any = joined(sets.collect());
        all = Some(both(all, any));
        if all.as_ref().is_some_and(Vec::is_empty) {
            break;
        }
    }
    all.unwrap_or_default()
}

/// The entries that have one of the values of a field.
fn having(file: &JournalFile, field: &OneOf, names: &Names<'_>, room: &mut Room) -> Vec<u64> {
    let mut lists = Vec::new();
    let mut list_of = |value: &[u8]| {
        let payload = [field.name.as_bytes(), b"=", value].concat();
        if let Some(data) = file.find(&payload, room) {
            let list = file.list_of(&data);
            lists.push(list.range(file, 0, list.len()));
        }
    };
    for value in &field.values {
        match value {
            Value::Exact(value) => list_of(value),
            Value::Like(_) => names.values(&field.name, value).for_each(&mut list_of),
        }
    }
    joined(lists)
}

fn joined(mut lists: Vec<Vec<u64>>) -> Vec<u64> {
    if lists.len() == 1 {
        return lists.pop().unwrap_or_default();
    }
    let mut joined = lists.concat();
    // Sorted lists one after the other are what a stable sort is quick with.
    joined.sort();
    joined.dedup();
    joined
}

fn both(one: Option<Vec<u64>>, mut other: Vec<u64>) -> Vec<u64> {
    let Some(one) = one else { return other };
    let mut rest = one.iter().peekable();
    other.retain(|place| {
        while rest.next_if(|known| *known < place).is_some() {}
        rest.peek() == Some(&place)
    });
    other
}

/// The values in a file that patterns ask for.
struct Names<'a> {
    wanted: Vec<(&'a str, &'a Value)>,
    found: Vec<(String, Vec<u8>)>,
    room: Vec<u8>,
}

impl<'a> Names<'a> {
    fn of(file: &JournalFile, matches: &'a Matches) -> Self {
        let fields = matches.all.iter().flat_map(|group| &group.any).flat_map(|set| &set.fields);
        let like = |value: &&Value| matches!(value, Value::Like(_));
        let wanted: Vec<_> = fields
            .flat_map(|field| field.values.iter().filter(like).map(|value| (&*field.name, value)))
            .collect();
        let mut names = Self { wanted, found: Vec::new(), room: Vec::new() };
        if !names.wanted.is_empty() {
            let _: Damage = file.scan(&mut names);
        }
        names
    }

    fn values<'b>(&'b self, name: &'b str, like: &'b Value) -> impl Iterator<Item = &'b [u8]> {
        self.found
            .iter()
            .filter(move |(field, value)| field == name && like.is(value))
            .map(|(_, value)| &**value)
    }
}

impl Scan for Names<'_> {
    type Shared = ();

    fn data(&mut self, data: &Data<'_>) -> Option<u32> {
        let Self { wanted, found, room } = self;
        let payload = data.prefix(room);
        let at = memchr::memchr(b'=', payload)?;
        let (name, value) = payload.get(..at).zip(payload.get(at + 1..))?;
        let (name, _) = wanted.iter().find(|(field, like)| field.as_bytes() == name && like.is(value))?;
        found.push(((*name).to_owned(), value.to_vec()));
        None
    }

    fn is_shared(&self, _: u32) -> bool {
        false
    }

    fn shared(&mut self, _: &[Marked]) {}

    fn entry(&mut self, _: &EntryHead, (): &mut (), _: &[Marked]) -> std::ops::ControlFlow<()> {
        std::ops::ControlFlow::Continue(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_joined_and_intersected() {
        assert_eq!(joined(vec![vec![1, 4], vec![2, 4, 9], vec![]]), [1, 2, 4, 9]);
        assert_eq!(both(Some(vec![1, 3, 5, 7]), vec![2, 3, 7, 8]), [3, 7]);
        assert_eq!(both(None, vec![2]), [2]);
        assert_eq!(both(Some(vec![]), vec![2]), [0_u64; 0]);
    }
}
