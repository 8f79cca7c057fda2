//! From bytes to incidents, in order, on all cores and in bounded memory.

pub mod batch;
pub mod boot;
pub mod census;
pub mod entries;
pub mod input;
pub mod joining;
pub mod journals;
pub mod live;
pub mod merge;
pub mod named;
pub mod ordered;
pub mod places;
pub mod seals;
pub mod select;
pub mod settled;
pub mod sink;
pub mod stages;
pub mod storing;
