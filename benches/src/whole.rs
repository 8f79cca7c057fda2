//! The whole pipeline, without a process, a file or a store around it.

use std::io::Cursor;
use std::sync::Arc;

use nwlog::pipeline::batch::Stages;
use nwlog::pipeline::input::{Bytes, Opened};
use nwlog::pipeline::stages::{Config, Ingest};
use nwlog_ingest::calendar::Calendar;

/// Bytes to incidents on one core, as `nwlog analyze` does it. Returns how many incidents there are.
///
/// # Errors
/// Where the bytes are of no known format.
pub fn analyze_bytes(bytes: &Arc<[u8]>) -> anyhow::Result<usize> {
    let mut stages = Ingest::new(&Config::default())?;
    let mut incidents = 0;
    let reader = Box::new(Cursor::new(Arc::clone(bytes)));
    for chunk in stages.open(Opened::Bytes(Bytes { reader, calendar: Calendar::default() }), None)? {
        incidents += stages.take(Ingest::scan(chunk?)).len();
    }
    stages.close();
    Ok(incidents + stages.finish().len())
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
