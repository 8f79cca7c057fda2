//! Tells a program's own functions from the runtime's and the standard library's.

/// The first elements of the standard library's import paths, those that have no dot (Go 1.19 to 1.27, src/).
///
/// A list, because `module myapp` is as common a name as `module example.com/myapp`: the missing dot alone would
/// take a program's own packages for Go's.
const STANDARD: [&str; 53] = [
    "archive",
    "arena",
    "bufio",
    "builtin",
    "bytes",
    "cmd",
    "cmp",
    "compress",
    "container",
    "context",
    "crypto",
    "database",
    "debug",
    "embed",
    "encoding",
    "errors",
    "expvar",
    "flag",
    "fmt",
    "go",
    "hash",
    "html",
    "image",
    "index",
    "internal",
    "io",
    "iter",
    "log",
    "maps",
    "math",
    "mime",
    "net",
    "os",
    "path",
    "plugin",
    "reflect",
    "regexp",
    "runtime",
    "simd",
    "slices",
    "sort",
    "strconv",
    "strings",
    "structs",
    "sync",
    "syscall",
    "testing",
    "text",
    "time",
    "type",
    "unicode",
    "unique",
    "unsafe",
];

/// Those that came late and are few: a module may have had the name before.
const VENDORED: [&str; 3] = ["uuid", "vendor", "weak"];

/// Whether a function is neither the runtime's, nor the standard library's, nor C.
pub(super) fn is_user(function: &str) -> bool {
    let Some((package, _)) = function.split_once(['.', '/']) else { return false };
    let domain = function.split_once('/').is_some_and(|(first, _)| first.contains('.'));
    let package = package.trim_end_matches(':');
    domain || !(STANDARD.contains(&package) || VENDORED.contains(&package))
}

/// Whether a function is the runtime's own: which of those stand above a stack hangs on GOTRACEBACK.
pub(super) fn is_runtime(function: &str) -> bool {
    ["runtime.", "runtime/", "internal/runtime/"].iter().any(|package| function.starts_with(package))
}

#[cfg(test)]
mod tests {
    use super::is_user;

    #[test]
    fn knows_whose_function_it_is() {
        for name in [
            "main.main",
            "main.(*T).Do",
            "myapp/store.Open",
            "example.com/net.Dial",
            "github.com/a/b/sync.(*Pool).Get",
            "go.uber.org/zap.New",
            "gopkg.in/tomb%2ev2.Go",
            "golang.org/x/sync/errgroup.(*Group).Go.func1",
            "main_test.TestX",
            "runtimes.Run",
        ] {
            assert!(is_user(name), "{name}");
        }
        for name in [
            "panic",
            "runtime.gopark",
            "runtime/debug.Stack",
            "net/http.(*conn).serve",
            "internal/runtime/syscall.Syscall6",
            "vendor/golang.org/x/net/http2/hpack.NewDecoder",
            "sync.(*Mutex).Lock",
            "os.(*File).Write",
            "go.(*struct { sync.Mutex }).Lock",
            "type:.eq.main.T",
            "type..eq.main.T",
            "pthread_cond_wait",
        ] {
            assert!(!is_user(name), "{name}");
        }
    }
}
