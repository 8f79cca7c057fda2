//! The services of the machine.

use super::rng::Rng;

/// A service, in its present life.
#[derive(Clone, Debug)]
pub(super) struct Service {
    pub(super) name: &'static str,
    pub(super) unit: String,
    pub(super) uid: u64,
    pub(super) pid: u64,
    pub(super) invocation: String,
    pub(super) stream: String,
    pub(super) restarts: u64,
    /// How much it has to say.
    pub(super) weight: u64,
}

const NAMES: [&str; 40] = [
    "nginx",
    "postgres",
    "redis",
    "myapp",
    "billing-api",
    "auth-gateway",
    "kafka",
    "zookeeper",
    "node-exporter",
    "prometheus",
    "grafana",
    "loki",
    "etcd",
    "kube-apiserver",
    "kubelet",
    "containerd",
    "dockerd",
    "sshd",
    "cron",
    "chronyd",
    "dbus-daemon",
    "NetworkManager",
    "systemd-logind",
    "systemd-resolved",
    "polkitd",
    "rsyslogd",
    "haproxy",
    "varnish",
    "php-fpm",
    "celery-worker",
    "sidekiq",
    "elasticsearch",
    "minio",
    "vault",
    "consul",
    "nomad",
    "traefik",
    "gitea",
    "jenkins",
    "mysql",
];

/// All of them. The first ones say most, as a power law has it.
pub(super) fn services(rng: &mut Rng) -> Vec<Service> {
    let service = |(rank, name): (u32, &&'static str)| {
        let uid = if rank % 3 == 0 { 0 } else { 1000 + u64::from(rank) };
        let mut service = Service {
            name,
            unit: format!("{name}.service"),
            uid,
            pid: 0,
            invocation: String::new(),
            stream: String::new(),
            restarts: 0,
            weight: u64::from(10_000 / (rank + 8)),
        };
        service.begin(rng);
        service
    };
    (0..).zip(&NAMES).map(service).collect()
}

impl Service {
    /// A new life: another process, invocation and stream.
    pub(super) fn begin(&mut self, rng: &mut Rng) {
        self.pid = rng.range(800, 99_999);
        self.invocation = rng.id();
        self.stream = rng.id();
    }

    /// The kernel's name for the process: 15 bytes.
    pub(super) fn comm(&self) -> &str {
        self.name.get(..15).unwrap_or(self.name)
    }

    /// Its cgroup.
    pub(super) fn cgroup(&self) -> String {
        format!("/system.slice/{}", self.unit)
    }
}
