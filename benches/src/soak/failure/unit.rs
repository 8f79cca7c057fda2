//! Failures that systemd ends or reports.

use super::{START_FAILED, Scene};
use crate::soak::noise::{self, STARTED, STARTING, STOPPED, STOPPING};
use crate::soak::record::Record;

pub(super) fn exit_and_restart(scene: &mut Scene<'_>) {
    scene.account("unit-failure", "exit-code", 1, "running");
    scene.exit("exited", 3, "NOTIMPLEMENTED", "exit-code");
    scene.restart();
}

pub(super) fn exit_and_down(scene: &mut Scene<'_>) {
    scene.account("unit-failure", "exit-code", 1, "down");
    scene.exit("exited", 1, "FAILURE", "exit-code");
    scene.start_tomorrow();
}

pub(super) fn exits_to_the_start_limit(scene: &mut Scene<'_>) {
    let lives = scene.machine.rng.range(2, 6);
    scene.account("unit-failure", "exit-code", lives, "start-limit-hit");
    for life in 1..=lives {
        scene.exit("exited", 1, "FAILURE", "exit-code");
        if life < lives {
            scene.restart();
            scene.wait(100_000);
        }
    }
    scene.give_up("exit-code");
}

pub(super) fn signal(scene: &mut Scene<'_>) {
    scene.account("unit-failure", "signal", 1, "running");
    scene.exit("killed", 11, "SEGV", "signal");
    scene.restart();
}

pub(super) fn core_dump(scene: &mut Scene<'_>) {
    scene.account("unit-failure", "core-dump", 1, "running");
    scene.exit("dumped", 11, "SEGV", "core-dump");
    scene.restart();
}

pub(super) fn sigkill(scene: &mut Scene<'_>) {
    scene.account("unit-failure", "killed", 1, "down");
    scene.exit("killed", 9, "KILL", "signal");
    scene.start_tomorrow();
}

pub(super) fn sigkill_on_request(scene: &mut Scene<'_>) {
    let pid = scene.unit.pid;
    scene.manager(&format!("Sent signal SIGKILL to main process {pid} (svc) on client request."));
    scene.wait(10_000);
    scene.account("unit-failure", "killed", 1, "down");
    scene.exit("killed", 9, "KILL", "signal");
    scene.start_tomorrow();
}

/// A stop and a start on request, and the start does not come to an end.
pub(super) fn start_timeout(scene: &mut Scene<'_>) {
    stop(scene);
    scene.wait(1_000_000);
    let mut rng = scene.machine.rng.clone();
    scene.unit.begin(&mut rng);
    scene.machine.rng = rng;
    scene.job(STARTING, "start", "begins");
    scene.wait(90_000_000);
    scene.account("unit-failure", "start-timeout", 1, "down");
    scene.manager("start operation timed out. Terminating.");
    scene.exit("killed", 15, "TERM", "timeout");
    scene.job(START_FAILED, "start", "failed");
    scene.start_tomorrow();
}

fn stop(scene: &mut Scene<'_>) {
    scene.job(STOPPING, "stop", "begins");
    scene.wait(80_000);
    let record = noise::succeeded(scene.at, &scene.unit);
    scene.say(record);
    scene.wait(1_000);
    scene.job(STOPPED, "stop", "done");
}

pub(super) fn stop_timeout(scene: &mut Scene<'_>) {
    scene.job(STOPPING, "stop", "begins");
    scene.wait(90_000_000);
    scene.account("unit-failure", "stop-timeout", 1, "stopped");
    scene.manager("State 'stop-sigterm' timed out. Killing.");
    let pid = scene.unit.pid;
    scene.manager(&format!("Killing process {pid} (svc) with signal SIGKILL."));
    scene.exit("killed", 9, "KILL", "timeout");
    scene.job(STOPPED, "stop", "done");
    scene.start_tomorrow();
}

pub(super) fn runtime_timeout(scene: &mut Scene<'_>) {
    scene.account("unit-failure", "runtime-timeout", 1, "down");
    scene.manager("Service reached runtime time limit. Stopping.");
    scene.wait(10_000);
    scene.exit("killed", 15, "TERM", "timeout");
    scene.start_tomorrow();
}

pub(super) fn watchdog(scene: &mut Scene<'_>) {
    scene.account("unit-failure", "watchdog", 1, "running");
    scene.manager("Watchdog timeout (limit 3s)!");
    let pid = scene.unit.pid;
    scene.manager(&format!("Killing process {pid} (svc) with signal SIGABRT."));
    scene.wait(50_000);
    scene.exit("dumped", 6, "ABRT", "watchdog");
    scene.restart();
}

/// It is stopped and started on request, and its program is gone.
pub(super) fn no_such_program(scene: &mut Scene<'_>) {
    stop(scene);
    scene.wait(1_000_000);
    scene.begin();
    scene.account("unit-failure", "exec-failed", 1, "down");
    scene.exit("exited", 203, "EXEC", "exit-code");
    scene.start_tomorrow();
}

pub(super) fn protocol(scene: &mut Scene<'_>) {
    stop(scene);
    scene.wait(1_000_000);
    let mut rng = scene.machine.rng.clone();
    scene.unit.begin(&mut rng);
    scene.machine.rng = rng;
    scene.job(STARTING, "start", "begins");
    scene.wait(1_000_000);
    scene.account("unit-failure", "protocol", 1, "down");
    let record = noise::failed(scene.at, &scene.unit, "protocol");
    scene.say(record);
    scene.wait(1_000);
    scene.job(START_FAILED, "start", "failed");
    scene.start_tomorrow();
}

/// A mount fails, and the unit that needs it is not started. Two rows.
pub(super) fn mount_and_dependency(scene: &mut Scene<'_>) {
    let mount = format!("srv-{}.mount", scene.unit.life);
    let life = scene.machine.rng.id();
    stop(scene);
    scene.wait(1_000_000);
    scene.account_of(mount.clone(), "unit-failure", "mount-failed", 1, "down");
    let text = format!("{mount}: Mount process exited, code=exited, status=32/n/a");
    let exited =
        format!("MESSAGE_ID={}\nCOMMAND=ExecMount\nEXIT_CODE=exited\nEXIT_STATUS=32\n", noise::EXITED);
    let record = Record::manager(scene.at, &mount, Some(&life), &text, &exited);
    scene.say(record);
    scene.wait(5_000);
    let text = format!("{mount}: Failed with result 'exit-code'.");
    let more = "MESSAGE_ID=d9b373ed55a64feb8242e02dbe79a49c\nUNIT_RESULT=exit-code\n";
    let record = Record::manager(scene.at, &mount, Some(&life), &text, more);
    scene.say(record);
    scene.wait(5_000);
    let record = noise::job(scene.at, &mount, Some(&life), START_FAILED, "start", "failed");
    scene.say(record);
    scene.wait(5_000);
    scene.account("unit-failure", "dependency", 1, "down");
    let record = noise::job(scene.at, &scene.unit.name, None, START_FAILED, "start", "dependency");
    scene.say(record);
    scene.start_tomorrow();
}

pub(super) fn exit_in_requested_stop(scene: &mut Scene<'_>) {
    scene.job(STOPPING, "stop", "begins");
    scene.wait(80_000);
    scene.account("unit-failure", "exit-code", 1, "stopped");
    scene.exit("exited", 1, "FAILURE", "exit-code");
    scene.job(STOPPED, "stop", "done");
    scene.start_tomorrow();
}

/// A crash loop whose cause changes.
pub(super) fn two_causes(scene: &mut Scene<'_>) {
    scene.account("unit-failure", "exit-code", 3, "running");
    scene.exit("exited", 1, "FAILURE", "exit-code");
    scene.restart();
    scene.wait(2_000_000);
    scene.exit("killed", 11, "SEGV", "signal");
    scene.restart();
    scene.wait(2_000_000);
    scene.exit("exited", 1, "FAILURE", "exit-code");
    scene.restart_scheduled();
    scene.wait(20_000);
    let mut rng = scene.machine.rng.clone();
    scene.unit.begin(&mut rng);
    scene.machine.rng = rng;
    scene.job(STARTED, "start", "done");
}
