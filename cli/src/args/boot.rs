use std::str::FromStr;

use nwlog_ingest::Id128;

/// A boot, as `-b` takes it: an id, or how many boots back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Boot {
    /// By `_BOOT_ID`.
    Id(Id128),
    /// 0 is the boot that runs, 1 the one before it that has incidents.
    Back(usize),
}

/// A text that is no boot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a boot, which is 32 hex digits or an offset like -1; put the query first, or write -b=0")]
pub struct BadBoot;

impl FromStr for Boot {
    type Err = BadBoot;

    fn from_str(text: &str) -> Result<Self, BadBoot> {
        if let Some(id) = Id128::parse(text.as_bytes()) {
            return Ok(Self::Id(id));
        }
        match text.strip_prefix('-').unwrap_or(text) {
            "0" => Ok(Self::Back(0)),
            back if text.starts_with('-') => back.parse().map(Self::Back).map_err(|_| BadBoot),
            _ => Err(BadBoot),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_ids_and_offsets() {
        for (text, boot) in [
            ("0", Ok(Boot::Back(0))),
            ("-1", Ok(Boot::Back(1))),
            ("2", Err(BadBoot)),
            ("--1", Err(BadBoot)),
            ("-", Err(BadBoot)),
            ("0000000000000000000000000000002a", Ok(Boot::Id(Id128::from_u128(42)))),
            ("killed process", Err(BadBoot)),
            ("", Err(BadBoot)),
        ] {
            assert_eq!(text.parse(), boot, "{text}");
        }
    }
}
