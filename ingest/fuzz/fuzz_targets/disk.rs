//! A program logs anything: refused operations among it.

#![no_main]

mod records {
    pub(crate) mod read;
}

use records::read::{read, written};

const WHO: &[&str] = &["_TRANSPORT=syslog", "_PID=7", "_UID=1", "_COMM=a", "_SYSTEMD_UNIT=a.service"];

libfuzzer_sys::fuzz_target!(|lines: &[u8]| read(&written(lines, WHO)));
