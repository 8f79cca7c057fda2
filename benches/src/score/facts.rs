//! Events as facts, in the words of FACTS.tsv.

use nwlog_ingest::event::go::GoReason;
use nwlog_ingest::event::oom::{OomFact, OomKill};
use nwlog_ingest::event::unit::ExitCode;
use nwlog_ingest::event::{DiskFact, Event, Fact, GoFact, UnitFact};
use nwlog_ingest::scan::{Scanned, Session};
use nwlog_ingest::source::{Chunks, Limits};

/// The kinds of facts, and the form of each.
pub const KINDS: [&str; 11] = [
    // `PID COMM`
    "victim",
    // the victim's cgroup
    "cgroup",
    // the cgroup whose limit was reached
    "limit-of",
    // why a Go program ended, as JSON has it
    "reason",
    // what it said at that
    "value",
    // `FUNCTION FILE:LINE` of the first frame that is the program's own
    "top",
    // how many goroutine headers the dump has
    "goroutines",
    // the same of stacks without a cause, which are no event by themselves: read as if a SIGQUIT stood before them
    "bare-goroutines",
    // `ERRNO PATH`, or `-` where the record names none
    "refused",
    // `UNIT CODE STATUS` of a main process
    "exit",
    // `UNIT RESULT`
    "result",
];

/// The facts of a log whose format its content tells.
///
/// # Errors
/// It is no log.
pub fn read(log: &[u8]) -> anyhow::Result<Vec<(&'static str, String)>> {
    let mut session = Session::default();
    let mut facts = Vec::new();
    for chunk in Chunks::new(log, Limits::default())? {
        session.take(Scanned::of(chunk?), &mut |event| facts_of(&event, &mut facts));
    }
    session.finish(&mut |event| facts_of(&event, &mut facts));
    Ok(facts)
}

/// The facts of stacks that no crash stands before.
///
/// # Errors
/// It is no log.
pub fn read_bare(stacks: &[u8]) -> anyhow::Result<Vec<(&'static str, String)>> {
    let mut facts = read(stacks)?;
    let dump = [b"SIGQUIT: quit\nPC=0x0 m=0 sigcode=0\n\n", stacks].concat();
    let headers = read(&dump)?.into_iter().filter(|(kind, _)| *kind == "goroutines");
    facts.extend(headers.map(|(_, count)| ("bare-goroutines", count)));
    Ok(facts)
}

fn facts_of(event: &Event, facts: &mut Vec<(&'static str, String)>) {
    let unit = event.origin.unit.as_deref().unwrap_or("-");
    match &event.fact {
        Fact::Oom(OomFact::Kill(kill)) => killed(kill, facts),
        Fact::Go(go) => crashed(go, facts),
        Fact::Disk(DiskFact { error, path, .. }) => {
            facts.push(("refused", format!("{} {}", error.errno(), path.as_deref().unwrap_or("-"))));
        }
        Fact::Unit(UnitFact::MainExit(exit)) => {
            let code = match exit.code {
                ExitCode::Exited => "exited",
                ExitCode::Killed => "killed",
                ExitCode::Dumped => "dumped",
            };
            facts.push(("exit", format!("{unit} {code} {}", exit.status)));
        }
        Fact::Unit(UnitFact::Failed { result }) => facts.push(("result", format!("{unit} {result}"))),
        _ => {}
    }
}

fn killed(kill: &OomKill, facts: &mut Vec<(&'static str, String)>) {
    facts.push(("victim", format!("{} {}", kill.victim.pid, kill.victim.comm)));
    facts.extend(kill.victim.cgroup.as_deref().map(|cgroup| ("cgroup", cgroup.to_owned())));
    facts.extend(kill.oom_memcg.as_deref().map(|cgroup| ("limit-of", cgroup.to_owned())));
}

fn crashed(go: &GoFact, facts: &mut Vec<(&'static str, String)>) {
    // As JSON has it.
    let reason = serde_json::to_value(go.reason).ok().and_then(|name| name.as_str().map(str::to_owned));
    facts.extend(reason.map(|reason| ("reason", reason)));
    facts.push(("value", go.value.escape_debug().to_string()));
    // A race report has no headers of goroutines.
    if go.reason != GoReason::DataRace {
        facts.push(("goroutines", go.goroutines.to_string()));
    }
    let top = go.user_frame.and_then(|at| go.frames.get(at)).map(|frame| {
        let file = frame.file.as_deref().unwrap_or("-");
        let file = file.rsplit('/').next().unwrap_or(file);
        format!("{} {file}:{}", frame.function, frame.line.unwrap_or(0))
    });
    facts.extend(top.map(|top| ("top", top)));
}
