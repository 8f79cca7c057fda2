//! Which boot is meant by `-b`.

use std::str::FromStr;

use nwlog_ingest::Id128;

/// A boot, as journalctl's `-b` takes it: an id, an offset, or an id and an offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Every boot.
    All,
    /// So many boots after the one with this id, or before it.
    From(Id128, i64),
    /// Of all that are there: 0 is the last one, -1 that before it, and 1 the first.
    Place(i64),
}

/// A text that is no boot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "not a boot, which is 32 hex digits, an offset like -1, both, or all; put a PATH first, or write -b=0"
)]
pub struct BadBoot;

impl FromStr for Which {
    type Err = BadBoot;

    fn from_str(text: &str) -> Result<Self, BadBoot> {
        if text == "all" {
            return Ok(Self::All);
        }
        if let Some((id, offset)) = text.split_at_checked(32)
            && let Some(id) = Id128::parse(id.as_bytes())
        {
            return match offset {
                "" => Ok(Self::From(id, 0)),
                _ if offset.starts_with(['+', '-']) => {
                    offset.parse().map(|n| Self::From(id, n)).map_err(|_| BadBoot)
                }
                _ => Err(BadBoot),
            };
        }
        text.parse().map(Self::Place).map_err(|_| BadBoot)
    }
}

/// The boot that is meant among those that are there, first to last.
pub fn choose(which: Which, boots: &[Id128]) -> Option<Id128> {
    let (from, offset) = match which {
        Which::All => return None,
        Which::From(id, 0) => return Some(id),
        Which::From(id, offset) => (boots.iter().position(|boot| *boot == id)?, offset),
        Which::Place(place @ 1..) => (0, place.saturating_sub(1)),
        Which::Place(back) => (boots.len().checked_sub(1)?, back),
    };
    let place = i64::try_from(from).ok()?.checked_add(offset)?;
    boots.get(usize::try_from(place).ok()?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boots_are_meant_as_journalctl_means_them() {
        let id = Id128::from_u128;
        let boots = [id(7), id(8), id(9)];
        for (text, expected) in [
            ("0", Some(id(9))),
            ("-0", Some(id(9))),
            ("-1", Some(id(8))),
            ("-2", Some(id(7))),
            ("-3", None),
            ("1", Some(id(7))),
            ("+3", Some(id(9))),
            ("4", None),
            ("all", None),
            ("00000000000000000000000000000008", Some(id(8))),
            ("00000000000000000000000000000008-1", Some(id(7))),
            ("00000000000000000000000000000008+1", Some(id(9))),
            ("00000000000000000000000000000008+2", None),
            ("0000000000000000000000000000000a", Some(id(10))),
            ("0000000000000000000000000000000a-1", None),
        ] {
            assert_eq!(choose(text.parse().unwrap(), &boots), expected, "{text}");
        }
        for text in [
            "",
            "x",
            "-",
            "--1",
            "x.export",
            "00000000000000000000000000000008x",
            "0000000000000000000000000000000",
        ] {
            assert!(text.parse::<Which>().is_err() || text.parse::<i64>().is_ok(), "{text}");
        }
        assert_eq!(choose(Which::Place(0), &[]), None);
    }
}
