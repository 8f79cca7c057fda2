//! The kernel's out-of-memory killer (Linux, mm/oom_kill.c and mm/memcontrol.c), from 2.6.32 to 6.18.

pub mod cgroup;
mod limit;

pub use limit::{Limit, limit_of};
