//! Failures of four kinds, each under a name that nothing else has.

use std::process::{Child, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, ensure};
use nwlog_corpora::cgroup::{Cgroup, Service};

use super::stage::Stage;

/// The kinds, in turns.
const KINDS: [&str; 4] = ["oom-kill", "unit-failure", "go-panic", "disk-full"];

/// How a unit ends: code, status, what systemd calls that, its result, and the incident's cause.
type End = (&'static str, i32, &'static str, &'static str, &'static str);

const ENDS: [End; 3] = [
    ("exited", 3, "NOTIMPLEMENTED", "exit-code", "exit-code"),
    ("killed", 11, "SEGV", "signal", "signal"),
    ("dumped", 6, "ABRT", "core-dump", "core-dump"),
];

/// What happened.
#[derive(Clone, Debug)]
pub(super) struct Failed {
    pub(super) name: String,
    pub(super) kind: &'static str,
    /// Where it is known beforehand.
    pub(super) cause: &'static str,
}

/// Failures that were made.
#[derive(Debug)]
pub(super) struct Failures {
    pub(super) made: Vec<Failed>,
    running: Vec<(Child, Service)>,
    /// No other run's are called so.
    prefix: String,
}

impl Failures {
    pub(super) fn new() -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self { made: Vec::new(), running: Vec::new(), prefix: format!("flood-{:x}-", now.as_millis()) }
    }

    /// Which of these names a text has.
    pub(super) fn named_in<'a>(&self, text: &'a str) -> Option<&'a str> {
        let at = text.find(&self.prefix)?;
        text.get(at..at + self.prefix.len() + 3)
    }

    /// Lets something fail.
    pub(super) fn make(&mut self, nth: usize, stage: &Stage) -> anyhow::Result<()> {
        ensure!(nth < 1_000, "too many failures");
        let name = format!("{}{nth:03}", self.prefix);
        let kind = KINDS.into_iter().cycle().nth(nth).unwrap_or_default();
        let cause = match kind {
            "oom-kill" => {
                Cgroup::make(&name)?.kill()?;
                "memcg-limit"
            }
            "unit-failure" => {
                let end = ENDS.into_iter().cycle().nth(nth / KINDS.len()).context("no way to end")?;
                exit(nth, &name, end, stage)?
            }
            "go-panic" => {
                let dump = format!(
                    "panic: {name}\n\ngoroutine 1 [running]:\nmain.load(...)\n\t/src/shop/main.go:19\n\
                     main.main()\n\t/src/shop/main.go:59 +0x15ee\n"
                );
                self.print(nth, &name, &dump, stage)?;
                exit(nth, &name, ("exited", 2, "INVALIDARGUMENT", "exit-code", "panic"), stage)?
            }
            _ => {
                let line = format!("open /srv/{name}/a.wal: no space left on device\n");
                self.print(nth, &name, &line, stage)?;
                "no-space"
            }
        };
        self.made.push(Failed { name, kind, cause });
        Ok(())
    }

    /// A service prints it, and goes on.
    fn print(&mut self, nth: usize, name: &str, text: &str, stage: &Stage) -> anyhow::Result<()> {
        let service = Service::make(&format!("{name}.service"))?;
        // What writes a line has to be there when journald asks whose it is.
        let script = r#"
            mkdir -p /run/systemd/units && ln -s "$2" "/run/systemd/units/invocation:$1" && echo 0 >"$3" &&
            exec systemd-cat -t shop sh -c 'printf %s "$0"; exec sleep infinity' "$4"
        "#;
        let mut command = stage.journald.inside("sh");
        command.args(["-c", script, "sh", &format!("{name}.service"), &life(nth)]);
        command.arg(service.processes()).arg(text).stdin(Stdio::null());
        self.running.push((command.spawn().context("cannot start sh")?, service));
        Ok(())
    }
}

impl Drop for Failures {
    fn drop(&mut self) {
        for (child, _) in &mut self.running {
            // It may have ended.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// The invocation of a service.
fn life(nth: usize) -> String {
    format!("{:032x}", nth + 1)
}

/// The manager, which is this process, tells how a unit ended, with the fields of systemd 252.
fn exit(nth: usize, name: &str, end: End, stage: &Stage) -> anyhow::Result<&'static str> {
    let (code, status, called, result, cause) = end;
    let unit = format!("{name}.service");
    let about = [
        "PRIORITY=5".to_owned(),
        "SYSLOG_FACILITY=3".to_owned(),
        "SYSLOG_IDENTIFIER=systemd".to_owned(),
        format!("UNIT={unit}"),
        format!("INVOCATION_ID={}", life(nth)),
    ];
    let say = |more: [String; 4]| stage.journald.send(about.iter().chain(&more));
    say([
        format!("MESSAGE={unit}: Main process exited, code={code}, status={status}/{called}"),
        "MESSAGE_ID=98e322203f7a4ed290d09fe03c09fe15".to_owned(),
        format!("EXIT_CODE={code}"),
        format!("EXIT_STATUS={status}"),
    ])?;
    say([
        format!("MESSAGE={unit}: Failed with result '{result}'."),
        "MESSAGE_ID=d9b373ed55a64feb8242e02dbe79a49c".to_owned(),
        format!("UNIT_RESULT={result}"),
        "CODE_FUNC=unit_log_failure".to_owned(),
    ])?;
    Ok(cause)
}
