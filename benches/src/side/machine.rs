//! Where it was measured.

use std::fs;
use std::thread::available_parallelism;

/// How many threads run at once.
pub fn cores() -> usize {
    available_parallelism().map_or(1, usize::from)
}

/// The machine, in one line: processor, memory, system.
pub fn facts() -> String {
    let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
    let processor = value(&read("/proc/cpuinfo"), "model name", ':');
    let memory: u64 =
        value(&read("/proc/meminfo"), "MemTotal", ':').trim_end_matches(" kB").parse().unwrap_or_default();
    let system = value(&read("/etc/os-release"), "PRETTY_NAME", '=');
    let kernel = read("/proc/sys/kernel/osrelease");
    format!(
        "{}, {} cores, {} GiB; {system}, Linux {}",
        processor,
        cores(),
        memory.div_ceil(1 << 20),
        kernel.trim()
    )
}

/// How many tasks wanted to run over the last minute.
pub fn load() -> String {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    load.split(' ').next().unwrap_or_default().to_owned()
}

fn value(text: &str, key: &str, between: char) -> String {
    let line = text.lines().find_map(|line| line.strip_prefix(key)?.trim_start().strip_prefix(between));
    line.unwrap_or("unknown").trim().trim_matches('"').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_in_all_three_files() {
        assert_eq!(value("a: 1\nmodel name\t: A B\n", "model name", ':'), "A B");
        assert_eq!(value("MemTotal:       24 kB\n", "MemTotal", ':'), "24 kB");
        assert_eq!(value("NAME=x\nPRETTY_NAME=\"Debian 12\"\n", "PRETTY_NAME", '='), "Debian 12");
        assert_eq!(value("", "MemTotal", ':'), "unknown");
    }
}
