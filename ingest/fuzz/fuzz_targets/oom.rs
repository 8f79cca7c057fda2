//! The kernel says anything.

#![no_main]

mod records {
    pub(crate) mod read;
}

use records::read::{read, written};

const WHO: &[&str] = &["_TRANSPORT=kernel", "SYSLOG_FACILITY=0", "SYSLOG_IDENTIFIER=kernel"];

libfuzzer_sys::fuzz_target!(|lines: &[u8]| read(&written(lines, WHO)));
