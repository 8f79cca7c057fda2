//! The kernel's out-of-memory killer (Linux, mm/oom_kill.c and mm/memcontrol.c), from 2.6.32 to 6.18.
//!
//! One kill is a block of records: a header, a stack, the memory's state, the task table, a summary (5.0 and later)
//! and the kill line. Only the kill line is always there: what precedes it is rate-limited to 10 in 5 s. The grammars
//! are anchored to a record's first byte, and read every version's form by its structure; [`OomAssembler`] puts a
//! block together.
//!
//! systemd-oomd and earlyoom kill before the kernel does, and tell of it in their own lines.

mod aftermath;
mod assembler;
mod block;
mod caller;
pub mod cgroup;
mod earlyoom;
mod header;
mod kill;
mod lex;
mod limit;
mod line;
mod machine;
mod memcg;
mod oomd;
mod panic;
mod promise;
mod stats;
mod summary;
mod sysrq;
mod tasks;
mod top;
mod usage;

pub use assembler::OomAssembler;
pub(super) use earlyoom::Earlyoom;
pub use limit::{Limit, limit_of};
pub(super) use oomd::Oomd;
