//! The queries, and in plain words of code what each must find.

use nwlog_correlate::{Cause, Incident, Kind, Outcome, Severity, State};
use regex::Regex;

use crate::asked::Told;

/// What an incident must be to be found.
pub(crate) type Meant = Box<dyn Fn(&Told) -> bool>;

/// Letters that words are made of; those of scripts without spaces are not.
const LETTER: &str = r"\p{Latin}\p{Cyrillic}";

/// A text says this: a regular expression, `_` for what parts words.
fn says(pattern: &str) -> Meant {
    let parting = format!(r"[^{LETTER}\p{{N}}\p{{Han}}\p{{Hangul}}\p{{Hiragana}}\p{{Katakana}}]+");
    let pattern = Regex::new(&pattern.replace('_', &format!("(?:{parting})"))).unwrap();
    Box::new(move |told| told.texts.iter().any(|text| pattern.is_match(text)))
}

/// A text has this word, in any case, alone or beside digits.
fn word(word: &str) -> Meant {
    says(&format!("(?i)(?:^|[^{LETTER}]){word}(?:[^{LETTER}]|$)"))
}

fn is(test: impl Fn(&Incident) -> bool + 'static) -> Meant {
    Box::new(move |told| test(&told.incident))
}

fn all<const N: usize>(tests: [Meant; N]) -> Meant {
    Box::new(move |told| tests.iter().all(|test| test(told)))
}

fn any<const N: usize>(tests: [Meant; N]) -> Meant {
    Box::new(move |told| tests.iter().any(|test| test(told)))
}

fn not(test: Meant) -> Meant {
    Box::new(move |told| !test(told))
}

/// A unit of it is called so, with its user or without.
fn unit(test: impl Fn(&str) -> bool + 'static) -> Meant {
    is(move |one| {
        let mut units = one.units.iter().chain(&one.unit);
        units.any(|unit| {
            let own = unit.split_once('/').filter(|(user, _)| user.starts_with("user@"));
            test(unit) || own.is_some_and(|(_, own)| test(own))
        })
    })
}

fn path(test: impl Fn(&str) -> bool + 'static) -> Meant {
    is(move |one| {
        let disk = one.disk.iter();
        let mut paths =
            disk.flat_map(|disk| [&disk.path, &disk.directory, &disk.device].into_iter().flatten());
        paths.any(|path| test(path))
    })
}

fn function(test: impl Fn(&str) -> bool + 'static) -> Meant {
    is(move |one| {
        one.go.iter().any(|go| {
            let frames = go.frames.iter().map(|frame| &frame.function);
            let groups = go.groups.iter().filter_map(|group| group.frame.as_ref());
            frames.chain(&go.created_by).chain(groups).any(|function| test(&function.to_lowercase()))
        })
    })
}

fn rss(one: &Incident) -> Option<u64> {
    one.oom.as_ref()?.victim.as_ref()?.anon_rss_kb
}

fn status(one: &Incident) -> Option<i32> {
    Some(one.process.as_ref()?.exit?.status)
}

fn after(one: &Incident, micros: u64) -> bool {
    one.last.realtime.is_some_and(|last| last >= micros)
}

fn before(one: &Incident, micros: u64) -> bool {
    one.first.realtime.is_some_and(|first| first < micros)
}

/// A text that stands in one of the incidents, by a pattern whose first group it is.
fn found_in(told: &[Told], pattern: &str) -> String {
    let pattern = Regex::new(pattern).unwrap();
    let mut texts = told.iter().flat_map(|told| &told.texts);
    let found = texts.find_map(|text| pattern.captures(text)).unwrap();
    found[1].to_owned()
}

/// 2025-01-01 and 2025-07-01, UTC.
const NEW_YEAR: u64 = 1_735_689_600_000_000;
const JULY: u64 = 1_751_328_000_000_000;

/// The queries.
pub(crate) fn queries(told: &[Told]) -> Vec<(String, Meant)> {
    let mut all_of_them = words();
    all_of_them.extend(fields());
    all_of_them.extend(numbers());
    all_of_them.extend(of_one(told));
    all_of_them.into_iter().map(|(text, meant)| (text.to_owned(), meant)).collect()
}

fn words() -> Vec<(String, Meant)> {
    let table: Vec<(&str, Meant)> = vec![
        ("", is(|_| true)),
        ("killed process myapp", all([word("killed"), word("process"), word("myapp")])),
        ("postgres OR etcd", any([word("postgres"), word("etcd")])),
        ("killed postgres OR etcd", all([word("killed"), any([word("postgres"), word("etcd")])])),
        ("killed -nginx", all([word("killed"), not(word("nginx"))])),
        ("nginx OR -killed", any([word("nginx"), not(word("killed"))])),
        ("\"Killed process\"", says("(?i)killed_process")),
        ("\"process killed\"", says("(?i)process_killed")),
        ("\"connection refused\" -retrying", all([says("(?i)connection_refused"), not(word("retrying"))])),
        ("nosuchword", is(|_| false)),
        // Paths, units, identifiers
        ("lib/nginx", says("(?i)lib_nginx")),
        ("/var/lib/postgresql/16/main", says("var_lib_postgresql_16_main")),
        ("data.1", says(r"data_1(?:\P{N}|$)")),
        ("nginx.service", says("nginx_service")),
        ("myapp-helper", says("myapp_helper")),
        ("queue_worker", says("(?i)queue_worker")),
        ("otel-collector.service", says("otel_collector_service")),
        ("billing2", says("billing_?2")),
        ("billing", word("billing")),
        ("BackupAgent", says("(?i)backup_?agent")),
        ("backup", any([word("backup"), says("Backup(?:[A-Z]|$)")])),
        ("agent", any([word("agent"), says(&format!("[a-z]Agent(?:[^{LETTER}]|$)"))])),
        ("http", any([word("http"), says(&format!("[a-z]HTTP(?:[^{LETTER}]|$)"))])),
        ("servehttp", says("(?i)servehttp")),
        ("ServeHTTP", says("(?i)serve_?http")),
        ("LoginAttempt", says("(?i)login_?attempt")),
        ("login", any([word("login"), says("LoginAttempt")])),
        ("libFooBar", says("(?i)lib_?foo_?bar")),
        ("foo", any([word("foo"), says("libFooBar")])),
        ("main.(*Server).ServeHTTP", says("(?i)main_server_serve_?http")),
        ("config-v12.yaml", says("config_v_?12_yaml")),
        ("v12", says(&format!(r"(?:^|[^{LETTER}])v_?12(?:\P{{N}}|$)"))),
        ("\"96 MiB\"", says(r"(?:^|\P{N})96_?MiB")),
        ("96MiB", says(r"(?:^|\P{N})96_?MiB")),
        // Prefixes
        ("ngi*", says(&format!("(?i)(?:^|[^{LETTER}])ngi"))),
        ("lib/ngi*", says("(?i)lib_ngi")),
        ("\"killed proc\"*", says("(?i)killed_proc")),
        ("imgp* -killed", all([says("(?i)imgp"), not(word("killed"))])),
        // Chinese, Japanese, Korean, Russian
        ("磁盘", says("磁盘")),
        ("磁盘空间不足", says("磁盘空间不足")),
        ("空间 磁盘", all([says("空间"), says("磁盘")])),
        ("盘磁", is(|_| false)),
        ("满", says("满")),
        ("数据库", says("数据库")),
        ("数据库连接失败", says("数据库连接失败")),
        ("数据库 -同步", all([says("数据库"), not(says("同步"))])),
        ("连接超时 OR 写入失败", any([says("连接超时"), says("写入失败")])),
        ("\"正在重试第\"", says("正在重试第")),
        ("重试第7次", says("重试第_?7_?次")),
        ("同步延*", says("同步延")),
        ("请检查/srv/mail", says("请检查_srv_mail")),
        ("备份", says("备份")),
        ("空き容量", says("空き容量")),
        ("ディスク", says("ディスク")),
        ("공간이 부족합니다", all([says("공간이"), says("부족합니다")])),
        ("부족", says("부족")),
        ("ОШИБКА чтения", all([word("ошибка"), word("чтения")])),
        // What the recordings say
        ("deadlock", word("deadlock")),
        ("\"read-only file system\"", says("(?i)read_only_file_system")),
        ("goroutine* panic", all([says(&format!("(?i)(?:^|[^{LETTER}])goroutine")), word("panic")])),
    ];
    table.into_iter().map(|(text, meant)| (text.to_owned(), meant)).collect()
}

fn fields() -> Vec<(String, Meant)> {
    let kinds =
        |one: &Incident, kind: Kind| one.kind == kind || one.causes.iter().any(|root| root.kind == kind);
    let caused = |one: &Incident, cause: Cause| {
        one.cause == Some(cause) || one.causes.iter().any(|root| root.cause == Some(cause))
    };
    let table: Vec<(&str, Meant)> = vec![
        ("kind:oom-kill", is(move |one| kinds(one, Kind::OomKill))),
        (
            "-kind:oom-kill -kind:unit-failure",
            is(move |one| !kinds(one, Kind::OomKill) && !kinds(one, Kind::UnitFailure)),
        ),
        (
            "cause:*-limit",
            is(move |one| {
                [Cause::MemcgLimit, Cause::SliceLimit, Cause::StartLimit]
                    .into_iter()
                    .any(|cause| caused(one, cause))
            }),
        ),
        (
            "cause:no-space OR cause:quota",
            is(move |one| caused(one, Cause::NoSpace) || caused(one, Cause::Quota)),
        ),
        (
            "severity:critical outcome:down",
            is(|one| one.severity == Severity::Critical && one.outcome == Outcome::Down),
        ),
        ("outcome:start-limit-hit", is(|one| one.outcome == Outcome::StartLimitHit)),
        ("state:open", is(|one| one.state == State::Open)),
        ("unit:nginx", unit(|unit| unit == "nginx.service")),
        ("unit:queue*", unit(|unit| unit.starts_with("queue"))),
        ("unit:nginx@?", unit(|unit| unit.starts_with("nginx@") && unit.len() == "nginx@1.service".len())),
        ("unit:user@1000/etcd", unit(|unit| unit == "user@1000/etcd.service")),
        ("host:oslo-*", is(|one| one.host.as_deref().is_some_and(|host| host.starts_with("Oslo-")))),
        ("host:nightbox", is(|one| one.host.as_deref() == Some("nightbox"))),
        (
            "comm:backupagent kind:oom-kill",
            is(move |one| {
                let comm = one.process.as_ref().and_then(|process| process.comm.as_deref());
                comm == Some("BackupAgent") && kinds(one, Kind::OomKill)
            }),
        ),
        ("path:/var/lib", path(|path| path == "/var/lib" || path.starts_with("/var/lib/"))),
        ("path:data.3", path(|path| path.split('/').any(|name| name == "data.3"))),
        ("path:/data/备份", path(|path| path.starts_with("/data/备份"))),
        ("path:*.cache", path(|path| path.contains(".cache"))),
        ("function:ServeHTTP", function(|name| name.rsplit(['.', '/']).next() == Some("servehttp"))),
        ("function:*post*", function(|name| name.contains("post"))),
        ("function:(*Store).Get", function(|name| name.ends_with("(*store).get"))),
        ("TENANT=t7", is(|one| one.fields.iter().any(|field| &**field == "TENANT=t7"))),
        (
            "TENANT:t1? -TENANT=t13",
            is(|one| {
                one.fields
                    .iter()
                    .any(|field| field.starts_with("TENANT=t1") && field.len() == "TENANT=t10".len())
                    && !one.fields.iter().any(|field| &**field == "TENANT=t13")
            }),
        ),
        ("after:2025-01-01 before:2025-07-01", is(|one| after(one, NEW_YEAR) && before(one, JULY))),
        ("before:2025-01-01 磁盘", all([is(|one| before(one, NEW_YEAR)), says("磁盘")])),
        (
            "-before:2025-01-01 unit:etcd",
            all([is(|one| !before(one, NEW_YEAR)), unit(|unit| unit == "etcd.service")]),
        ),
    ];
    table.into_iter().map(|(text, meant)| (text.to_owned(), meant)).collect()
}

fn numbers() -> Vec<(String, Meant)> {
    let table: Vec<(&str, Meant)> = vec![
        ("anon_rss:>1G", is(|one| rss(one).is_some_and(|kb| kb > 1 << 20))),
        ("anon_rss:512M..1.5G", is(|one| rss(one).is_some_and(|kb| (1 << 19..=3 << 19).contains(&kb)))),
        (
            "limit:<=128M",
            is(|one| one.oom.as_ref().and_then(|oom| oom.limit_kb).is_some_and(|kb| kb <= 128 << 10)),
        ),
        ("restarts:>3", is(|one| one.restarts > 3)),
        ("restarts:0 severity:warning", is(|one| one.restarts == 0 && one.severity == Severity::Warning)),
        ("occurrences:2..5", is(|one| (2..=5).contains(&one.occurrences))),
        ("down:>5m", is(|one| one.down_us.is_some_and(|us| us > 300_000_000))),
        (
            "down:<1s kind:go-panic",
            is(|one| {
                let panic =
                    one.kind == Kind::GoPanic || one.causes.iter().any(|root| root.kind == Kind::GoPanic);
                panic && one.down_us.is_some_and(|us| us < 1_000_000)
            }),
        ),
        ("recover:2s", is(|one| one.recover_us.is_some_and(|us| (2_000_000..3_000_000).contains(&us)))),
        ("detect:>=50ms", is(|one| one.detect_us.is_some_and(|us| us >= 50_000))),
        ("refused:>100", is(|one| one.disk.as_ref().is_some_and(|disk| disk.refused > 100))),
        ("goroutines:..10", is(|one| one.go.as_ref().is_some_and(|go| (1..=10).contains(&go.goroutines)))),
        ("status:9 -killed", all([is(|one| status(one) == Some(9)), not(word("killed"))])),
        ("status:2", is(|one| status(one) == Some(2))),
    ];
    table.into_iter().map(|(text, meant)| (text.to_owned(), meant)).collect()
}

/// Queries for what one incident says: numbers, ids and addresses.
fn of_one(told: &[Told]) -> Vec<(String, Meant)> {
    let address = found_in(told, r"(0x[0-9a-f]{6,})");
    let bare = address[2..].to_owned();
    let request = found_in(told, r"request ([0-9a-f]{8}) failed");
    let size = found_in(told, r"total-vm:(\d+)kB");
    let trace = found_in(told, r"^TRACE_ID=([0-9a-f]{8})$");
    let one = &told[told.len() / 2].incident;
    let (id, boot, pid) =
        (one.id, one.boot_id.unwrap(), one.process.as_ref().and_then(|process| process.pid));
    let pid = pid.unwrap_or(1);
    let has = |bare: &str| says(&format!(r"(?:^|0x|[^{LETTER}\p{{N}}]){bare}(?:[^{LETTER}\p{{N}}]|$)"));
    let id_text = id.to_string();
    vec![
        (address.clone(), has(&bare)),
        (bare.clone(), has(&bare)),
        (format!("{}*", &address[..6]), says(&address[..6])),
        (request.clone(), has(&request)),
        (size.clone(), says(&format!(r"(?:^|\P{{N}}){size}(?:\P{{N}}|$)"))),
        (format!("{size}kB"), says(&format!(r"(?:^|\P{{N}}){size}_?kB"))),
        (
            format!("TRACE_ID={trace}"),
            is({
                let field = format!("TRACE_ID={trace}");
                move |one| one.fields.iter().any(|kept| **kept == *field)
            }),
        ),
        (format!("id:{}", &id_text[..12]), is(move |one| one.id == id)),
        (
            format!("boot:{boot} severity:critical"),
            is(move |one| one.boot_id == Some(boot) && one.severity == Severity::Critical),
        ),
        (
            format!("pid:{pid}"),
            is(move |one| {
                let ended = one.process.as_ref().and_then(|process| process.pid);
                let oom = one.oom.as_ref();
                let victim = oom.and_then(|oom| oom.victim.as_ref()).map(|victim| victim.pid);
                let invoker = oom.and_then(|oom| oom.invoker.as_ref()).and_then(|task| task.pid);
                let told = one.timeline.iter().filter_map(|item| item.pid);
                [ended, victim, invoker].into_iter().flatten().chain(told).any(|known| known == pid)
            }),
        ),
    ]
}
