//! The words of an incident, by how much they say about it.

use std::collections::BTreeSet;

use nwlog_correlate::Incident;

/// Every unit, once.
pub(super) fn units(incident: &Incident) -> BTreeSet<&str> {
    incident.unit.iter().chain(&incident.units).map(AsRef::as_ref).collect()
}

/// The names of the process that ended, of the one that was killed and of the one that asked for memory.
pub(super) fn comms(incident: &Incident) -> BTreeSet<&str> {
    let ended = incident.process.iter().filter_map(|process| process.comm.as_deref());
    let oom = incident.oom.iter().flat_map(|oom| {
        let victim = oom.victim.iter().map(|victim| &*victim.comm);
        victim.chain(oom.invoker.iter().map(|invoker| &*invoker.comm))
    });
    ended.chain(oom).filter(|comm| !comm.is_empty()).collect()
}

/// Whom it is about, for counting: the unit, else the process.
pub(super) fn subject(incident: &Incident) -> Option<&str> {
    let process = incident.process.as_ref().and_then(|process| process.comm.as_deref());
    let victim = incident.oom.as_ref().and_then(|oom| oom.victim.as_ref()).map(|victim| &*victim.comm);
    incident.unit.as_deref().or(process).or(victim)
}

/// The fields of the unit's lines, once each.
pub(super) fn fields(incident: &Incident) -> BTreeSet<&str> {
    incident.fields.iter().map(AsRef::as_ref).collect()
}

/// What it is about.
pub(super) fn title(incident: &Incident, put: &mut dyn FnMut(&str)) {
    put(&incident.headline);
    units(incident).into_iter().for_each(&mut *put);
    comms(incident).into_iter().for_each(&mut *put);
    put(incident.kind.name());
    incident.cause.iter().for_each(|cause| put(cause.name()));
}

/// What happened.
pub(super) fn story(incident: &Incident, put: &mut dyn FnMut(&str)) {
    for item in &incident.timeline {
        put(&item.text);
        put(&item.event);
    }
    incident.host.iter().for_each(|host| put(host));
    incident.systemd_result.iter().for_each(|result| put(result));
    incident.last_word.iter().for_each(|word| put(word));
    for root in &incident.causes {
        put(root.kind.name());
        root.cause.iter().for_each(|cause| put(cause.name()));
    }
    if let Some(oom) = &incident.oom {
        oom.oom_memcg.iter().for_each(|cgroup| put(cgroup));
        oom.victim.iter().filter_map(|victim| victim.cgroup.as_ref()).for_each(|cgroup| put(cgroup));
    }
    if let Some(disk) = &incident.disk {
        put(disk.error.errno());
        [&disk.path, &disk.directory, &disk.device].into_iter().flatten().for_each(|path| put(path));
    }
    if let Some(go) = &incident.go {
        put(&go.value);
        go.signal.iter().for_each(|signal| put(signal));
        for frame in &go.frames {
            put(&frame.function);
            frame.file.iter().for_each(|file| put(file));
        }
        go.created_by.iter().for_each(|function| put(function));
        go.groups.iter().filter_map(|group| group.frame.as_ref()).for_each(|frame| put(frame));
    }
}

/// What stood around it.
pub(super) fn context(incident: &Incident, put: &mut dyn FnMut(&str)) {
    incident.context.iter().for_each(|line| put(&line.text));
    incident.fields.iter().for_each(|field| put(field));
    incident.oom.iter().flat_map(|oom| &oom.top).for_each(|task| put(&task.comm));
}
