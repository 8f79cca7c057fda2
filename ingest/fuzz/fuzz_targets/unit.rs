//! PID 1 says anything of a unit.

#![no_main]

mod records {
    pub(crate) mod read;
}

use records::read::{read, written};

const WHO: &[&str] = &[
    "_TRANSPORT=journal",
    "_PID=1",
    "_UID=0",
    "_SYSTEMD_UNIT=init.scope",
    "UNIT=a.service",
    "INVOCATION_ID=00000000000000000000000000000001",
];

libfuzzer_sys::fuzz_target!(|lines: &[u8]| read(&written(lines, WHO)));
