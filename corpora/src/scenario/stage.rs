//! Goes through a story line by line: time, machines, and who speaks.

use std::collections::BTreeMap;

use super::StoredEntry;
use super::process::Voice;
use super::told::{Clock, Place, Told};
use super::words::{Words, delay, time, unescape};
use super::{kernel, process, systemd};

/// How much later than it happened journald stores an entry, in microseconds, where the story does not say.
const KERNEL_LAG: i64 = 1_500;
const NATIVE_LAG: i64 = 400;

/// How long before the story's time zero a machine's first boot began, in microseconds.
const UP_FOR: i64 = 100_000_000;

/// How far apart the lines of one voice are told, in microseconds.
const STEP: i64 = 20;

/// What one line told, before it has a time and a place.
pub(super) struct Spoken {
    pub(super) clock: Clock,
    pub(super) fields: Vec<(String, Vec<u8>)>,
}

/// The story so far.
#[derive(Default)]
pub(super) struct Stage {
    places: Vec<Place>,
    base: i64,
    last: i64,
    jobs: u32,
    voice: Option<(Voice, Place, Option<i64>)>,
    told: Vec<Told>,
}

impl Stage {
    /// Reads one line.
    pub(super) fn line(&mut self, line: &str) -> Result<(), String> {
        let (head, text) = match line.split_once('|') {
            Some((head, text)) => (head, Some(text.strip_prefix(' ').unwrap_or(text))),
            None => (line, None),
        };
        let text = text.map(unescape).transpose()?;
        let mut words = Words::new(head);
        match words.next() {
            None => match text {
                Some(text) => self.more(text),
                None => Ok(()),
            },
            Some("machine") => self.machine(words),
            Some("at") => {
                self.base = time(words.need("a time")?)?;
                self.last = self.base;
                words.end()
            }
            Some(word) => {
                self.last = match word.starts_with('+') {
                    true => self.last + delay(word)?,
                    false => self.base + time(word)?,
                };
                self.entry(words, text)
            }
        }
    }

    /// All entries, in stored order.
    pub(super) fn finish(mut self) -> Vec<StoredEntry> {
        self.told.sort_by_key(Told::stored);
        let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
        let stored = self.told.into_iter().map(|told| {
            let number = numbers.entry(told.place.machine.clone()).or_default();
            *number += 1;
            told.store(*number)
        });
        stored.collect()
    }

    /// `machine NAME [boot N] [since=TIME]`: the entries that follow are told there.
    fn machine(&mut self, mut words: Words<'_>) -> Result<(), String> {
        let machine = words.need("the machine's name")?.to_owned();
        let boot = if words.flag("boot") { words.number("number of a boot")? } else { 1 };
        let since = words.option("since").map(time).transpose()?;
        words.end()?;
        let known = self.places.iter().position(|place| place.machine == machine && place.boot == boot);
        let place = match known {
            Some(at) => self.places.remove(at),
            None if boot > 1 && since.is_none() => return Err("say since= for a later boot".to_owned()),
            None => Place { machine, boot, since: since.unwrap_or(-UP_FOR) },
        };
        self.places.push(place);
        Ok(())
    }

    fn place(&self, words: &mut Words<'_>) -> Result<Place, String> {
        let machine = words.option("machine");
        let boot: Option<u32> = words.parsed("boot")?;
        let here = self.places.last().ok_or("no machine yet; begin with \"machine NAME\"")?;
        let machine = machine.unwrap_or(&here.machine);
        let fits =
            |place: &&Place| place.machine == machine && boot.is_none_or(|number| place.boot == number);
        let place = self.places.iter().rev().find(fits).cloned();
        place.ok_or_else(|| format!("no line tells of machine {machine:?} with that boot"))
    }

    fn entry(&mut self, mut words: Words<'_>, text: Option<Vec<u8>>) -> Result<(), String> {
        let place = self.place(&mut words)?;
        let lag = words.option("stored").map(delay).transpose()?;
        self.voice = None;
        match words.need("who speaks")? {
            "systemd" => {
                self.jobs += 1;
                let spoken = systemd::speak(&mut words, text, &place, self.jobs)?;
                words.end()?;
                self.tell(spoken, place, lag);
            }
            "kernel" if words.flag("oomkill") => {
                let lines = kernel::oom_block(&mut words)?;
                words.end()?;
                for spoken in lines {
                    self.tell(spoken, place.clone(), lag);
                    self.last += STEP;
                }
            }
            who @ ("unit" | "kernel" | "journald") => {
                let voice = match who {
                    "unit" => process::unit(&mut words, &place)?,
                    "kernel" => kernel::voice(&mut words)?,
                    _ => process::journald(&mut words)?,
                };
                words.end()?;
                let spoken = voice.say(text)?;
                self.tell(spoken, place.clone(), lag);
                self.voice = Some((voice, place, lag));
            }
            other => return Err(format!("{other:?} cannot speak; systemd, unit, kernel and journald can")),
        }
        Ok(())
    }

    /// `| TEXT`: the next line of whoever spoke last.
    fn more(&mut self, text: Vec<u8>) -> Result<(), String> {
        let (voice, place, lag) = self.voice.clone().ok_or("nobody speaks that could say more")?;
        self.last += STEP;
        let spoken = voice.say(Some(text))?;
        self.tell(spoken, place, lag);
        Ok(())
    }

    fn tell(&mut self, spoken: Spoken, place: Place, lag: Option<i64>) {
        let Spoken { clock, fields } = spoken;
        let usual = match clock {
            Clock::Kernel => KERNEL_LAG,
            Clock::Realtime => NATIVE_LAG,
            Clock::None => 0,
        };
        self.told.push(Told { at: self.last, lag: lag.unwrap_or(usual), place, clock, fields });
    }
}
