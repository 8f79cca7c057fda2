//! What such incidents say.

/// Programs, and so services.
pub(super) const PROGRAMS: &[&str] = &[
    "myapp",
    "myapp-helper",
    "nginx",
    "postgres",
    "redis-server",
    "api-gateway",
    "maild",
    "otel-collector",
    "kube-proxy",
    "billing2",
    "imgproxy",
    "BackupAgent",
    "sshd",
    "journal-shipper",
    "queue_worker",
    "etcd",
];

/// What hosts are called by.
pub(super) const COUNTRIES: &[&str] = &["Oslo", "berlin", "tokyo", "shanghai", "lima"];

/// Where files are refused.
pub(super) const DIRECTORIES: &[&str] = &[
    "/var/lib/nginx",
    "/var/lib/postgresql/16/main",
    "/srv/mail/new",
    "/var/log",
    "/data/备份",
    "/home/u/.cache",
];

/// What a Go program panics in.
pub(super) const FUNCTIONS: &[&str] = &[
    "main.(*Server).ServeHTTP",
    "example.org/cache.(*Store).Get",
    "github.com/acme/billing/internal/ledger.PostEntry",
    "main.handleUpload.func1",
    "net/http.(*conn).serve",
    "example.org/queue.newWorkerPool",
];

/// What it says then.
pub(super) const VALUES: &[&str] = &[
    "runtime error: invalid memory address or nil pointer dereference at {x}",
    "runtime error: index out of range [5] with length 3",
    "assignment to entry in nil map",
    "send on closed channel",
    "unexpected state: 数据库连接失败",
];

/// What units write: `{n}` is a number, `{x}` a hexadecimal one.
pub(super) const LINES: &[&str] = &[
    "cache size now {n} MiB",
    "GET /api/v2/orders/{n} 500 in {n}ms",
    "listening on [::]:8{n}",
    "写入失败：磁盘空间不足，请检查 /srv/mail",
    "连接超时，正在重试第{n}次",
    "数据库主从同步延迟 {n} 秒",
    "ディスクの空き容量が不足しています（残り{n}MB）",
    "디스크 공간이 부족합니다: {n}MB 남음",
    "worker {n} took job 0x{x}",
    "request {x} failed: upstream timed out",
    "reading config from /etc/myapp/config-v{n}.yaml",
    "connected to postgres://db-{n}.internal:5432/orders",
    "GC pause {n}.{n}ms, heap {n}MiB",
    "retrying in {n} s: connection refused",
    "loaded plugin libFooBar-1.{n}.so",
    "user=u{n} action=LoginAttempt result=denied",
    "Ошибка чтения файла №{n}",
    "session {x}-4f5e closed by peer",
];
