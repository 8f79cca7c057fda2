//! What a busy machine says when all is well.

use super::rng::Rng;

const PATHS: [&str; 9] = [
    "/api/v1/users",
    "/api/v1/orders",
    "/healthz",
    "/login",
    "/static/app.js",
    "/metrics",
    "/api/v2/search",
    "/cart",
    "/checkout",
];
const USERS: [&str; 8] = ["alice", "bob", "carol", "dave", "eve", "mallory", "root", "deploy"];

fn address(rng: &mut Rng) -> String {
    format!("10.{}.{}.{}", rng.below(256), rng.below(256), rng.range(1, 254))
}

/// A line of a service's own.
pub(crate) fn service(rng: &mut Rng) -> String {
    match rng.below(100) {
        0..=39 => format!(
            "{} - - \"GET {}?id={} HTTP/1.1\" {} {} \"-\" \"Mozilla/5.0\" rt=0.{:03}",
            address(rng),
            rng.word(&PATHS),
            rng.range(1, 999_999),
            rng.word(&["200", "200", "200", "200", "304", "404", "500"]),
            rng.range(100, 90_000),
            rng.below(1000)
        ),
        40..=59 => format!(
            "level=info ts=2026-07-0{} msg=\"request done\" trace={:016x} user={} latency_ms={} status={}",
            rng.range(1, 9),
            rng.next(),
            rng.word(&USERS),
            rng.range(1, 3000),
            rng.word(&["200", "201", "204", "400", "500"])
        ),
        60..=74 => format!("connection from {} port {}", address(rng), rng.range(1024, 65_535)),
        75..=84 => rng
            .word(&[
                "heartbeat ok",
                "checkpoint complete",
                "GC cycle finished",
                "cache refreshed",
                "no work to do",
            ])
            .to_owned(),
        85..=92 => format!(
            "WARN slow query duration={}ms rows={} sql=\"SELECT * FROM orders WHERE id={}\"",
            rng.range(500, 9000),
            rng.range(1, 100_000),
            rng.range(1, 10_000_000)
        ),
        93..=98 => format!(
            "ERROR upstream timed out (110: Connection timed out) while reading response header from upstream, \
             client: {}, request: \"POST {} HTTP/1.1\"",
            address(rng),
            rng.word(&PATHS)
        ),
        _ => payload(rng),
    }
}

/// A long line: a debug dump of 600 to 1500 bytes.
fn payload(rng: &mut Rng) -> String {
    let length = rng.range(600, 1500);
    let letters: String = (0..length)
        .filter_map(|_| rng.pick(b"abcdefghijklmnopqrstuvwxyz0123456789 ").map(|&byte| char::from(byte)))
        .collect();
    format!("{{\"level\":\"debug\",\"event\":\"state\",\"payload\":\"{letters}\"}}")
}

/// A line of the log-in machinery.
pub(crate) fn session(rng: &mut Rng) -> String {
    let (user, uid) = (rng.word(&USERS), rng.range(1000, 1010));
    format!("pam_unix(sshd:session): session opened for user {user}(uid={uid}) by (uid=0)")
}

/// A line of the kernel's.
pub(crate) fn kernel(rng: &mut Rng) -> String {
    match rng.below(5) {
        0 => format!(
            "[UFW BLOCK] IN=eth0 OUT= MAC=00:16:3e:00:00:01 SRC={} DST=10.0.0.5 LEN=40 TOS=0x00 PREC=0x00 TTL={} \
             ID={} PROTO=TCP SPT={} DPT={} WINDOW=1024",
            address(rng),
            rng.range(30, 255),
            rng.range(1, 65_535),
            rng.range(1024, 65_535),
            rng.range(1, 65_535)
        ),
        1 => format!("audit: type=1400 apparmor=\"ALLOWED\" operation=\"open\" pid={}", rng.range(1, 99_999)),
        2 => "eth0: link becomes ready".to_owned(),
        3 => "nf_conntrack: table full, dropping packet".to_owned(),
        _ => "EXT4-fs (sda1): mounted filesystem with ordered data mode".to_owned(),
    }
}
