use super::{COUNTER, File, Hole, Unread, check, check_with, run};
use crate::Id128;
use crate::locate::{FileName, Owner, Stage};
use crate::sequence::{Check, Member, NotChecked};

/// A counter from its first entry on, without the file of 11 to 20.
fn holed() -> Vec<File> {
    vec![File::active(Owner::System, 21..=30), File::archived(Owner::System, 1..=10)]
}

const HOLE: Hole = Hole { from: 11, to: 20 };

#[test]
fn a_file_that_is_gone_is_told() {
    let (holes, report) = check(&holed());
    assert_eq!(holes, [HOLE]);
    assert_eq!((report.missing, report.holes, report.largest), (10, 1, 10));
    assert!(report.unknown.is_empty() && !report.is_complete());
}

fn why_not(files: &[File], unread: &[Unread], boot: &dyn Fn(u64) -> u8, flushes: &[u64]) -> Vec<NotChecked> {
    let (holes, report) = check_with(files, unread, boot, flushes);
    assert_eq!(holes, []);
    assert_eq!(report.missing, 0);
    report.unknown.into_keys().collect()
}

fn unread(owner: Owner, stage: Stage) -> Unread {
    Unread { directory: Some(0), name: Some(FileName { owner, stage }) }
}

#[test]
fn a_file_that_was_not_read_may_have_all_that_it_can_have() {
    let archived = |seqnum_id, head_seqnum| Stage::Archived { seqnum_id, head_seqnum, head_realtime: 1_010 };
    let other = Id128::from_bytes([9; 16]);
    let table = [
        (Owner::User(1000), Stage::Active, Some(NotChecked::Unread)),
        (Owner::System, archived(COUNTER, 11), Some(NotChecked::Unread)),
        (Owner::System, archived(COUNTER, 21), None),
        (Owner::User(1000), archived(COUNTER, 2), Some(NotChecked::Unread)),
        (Owner::User(1000), archived(other, 2), Some(NotChecked::Counters)),
        (Owner::User(1000), Stage::PutAside { realtime: None }, Some(NotChecked::Unread)),
        (Owner::Other, Stage::Active, Some(NotChecked::Unread)),
        (Owner::Remote, Stage::Active, None),
    ];
    for (owner, stage, reason) in table {
        let (_, report) = check_with(&holed(), &[unread(owner, stage)], &|_| 1, &[]);
        let reasons: Vec<_> = report.unknown.keys().copied().collect();
        assert_eq!(reasons, Vec::from_iter(reason), "{owner:?} {stage:?}");
        assert_eq!(report.missing, if reason.is_some() { 0 } else { 10 });
    }
    let elsewhere = Unread { directory: None, name: None };
    assert_eq!(why_not(&holed(), &[elsewhere], &|_| 1, &[]), [NotChecked::Unread]);
}

#[test]
fn jumps_are_no_holes() {
    assert_eq!(why_not(&holed(), &[], &|number| u8::from(number > 15), &[]), [NotChecked::Boot]);
    assert_eq!(why_not(&holed(), &[], &|_| 1, &[25]), [NotChecked::Flushed]);
    let (holes, _) = check_with(&holed(), &[], &|_| 1, &[5]);
    assert_eq!(holes, [HOLE]);
}

#[test]
fn vacuumed_files_are_no_holes() {
    // A user's file of 3 to 12 was the oldest; that of 8 to 20 was archived with it.
    let files = [File::active(Owner::System, 21..=30), File::archived(Owner::System, [8, 9, 10, 13, 14, 20])];
    assert_eq!(why_not(&files, &[], &|_| 1, &[]), [NotChecked::Vacuumed]);
}

#[test]
fn files_that_are_archived_alone() {
    let user = |numbers: &[u64]| File::archived(Owner::User(9), numbers.iter().copied());
    let system = || {
        vec![
            File::active(Owner::System, [60, 62, 70]),
            File::archived(Owner::System, 21..=30),
            File::archived(Owner::System, 41..=50),
        ]
    };
    // A user's file that is gone may have had all of these: they were archived together at 60.
    let mut files = system();
    files.push(File::active(Owner::User(8), [61]));
    files.iter_mut().for_each(|file| file.header_size = 272);
    assert_eq!(check(&files).0, [Hole { from: 63, to: 69 }]);
    // This one reaches across, so that they were not.
    let mut files = system();
    files.push(user(&[20, 55, 61]));
    files.iter_mut().for_each(|file| file.header_size = 272);
    let told = [(31, 40), (51, 54), (56, 59), (63, 69)].map(|(from, to)| Hole { from, to });
    assert_eq!(check(&files).0, told);
}

/// What has to be true of each file.
fn reasons_with(change: impl Fn(&mut Member)) -> Vec<NotChecked> {
    let files = holed();
    let mut members: Vec<Member> = files.iter().map(File::member).collect();
    change(&mut members[1]);
    let (_, report) = run(Check::new(members, &[]), &files, &|_| 1, &[]);
    report.unknown.into_keys().collect()
}

#[test]
fn files_have_to_be_journalds_own() {
    let name =
        |owner| move |member: &mut Member| member.name = Some(FileName { owner, stage: Stage::Active });
    assert_eq!(reasons_with(|_| ()), []);
    assert_eq!(reasons_with(name(Owner::Remote)), [NotChecked::Name]);
    assert_eq!(reasons_with(name(Owner::Other)), [NotChecked::Name]);
    assert_eq!(reasons_with(|member| member.name = None), [NotChecked::Name]);
    assert_eq!(reasons_with(|member| member.header_size = 240), [NotChecked::Format]);
    assert_eq!(reasons_with(|member| member.head = 5), [NotChecked::Damaged]);
    assert_eq!(reasons_with(|member| member.head_realtime = 5_000), [NotChecked::Clock]);
}

#[test]
fn another_counter_at_the_time() {
    for (from, to, reason) in [(1_000, 1_005, None), (1_015, 1_016, Some(NotChecked::Counters))] {
        let files = holed();
        let mut members: Vec<Member> = files.iter().map(File::member).collect();
        let mut other = File::active(Owner::User(5), 1..=9).member();
        other.seqnum_id = Id128::from_bytes([9; 16]);
        (other.head_realtime, other.tail_realtime) = (from, to);
        members.push(other);
        let (_, report) = run(Check::new(members, &[]), &files, &|_| 1, &[]);
        assert_eq!(report.unknown.into_keys().collect::<Vec<_>>(), Vec::from_iter(reason));
    }
}

#[test]
fn damaged_and_left_out() {
    let files = [
        File::active(Owner::System, 41..=50),
        File::archived(Owner::System, 1..=10),
        File::archived(Owner::System, [21, 24, 30]),
    ];
    let members: Vec<Member> = files.iter().map(File::member).collect();
    for (reason, told) in [
        (None, vec![(11, 20), (22, 23), (25, 29), (31, 40)]),
        (Some(NotChecked::Damaged), vec![(11, 20)]),
        (Some(NotChecked::LeftOut), vec![(11, 20), (31, 40)]),
    ] {
        let mut check = Check::new(members.clone(), &[]);
        let mut left = files.to_vec();
        if let Some(reason) = reason {
            check.pass(2, reason);
            left[2].numbers.clear();
        }
        let (holes, report) = run(check, &left, &|_| 1, &[]);
        let told: Vec<_> = told.into_iter().map(|(from, to)| Hole { from, to }).collect();
        let found: Vec<Hole> =
            holes.into_iter().filter(|hole| reason.is_none() || told.contains(hole)).collect();
        match reason {
            None => assert_eq!(found, told),
            // Without its numbers it is one hole with those around it.
            Some(reason) => assert_eq!(
                (found, report.unknown.into_iter().collect::<Vec<_>>()),
                (vec![], vec![(reason, 30)])
            ),
        }
    }
}
