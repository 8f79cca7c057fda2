//! What `-u` means to journalctl: what a unit logged itself, and what others that can be trusted logged about it.

use super::matches::{Composer, Value};
use crate::pipeline::select::{Pattern, has_suffix};

/// The kind of record in which systemd-coredump tells of a crash (systemd, src/systemd/sd-messages.h, SD_MESSAGE_COREDUMP).
const COREDUMP: &str = "fc2e22bc6ee647b6b90729ab34a250b1";

/// What a pattern has and a plain name has not (systemd, src/basic/glob-util.h).
const GLOB: [char; 3] = ['*', '?', '['];

/// Adds what entries have that belong to a unit, as an alternative to others (systemd, src/shared/logs-show.c of v252,
/// add_matches_for_unit). `name` is as the user wrote it.
pub fn add(name: &str, composer: &mut Composer) {
    let name = mangled(name);
    let is_slice = name.ends_with(".slice");
    let is_glob = name.contains(GLOB);
    let unit = match is_glob {
        true => Value::Like(Pattern::exactly(&name)),
        false => Value::Exact(name.clone().into_bytes()),
    };
    composer.add("_SYSTEMD_UNIT", unit.clone());
    composer.or();
    composer.exact("MESSAGE_ID", COREDUMP);
    composer.exact("_UID", "0");
    composer.add("COREDUMP_UNIT", unit.clone());
    composer.or();
    composer.exact("_PID", "1");
    composer.add("UNIT", unit.clone());
    composer.or();
    composer.exact("_UID", "0");
    composer.add("OBJECT_SYSTEMD_UNIT", unit.clone());
    composer.or();
    if is_slice || is_glob {
        composer.add("_SYSTEMD_SLICE", unit);
        composer.or();
    }
}

/// A name as a user writes it, made the name of a unit: `app` is `app.service`, `/dev/sda` is `dev-sda.device`, another
/// path is that of a mount (systemd, src/basic/unit-name.c of v252, unit_name_mangle_with_suffix).
fn mangled(name: &str) -> String {
    let is_glob = name.contains(GLOB);
    if is_valid(name) || is_glob && name.chars().all(|c| is_plain(c) || "@[]!*?".contains(c)) {
        return name.to_owned();
    }
    if let Some(path) = name.strip_prefix('/') {
        let suffix = if path.starts_with("dev/") { ".device" } else { ".mount" };
        if let Some(unit) = of_path(path) {
            return unit + suffix;
        }
    }
    let allowed = |c| is_plain(c) || c == '@' || is_glob && "[]!*?".contains(c);
    let mut unit = String::with_capacity(name.len() + 8);
    for c in name.chars() {
        match c {
            '/' => unit.push('-'),
            c if allowed(c) => unit.push(c),
            c => escape(c, &mut unit),
        }
    }
    if !is_glob && !is_valid(&unit) {
        unit.push_str(".service");
    }
    unit
}

/// A path as the name of a unit has it, without a suffix; none where it has `..` in it.
fn of_path(path: &str) -> Option<String> {
    let parts: Vec<_> = path.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    if parts.contains(&"..") {
        return None;
    }
    if parts.is_empty() {
        return Some("-".to_owned());
    }
    let mut unit = String::new();
    for (place, c) in parts.join("/").chars().enumerate() {
        match c {
            '/' => unit.push('-'),
            '.' if place == 0 => escape(c, &mut unit),
            c if is_plain(c) && c != '-' && c != '\\' => unit.push(c),
            c => escape(c, &mut unit),
        }
    }
    Some(unit)
}

fn escape(c: char, unit: &mut String) {
    use std::fmt::Write;
    for byte in c.encode_utf8(&mut [0; 4]).bytes() {
        let _ = write!(unit, "\\x{byte:02x}");
    }
}

fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || ":-_.\\".contains(c)
}

fn is_valid(name: &str) -> bool {
    let stem = name.rsplit_once('.').map_or("", |(stem, _)| stem);
    has_suffix(name)
        && !stem.is_empty()
        && !stem.starts_with('@')
        && stem.chars().all(|c| is_plain(c) || c == '@')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_units_as_systemd_has_it() {
        for (name, unit) in [
            ("app", "app.service"),
            ("app.service", "app.service"),
            ("app.socket", "app.socket"),
            ("app.conf", "app.conf.service"),
            ("getty@tty1", "getty@tty1.service"),
            ("db@*", "db@*"),
            ("app.[st]*", "app.[st]*"),
            ("a b", "a\\x20b.service"),
            ("a b*", "a\\x20b*"),
            ("a/b", "a-b.service"),
            ("/", "-.mount"),
            ("/var/lib/x-y/", "var-lib-x\\x2dy.mount"),
            ("//var/./log", "var-log.mount"),
            ("/.snap", "\\x2esnap.mount"),
            ("/dev/sda1", "dev-sda1.device"),
            ("/a/../b", "-a-..-b.service"),
            ("dev-disk-by\\x2duuid-0.device", "dev-disk-by\\x2duuid-0.device"),
            ("ü", "\\xc3\\xbc.service"),
        ] {
            assert_eq!(mangled(name), unit);
        }
    }
}
