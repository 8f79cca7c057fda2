//! A cgroup's path to the unit that it belongs to.

use crate::event::Manager;

/// The longest name of a unit (systemd, src/basic/unit-def.h, UNIT_NAME_MAX), with its NUL.
const UNIT_NAME_MAX: usize = 256;

/// The types of units (systemd, src/basic/unit-def.c).
const UNIT_TYPES: [&str; 11] = [
    "service",
    "scope",
    "slice",
    "mount",
    "swap",
    "socket",
    "target",
    "device",
    "automount",
    "timer",
    "path",
];

/// What a cgroup belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject<'a> {
    /// Whose unit it is.
    pub manager: Manager,
    /// The unit, escapes as they are; the path of a container outside any unit, which begins with `/`.
    pub unit: &'a str,
    /// The subject's own cgroup: where the path was cut.
    pub cgroup: &'a str,
}

impl Subject<'_> {
    /// Whether it is a container outside any unit. One in a scope is that scope.
    pub fn is_container(&self) -> bool {
        self.unit.starts_with('/')
    }

    /// Whether the path names slices only.
    pub fn is_slice(&self) -> bool {
        self.unit.ends_with(".slice") && !self.is_container()
    }
}

/// Finds the subject of a cgroup's path as `cg_path_get_unit` does (systemd, src/basic/cgroup-util.c): leading slices
/// are skipped, the next component is the unit, and what follows is delegated to it. Below `user@UID.service` the
/// same finds that user's unit. A path of slices only is the last of them, and the root is nothing.
///
/// A path that has neither there is a container's. Its own cgroup ends with the first component that is a 64-digit
/// id, else before what the container's own service manager made (slices, units, and Proxmox's `ns`), else nowhere:
/// `/lxc/104/ns/system.slice/x.service` is of `/lxc/104`, `/docker/ID/x` of `/docker/ID`.
pub fn subject_of(path: &str) -> Option<Subject<'_>> {
    let mut walk = Walk::new(path);
    let found = walk.unit()?;
    let Some(uid) = user_manager(found.unit) else { return Some(found) };
    let theirs = walk.unit().filter(|theirs| !theirs.is_container());
    Some(theirs.map_or(found, |theirs| Subject { manager: Manager::User(uid), ..theirs }))
}

/// Whether a cgroup is another, or has it below.
pub fn contains(ancestor: &str, path: &str) -> bool {
    let ancestor = ancestor.trim_end_matches('/');
    path.strip_prefix(ancestor).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// A path, and how much of it was read.
struct Walk<'a> {
    path: &'a str,
    at: usize,
}

impl<'a> Walk<'a> {
    const fn new(path: &'a str) -> Self {
        Self { path, at: 0 }
    }

    /// The next component, and where it ends.
    fn peek(&self) -> Option<(&'a str, usize)> {
        let rest = self.path.get(self.at..)?;
        let name = rest.trim_start_matches('/');
        let component = name.split('/').next().filter(|component| !component.is_empty())?;
        Some((component, self.at + (rest.len() - name.len()) + component.len()))
    }

    fn read(&self) -> &'a str {
        self.path.get(..self.at).unwrap_or(self.path)
    }

    fn unit(&mut self) -> Option<Subject<'a>> {
        let mut slice = None;
        while let Some((component, end)) = self.peek() {
            let name = unescape(component);
            if !is_unit(name) {
                return Some(self.container());
            }
            self.at = end;
            let subject = Subject { manager: Manager::System, unit: name, cgroup: self.read() };
            if !name.ends_with(".slice") {
                return Some(subject);
            }
            slice = Some(subject);
        }
        slice
    }

    fn container(&mut self) -> Subject<'a> {
        while let Some((component, end)) = self.peek() {
            if is_unit(unescape(component)) {
                break;
            }
            self.at = end;
            if is_container_id(component) {
                break;
            }
        }
        let whole = self.read();
        let own = whole.strip_suffix("/ns").filter(|own| !own.is_empty()).unwrap_or(whole);
        Subject { manager: Manager::System, unit: own, cgroup: own }
    }
}

/// Drops the `_` that systemd puts before names that the kernel could take for its own files.
fn unescape(component: &str) -> &str {
    component.strip_prefix('_').unwrap_or(component)
}

/// Whether it is the name of a unit or of a template's instance (systemd, src/basic/unit-name.c,
/// `unit_name_is_valid`). A slice is no template.
fn is_unit(name: &str) -> bool {
    let valid = |byte: u8| byte.is_ascii_alphanumeric() || b":-_.\\@".contains(&byte);
    name.rsplit_once('.').is_some_and(|(stem, kind)| {
        let instance = match stem.split_once('@') {
            Some((template, instance)) => !template.is_empty() && !instance.is_empty() && kind != "slice",
            None => !stem.is_empty(),
        };
        instance && name.len() < UNIT_NAME_MAX && UNIT_TYPES.contains(&kind) && stem.bytes().all(valid)
    })
}

fn is_container_id(component: &str) -> bool {
    component.len() == 64 && component.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn user_manager(unit: &str) -> Option<u32> {
    let uid = unit.strip_prefix("user@")?.strip_suffix(".service")?;
    uid.bytes().all(|byte| byte.is_ascii_digit()).then(|| uid.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    fn check(path: &str, manager: Manager, unit: &str, cgroup: &str) {
        assert_eq!(subject_of(path), Some(Subject { manager, unit, cgroup }), "{path}");
    }

    #[test]
    fn units_and_slices() {
        for (path, unit, cgroup) in [
            ("/system.slice/a.service", "a.service", "/system.slice/a.service"),
            (
                "/system.slice/system-getty.slice/getty@tty1.service",
                "getty@tty1.service",
                "/system.slice/system-getty.slice/getty@tty1.service",
            ),
            ("/system.slice/a.service/b.service/c", "a.service", "/system.slice/a.service"),
            ("/system.slice/a.service/b.slice", "a.service", "/system.slice/a.service"),
            ("/system.slice/_cpu.service/x", "cpu.service", "/system.slice/_cpu.service"),
            ("/system.slice/__x.service", "_x.service", "/system.slice/__x.service"),
            (
                r"/system.slice/dev-disk-by\x2duuid-x.swap",
                r"dev-disk-by\x2duuid-x.swap",
                r"/system.slice/dev-disk-by\x2duuid-x.swap",
            ),
            ("/system.slice/a.mount", "a.mount", "/system.slice/a.mount"),
            ("/system.slice/a.socket", "a.socket", "/system.slice/a.socket"),
            (
                "/user.slice/user-1000.slice/session-3.scope",
                "session-3.scope",
                "/user.slice/user-1000.slice/session-3.scope",
            ),
            ("/init.scope", "init.scope", "/init.scope"),
            ("/a.service", "a.service", "/a.service"),
            ("//system.slice//a.service/", "a.service", "//system.slice//a.service"),
            ("system.slice/a.service", "a.service", "system.slice/a.service"),
            (
                "/kubepods.slice/kubepods-pod1.slice/cri-containerd-1.scope/init",
                "cri-containerd-1.scope",
                "/kubepods.slice/kubepods-pod1.slice/cri-containerd-1.scope",
            ),
            (
                "/system.slice/containerd.service/kubepods-pod1.slice:cri-containerd:1",
                "containerd.service",
                "/system.slice/containerd.service",
            ),
            ("/system.slice", "system.slice", "/system.slice"),
            ("/user.slice/user-1000.slice/", "user-1000.slice", "/user.slice/user-1000.slice"),
        ] {
            check(path, Manager::System, unit, cgroup);
        }
        let scope = format!("docker-{ID}.scope");
        check(
            &format!("/system.slice/{scope}/x"),
            Manager::System,
            &scope,
            &format!("/system.slice/{scope}"),
        );
    }

    #[test]
    fn users_units() {
        let home = "/user.slice/user-1000.slice/user@1000.service";
        for (path, unit, cgroup) in [
            ("/app.slice/x.service", "x.service", "/app.slice/x.service"),
            (
                "/app.slice/app-org.y.slice/app-org.y@z.service/w",
                "app-org.y@z.service",
                "/app.slice/app-org.y.slice/app-org.y@z.service",
            ),
            ("/init.scope", "init.scope", "/init.scope"),
            ("/app.slice", "app.slice", "/app.slice"),
        ] {
            check(&format!("{home}{path}"), Manager::User(1000), unit, &format!("{home}{cgroup}"));
        }
        for path in ["", "/", "/delegated", "/app.slice/delegated"] {
            check(&format!("{home}{path}"), Manager::System, "user@1000.service", home);
        }
        let odd = "/user.slice/user@99999999999.service";
        check(&format!("{odd}/x.service"), Manager::System, "user@99999999999.service", odd);
    }

    #[test]
    fn containers() {
        for (path, own) in [
            ("/mem2", "/mem2"),
            ("/lxc.payload.web", "/lxc.payload.web"),
            ("/lxc.payload.web/system.slice/x.service", "/lxc.payload.web"),
            ("/lxc.payload/web/init.scope", "/lxc.payload/web"),
            ("/lxc/104/ns/system.slice/docker-1.scope", "/lxc/104"),
            ("/lxc/104/ns", "/lxc/104"),
            ("/lxc/104", "/lxc/104"),
            ("/kubepods/burstable/pod1/c", "/kubepods/burstable/pod1/c"),
            ("/system.slice/x", "/system.slice/x"),
            ("/x@.service", "/x@.service"),
            ("/@x.service", "/@x.service"),
            ("/.service", "/.service"),
            ("/x.services", "/x.services"),
            ("/a b.service", "/a b.service"),
            ("/x@y.slice", "/x@y.slice"),
            ("/\u{fffd}.service", "/\u{fffd}.service"),
        ] {
            check(path, Manager::System, own, own);
        }
        for engine in ["/docker", "/kubepods/besteffort/pod1", "/ecs/task"] {
            let own = format!("{engine}/{ID}");
            for below in ["", "/x", "/docker/1", "/system.slice/x.service"] {
                check(&format!("{own}{below}"), Manager::System, &own, &own);
            }
        }
        let long = format!("/{}.service", "x".repeat(UNIT_NAME_MAX));
        check(&long, Manager::System, &long, &long);
    }

    #[test]
    fn the_root_is_nothing() {
        for path in ["", "/", "//"] {
            assert_eq!(subject_of(path), None, "{path}");
        }
    }

    #[test]
    fn containment() {
        for (ancestor, path, expected) in [
            ("/a", "/a", true),
            ("/a", "/a/b", true),
            ("/a/", "/a/b", true),
            ("/", "/a", true),
            ("/a", "/ab", false),
            ("/a/b", "/a", false),
            ("/b", "/a", false),
        ] {
            assert_eq!(contains(ancestor, path), expected, "{ancestor} {path}");
        }
    }
}
