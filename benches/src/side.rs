//! Whole processes, timed in turns: each round runs every one once, each round in another order, so that what disturbs
//! the machine disturbs all.

pub mod contest;
pub mod machine;
pub mod report;
pub mod rounds;
pub mod run;
pub mod set;
pub mod table;
pub mod tools;
pub mod watch;
