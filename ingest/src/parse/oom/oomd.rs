//! What systemd-oomd says of its kills (systemd, src/oom/oomd-manager.c and oomd-util.c, v248 to v259). v247 names the
//! cgroup that it watches and not the one that it kills, and so tells nothing here.

use bstr::ByteSlice;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_till1, take_until};
use nom::character::complete::u64;
use nom::combinator::{eof, opt};
use nom::sequence::{delimited, preceded, terminated};
use nom::{IResult, Parser};
use serde::{Deserialize, Serialize};

use super::lex::{path, until_last};
use crate::event::oom::{Candidate, MAX_TOP, OomdKill, OomdReason};
use crate::parse::clip;
use crate::time::Moment;

/// How long after its list of candidates, or the word that it only tries, a kill still belongs to that.
const NEAR_US: u64 = 5_000_000;
/// The longest number with its unit that is kept, in bytes.
const MAX_AMOUNT: usize = 32;

/// What one systemd-oomd said before it kills.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(in crate::parse) struct Oomd {
    list: Option<(Moment, List)>,
    dry: Option<(Moment, Box<str>)>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct List {
    considered: u64,
    candidates: Vec<Candidate>,
    /// The candidate that is being told of is kept.
    is_kept: bool,
}

impl Oomd {
    /// Reads a record, and returns the kill that it tells of. The list of candidates is one record with many lines, or
    /// a record for each.
    pub(in crate::parse) fn push(&mut self, text: &[u8], at: Moment) -> Option<OomdKill> {
        if let Ok((_, (cgroup, why))) = kill(text) {
            let near = |then: &Moment| at.since(then) <= NEAR_US;
            let dry = self.dry.take().filter(|(then, dry)| near(then) && dry.ends_with(&*cgroup));
            let list = self.list.take().filter(|(then, _)| near(then)).map(|(_, list)| list);
            let considered = list.as_ref().map(|list| list.considered);
            let candidates = list.map(|list| list.candidates).unwrap_or_default();
            return dry.is_none().then_some(OomdKill { cgroup, why, considered, candidates });
        }
        if let Ok((_, cgroup)) = dry_run(text) {
            self.dry = Some((at, cgroup));
        }
        for line in text.lines() {
            self.line(line, at);
        }
        None
    }

    fn line(&mut self, line: &[u8], at: Moment) {
        if let Ok((_, considered)) = considered(line) {
            self.list = Some((at, List { considered, ..List::default() }));
        } else if let Some((then, list)) = &mut self.list
            && list.read(line.trim())
        {
            *then = at;
        }
    }
}

impl List {
    fn read(&mut self, line: &[u8]) -> bool {
        // Where there is none, words stand in its place.
        let amount = |text: &[u8]| {
            let text = text.trim();
            let text = text.strip_suffix(b",").unwrap_or(text);
            text.first().is_some_and(u8::is_ascii_digit).then(|| clip(text, MAX_AMOUNT))
        };
        if let Some(cgroup) = line.strip_prefix(b"Path: ") {
            self.is_kept = self.candidates.len() < MAX_TOP;
            if self.is_kept {
                self.candidates.push(Candidate { cgroup: path(cgroup), ..Candidate::default() });
            }
            return true;
        }
        let Some(last) = self.candidates.last_mut().filter(|_| self.is_kept) else { return false };
        if let Some(rest) = line.strip_prefix(b"Pressure: Avg10: ") {
            last.pressure = rest.split_str(" ").next().and_then(amount);
        } else if let Some(rest) = line.strip_prefix(b"Current Memory Usage: ") {
            last.memory = amount(rest);
        } else if let Some(rest) = line.strip_prefix(b"Swap Usage: ") {
            last.swap = amount(rest);
        } else {
            return false;
        }
        true
    }
}

/// "Considered 97 cgroups for killing, top candidates were:".
fn considered(input: &[u8]) -> IResult<&[u8], u64> {
    delimited(tag("Considered "), u64, tag(" cgroups for killing, top candidates were:")).parse(input)
}

/// "oomd dry-run: Would have tried to kill /sys/fs/cgroup/a and all its descendants", up to v256 "… with recurse=true".
fn dry_run(input: &[u8]) -> IResult<&[u8], Box<str>> {
    let end = alt((until_last(" and all its descendants"), until_last(" with recurse=")));
    preceded(tag("oomd dry-run: Would have tried to kill "), end).map(path).parse(input)
}

/// "Killed /a due to …", from v259 on "Marked /a for killing due to …". A path may hold anything: the reason is what
/// follows the last "due to".
fn kill(input: &[u8]) -> IResult<&[u8], (Box<str>, OomdReason)> {
    let rooted = |name: &&[u8]| name.starts_with(b"/");
    let killed = preceded(tag("Killed "), until_last(" due to "));
    let marked = preceded(tag("Marked "), until_last(" for killing due to "));
    let (rest, cgroup) = nom::combinator::verify(alt((killed, marked)), rooted).parse(input)?;
    let (rest, _) = (opt(tag(" for killing")), tag(" due to ")).parse(rest)?;
    let why = alt((pressure, used)).parse(rest).map_or(OomdReason::Other, |(_, why)| why);
    Ok((&[], (path(cgroup), why)))
}

fn amount(text: &[u8]) -> Box<str> {
    clip(text, MAX_AMOUNT)
}

/// "memory pressure for /a being 74.23% > 50.00% for > 20s with reclaim activity".
fn pressure(input: &[u8]) -> IResult<&[u8], OomdReason> {
    let word = || take_till1(|byte| byte == b' ');
    let of = preceded(tag("memory pressure for "), until_last(" being "));
    let numbers = (preceded(tag(" being "), word()), preceded(tag(" > "), word()));
    let during = preceded(tag(" for > "), take_until(" with reclaim activity"));
    (of, numbers, during)
        .map(|(of, (reached, limit), during)| OomdReason::Pressure {
            of: path(of),
            reached: amount(reached),
            limit: amount(limit),
            during: amount(during),
        })
        .parse(input)
}

/// "memory used (1) / total (2) and swap used (3) / total (4) being more than 90.00%", in v248 of swap alone.
fn used(input: &[u8]) -> IResult<&[u8], OomdReason> {
    let pair = || (delimited(tag("used ("), u64, tag(")")), delimited(tag(" / total ("), u64, tag(")")));
    let memory = opt(delimited(tag("memory "), pair(), tag(" and ")));
    let limit = terminated(take_till1(|byte: u8| byte.is_ascii_whitespace()), eof);
    (memory, preceded(tag("swap "), pair()), preceded(tag(" being more than "), limit))
        .map(|(memory, swap, limit)| OomdReason::Used { memory, swap, limit: amount(limit) })
        .parse(input)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn told(lines: &[&str]) -> Vec<OomdKill> {
        let mut oomd = Oomd::default();
        let at = |n: u64| Moment { realtime: None, monotonic: Some(n) };
        (0..).zip(lines).filter_map(|(n, line)| oomd.push(line.as_bytes(), at(n * 1000))).collect()
    }

    const KILLED: &str = "Killed /user.slice/a due to b.service due to memory pressure for /user.slice being \
                          74.23% > 50.00% for > 1min 20s with reclaim activity";

    #[test]
    fn reasons() {
        let pressure = OomdReason::Pressure {
            of: "/user.slice".into(),
            reached: "74.23%".into(),
            limit: "50.00%".into(),
            during: "1min 20s".into(),
        };
        let used = |memory| OomdReason::Used { memory, swap: (3, 4), limit: "90.00%".into() };
        for (line, cgroup, why) in [
            (KILLED, "/user.slice/a due to b.service", pressure.clone()),
            (
                "Marked /x.scope for killing due to memory pressure for /user.slice being 74.23% > 50.00% for > 1min 20s with reclaim activity",
                "/x.scope",
                pressure,
            ),
            (
                "Killed /x.scope due to memory used (1) / total (2) and swap used (3) / total (4) being more than 90.00%",
                "/x.scope",
                used(Some((1, 2))),
            ),
            (
                "Killed /x.scope due to swap used (3) / total (4) being more than 90.00%",
                "/x.scope",
                used(None),
            ),
            ("Killed /x.scope due to its colour", "/x.scope", OomdReason::Other),
        ] {
            let kills = told(&[line]);
            let kill = kills.first().unwrap();
            assert_eq!((&*kill.cgroup, &kill.why, kills.len()), (cgroup, &why, 1), "{line}");
        }
    }

    #[test]
    fn candidates_in_one_record_or_many() {
        let list = "Considered 7 cgroups for killing, top candidates were:\n\tPath: /a.scope\n\t\tMemory Pressure \
                    Limit: 0.00%\n\t\tPressure: Avg10: 84.56 Avg60: 33.68 Avg300: 8.29 Total: 32s\n\t\tCurrent \
                    Memory Usage: 24.8G\n\t\tMemory Min: 0B\n\tPath: /b c.scope\n\t\tSwap Usage: 2.5G";
        let many: Vec<&str> = list.lines().chain([KILLED]).collect();
        for lines in [vec![list, KILLED], many] {
            let kill = told(&lines).remove(0);
            let row = |one: &Candidate| {
                [Some(one.cgroup.clone()), one.pressure.clone(), one.memory.clone(), one.swap.clone()]
            };
            let rows: Vec<_> = kill.candidates.iter().map(row).collect();
            let told = |row: [Option<&str>; 4]| row.map(|part| part.map(Box::<str>::from));
            let (a, b) = (Some("/a.scope"), Some("/b c.scope"));
            let (a, b) = ([a, Some("84.56"), Some("24.8G"), None], [b, None, None, Some("2.5G")]);
            assert_eq!(rows, [told(a), told(b)]);
            assert_eq!(kill.considered, Some(7));
        }
    }

    #[test]
    fn candidates_of_v259() {
        let list = "Considered 7 cgroups for killing, top candidates were:\n\tPath: /a.scope\n\t\tPressure: Avg10: \
                    84.56, Avg60: 33.68, Avg300: 8.29, Total: 32s\n\t\tSwap Usage: (see System Context)";
        let kill = told(&[list, KILLED]).remove(0);
        let one = kill.candidates.first().unwrap();
        assert_eq!((one.pressure.as_deref(), one.swap.as_deref()), (Some("84.56"), None));
    }

    #[test]
    fn a_try_is_no_kill() {
        for dry in [
            "oomd dry-run: Would have tried to kill /sys/fs/cgroup/user.slice/a due to b.service with recurse=true",
            "oomd dry-run: Would have tried to kill /sys/fs/cgroup/user.slice/a due to b.service and all its descendants",
        ] {
            assert_eq!(told(&[dry, KILLED]), [], "{dry}");
        }
    }

    #[test]
    fn others_are_no_kill() {
        for line in [
            "",
            "Killed",
            "Killed a due to b",
            "Failed to kill any cgroups under /a based on pressure: No such file or directory",
            "Memory pressure for /a is greater than 50 for more than 30 seconds and there was reclaim activity",
            "Swap is currently not detected; memory pressure usage will be degraded",
            "A thing Killed /x due to memory",
        ] {
            assert_eq!(told(&[line]), [], "{line}");
        }
    }
}
