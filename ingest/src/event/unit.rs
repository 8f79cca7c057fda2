//! What a service manager says about its units.

use serde::{Deserialize, Serialize};

/// One record of a service manager about one unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum UnitFact {
    /// A start job began ("Starting …", MESSAGE_ID 7d4958e8…).
    Starting,
    /// A start job ended well ("Started …", "Finished …", 39f53479…).
    Started {
        /// "Finished": a oneshot, or a unit whose processes were already gone.
        finished: bool,
    },
    /// A start job failed ("Failed to start …", "Dependency failed for …", be02cf68…).
    StartFailed {
        /// JOB_RESULT: `failed`, `dependency`, `timeout`.
        result: Box<str>,
    },
    /// A stop was asked for ("Stopping …", de5b426a…).
    Stopping,
    /// A stop job ended ("Stopped …", 9d1aaa27…).
    Stopped {
        /// JOB_TYPE: `stop` or `restart`; absent where the record has none.
        job_type: Option<Box<str>>,
    },
    /// The main process ended ("Main process exited", 98e32220…).
    MainExit(Exit),
    /// A control process ended ("Control process exited", "Mount process exited").
    ControlExit(ControlExit),
    /// The unit failed ("Failed with result", d9b373ed…).
    Failed {
        /// UNIT_RESULT, such as `exit-code` or `oom-kill`.
        result: Box<str>,
    },
    /// The unit ended well ("Deactivated successfully.", "Succeeded.", 7ad2d189…).
    Succeeded,
    /// An automatic restart ("Scheduled restart job", 5eb03494…).
    RestartScheduled {
        /// N_RESTARTS, from v235 on.
        counter: Option<u64>,
    },
    /// "Start request repeated too quickly."
    StartLimit,
    /// "A process of this unit has been killed by the OOM killer." (fe6faa94…)
    OutOfMemory,
    /// "systemd-oomd killed N process(es) in this unit." (d989611b…)
    OomdKill {
        /// How many processes.
        processes: Option<u64>,
    },
    /// "Watchdog timeout (limit 3s)!"
    Watchdog {
        /// The limit, as printed.
        limit: Option<Box<str>>,
    },
    /// A state took too long: "start operation timed out. Terminating.", "State 'stop-sigterm' timed out. Killing."
    TimedOut {
        /// Which: start, stop or the running unit itself.
        phase: TimeoutPhase,
    },
    /// The manager sends a signal: "Killing process 389 (myapp) with signal SIGABRT."
    Killing {
        /// To whom.
        pid: Option<u32>,
        /// Its name.
        comm: Option<Box<str>>,
        /// Which, such as `SIGABRT`.
        signal: Box<str>,
    },
    /// Someone asked for a signal: "Sent signal SIGKILL to main process 266 (myapp) on client request."
    ClientSignal {
        /// Which, such as `SIGKILL`.
        signal: Box<str>,
        /// To whom.
        pid: Option<u32>,
    },
    /// D-Bus asked for it ("Activating via systemd: … unit='…'", dbus-daemon, bus/activation.c): not the manager's word.
    Activated,
    /// The forked child could not become the service ("Failed at step EXEC spawning …", 64125765…).
    SpawnFailed {
        /// The step: `EXEC`, `CHDIR`, `USER`; absent in "Failed to locate executable".
        step: Option<Box<str>>,
        /// EXECUTABLE.
        executable: Option<Box<str>>,
        /// ERRNO.
        errno: Option<i32>,
    },
    /// A reload job ended ("Reloaded …", "Reload failed for …", 7b05ebc6…).
    Reloaded {
        /// JOB_RESULT: `done`, `failed`, `timeout`.
        result: Box<str>,
    },
    /// A process outlived its unit ("Unit process N (comm) remains running after unit stopped."), or was there before
    /// it ("Found left-over process N (comm) in control group while starting unit."), v246 and later.
    LeftOver {
        /// Which.
        pid: u32,
        /// Its name.
        comm: Box<str>,
        /// It was there when the unit was started.
        at_start: bool,
    },
    /// What the life that has ended used ("Consumed 1.4s CPU time, 40M memory peak.", ae8f7b86…), v235 and later.
    Resources {
        /// CPU_USAGE_NSEC.
        cpu_ns: Option<u64>,
        /// MEMORY_PEAK, in bytes, v256 and later.
        memory_peak: Option<u64>,
        /// MEMORY_SWAP_PEAK, in bytes, v256 and later.
        swap_peak: Option<u64>,
    },
    /// A process of the unit left a core (systemd-coredump, fc2e22bc…): not the manager's word.
    Coredump {
        /// COREDUMP_PID.
        pid: Option<u32>,
        /// COREDUMP_COMM.
        comm: Option<Box<str>>,
        /// COREDUMP_SIGNAL_NAME, such as `SIGSEGV`.
        signal: Option<Box<str>>,
    },
}

/// How a control process ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ControlExit {
    /// How.
    #[serde(flatten)]
    pub exit: Exit,
    /// COMMAND, which setting it was run for: `ExecStartPre`, `ExecStop`; v240 and later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub command: Option<Box<str>>,
}

/// How a process ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exit {
    /// `exited`, `killed` or `dumped`.
    pub code: ExitCode,
    /// The exit status, or the signal's number.
    pub status: i32,
}

/// EXIT_CODE: the `CLD_*` names of waitid(2) in lower case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ExitCode {
    /// It called exit.
    Exited,
    /// A signal ended it.
    Killed,
    /// A signal ended it, and it left a core.
    Dumped,
}

/// Which part of a unit's life took too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TimeoutPhase {
    /// Until it was up: condition, start-pre, start, start-post, mounting, activating.
    Start,
    /// Until it was down: stop, stop-sigterm, stop-post, final-sigterm.
    Stop,
    /// RuntimeMaxSec.
    Runtime,
    /// A reload, or a mount's remounting: the unit goes on.
    Reload,
    /// `systemctl clean`: the unit does not run.
    Cleaning,
}
