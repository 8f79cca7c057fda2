//! One look at a message whose writer is not known yet, for all families at once.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::{disk, gap, go, oom, storage};

/// What a message may begin or tell, whoever wrote it: never less than what the families themselves say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Glance {
    /// Of a program: the beginning of a dump.
    pub program_opens: bool,
    /// Of a program: something by itself.
    pub program_tells: bool,
    /// Of the kernel: the beginning of an OOM block.
    pub kernel_opens: bool,
    /// Of the kernel: something by itself.
    pub kernel_tells: bool,
}

/// What the families look for elsewhere than at a message's start. Few messages have any of it, and to look for all of
/// it costs no more than for one.
static INSIDE: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let all = go::GoDump::INSIDE.into_iter().chain([oom::OomAssembler::INSIDE]).chain(disk::inside());
    AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(all).ok()
});

impl Glance {
    /// Looks at a message.
    pub fn at(text: &[u8]) -> Self {
        let kernel_tells = gap::tells(text) || storage::of_kernel(text).is_some();
        if INSIDE.as_ref().is_none_or(|inside| inside.is_match(text)) {
            return Self {
                program_opens: go::GoDump::opens(text),
                program_tells: disk::mentions(text),
                kernel_opens: oom::OomAssembler::opens(text),
                kernel_tells,
            };
        }
        Self {
            program_opens: go::GoDump::opens_at_start(text),
            program_tells: false,
            kernel_opens: oom::OomAssembler::opens_at_start(text),
            kernel_tells,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn sees_what_each_family_sees(
            head in "(|\t|a |2026/01/02 |\\[a\\] |web_1  \\| |x: \n)",
            word in "(panic: |fatal error: |SIGQUIT: |runtime: |http: panic serving |open /x: |x invoked oom-killer: gfp_mask=|Killed process |Out of memory|sysrq: Manual OOM execution|PM: suspend exit|EXT4-fs error|[a-z]{1,9})",
            tail in "(|no space left on device|disk I/O error|disk quota exceeded|Read-only file system|: 3 callbacks suppressed|\npanic: x|.{0,9})",
        ) {
            let text = format!("{head}{word}{tail}");
            let text = text.as_bytes();
            prop_assert_eq!(Glance::at(text), Glance {
                program_opens: go::GoDump::opens(text),
                program_tells: disk::mentions(text),
                kernel_opens: oom::OomAssembler::opens(text),
                kernel_tells: gap::tells(text) || storage::of_kernel(text).is_some(),
            });
        }
    }
}
