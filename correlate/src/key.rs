//! What events are joined by, and what incidents are called by.

use std::hash::Hasher;

use nwlog_ingest::event::{Identity, Manager, Origin, Writer};
use nwlog_ingest::{Event, Id128};
use serde::{Deserialize, Serialize};
use siphasher::sip::SipHasher13;

use crate::incident::{Incident, IncidentId};

/// One boot of one machine: nothing joins across it. A guest's journal has its own machine id, and so never joins its
/// host's kernel. Text has neither id, and goes by the host's name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct BootKey {
    pub(crate) machine: Option<Id128>,
    pub(crate) boot: Option<Id128>,
    host: Option<Box<str>>,
}

impl BootKey {
    pub(crate) fn of(origin: &Origin) -> Self {
        let host = if origin.machine.is_none() { origin.host.clone() } else { None };
        Self { machine: origin.machine, boot: origin.boot, host }
    }
}

impl BootKey {
    /// That of an incident.
    pub(crate) fn of_incident(incident: &Incident) -> Self {
        let Incident { machine_id, boot_id, .. } = incident;
        let host = if machine_id.is_none() { incident.host.clone() } else { None };
        Self { machine: *machine_id, boot: *boot_id, host }
    }
}

/// What an incident is about: a unit, or a process outside any unit by its name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct Subject {
    pub(crate) manager: Manager,
    pub(crate) unit: Option<Box<str>>,
    comm: Option<Box<str>>,
}

impl Subject {
    pub(crate) fn of(origin: &Origin) -> Self {
        let comm = if origin.unit.is_none() { origin.comm.clone() } else { None };
        Self { manager: origin.manager, unit: origin.unit.clone(), comm }
    }

    /// A process outside any unit.
    pub(crate) fn process(comm: &str) -> Self {
        Self { manager: Manager::System, unit: None, comm: Some(comm.into()) }
    }

    /// The unit's name as incidents print it: a user's unit is `user@UID/NAME`.
    pub(crate) fn printed(&self) -> Option<Box<str>> {
        let unit = self.unit.as_deref()?;
        Some(match self.manager {
            Manager::System => unit.into(),
            Manager::User(_) => format!("{}/{unit}", self.manager).into(),
        })
    }

    pub(crate) fn is(&self, kind: &str) -> bool {
        self.unit.as_deref().is_some_and(|unit| unit.rsplit('.').next() == Some(kind))
    }
}

/// The incident of a subject whose first failed life is this one.
pub(crate) fn incident_id(
    boot: &BootKey,
    subject: &Subject,
    life: Option<Id128>,
    record: Identity,
) -> IncidentId {
    let mut hasher = SipHasher13::new();
    let mut write = |part: &[u8]| {
        hasher.write(&(part.len() as u64).to_le_bytes());
        hasher.write(part);
    };
    let id = |id: Option<Id128>| id.map(|id| id.as_u128().to_le_bytes());
    write(id(boot.machine).as_ref().map_or(&[], |id| id));
    write(id(boot.boot).as_ref().map_or(&[], |id| id));
    write(subject.manager.to_string().as_bytes());
    write(subject.unit.as_deref().unwrap_or_default().as_bytes());
    write(subject.comm.as_deref().unwrap_or_default().as_bytes());
    match life {
        Some(life) => write(&life.as_u128().to_le_bytes()),
        None => write(&record.0.to_le_bytes()),
    }
    IncidentId(hasher.finish())
}

/// What tells two events apart. Equal lines of one instant differ in nothing but their cursors; the kernel's records have
/// the same identity in the journal and in /dev/kmsg, which knows no cursors.
pub(crate) fn record_of(event: &Event) -> (Identity, u64) {
    let mut hasher = SipHasher13::new();
    hasher.write(event.origin.unit.as_deref().unwrap_or_default().as_bytes());
    hasher.write(event.text.as_bytes());
    if event.origin.writer != Writer::Kernel {
        hasher.write(event.cursor.as_deref().unwrap_or_default().as_bytes());
    }
    (event.identity, hasher.finish())
}
