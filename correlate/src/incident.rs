//! What the correlator makes: one failure, told once.

use std::fmt;
use std::str::FromStr;

use nwlog_ingest::Id128;
use nwlog_ingest::event::unit::Exit;
use nwlog_ingest::event::{Manager, gap::GapKind, oom};
use nwlog_ingest::event::{go, oom::TaskSize};
use nwlog_ingest::time::Moment;
use serde::{Deserialize, Serialize};

use crate::timeline::TimelineItem;

/// One failure of one unit or process, with all its occurrences: root, chain and end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Incident {
    /// Which it is. The same entries give the same id.
    pub id: IncidentId,
    /// Ids that it absorbed.
    pub formerly: Vec<IncidentId>,
    /// Counts up at every change.
    pub revision: u64,
    /// Whether more may come.
    pub state: State,
    /// What kind of root it has.
    pub kind: Kind,
    /// The root itself; none where no record says whose memory limit it was.
    pub cause: Option<Cause>,
    /// Every root among the occurrences, where they differ.
    pub causes: Vec<CauseCount>,
    /// How bad it is.
    pub severity: Severity,
    /// How it ended.
    pub outcome: Outcome,
    /// The host's name.
    pub host: Option<Box<str>>,
    /// The machine.
    pub machine_id: Option<Id128>,
    /// The boot.
    pub boot_id: Option<Id128>,
    /// The service manager whose unit it is.
    pub manager: Manager,
    /// The unit that it is about. A user's unit is `user@UID/NAME`.
    pub unit: Option<Box<str>>,
    /// Every unit that it touched, the primary one first.
    pub units: Vec<Box<str>>,
    /// The lives that failed, in order.
    pub invocations: Vec<Id128>,
    /// When the first thing of it happened.
    pub first: Moment,
    /// When the last thing of it happened.
    pub last: Moment,
    /// How often it failed.
    pub occurrences: u64,
    /// How often it was restarted by itself.
    pub restarts: u64,
    /// How long the unit was down in all, in microseconds, where both ends are known.
    pub down_us: Option<u64>,
    /// From the first failure to systemd's record of it, in microseconds.
    pub detect_us: Option<u64>,
    /// From the last failure to running again, in microseconds.
    pub recover_us: Option<u64>,
    /// One sentence that says it.
    pub headline: String,
    /// systemd's own verdict on the last occurrence.
    pub systemd_result: Option<Box<str>>,
    /// The process that ended, of the last occurrence.
    pub process: Option<Process>,
    /// What the program said of its end before it ended by itself: its last line at a level such as `fatal`, with the
    /// error. Of the last occurrence that has one.
    #[serde(default)]
    pub last_word: Option<Box<str>>,
    /// What is known of a kill for memory.
    pub oom: Option<OomDetail>,
    /// What is known of refused operations.
    pub disk: Option<DiskDetail>,
    /// What is known of a Go crash.
    pub go: Option<GoDetail>,
    /// What happened, in true order.
    pub timeline: Vec<TimelineItem>,
    /// The journal's cursors of its first and last record.
    pub cursors: Option<(Box<str>, Box<str>)>,
    /// The unit's last lines before the first occurrence.
    pub context: Vec<ContextLine>,
    /// What the unit's lines before its failures told beside their text: `NAME=value`, each once.
    #[serde(default)]
    pub fields: Vec<Box<str>>,
    /// What is known to be missing.
    pub gaps: Vec<Gap>,
    /// What was left out by a limit.
    pub truncated: Truncated,
    /// Incidents that this one names.
    pub links: Vec<IncidentId>,
    /// The incident that took it over, where it is withdrawn.
    #[serde(default)]
    pub into: Option<IncidentId>,
}

/// The most fields that an incident keeps.
pub const MAX_FIELDS: usize = 64;

/// Which incident it is: a hash of its machine, boot, manager, subject and first life. Printed as 16 hex digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IncidentId(pub u64);

/// A text that is no incident id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an incident id: 16 hex digits")]
pub struct BadId;

impl fmt::Display for IncidentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl fmt::Debug for IncidentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for IncidentId {
    type Err = BadId;

    fn from_str(text: &str) -> Result<Self, BadId> {
        if text.len() != 16 {
            return Err(BadId);
        }
        u64::from_str_radix(text, 16).map(Self).map_err(|_| BadId)
    }
}

impl Serialize for IncidentId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for IncidentId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// Names of an enum's variants, as they stand in JSON, queries and on screen.
macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $text)] $variant,)+
        }

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name that stands in JSON, queries and on screen.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.name())
            }
        }
    };
}

named! {
    /// Whether more may come.
    State {
        /// Its episode goes on.
        Open = "open",
        /// Its episode is over.
        Closed = "closed",
        /// It was said too early, and taken back.
        Withdrawn = "withdrawn",
    }
}

named! {
    /// What kind of root an incident has.
    Kind {
        /// A kill for memory.
        OomKill = "oom-kill",
        /// A file system refused.
        DiskFull = "disk-full",
        /// A Go program crashed or dumped.
        GoPanic = "go-panic",
        /// A unit failed, and nothing else explains it.
        UnitFailure = "unit-failure",
    }
}

named! {
    /// The root of an incident.
    Cause {
        /// The unit's own memory limit, or one below it.
        MemcgLimit = "memcg-limit",
        /// A slice's memory limit.
        SliceLimit = "slice-limit",
        /// The whole machine's memory.
        Global = "global",
        /// systemd-oomd.
        Oomd = "oomd",
        /// ENOSPC.
        NoSpace = "no-space",
        /// ENOSPC, and it is known that inodes ran out.
        NoInodes = "no-inodes",
        /// EDQUOT.
        Quota = "quota",
        /// EROFS.
        ReadOnly = "read-only",
        /// A panic that nobody recovered.
        Panic = "panic",
        /// A fatal error of Go's runtime.
        FatalError = "fatal-error",
        /// Go's runtime got no memory.
        OutOfMemory = "out-of-memory",
        /// All goroutines were asleep.
        Deadlock = "deadlock",
        /// A goroutine's stack outgrew its limit.
        StackOverflow = "stack-overflow",
        /// Too many threads.
        ThreadExhaustion = "thread-exhaustion",
        /// A map was used by several goroutines at once.
        ConcurrentMap = "concurrent-map",
        /// A panic that net/http recovered.
        HttpPanic = "http-panic",
        /// A signal from outside made it dump its goroutines.
        SignalDump = "signal-dump",
        /// The main process ended with a status other than zero.
        ExitCode = "exit-code",
        /// A signal ended the main process.
        Signal = "signal",
        /// A signal ended it, and it left a core.
        CoreDump = "core-dump",
        /// SIGKILL, and no OOM kill behind it.
        Killed = "killed",
        /// It was not up in time.
        StartTimeout = "start-timeout",
        /// It was not down in time.
        StopTimeout = "stop-timeout",
        /// It ran longer than allowed.
        RuntimeTimeout = "runtime-timeout",
        /// It did not answer the watchdog.
        Watchdog = "watchdog",
        /// It could not be executed.
        ExecFailed = "exec-failed",
        /// It did not keep to its service type's protocol.
        Protocol = "protocol",
        /// systemd lacked resources to start it.
        Resources = "resources",
        /// A unit that it requires failed.
        Dependency = "dependency",
        /// A mount failed.
        MountFailed = "mount-failed",
        /// It ended well by itself, and nobody asked for it.
        SilentExit = "silent-exit",
        /// It ends well and is restarted, over and over.
        RestartLoop = "restart-loop",
        /// Its start limit was hit, and nothing else is known.
        StartLimit = "start-limit",
    }
}

named! {
    /// How bad an incident is.
    Severity {
        /// Worth knowing; nothing was down.
        Notice = "notice",
        /// It was down and came back.
        Warning = "warning",
        /// A unit is down, or data was refused.
        Critical = "critical",
    }
}

named! {
    /// How an incident ended.
    Outcome {
        /// Never down, or back up.
        Running = "running",
        /// The last word is a failure, or an end that nobody asked for.
        Down = "down",
        /// At its start limit.
        StartLimitHit = "start-limit-hit",
        /// Stopped by request.
        Stopped = "stopped",
        /// The log or the boot ends before that word.
        Unknown = "unknown",
    }
}

/// A root among the occurrences.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CauseCount {
    /// Its kind.
    pub kind: Kind,
    /// The root.
    pub cause: Option<Cause>,
    /// How many occurrences have it.
    pub count: u64,
}

/// The process that ended.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Process {
    /// Its number.
    pub pid: Option<u32>,
    /// Its name.
    pub comm: Option<Box<str>>,
    /// How it ended.
    pub exit: Option<Exit>,
}

/// What is known of a kill for memory, of the last occurrence.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OomDetail {
    /// Whose limit it was, in the kernel's word.
    pub constraint: Option<oom::Constraint>,
    /// The process whose allocation failed.
    pub invoker: Option<oom::Task>,
    /// The process that was killed; none where only systemd told of the kill.
    pub victim: Option<oom::Victim>,
    /// The cgroup whose limit was reached.
    pub oom_memcg: Option<Box<str>>,
    /// Its usage.
    pub usage_kb: Option<u64>,
    /// Its limit.
    pub limit_kb: Option<u64>,
    /// The largest tasks.
    pub top: Vec<TaskSize>,
}

/// What is known of refused operations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiskDetail {
    /// The first file that was refused.
    pub path: Option<Box<str>>,
    /// Its directory.
    pub directory: Option<Box<str>>,
    /// Where the file system is mounted that refused, where the log tells.
    #[serde(default)]
    pub mount: Option<Box<str>>,
    /// The block device.
    pub device: Option<Box<str>>,
    /// The errno's name: `ENOSPC`.
    pub error: nwlog_ingest::event::DiskError,
    /// How many operations were refused.
    pub refused: u64,
}

/// What is known of a Go crash: the first occurrence's, for the later ones are mostly its echo.
pub type GoDetail = go::GoFact;

/// A line of the unit from before its first failure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContextLine {
    /// When it was written.
    pub at: Moment,
    /// What it says.
    pub text: Box<str>,
}

/// Lines that are known to be missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// From when.
    pub from: Moment,
    /// Until when.
    pub to: Moment,
    /// Why.
    pub what: GapKind,
    /// How many, where that was said.
    pub count: Option<u64>,
}

/// What was left out by a limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Truncated {
    /// Lives that are not in `invocations`.
    pub occurrences: u64,
    /// Items that are not in `timeline`.
    pub timeline: u64,
    /// Lines that are not in `context`.
    pub context: u64,
}
