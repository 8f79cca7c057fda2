//! Whom a line is about: a unit, and which life of it.

use super::ids::id;

/// `[user@UID/]UNIT[/LIFE]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Subject {
    /// The user whose manager it belongs to; none for PID 1's units.
    pub(super) user: Option<u32>,
    /// The unit's name.
    pub(super) unit: String,
    /// Which life; none where no invocation id is told.
    pub(super) life: Option<u32>,
}

/// What a unit's name ends with.
const SUFFIXES: [&str; 9] =
    [".service", ".scope", ".slice", ".socket", ".timer", ".path", ".mount", ".device", ".target"];

impl Subject {
    pub(super) fn parse(word: &str) -> Result<Self, String> {
        let wrong = || format!("{word:?} is no unit; write NAME.service/LIFE or user@UID/NAME.service/LIFE");
        let (user, rest) = match word.strip_prefix("user@").and_then(|rest| rest.split_once('/')) {
            Some((uid, rest)) if !uid.contains('.') => (Some(uid.parse().map_err(|_| wrong())?), rest),
            _ => (None, word),
        };
        let (unit, life) = match rest.split_once('/') {
            Some((unit, life)) => (unit, Some(life.parse().map_err(|_| wrong())?)),
            None => (rest, None),
        };
        if !SUFFIXES.iter().any(|suffix| unit.ends_with(suffix) && unit.len() > suffix.len()) {
            return Err(wrong());
        }
        Ok(Self { user, unit: unit.to_owned(), life })
    }

    /// The name without its suffix and instance: `myapp` of `myapp@1.service`.
    pub(super) fn stem(&self) -> &str {
        let name = self.unit.rsplit_once('.').map_or(self.unit.as_str(), |(name, _)| name);
        name.split_once('@').map_or(name, |(name, _)| name)
    }

    /// INVOCATION_ID.
    pub(super) fn invocation(&self, machine: &str, boot: u32) -> Option<String> {
        let life = self.life?.to_string();
        Some(id(&["invocation", machine, &boot.to_string(), &self.manager(), &self.unit, &life]))
    }

    /// `system` or `user@UID`.
    pub(super) fn manager(&self) -> String {
        self.user.map_or_else(|| "system".to_owned(), |uid| format!("user@{uid}"))
    }

    /// The slice that it lies in where nothing else is said.
    pub(super) fn slice(&self) -> String {
        match (self.user, self.unit.split_once('@')) {
            (Some(_), _) => "app.slice".to_owned(),
            (None, Some((template, _))) => format!("system-{template}.slice"),
            (None, None) => "system.slice".to_owned(),
        }
    }

    /// Its cgroup: below a slice of the story, or where systemd puts such a unit.
    pub(super) fn cgroup(&self, slice: Option<&str>) -> String {
        if self.unit.ends_with(".slice") {
            return format!("/{}", self.unit);
        }
        let unit = &self.unit;
        match (self.user, slice) {
            (None, Some(slice)) => format!("{}/{unit}", slice.trim_end_matches('/')),
            (Some(uid), slice) => {
                let slice = slice.unwrap_or("app.slice").trim_matches('/');
                format!("/user.slice/user-{uid}.slice/user@{uid}.service/{slice}/{unit}")
            }
            (None, None) if unit.contains('@') => format!("/system.slice/{}/{unit}", self.slice()),
            (None, None) => format!("/system.slice/{unit}"),
        }
    }
}
