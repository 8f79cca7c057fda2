//! Any bytes are a journal file, or are refused.

#![no_main]

mod journal_file {
    pub(crate) mod everything;
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| journal_file::everything::read(bytes));
