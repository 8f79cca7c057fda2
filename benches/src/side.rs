//! Whole processes, timed in turns: each round runs every tool once, so that what disturbs the machine disturbs all.

pub mod contest;
pub mod input;
pub mod run;
pub mod table;
