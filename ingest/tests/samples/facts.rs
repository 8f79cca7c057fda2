//! What the manifest says of a sample, held against its events.
//!
//! Facts have one rule a key. Remarks are sentences for people: those that are written the same way everywhere have a
//! rule too, the others are listed as untold. The snapshot says which is which, so that a rule that stops matching shows.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use bstr::ByteSlice as _;
use nwlog_corpora::samples::{self, Family, Sample};
use nwlog_ingest::event::go::GoReason;
use nwlog_ingest::event::oom::OomKill;
use nwlog_ingest::event::unit::{Exit, ExitCode};
use nwlog_ingest::event::{Event, Fact, GoFact, UnitFact, Writer};
use nwlog_ingest::source::{Chunks, Format, Limits};

use crate::read;

/// Facts that are about the file, or that no event keeps.
const NOT_EVENTS: [&str; 3] = ["lines", "entries", "pgtables_kb"];

struct Told<'a> {
    sample: &'a Sample,
    raw: Vec<u8>,
    events: Vec<Event>,
}

#[test]
fn events_agree_with_the_manifest() {
    let mut list = String::new();
    for sample in &samples::all().unwrap() {
        let told = Told { sample, raw: sample.read().unwrap(), events: read::sample(sample) };
        writeln!(list, "{} {}", sample.family.name(), sample.name).unwrap();
        for (key, value) in &sample.facts {
            let held = told.fact(key, value).unwrap_or_else(|| panic!("no rule for the fact {key}={value}"));
            writeln!(list, "  {} {key}={value}", if held { "held" } else { "of the file" }).unwrap();
        }
        for remark in &sample.remarks {
            let rules = told.remark(remark);
            let by =
                if rules.is_empty() { "untold".to_owned() } else { format!("held by {}", rules.join(", ")) };
            writeln!(list, "  {by}: {remark}").unwrap();
        }
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("manifest", list));
}

impl Told<'_> {
    fn name(&self) -> &str {
        &self.sample.name
    }

    /// Holds a fact: false where it is about the file, none where there is no rule for its key.
    fn fact(&self, key: &str, value: &str) -> Option<bool> {
        let number = || value.parse::<u64>().unwrap();
        match key {
            _ if NOT_EVENTS.contains(&key) => return Some(false),
            "format" => {
                let format = Chunks::new(&*self.raw, Limits::default()).unwrap().format();
                assert_eq!((format, value), (Some(Format::Dmesg), "dmesg"), "{}", self.name());
            }
            "victim_pid" => assert_eq!(u64::from(self.kill().victim.pid), number(), "{}", self.name()),
            "comm" => assert_eq!(&*self.kill().victim.comm, value, "{}", self.name()),
            "anon_rss_kb" => assert_eq!(self.kill().victim.anon_rss_kb, Some(number()), "{}", self.name()),
            "total_vm_kb" => assert_eq!(self.kill().victim.total_vm_kb, Some(number()), "{}", self.name()),
            "task_memcg" => assert_eq!(self.kill().victim.cgroup.as_deref(), Some(value), "{}", self.name()),
            "oom_memcg" => assert_eq!(self.kill().oom_memcg.as_deref(), Some(value), "{}", self.name()),
            "goroutine" => {
                assert_eq!(self.crash().goroutine.as_ref().unwrap().id, number(), "{}", self.name());
            }
            "top" => assert_eq!(top(self.crash()), value, "{}", self.name()),
            "exit" => self.exit(number()),
            _ => return None,
        }
        Some(true)
    }

    /// Go exits with 2 after a crash. Other programs' ends are no crash, and net/http survives a handler's.
    fn exit(&self, status: u64) {
        let reasons: Vec<_> = read::crashes(&self.events).iter().map(|crash| crash.reason).collect();
        match status {
            0 => assert_eq!(reasons, [GoReason::HttpPanic], "{}", self.name()),
            1 => assert_eq!(reasons, [], "{}", self.name()),
            2 => assert_ne!(self.crash().reason, GoReason::HttpPanic, "{}", self.name()),
            _ => panic!("{} ends with {status}", self.name()),
        }
    }

    /// Holds a remark, and says by which rules.
    fn remark(&self, remark: &str) -> Vec<&'static str> {
        type Rule<'a> = fn(&Told<'a>, &str) -> Option<()>;
        let rules: [(&'static str, Rule<'_>); 11] = [
            ("number of kills", Self::number_of_kills),
            ("kills in", Self::kills_in),
            ("no kill", Self::no_kill),
            ("negative", Self::negative),
            ("value", Self::value),
            ("signal", Self::signal),
            ("no goroutine", Self::no_goroutine),
            ("one crash", Self::one_crash),
            ("exit status", Self::exit_status),
            ("lives", Self::lives),
            ("refusal", Self::refusal),
        ];
        rules.into_iter().filter(|(_, rule)| rule(self, remark).is_some()).map(|(name, _)| name).collect()
    }

    /// `7 kills: …`, `1 OOM kill`: of the unit that the sample is of.
    fn number_of_kills(&self, remark: &str) -> Option<()> {
        let (count, rest) = remark.split_once(' ')?;
        rest.strip_prefix("OOM ").unwrap_or(rest).strip_prefix("kill")?;
        let count: usize = count.parse().ok()?;
        assert_eq!(self.kills().len(), count, "{}", self.name());
        Some(())
    }

    /// `… comm 1,2,3 in unit`.
    fn kills_in(&self, remark: &str) -> Option<()> {
        let (who, unit) = remark.rsplit_once(" in ").filter(|_| self.sample.family == Family::Oom)?;
        let (comm, pids) = who.trim_end_matches(" (children)").rsplit_once(' ')?;
        let pids: Vec<u32> = pids.split(',').map(str::parse).collect::<Result<_, _>>().ok()?;
        let comm = comm.rsplit_once(": ").map_or(comm, |(_, comm)| comm).trim_end_matches(" pid");
        let of_unit = |event: &&Event| event.origin.unit.as_deref() == Some(unit);
        let events: Vec<_> = self.events.iter().filter(of_unit).cloned().collect();
        let kills = read::kills(&events);
        assert!(kills.iter().map(|kill| kill.victim.pid).eq(pids), "{remark}");
        assert!(kills.iter().all(|kill| &*kill.victim.comm == comm.trim_matches('"')), "{remark}");
        Some(())
    }

    fn no_kill(&self, remark: &str) -> Option<()> {
        let says = ["NOT an OOM kill", "NEGATIVE for OOM", "no kernel OOM kill"];
        says.iter().any(|words| remark.contains(words)).then_some(())?;
        assert_eq!(self.kills().len(), 0, "{}", self.name());
        Some(())
    }

    /// `NEGATIVE: "text"` is a line that no event tells of; without quotes all of the sample is.
    fn negative(&self, remark: &str) -> Option<()> {
        let what = remark.strip_prefix("NEGATIVE: ")?;
        match what.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
            Some(text) => {
                assert!(self.raw.contains_str(text), "{}", self.name());
                assert!(!self.events.iter().any(|event| event.text.contains(text)), "{}", self.name());
            }
            None => assert_eq!(self.events, [], "{}", self.name()),
        }
        Some(())
    }

    /// `panic: value` or `fatal error: value`, where the dump says just that.
    fn value(&self, remark: &str) -> Option<()> {
        let (_, value) = remark.rsplit_once("panic: ").or_else(|| remark.rsplit_once("fatal error: "))?;
        let value = value.split(", ").next().filter(|value| self.raw.contains_str(value))?;
        assert_eq!(&*self.crash().value, value, "{}", self.name());
        Some(())
    }

    /// `[signal SIGSEGV…` of a crash, `SIGQUIT:` of a dump.
    fn signal(&self, remark: &str) -> Option<()> {
        let (dump, text) = match remark.split_once("[signal ") {
            Some((_, text)) => (false, text),
            None => (true, remark),
        };
        let name = text.split_once(':').map(|(name, _)| name).filter(|name| name.starts_with("SIG"))?;
        let crash = self.crash();
        assert_eq!(crash.signal.as_deref(), Some(name), "{}", self.name());
        assert_eq!(crash.reason == GoReason::SignalDump, dump, "{}", self.name());
        Some(())
    }

    fn no_goroutine(&self, remark: &str) -> Option<()> {
        (remark.ends_with(", no goroutines") || remark == "NO goroutine block").then_some(())?;
        assert_eq!(self.crash().goroutines, 0, "{}", self.name());
        Some(())
    }

    fn one_crash(&self, remark: &str) -> Option<()> {
        remark.contains("one crash only").then(|| _ = self.crash())
    }

    /// `217/USER`, `exit-code 1`.
    fn exit_status(&self, remark: &str) -> Option<()> {
        let number = remark.strip_prefix("exit-code ").or_else(|| Some(remark.split_once('/')?.0))?;
        let exit = Exit { code: ExitCode::Exited, status: number.parse().ok()? };
        assert!(self.units().any(|fact| *fact == UnitFact::MainExit(exit)), "{}", self.name());
        Some(())
    }

    /// `3 INVOCATION_IDs`.
    fn lives(&self, remark: &str) -> Option<()> {
        let (count, _) = remark.split_once(" INVOCATION_IDs")?;
        let unit = self.subject();
        let own = self.events.iter().filter(|event| event.origin.unit.as_deref() == unit);
        let lives: BTreeSet<_> = own.filter_map(|event| event.origin.invocation).collect();
        assert_eq!(Ok(lives.len()), count.parse(), "{}", self.name());
        Some(())
    }

    /// The words of a refused operation, as the file has them: an event tells of these.
    fn refusal(&self, remark: &str) -> Option<()> {
        let has = |text: &[u8]| remark.split(": ").all(|part| text.contains_str(part));
        (matches!(self.sample.family, Family::Enospc) && self.raw.lines().any(has)).then_some(())?;
        let refused = |event: &&Event| matches!(event.fact, Fact::Disk(_));
        assert!(
            self.events.iter().filter(refused).any(|event| has(event.text.as_bytes())),
            "{}",
            self.name()
        );
        Some(())
    }

    /// The unit whose journal the sample is.
    fn subject(&self) -> Option<&str> {
        let systemd = self.events.iter().find(|event| event.origin.writer == Writer::Systemd)?;
        systemd.origin.unit.as_deref()
    }

    fn kills(&self) -> Vec<&OomKill> {
        let unit = self.subject();
        let own = self.events.iter().filter(|event| unit.is_none() || event.origin.unit.as_deref() == unit);
        own.flat_map(|event| read::kills(std::slice::from_ref(event))).collect()
    }

    fn kill(&self) -> &OomKill {
        let kills = self.kills();
        assert_eq!(kills.len(), 1, "{}", self.name());
        kills[0]
    }

    fn crash(&self) -> &GoFact {
        let crashes = read::crashes(&self.events);
        assert_eq!(crashes.len(), 1, "{}", self.name());
        crashes[0]
    }

    fn units(&self) -> impl Iterator<Item = &UnitFact> {
        self.events.iter().filter_map(|event| match &event.fact {
            Fact::Unit(fact) => Some(fact),
            _ => None,
        })
    }
}

/// The frame at fault: `main.main main.go:59`.
fn top(crash: &GoFact) -> String {
    let frame = &crash.frames[crash.user_frame.unwrap()];
    let file = frame.file.as_deref().unwrap();
    let file = file.rsplit('/').next().unwrap();
    format!("{} {file}:{}", frame.function, frame.line.unwrap())
}
