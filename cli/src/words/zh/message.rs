//! 说明、警告、错误和提示。
//!
//! What a message names, such as files, units and what others said, goes over as it is.

mod asking;
mod following;
mod keeping;
mod reading;
mod system;
mod typing;

use std::borrow::Cow;

use crate::words::wording::{Wordings, said};

/// All of them. The first that fits is taken: those that fit almost anything stand in the last one.
const TABLES: &[Wordings] =
    &[typing::TABLE, asking::TABLE, keeping::TABLE, following::TABLE, reading::TABLE, system::TABLE];

/// A message, here; as it is where nobody worded it.
pub(super) fn message(text: &str) -> Cow<'_, str> {
    said(TABLES, text).map_or(Cow::Borrowed(text), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_within_messages_are_said() {
        for (text, want) in [
            ("no incidents", "没有事件"),
            (
                "--since: `soon` is not a time: expected a date or a time of day",
                "--since：`soon` 不是时间：应为日期或时刻",
            ),
            (
                "a.journal is damaged: 3 entries were read, 7 bytes cut off",
                "a.journal 已损坏：读出 3 个条目，截去 7 字节",
            ),
            ("/x: permission denied", "/x：没有权限"),
            ("No such file or directory (os error 2)", "没有那个文件或目录（os error 2）"),
            ("what nobody worded", "what nobody worded"),
        ] {
            assert_eq!(message(text), want, "{text}");
        }
    }

    #[test]
    fn no_wording_has_a_gap_too_many() {
        for (english, here) in TABLES.iter().copied().flatten() {
            let gaps = here.matches('{').count() - here.matches("{ ").count();
            assert!(english.matches("{}").count() >= gaps, "{english}");
            assert!(!here.is_ascii(), "{english}");
        }
    }
}
