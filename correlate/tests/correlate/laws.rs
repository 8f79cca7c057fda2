//! What must change nothing, held on every recording and every story.
//!
//! Where a law cannot be held at every place of a long log in reasonable time, the places are drawn by a generator whose
//! seed is the test's own.

mod cutoff;
mod order;
mod pieces;
mod snapshot;
mod strangers;
