//! The entries behind generated incidents are such as tell of them.
#![allow(missing_docs, clippy::unwrap_used)]

use std::collections::BTreeSet;

use nwlog_benches::{incidents_of, years};

#[test]
fn entries_tell_what_their_incidents_say() {
    let mut wrong = Vec::new();
    for n in 0..60 {
        let incident = years::incident(1, n);
        let mut entries = Vec::new();
        years::entries::write(&mut entries, &incident).unwrap();
        let told = incidents_of(&entries.into()).unwrap();
        let kinds: BTreeSet<_> = told.iter().map(|one| one.kind).collect();
        if !kinds.contains(&incident.kind) {
            wrong.push(format!("{n}: {:?} {:?}, told {kinds:?}", incident.kind, incident.unit));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
