//! The verbs: one record each.

use super::super::subject::Subject;
use super::super::told::field;
use super::super::words::Words;
use super::{Record, exit};

const STARTING: &str = "7d4958e842da4a758f6c1cdc7b36dcc5";
const STARTED: &str = "39f53479d3a045ac8e11786248231fbf";
const START_FAILED: &str = "be02cf6855d2428ba40df7e9d022f03d";
const STOPPING: &str = "de5b426a63be47a7b6ac3eaac82e2f6f";
const STOPPED: &str = "9d1aaa27d60140bd96365438aad20286";
const RESTART: &str = "5eb03494b6584870a536b337290809b3";
const PROCESS_EXIT: &str = "98e322203f7a4ed290d09fe03c09fe15";
const FAILED: &str = "d9b373ed55a64feb8242e02dbe79a49c";
const SUCCEEDED: &str = "7ad2d189f7e94e70a38c781354912448";
const RESOURCES: &str = "ae8f7b866b0347b9af31fe1c80b127c0";
const RELOADED: &str = "7b05ebc668384222baa8881179cfda54";
const SPAWN_FAILED: &str = "641257651c1b4ec9a8624d7a40a9e1e7";
const OUT_OF_MEMORY: &str = "fe6faa94e7774663a0da52717891d8ef";
const OOMD_KILL: &str = "d989611b15e44c9dbf31e3c81256e4ed";

/// Reads the verb and what belongs to it.
pub(super) fn record(
    words: &mut Words<'_>,
    text: Option<Vec<u8>>,
    subject: &Subject,
    job: u32,
) -> Result<Record, String> {
    let verb = words.need("the verb")?;
    if text.is_some() && verb != "says" {
        return Err(format!("{verb:?} has its own text; only \"says\" takes one"));
    }
    let unit = &subject.unit;
    let named = format!("{unit} - {} of the story", subject.stem());
    let about =
        |priority, id: Option<&'static str>, text: String| plain(priority, id, format!("{unit}: {text}"));
    let done = |record: Record, job_type: &str, result: &str| {
        let job_id = (1000 + job).to_string();
        record.with("JOB_ID", &job_id).with("JOB_TYPE", job_type).with("JOB_RESULT", result)
    };
    let job_id = (1000 + job).to_string();
    Ok(match verb {
        "starting" => plain(6, Some(STARTING), format!("Starting {named}..."))
            .with("JOB_ID", &job_id)
            .with("JOB_TYPE", "start"),
        "started" => done(plain(6, Some(STARTED), format!("Started {named}.")), "start", "done"),
        "finished" => done(plain(6, Some(STARTED), format!("Finished {named}.")), "start", "done"),
        "start-failed" => {
            let result = words.next().unwrap_or("failed");
            let (priority, text) = match result {
                "failed" => (3, format!("Failed to start {named}.")),
                "dependency" => (4, format!("Dependency failed for {named}.")),
                "timeout" => (3, format!("Timed out starting {named}.")),
                other => return Err(format!("a start job does not end with {other:?}")),
            };
            done(plain(priority, Some(START_FAILED), text), "start", result)
        }
        "stopping" => plain(6, Some(STOPPING), format!("Stopping {named}..."))
            .with("JOB_ID", &job_id)
            .with("JOB_TYPE", "stop"),
        "stopped" => {
            let record = plain(6, Some(STOPPED), format!("Stopped {named}."));
            match words.need("stop, restart or -")? {
                "-" => record,
                job_type @ ("stop" | "restart") => done(record, job_type, "done"),
                other => return Err(format!("{other:?} is not stop, restart or -")),
            }
        }
        "exited" => exited(words, subject, "Main process", "ExecStart")?,
        "control-exited" => {
            let command = words.option("command").unwrap_or("ExecStartPre").to_owned();
            exited(words, subject, "Control process", &command)?
        }
        "failed" => {
            let result = words.need("the result")?;
            about(4, Some(FAILED), format!("Failed with result '{result}'.")).with("UNIT_RESULT", result)
        }
        "succeeded" => about(6, Some(SUCCEEDED), "Deactivated successfully.".to_owned()),
        "restart" => {
            let n = words.number("restart counter")?;
            about(6, Some(RESTART), format!("Scheduled restart job, restart counter is at {n}."))
                .with("N_RESTARTS", &n.to_string())
        }
        "start-limit" => about(4, None, "Start request repeated too quickly.".to_owned()),
        "oom-kill" => about(
            5,
            Some(OUT_OF_MEMORY),
            "A process of this unit has been killed by the OOM killer.".to_owned(),
        ),
        "oomd-kill" => {
            let n = words.number("number of processes")?;
            about(5, Some(OOMD_KILL), format!("systemd-oomd killed {n} process(es) in this unit."))
                .with("N_PROCESSES", &n.to_string())
        }
        "watchdog" => about(3, None, format!("Watchdog timeout (limit {})!", words.need("the limit")?)),
        "timeout" => about(4, None, timed_out(words.need("the state")?)?),
        "killing" => {
            let (pid, comm, signal) =
                (words.number("pid")?, words.need("the comm")?, words.need("the signal")?);
            about(5, None, format!("Killing process {pid} ({comm}) with signal {signal}."))
        }
        "client-signal" => {
            let (signal, pid) = (words.need("the signal")?, words.number("pid")?);
            let comm = subject.stem();
            about(5, None, format!("Sent signal {signal} to main process {pid} ({comm}) on client request."))
        }
        "spawn-failed" => {
            let (step, path, errno) =
                (words.need("the step")?, words.need("the path")?, words.number("errno")?);
            let why = exit::errno(errno)?;
            let mut record =
                about(3, Some(SPAWN_FAILED), format!("Failed at step {step} spawning {path}: {why}"))
                    .with("EXECUTABLE", path)
                    .with("ERRNO", &errno.to_string());
            record.child = Some(words.parsed("pid")?.unwrap_or(300 + subject.life.unwrap_or_default()));
            record
        }
        "consumed" => {
            let seconds = words.need("the CPU time")?;
            let peak = words.option("peak").map(str::to_owned);
            let memory = peak.as_deref().map_or_else(String::new, |peak| format!(", {peak} memory peak"));
            about(6, Some(RESOURCES), format!("Consumed {seconds} CPU time{memory}."))
        }
        "reloaded" => {
            let result = words.next().unwrap_or("done");
            let (priority, text) = match result {
                "done" => (6, format!("Reloaded {named}.")),
                "failed" => (3, format!("Reload failed for {named}.")),
                other => return Err(format!("a reload job does not end with {other:?}")),
            };
            done(plain(priority, Some(RELOADED), text), "reload", result)
        }
        "says" => {
            let text = text.ok_or("a text is missing; write | TEXT")?;
            let text = String::from_utf8(text).map_err(|_| "systemd says UTF-8")?;
            about(words.parsed("prio")?.unwrap_or(5), None, text)
        }
        other => return Err(format!("systemd has no verb {other:?}")),
    })
}

impl Record {
    fn with(mut self, name: &str, value: &str) -> Self {
        self.fields.push(field(name, value));
        self
    }
}

fn plain(priority: u8, message_id: Option<&'static str>, message: String) -> Record {
    Record { priority, message_id, message, fields: Vec::new(), child: None }
}

fn exited(words: &mut Words<'_>, subject: &Subject, who: &str, command: &str) -> Result<Record, String> {
    let (code, status) = (words.need("exited, killed or dumped")?, words.number("exit status")?);
    let name = exit::name(code, status)?;
    let (who, command) =
        if subject.unit.ends_with(".mount") { ("Mount process", "ExecMount") } else { (who, command) };
    let text = format!("{}: {who} exited, code={code}, status={status}/{name}", subject.unit);
    Ok(plain(5, Some(PROCESS_EXIT), text)
        .with("EXIT_CODE", code)
        .with("EXIT_STATUS", &status.to_string())
        .with("COMMAND", command))
}

fn timed_out(state: &str) -> Result<String, String> {
    Ok(match state {
        "start" | "start-pre" | "start-post" => format!("{state} operation timed out. Terminating."),
        "stop" => "Stopping timed out. Terminating.".to_owned(),
        "stop-sigterm" | "stop-post" | "stop-watchdog" | "final-sigterm" => {
            format!("State '{state}' timed out. Killing.")
        }
        "reload" => "Reload operation timed out. Killing reload process.".to_owned(),
        "runtime" => "Service reached runtime time limit. Stopping.".to_owned(),
        other => return Err(format!("no state {other:?} times out")),
    })
}
