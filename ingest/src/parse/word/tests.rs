use super::*;

#[test]
fn reads_the_last_words_of_every_logger() {
    for (line, word) in [
        // zap, in production and on a console
        (
            r#"{"level":"fatal","ts":1.5,"caller":"a/main.go:9","msg":"no config","error":"open x: no such file","stacktrace":"main.main\n\t/a.go:9"}"#,
            "no config: open x: no such file",
        ),
        ("2026-11-23T03:00:00.000Z\tFATAL\tmain/main.go:12\tno config\t{\"error\": \"x\"}", "no config"),
        ("2026-11-23T03:00:00.000Z\tDPANIC\tstore\tno config", "no config"),
        (r#"{"L":"DPANIC","T":"x","M":"broken"}"#, "broken"),
        // zerolog
        (
            r#"{"level":"fatal","error":"refused","time":"x","message":"cannot listen"}"#,
            "cannot listen: refused",
        ),
        (r#"{"level":"panic","message":"cannot \"listen\"é"}"#, "cannot \"listen\"é"),
        // logrus
        (
            r#"time="2026-11-23T03:00:00Z" level=fatal msg="no route: refused" error=refused"#,
            "no route: refused",
        ),
        (r#"time="x" level=panic msg="panic: boom\n\ngoroutine 1 [running]:\n\tmain.go""#, "panic: boom"),
        (
            "FATA[0012] no route                                      error=refused",
            "no route                                      error=refused",
        ),
        // log/slog
        (r#"time=2026-11-23T03:00:00Z level=ERROR+4 msg="no route" err="refused""#, "no route: refused"),
        (r#"{"time":"x","level":"ERROR+8","msg":"no route"}"#, "no route"),
        // klog and glog
        ("F1123 03:00:00.000001    1234 main.go:12] no route", "no route"),
        // what is named as syslog and the clouds name it
        (r#"{"severity":"CRITICAL","message":"no route","labels":{"level":"info","a":["}"]}}"#, "no route"),
        // cut off
        (r#"{"level":"fatal","labels":{"a":"b","c":[1,2]},"msg":"no rou"#, "no rou"),
    ] {
        assert_eq!(last_word(line.as_bytes()).as_deref(), Some(word), "{line}");
    }
}

#[test]
fn other_lines_are_no_last_word() {
    for line in [
        r#"{"level":"error","msg":"retrying"}"#,
        r#"{"level":"info","msg":"level=fatal is how it would look"}"#,
        r#"{"msg":"x","fields":{"level":"fatal"}}"#,
        r#"time=x level=ERROR msg="no route""#,
        r#"time=x level=ERROR+1 msg="no route""#,
        "level of water: fatal",
        "it was fatal: no route",
        "fatal",
        "F1123 is the room",
        "E1123 03:00:00.000001    1234 main.go:12] no route",
        "FATAL: no route",
        "{\"level\":\"fatal\"}",
        "{",
        "",
        "user=fatal msg=x",
        "2026-11-23T03:00:00.000Z\tERROR\tmain/main.go:12\tFATAL\tx",
    ] {
        assert_eq!(last_word(line.as_bytes()), None, "{line}");
    }
}

#[test]
fn reads_what_package_log_writes() {
    for (line, text) in [
        ("2026/11/23 03:00:00 no route", Some("no route")),
        ("2026/11/23 03:00:00.000001 main.go:5: no route: refused", Some("no route: refused")),
        ("2026/11/23 03:00:00 dial: refused", Some("dial: refused")),
        ("2026-11-23 03:00:00 no route", None),
        ("no route", None),
        ("2026/11/23 03:00:00 ", None),
    ] {
        assert_eq!(logged(line.as_bytes()).as_deref(), text, "{line}");
    }
}

proptest::proptest! {
    #[test]
    fn any_bytes_are_read(line in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200)) {
        let _any = (last_word(&line), logged(&line));
    }

    #[test]
    fn any_cut_of_a_line_is_read(at in 0usize..140) {
        let line = br#"{"ts":1.5,"labels":{"a":["b",{"c":"d"}]},"level":"fatal","msg":"no \u003croute\u003e","error":"open x: \\ \x41"}"#;
        let cut = line.get(..at).unwrap_or(line);
        let word = last_word(cut);
        proptest::prop_assert!(word.is_none_or(|word| "no <route>: open x: \\ A".starts_with(&*word)));
    }
}
