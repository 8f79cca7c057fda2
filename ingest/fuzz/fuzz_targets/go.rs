//! A program prints anything: a crash among it.

#![no_main]

mod records {
    pub(crate) mod read;
}

use records::read::{read, written};

const WHO: &[&str] = &[
    "_TRANSPORT=stdout",
    "_PID=7",
    "_UID=1",
    "_SYSTEMD_UNIT=a.service",
    "_STREAM_ID=00000000000000000000000000000007",
];

libfuzzer_sys::fuzz_target!(|lines: &[u8]| read(&written(lines, WHO)));
