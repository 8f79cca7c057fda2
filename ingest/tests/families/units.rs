//! A manager's records of all versions, and what is told of the machine.

use nwlog_ingest::event::gap::{GapFact, GapKind};
use nwlog_ingest::event::unit::{ControlExit, Exit, ExitCode, TimeoutPhase};
use nwlog_ingest::event::{Fact, Manager, UnitFact};
use nwlog_ingest::source::Format;

use crate::read::{entries, entry, manager, of_format};

fn told(text: &str) -> Option<UnitFact> {
    let events = entries([manager("a.service", text, &[])]);
    match events.first().map(|event| &event.fact) {
        Some(Fact::Unit(fact)) => Some(fact.clone()),
        None => None,
        other => panic!("{text}: {other:?}"),
    }
}

/// Which part of the life it was, in the words of v219 to v258.
#[test]
fn timeouts_of_every_state() {
    use TimeoutPhase::*;
    for (text, phase) in [
        ("a.service start operation timed out. Terminating.", Start),
        ("a.service start-pre operation timed out. Terminating.", Start),
        ("a.service start-post operation timed out. Stopping.", Start),
        ("a.service stopping timed out. Terminating.", Stop),
        ("a.service stop-sigterm timed out. Skipping SIGKILL.", Stop),
        ("a.service still around after SIGKILL. Ignoring.", Stop),
        ("a.service still around after final SIGKILL. Entering failed mode.", Stop),
        ("a.service: Start operation timed out. Terminating.", Start),
        ("a.service: Start-pre operation timed out. Terminating.", Start),
        ("a.service: Stopping timed out. Terminating.", Stop),
        ("a.service: State 'stop-sigabrt' timed out. Terminating.", Stop),
        ("a.service: State 'stop-watchdog' timed out. Killing.", Stop),
        ("a.service: State 'stop-post' timed out. Terminating.", Stop),
        ("a.service: State 'stop-final-sigterm' timed out. Killing.", Stop),
        ("a.service: State 'final-sigterm' timed out. Skipping SIGKILL. Entering failed mode.", Stop),
        ("a.service: Processes still around after SIGKILL. Ignoring.", Stop),
        ("a.service: Processes still around after final SIGKILL. Entering failed mode.", Stop),
        ("a.service: condition operation timed out. Terminating.", Start),
        ("a.service: start operation timed out. Aborting.", Start),
        ("a.service: Service reached runtime time limit. Stopping.", Runtime),
        ("a.service: Scope reached runtime time limit. Stopping.", Runtime),
        ("a.service: Mounting timed out. Terminating.", Start),
        ("a.service: Activation timed out. Terminating.", Start),
        ("a.service: Unmounting timed out. Terminating.", Stop),
        ("a.service: Mount process still around after SIGKILL. Ignoring.", Stop),
        ("a.service: Reload operation timed out. Stopping.", Reload),
        ("a.service: reload operation timed out. Killing reload process.", Reload),
        ("a.service: Remounting timed out. Killing.", Reload),
        ("a.service: Cleaning timed out. killing.", Cleaning),
    ] {
        assert_eq!(told(text), Some(UnitFact::TimedOut { phase }), "{text}");
    }
}

#[test]
fn restarts_before_there_was_a_counter() {
    for text in [
        "a.service holdoff time over, scheduling restart.",
        "a.service has no holdoff time, scheduling restart.",
        "a.service: Service hold-off time over, scheduling restart.",
        "a.service: Service has no hold-off time, scheduling restart.",
        "a.service: Scheduled restart job.",
    ] {
        assert_eq!(told(text), Some(UnitFact::RestartScheduled { counter: None }), "{text}");
    }
    let counted = told("a.service: Scheduled restart job, restart counter is at 3.");
    assert_eq!(counted, Some(UnitFact::RestartScheduled { counter: Some(3) }));
}

#[test]
fn exits_of_control_processes_name_their_command() {
    let exit = Exit { code: ExitCode::Exited, status: 3 };
    let control = |command: Option<&str>| {
        Fact::Unit(UnitFact::ControlExit(ControlExit { exit, command: command.map(Into::into) }))
    };
    let text = "a.service: Control process exited, code=exited, status=3/NOTIMPLEMENTED";
    let fields = [
        ("MESSAGE_ID", "98e322203f7a4ed290d09fe03c09fe15"),
        ("EXIT_CODE", "exited"),
        ("EXIT_STATUS", "3"),
        ("COMMAND", "ExecStartPre"),
    ];
    assert_eq!(entries([manager("a.service", text, &fields)])[0].fact, control(Some("ExecStartPre")));
    for text in [text, "a.service: control process exited, code=exited status=3"] {
        assert_eq!(entries([manager("a.service", text, &[])])[0].fact, control(None), "{text}");
    }
}

#[test]
fn processes_that_are_left_over() {
    let left = |pid, comm: &str, at_start| Some(UnitFact::LeftOver { pid, comm: comm.into(), at_start });
    for (text, expected) in [
        (
            "a.service: Unit process 12 (my app (v2)) remains running after unit stopped.",
            left(12, "my app (v2)", false),
        ),
        (
            "a.service: Found left-over process 12 (x) in control group while starting unit. Ignoring.\nThis usually indicates unclean termination of a previous run, or service implementation deficiencies.",
            left(12, "x", true),
        ),
    ] {
        assert_eq!(told(text), expected, "{text}");
    }
}

/// A description names no unit: in text the job's record does.
#[test]
fn start_jobs_that_fail_in_text() {
    let told = |text: &str| {
        let log = format!("2026-11-23T03:00:00.000000+00:00 host systemd[1]: {text}\n");
        let events = of_format(log.as_bytes(), Format::Short { host: true });
        events.into_iter().map(|event| (event.origin.unit, event.fact)).next()
    };
    let failed = |result: &str| {
        Some((Some("a.service".into()), Fact::Unit(UnitFact::StartFailed { result: result.into() })))
    };
    assert_eq!(told("a.service: Job a.service/start failed with result 'dependency'."), failed("dependency"));
    assert_eq!(told("Job a.service/start failed with result 'timeout'."), failed("timeout"));
    for text in [
        "a.service: Job a.service/stop failed with result 'canceled'.",
        "a.service: Job a.service/start failed with result 'canceled'.",
        "a.service: Job b.service/start failed with result 'dependency'.",
        "Job for a.service failed.",
        "Dependency failed for An app.",
    ] {
        assert_eq!(told(text), None, "{text}");
    }
}

#[test]
fn a_core_is_its_units() {
    let core = |more: &[(&str, &str)]| {
        let own = [
            ("_TRANSPORT", "journal"),
            ("_UID", "997"),
            ("_SYSTEMD_UNIT", "systemd-coredump@0-400-0.service"),
            ("MESSAGE_ID", "fc2e22bc6ee647b6b90729ab34a250b1"),
            ("COREDUMP_PID", "369"),
            ("COREDUMP_SIGNAL_NAME", "SIGABRT"),
            (
                "MESSAGE",
                "Process 369 (mode) of user 0 dumped core.\n\nStack trace of thread 369:\n#0 0x1 n/a",
            ),
        ];
        entries([entry(&[&own, more].concat())])
    };
    let system = core(&[("COREDUMP_UNIT", "a.service")]);
    assert_eq!(
        (system[0].origin.manager, system[0].origin.unit.as_deref()),
        (Manager::System, Some("a.service"))
    );
    let user = core(&[
        ("COREDUMP_UNIT", "user@1000.service"),
        ("COREDUMP_USER_UNIT", "b.service"),
        ("COREDUMP_OWNER_UID", "1000"),
    ]);
    assert_eq!(
        (user[0].origin.manager, user[0].origin.unit.as_deref()),
        (Manager::User(1000), Some("b.service"))
    );
    assert_eq!(core(&[("COREDUMP_UNIT", "no unit")]), []);
    assert_eq!(core(&[]), []);
}

#[test]
fn a_sleep_is_told_once_by_whoever_says_it() {
    let kernel = |text| entry(&[("_TRANSPORT", "kernel"), ("SYSLOG_FACILITY", "0"), ("MESSAGE", text)]);
    let sleep = |id, text| {
        entry(&[
            ("_TRANSPORT", "journal"),
            ("_UID", "0"),
            ("_SYSTEMD_UNIT", "systemd-suspend.service"),
            ("MESSAGE_ID", id),
            ("MESSAGE", text),
        ])
    };
    let begins = || sleep("6bbd95ee977941e497c48be27c254128", "Entering sleep state 'suspend'...");
    let ends = || sleep("8811e6df2a8e40f58a94cea26f8ebf14", "System returned from sleep state.");
    for told in [
        vec![begins(), kernel("PM: suspend entry (deep)"), kernel("PM: suspend exit"), ends()],
        vec![kernel("PM: suspend entry (s2idle)"), kernel("PM: suspend exit")],
        vec![kernel("PM: hibernation: hibernation entry"), kernel("PM: hibernation: hibernation exit")],
        vec![begins(), ends()],
    ] {
        let events = entries(told);
        let [event] = &events[..] else { panic!("{events:?}") };
        let Fact::Gap(GapFact { what: GapKind::Suspended, since: Some(since), .. }) = &event.fact else {
            panic!("{event:?}")
        };
        assert!(since.order(&event.at).is_lt());
    }
}

#[test]
fn a_dump_of_kmsg_says_what_it_lacks() {
    let record = |seq: u64| format!("6,{seq},{},-;a record\n", seq * 1_000);
    let user = |seq: u64| format!("14,{seq},{},-;systemd[1]: a user's record\n", seq * 1_000);
    let log: String =
        (1..100).map(record).chain((100..140).map(user)).chain((700..800).map(record)).collect();
    let events = of_format(log.as_bytes(), Format::Kmsg);
    let [event] = &events[..] else { panic!("{events:?}") };
    let Fact::Gap(gap) = &event.fact else { panic!("{event:?}") };
    assert_eq!((gap.what, gap.count), (GapKind::KmsgSequence, Some(560)));
    let filtered: String = (1..2_000).filter(|seq| seq % 7 == 0).map(record).collect();
    assert_eq!(of_format(filtered.as_bytes(), Format::Kmsg), []);
}
