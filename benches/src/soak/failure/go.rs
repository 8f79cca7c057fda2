//! Crashes of Go programs.

use super::Scene;

/// A dump, stored so long after it was written.
fn dump(scene: &mut Scene<'_>, first: &str, lag: u64) {
    let line = scene.machine.rng.range(10, 999);
    for text in [
        first.to_owned(),
        "goroutine 18 [running]:".to_owned(),
        "main.(*Server).handle(0x0, {0xc000012345, 0x7})".to_owned(),
        format!("\t/src/svc/server.go:{line} +0x1d"),
        "created by main.main in goroutine 1".to_owned(),
        "\t/src/svc/main.go:33 +0x9a".to_owned(),
    ] {
        scene.line_late(&text, lag);
    }
}

fn dies(scene: &mut Scene<'_>, first: &str, lag: u64) {
    dump(scene, first, lag);
    scene.wait(30_000);
    scene.exit("exited", 2, "INVALIDARGUMENT", "exit-code");
}

pub(super) fn panic(scene: &mut Scene<'_>) {
    scene.account("go-panic", "panic", 1, "running");
    dies(scene, "panic: assignment to entry in nil map", 100);
    scene.restart();
}

/// The dump is stored seconds after the exit that it caused.
pub(super) fn panic_stored_late(scene: &mut Scene<'_>) {
    scene.account("go-panic", "panic", 1, "running");
    let lag = scene.machine.rng.range(2_000_000, 20_000_000);
    dies(scene, "panic: index out of range [5] with length 3", lag);
    scene.restart();
}

pub(super) fn fatal_error(scene: &mut Scene<'_>) {
    scene.account("go-panic", "concurrent-map", 1, "down");
    dies(scene, "fatal error: concurrent map writes", 100);
    scene.start_tomorrow();
}

pub(super) fn deadlock(scene: &mut Scene<'_>) {
    scene.account("go-panic", "deadlock", 1, "running");
    dies(scene, "fatal error: all goroutines are asleep - deadlock!", 100);
    scene.restart();
}

/// net/http recovers it.
pub(super) fn recovered(scene: &mut Scene<'_>) {
    let times = scene.machine.rng.range(1, 4);
    scene.account("go-panic", "http-panic", times, "running");
    for _ in 0..times {
        for text in [
            "2026/07/01 00:00:10 http: panic serving 10.0.0.7:51538: no cart",
            "goroutine 34 [running]:",
            "net/http.(*conn).serve.func1()",
            "\t/usr/lib/go/src/net/http/server.go:1850 +0xbf",
            "main.(*Cart).Total(...)",
            "\t/src/shop/cart.go:19",
        ] {
            scene.line(text);
        }
        scene.wait(10_000);
        scene.line("2026/07/01 00:00:10 GET /cart 200");
        scene.wait(20_000_000);
    }
}

pub(super) fn panics_to_the_start_limit(scene: &mut Scene<'_>) {
    let lives = scene.machine.rng.range(2, 6);
    scene.account("go-panic", "panic", lives, "start-limit-hit");
    for life in 1..=lives {
        dies(scene, "panic: load config: no such file", 100);
        if life < lives {
            scene.restart();
            scene.wait(100_000);
        }
    }
    scene.give_up("exit-code");
}
