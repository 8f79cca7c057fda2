//! The whole pipeline, without a process, a file or a store around it.

use std::io::Cursor;
use std::sync::Arc;

use nwlog::pipeline::batch::Stages;
use nwlog::pipeline::input::{Bytes, Opened};
use nwlog::pipeline::stages::{Config, Ingest};
use nwlog_correlate::Incident;
use nwlog_ingest::calendar::Calendar;

/// Bytes to incidents on one core, as `nwlog analyze` does it. Returns how many incidents there are.
///
/// # Errors
/// Where the bytes are of no known format.
pub fn analyze_bytes(bytes: &Arc<[u8]>) -> anyhow::Result<usize> {
    Ok(incidents_of(bytes)?.len())
}

/// The incidents that are in some bytes, in any order; compressed ones, too.
///
/// # Errors
/// Where the bytes are of no known format.
pub fn incidents_of(bytes: &Arc<[u8]>) -> anyhow::Result<Vec<Incident>> {
    let mut stages = Ingest::new(&Config::default())?;
    let mut incidents = Vec::new();
    let reader = Box::new(Cursor::new(Arc::clone(bytes)));
    for chunk in stages.open(Opened::Bytes(Bytes { reader, calendar: Calendar::default() }), None)? {
        incidents.extend(stages.take(Ingest::scan(chunk?)));
    }
    stages.close();
    incidents.extend(stages.finish());
    Ok(incidents)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::generator::{Failures, generate};

    #[test]
    fn a_busy_machine_has_incidents_of_some_of_its_services() {
        let mut bytes = Vec::new();
        generate(&mut bytes, 20_000, 7, Failures::Often).unwrap();
        let incidents = analyze_bytes(&bytes.into()).unwrap();
        assert!((20..=200).contains(&incidents), "{incidents}");
    }
}
