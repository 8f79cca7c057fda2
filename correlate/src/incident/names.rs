//! The words that stand in JSON, queries and on screen.

use std::fmt;

use serde::{Deserialize, Serialize};

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
