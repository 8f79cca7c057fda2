//! Operations that file systems refuse.

use super::Scene;

fn refused(scene: &mut Scene<'_>, what: &str, times: u64) {
    let comm = scene.unit.comm.clone();
    for n in 0..times {
        scene.line(&format!("write /var/lib/{comm}/{n}.log: {what}"));
        scene.wait(300_000);
    }
}

/// The service lives on.
pub(super) fn no_space(scene: &mut Scene<'_>) {
    let times = scene.machine.rng.range(1, 9);
    scene.account("disk-full", "no-space", 1, "running");
    refused(scene, "no space left on device", times);
}

pub(super) fn no_space_ends_it(scene: &mut Scene<'_>) {
    scene.account("disk-full", "no-space", 1, "running");
    refused(scene, "no space left on device", 2);
    scene.exit("exited", 1, "FAILURE", "exit-code");
    scene.restart();
}

pub(super) fn read_only(scene: &mut Scene<'_>) {
    scene.account("disk-full", "read-only", 1, "down");
    refused(scene, "read-only file system", 1);
    scene.exit("exited", 1, "FAILURE", "exit-code");
    scene.start_tomorrow();
}

pub(super) fn quota(scene: &mut Scene<'_>) {
    scene.account("disk-full", "quota", 1, "running");
    refused(scene, "disk quota exceeded", 3);
}
