//! What earlyoom says of its kills (earlyoom, kill.c, 1.0 to 1.8): it has no other record.

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while1};
use nom::character::complete::{i32, u32, u64};
use nom::combinator::{eof, opt, value};
use nom::number::complete::recognize_float;
use nom::sequence::{delimited, preceded, terminated};
use nom::{IResult, Parser};
use serde::{Deserialize, Serialize};

use super::lex::comm;
use crate::event::OomFact;
use crate::event::oom::{Aftermath, AftermathKind, Killer, OomKill, OomNote, OomNoteKind, TaskSize, Victim};
use crate::parse::{Record, excerpt};

/// How long after the word that memory is low a kill still belongs to it: it looks at every process in between.
const NEAR_US: u64 = 10_000_000;

/// What one earlyoom said.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(in crate::parse) struct Earlyoom {
    low: Option<OomNote>,
    last: Option<(u32, Box<str>)>,
}

impl Earlyoom {
    /// Reads a record.
    pub(in crate::parse) fn push(&mut self, record: &Record<'_>) -> Option<OomFact> {
        let Record { at, text, .. } = *record;
        if low(text).is_ok() {
            self.low = Some(OomNote { at, kind: OomNoteKind::Low, text: excerpt(text) });
            return None;
        }
        if let Ok((_, sending)) = sending(text) {
            return self.kill(record, &sending);
        }
        let (_, (pid, kind)) = ending(text).ok()?;
        let (last, comm) = self.last.take()?;
        (pid.is_none_or(|pid| pid == last)).then_some(OomFact::Aftermath(Aftermath { pid: last, comm, kind }))
    }

    fn kill(&mut self, record: &Record<'_>, sending: &Sending<'_>) -> Option<OomFact> {
        let comm = comm(sending.name);
        // A second signal to the same process is the end of the same kill.
        if self.last.as_ref().is_some_and(|(pid, name)| (*pid, name) == (sending.pid, &comm)) {
            return None;
        }
        self.last = Some((sending.pid, comm.clone()));
        let near = |note: &OomNote| record.at.since(&note.at) <= NEAR_US;
        let notes = self.low.take().filter(near).into_iter().collect();
        let rss = sending.rss_mib.and_then(|mib| mib.checked_mul(1024));
        let top = rss.map(|rss_kb| TaskSize { pid: sending.pid, comm: comm.clone(), rss_kb });
        let victim = Victim {
            pid: sending.pid,
            comm,
            uid: sending.uid,
            oom_score_adj: sending.adj,
            ..Victim::default()
        };
        Some(OomFact::Kill(Box::new(OomKill {
            block: record.identity.0,
            killer: Killer::Earlyoom,
            victim,
            top: top.into_iter().collect(),
            notes,
            ..OomKill::default()
        })))
    }
}

/// A signal that is sent.
struct Sending<'a> {
    pid: u32,
    uid: Option<u32>,
    name: &'a [u8],
    adj: Option<i32>,
    rss_mib: Option<u64>,
}

/// "low memory! at or below SIGTERM limits: mem 10.00%, swap 10.00%".
fn low(input: &[u8]) -> IResult<&[u8], ()> {
    value((), (tag("low memory! at or below "), alt((tag("SIGTERM"), tag("SIGKILL"))), tag(" limits")))
        .parse(input)
}

/// `sending SIGTERM to process 5 uid 0 "x": oom_score 711, oom_score_adj 0, VmRSS 52562 MiB, cmdline "…"` (1.8), or
/// `…: badness 711, VmRSS 52562 MiB` (up to 1.7, and without the uid up to 1.3). A signal 0 is a test.
fn sending(input: &[u8]) -> IResult<&[u8], Sending<'_>> {
    let signal = delimited(tag("sending "), alt((tag("SIGTERM"), tag("SIGKILL"))), tag(" to process "));
    let (rest, pid) = preceded(signal, u32).parse(input)?;
    let (rest, uid) = opt(preceded(tag(" uid "), u32)).parse(rest)?;
    let (rest, _) = tag(" \"")(rest)?;
    // A name may hold quotes, and a command line this very text: the first end that is one counts.
    let ends = memchr::memmem::find_iter(rest, "\": ");
    let found = ends.filter_map(|at| rest.split_at_checked(at)).find_map(|(name, tail)| {
        let (_, (adj, rss_mib)) = scores(tail).ok()?;
        Some(Sending { pid, uid, name, adj, rss_mib: Some(rss_mib) })
    });
    let failed = || nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Verify));
    found.map(|sending| (&b""[..], sending)).ok_or_else(failed)
}

/// The scores behind a name, up to the resident size.
fn scores(input: &[u8]) -> IResult<&[u8], (Option<i32>, u64)> {
    let new = preceded((tag("oom_score "), i32, tag(", oom_score_adj ")), i32).map(Some);
    let old = (tag("badness "), i32).map(|_| None);
    let end = alt((eof, tag(", cmdline \"")));
    let rss = terminated(delimited(tag(", VmRSS "), u64, tag(" MiB")), end);
    preceded(tag("\": "), (alt((new, old)), rss)).parse(input)
}

/// "process 5 exited after 0.100 seconds", without the pid up to 1.7, and that nothing was sent.
fn ending(input: &[u8]) -> IResult<&[u8], (Option<u32>, AftermathKind)> {
    let pid = opt(terminated(u32, tag(" ")));
    let gone =
        (preceded(tag("process "), pid), delimited(tag("exited after "), recognize_float, tag(" seconds")));
    let dry = (tag("dryrun, not actually sending"), take_while1(|_| true));
    alt((gone.map(|(pid, _)| (pid, AftermathKind::Gone)), value((None, AftermathKind::Spared), dry)))
        .parse(input)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;
    use crate::event::Identity;
    use crate::time::Moment;

    fn told(lines: &[&str]) -> Vec<OomFact> {
        let mut earlyoom = Earlyoom::default();
        let record = |(n, line): (u64, &&'static str)| Record {
            at: Moment { realtime: None, monotonic: Some(n * 1000) },
            received: Moment::default(),
            identity: Identity(n),
            text: line.as_bytes(),
        };
        let lines: Vec<&'static str> =
            lines.iter().map(|line| &*Box::leak(Box::<str>::from(*line))).collect();
        (0..).zip(&lines).filter_map(|line| earlyoom.push(&record(line))).collect()
    }

    const LOW: &str = "low memory! at or below SIGTERM limits: mem 10.00%, swap 10.00%";
    const TERM: &str = "sending SIGTERM to process 5 uid 7 \"a\": b\": badness 711, VmRSS 2 MiB";

    #[test]
    fn every_version() {
        for (line, name, uid, adj, rss) in [
            (
                "sending SIGTERM to process 5 uid 0 \"my app\": oom_score 711, oom_score_adj -5, VmRSS 52562 MiB, cmdline \"x\": badness 1, VmRSS 1 MiB\"",
                "my app",
                Some(0),
                Some(-5),
                52562,
            ),
            (TERM, "a\": b", Some(7), None, 2),
            ("sending SIGKILL to process 5 \"x\": badness 711, VmRSS 0 MiB", "x", None, None, 0),
        ] {
            let facts = told(&[LOW, line]);
            let Some(OomFact::Kill(kill)) = facts.first() else { panic!("{line}") };
            let victim = &kill.victim;
            assert_eq!((victim.pid, &*victim.comm, victim.uid, victim.oom_score_adj), (5, name, uid, adj));
            assert_eq!(kill.top.first().map(|task| task.rss_kb), Some(rss * 1024));
            assert_eq!((kill.killer, kill.notes.len(), facts.len()), (Killer::Earlyoom, 1, 1));
        }
    }

    #[test]
    fn ends() {
        let kinds = |lines: &[&str]| -> Vec<_> {
            let kind = |fact: &OomFact| match fact {
                OomFact::Aftermath(aftermath) => Some((aftermath.pid, aftermath.kind)),
                _ => None,
            };
            told(lines).iter().map(kind).collect()
        };
        let gone = Some((5, AftermathKind::Gone));
        assert_eq!(kinds(&[TERM, "process 5 exited after 0.100 seconds"]), [None, gone]);
        assert_eq!(kinds(&[TERM, "process exited after 2.8 seconds"]), [None, gone]);
        assert_eq!(kinds(&[TERM, "process 6 exited after 2.8 seconds"]), [None]);
        assert_eq!(kinds(&["process 5 exited after 0.100 seconds"]), []);
        let spared = Some((5, AftermathKind::Spared));
        assert_eq!(kinds(&[TERM, "dryrun, not actually sending any signal"]), [None, spared]);
    }

    #[test]
    fn others_are_no_kill() {
        for line in [
            "",
            LOW,
            "mem avail:  2807 of  3905 MiB (71.89%), swap free:    0 of    0 MiB ( 0.00%)",
            "sending SIGTERM when mem <= 10.00% and swap <= 10.00%,",
            "sending SIGHUP to process 5 uid 0 \"x\": badness 1, VmRSS 2 MiB",
            "sending SIGTERM to process 5 uid 0 \"x\": badness high, VmRSS 2 MiB",
            "escalating to SIGKILL after 10.0 seconds",
            "INFO sending SIGTERM to process 5 uid 0 \"x\": badness 1, VmRSS 2 MiB",
        ] {
            assert_eq!(told(&[line]), [], "{line}");
        }
    }
}
