//! How the correlator joins.

/// How the correlator joins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// How long the records of one thing may come after each other, in microseconds. PID 1's records have been seen
    /// stored 12 s late and a dump 13 s after the exit that it caused, on a machine under load; 30 s is twice that.
    pub lateness_us: u64,
    /// Leave out what nothing but a name or the time would join.
    pub strict: bool,
    /// Tell of incidents while they are open, too.
    pub updates: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self { lateness_us: 30_000_000, strict: false, updates: true }
    }
}
