use std::str::FromStr;

use nwlog_ingest::Id128;

/// A boot, as `-b` takes it: an id, or how many boots before the last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Boot {
    /// By `_BOOT_ID`.
    Id(Id128),
    /// 0 is the newest boot, -1 the one before it; 1 is the oldest, 2 the one after it.
    Offset(i64),
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
        text.parse().map(Self::Offset).map_err(|_| BadBoot)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_ids_and_offsets() {
        for (text, boot) in [
            ("0", Ok(Boot::Offset(0))),
            ("-1", Ok(Boot::Offset(-1))),
            ("+2", Ok(Boot::Offset(2))),
            ("0000000000000000000000000000002a", Ok(Boot::Id(Id128::from_u128(42)))),
            ("killed process", Err(BadBoot)),
            ("", Err(BadBoot)),
        ] {
            assert_eq!(text.parse(), boot, "{text}");
        }
    }
}
