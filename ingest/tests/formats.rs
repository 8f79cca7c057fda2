//! What each wire format's records become.
#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing)]

use chrono_tz::Tz;
use nwlog_ingest::Provenance;
use nwlog_ingest::calendar::Calendar;
use nwlog_ingest::source::{Chunk, Format, Stats};

/// When the texts were written: 2026-11-23 01:15 UTC.
const REFERENCE: u64 = 1_795_396_500_000_000;

/// Input, each entry's fields as text, and what could not be read: skipped, truncated and dropped fields.
type Case = (&'static [u8], &'static [&'static str], [u64; 3]);

/// The fields of each entry, as text.
fn fields(format: Format, input: &[u8]) -> Vec<String> {
    let calendar = Calendar::new(REFERENCE, Tz::Europe__Berlin);
    let chunk = Chunk { format, offset: 0, bytes: input.to_vec(), calendar, boots: Vec::new() };
    let mut shown = Vec::new();
    chunk.visit(&mut Stats::default(), &mut |_, entry| shown.push(text(entry)));
    shown
}

fn text(entry: &nwlog_ingest::Entry<'_>) -> String {
    let field = |field: &nwlog_ingest::Field<'_>| {
        format!("{}={}", field.name.escape_ascii(), field.value.escape_ascii())
    };
    entry.fields().iter().map(field).collect::<Vec<_>>().join(" ")
}

fn check(format: Format, provenance: Provenance, cases: &[Case]) {
    for (input, expected, counts) in cases {
        let calendar = Calendar::new(REFERENCE, Tz::Europe__Berlin);
        let chunk = Chunk { format, offset: 7, bytes: input.to_vec(), calendar, boots: Vec::new() };
        let (mut stats, mut shown) = (Stats::default(), Vec::new());
        chunk.visit(&mut stats, &mut |span, entry| {
            assert_eq!((entry.provenance(), entry.place()), (provenance, 7 + u64::from(span.start)));
            shown.push(text(entry));
        });
        let input = input.escape_ascii().to_string();
        assert_eq!(shown, *expected, "{input}");
        assert_eq!([stats.skipped, stats.truncated, stats.fields_dropped], *counts, "{input}");
    }
}

#[test]
fn export() {
    check(
        Format::Export,
        Provenance::Journal,
        &[
            (b"A=1\nMESSAGE=x=y\n\nA=\n", &["A=1 MESSAGE=x=y", "A="], [0, 0, 0]),
            (b"\n\nA=1\n\n\n\nA=2\nA=3\n\n", &["A=1", "A=2 A=3"], [0, 0, 0]),
            (b"A\n\x04\0\0\0\0\0\0\0\n\nB=\nC=1\n\n", &["A=\\n\\nB= C=1"], [0, 0, 0]),
            (b"A=1\r\n\n", &["A=1\\r"], [0, 0, 0]),
            (b"a=1\nB=1\n\nc=1\n\nD=1\n", &["B=1", "D=1"], [1, 0, 1]),
            (b"A=1\nno field\nB=1\n\nC=1\n", &["C=1"], [1, 0, 0]),
            (b"A=1\nB\n\x01\0\0\0\0\0\0\0ab\nC=1\n\nD=1\n", &["D=1"], [1, 0, 0]),
            (b"A=1\nB\n\xff\xff\xff\xff\xff\xff\xff\xff\nC=1\n\nD=1\n", &["D=1"], [1, 0, 0]),
            (b"MESSAGE=a\n_PID=1", &["MESSAGE=a"], [0, 1, 0]),
            (b"MESSAGE=a\nB\n\x10\0\0\0\0\0\0\0ab", &["MESSAGE=a"], [0, 1, 0]),
            (b"MESSAGE=a\nB\n\x10\0", &["MESSAGE=a"], [0, 1, 0]),
            (b"_PID=1\nMESSAGE=a", &[], [0, 1, 0]),
        ],
    );
}

#[test]
fn an_entry_has_so_many_fields_and_no_more() {
    let bytes = [b"A=1\n".repeat(1030), b"\n".to_vec()].concat();
    let (mut stats, mut count) = (Stats::default(), 0);
    Chunk { format: Format::Export, offset: 0, bytes, calendar: Calendar::default(), boots: Vec::new() }
        .visit(&mut stats, &mut |_, entry| count = entry.fields().len());
    assert_eq!((count, stats.fields_dropped), (1024, 6));
}

#[test]
fn json() {
    check(
        Format::Json,
        Provenance::Journal,
        &[
            (
                b"{\"A\":\"x\\u00e9\\n\\\"\\ud83d\\ude00\",\"B\":[0,255],\"C\":null}\n",
                &["A=x\\xc3\\xa9\\n\\\"\\xf0\\x9f\\x98\\x80 B=\\x00\\xff"],
                [0, 0, 1],
            ),
            (
                b"{\"A\":[\"x\",[121,122],null,\"w\"],\"N\":6,\"D\":true,\"E\":{\"f\":[\"]\"]}}\n",
                &["A=x A=yz A=w N=6"],
                [0, 0, 3],
            ),
            (
                b"{\"A\":[1,256],\"B\":[],\"C\":\"\\ud800x\\q\"}\n",
                &["C=\\xef\\xbf\\xbdx\\xef\\xbf\\xbd"],
                [0, 0, 1],
            ),
            (b"{\"A\":\"1\"\n{\"B\":\"2\"}\nno\n[1]\n{}\n{\"a\":\"1\"}\n", &["B=2"], [5, 0, 0]),
            (b"{\"A\":\"1\n\"B\":\"}\n{\"C\":\"1\"}\n", &["C=1"], [2, 0, 0]),
            (
                b"{\n\t\"A\" : \"1\",\n\t\"B\" : [\n\t\t1\n\t]\n}\n{\n\t\"A\" : \"2\"\n}\n",
                &["A=1 B=\\x01", "A=2"],
                [0, 0, 0],
            ),
            (b"{\n\t\"A\" : \"1\",\n{\n\t\"A\" : \"2\"\n}\n", &["A=2"], [1, 0, 0]),
            (b"[\n  {\n    \"A\": \"1\"\n  },\n  {\n    \"A\": \"2\"\n  }\n]\n", &["A=1", "A=2"], [0, 0, 0]),
            (b"\x1e{\"A\":\"1\"}\ndata: {\"A\":\"2\"}\n\n{\"A\":\"3\"}", &["A=1", "A=2", "A=3"], [0, 0, 0]),
            (b"{\"MESSAGE\":\"a\",\"_PID\":\"12", &["MESSAGE=a"], [0, 1, 0]),
            (b"{\"MESSAGE\":\"a\",\"_PID\":12", &["MESSAGE=a"], [0, 1, 0]),
            (b"{\"_PID\":\"12\",\"MESS", &[], [0, 1, 0]),
        ],
    );
}

#[test]
fn kmsg() {
    check(
        Format::Kmsg,
        Provenance::Kmsg,
        &[
            (
                b"6,339,5140900,-,caller=T1;NET: \\x5cx\\x0ay\n SUBSYSTEM=net\n DEVICE=+a:\\x62\n",
                &[
                    "_TRANSPORT=kernel PRIORITY=6 SYSLOG_FACILITY=0 SYSLOG_IDENTIFIER=kernel _SOURCE_MONOTONIC_TIMESTAMP=5140900 \
               __MONOTONIC_TIMESTAMP=5140900 KMSG_SEQ=339 MESSAGE=NET: \\\\x\\ny _KERNEL_SUBSYSTEM=net _KERNEL_DEVICE=+a:b",
                ],
                [0, 0, 0],
            ),
            (
                b"30,1,2,-;systemd[1]: Started x: y\nno\n28,2,3,c;no tag here",
                &[
                    "_TRANSPORT=kernel PRIORITY=6 SYSLOG_FACILITY=3 SYSLOG_IDENTIFIER=systemd SYSLOG_PID=1 _SOURCE_MONOTONIC_TIMESTAMP=2 \
               __MONOTONIC_TIMESTAMP=2 KMSG_SEQ=1 MESSAGE=Started x: y",
                    "_TRANSPORT=kernel PRIORITY=4 SYSLOG_FACILITY=3 _SOURCE_MONOTONIC_TIMESTAMP=3 __MONOTONIC_TIMESTAMP=3 KMSG_SEQ=2 \
               MESSAGE=no tag here",
                ],
                [1, 0, 0],
            ),
        ],
    );
}

#[test]
fn dmesg() {
    check(
        Format::Dmesg,
        Provenance::Text,
        &[
            (
                b"cut\n[    0.000001] a  b\n c\n\nd\n[12345.678901][ T6832]  indented\r\n",
                &[
                    "_TRANSPORT=kernel SYSLOG_FACILITY=0 SYSLOG_IDENTIFIER=kernel _SOURCE_MONOTONIC_TIMESTAMP=1 __MONOTONIC_TIMESTAMP=1 \
               MESSAGE=a  b\\n c\\n\\nd",
                    "_TRANSPORT=kernel SYSLOG_FACILITY=0 SYSLOG_IDENTIFIER=kernel _SOURCE_MONOTONIC_TIMESTAMP=12345678901 \
               __MONOTONIC_TIMESTAMP=12345678901 MESSAGE= indented",
                ],
                [1, 0, 0],
            ),
            (
                b"<4>[    1.000000] a\n<30>[    1.000000] systemd[1]: b\n",
                &[
                    "_TRANSPORT=kernel PRIORITY=4 SYSLOG_FACILITY=0 SYSLOG_IDENTIFIER=kernel _SOURCE_MONOTONIC_TIMESTAMP=1000000 \
               __MONOTONIC_TIMESTAMP=1000000 MESSAGE=a",
                    "_TRANSPORT=kernel PRIORITY=6 SYSLOG_FACILITY=3 SYSLOG_IDENTIFIER=systemd SYSLOG_PID=1 \
               _SOURCE_MONOTONIC_TIMESTAMP=1000000 __MONOTONIC_TIMESTAMP=1000000 MESSAGE=b",
                ],
                [0, 0, 0],
            ),
        ],
    );
}

#[test]
fn short() {
    check(Format::Short { host: true }, Provenance::Text, &[
        (
            b"-- Boot 0123456789abcdef0123456789abcdef --\n2026-11-23T01:13:37.621200+0000 host kernel: a\n                                           b\n",
            &["__REALTIME_TIMESTAMP=1795396417621200 _HOSTNAME=host SYSLOG_IDENTIFIER=kernel _TRANSPORT=kernel SYSLOG_FACILITY=0 \
               MESSAGE=a\\nb"],
            [0, 0, 0],
        ),
        (
            b"2026-11-23T02:13:37+01:00 h systemd[1]: x: y\n2026-11-23T01:13:37Z h systemd[9]: z\n",
            &["__REALTIME_TIMESTAMP=1795396417000000 _HOSTNAME=h SYSLOG_IDENTIFIER=systemd SYSLOG_PID=1 _TRANSPORT=journal _PID=1 _UID=0 \
               _COMM=systemd MESSAGE=x: y",
              "__REALTIME_TIMESTAMP=1795396417000000 _HOSTNAME=h SYSLOG_IDENTIFIER=systemd SYSLOG_PID=9 _TRANSPORT=syslog MESSAGE=z"],
            [0, 0, 0],
        ),
        (
            b"2026-11-23T01:13:37.5-0030 h a b[12]: \n2026-11-23T01:13:60+0000 h x:\n2026-11-31T01:13:37+0000 h x: y\nfoo\n",
            &["__REALTIME_TIMESTAMP=1795398217500000 _HOSTNAME=h SYSLOG_IDENTIFIER=a b SYSLOG_PID=12 _TRANSPORT=stdout _PID=12 \
               _COMM=a b MESSAGE=",
              "__REALTIME_TIMESTAMP=1795396439000000 _HOSTNAME=h SYSLOG_IDENTIFIER=x _TRANSPORT=stdout _COMM=x MESSAGE="],
            [2, 0, 0],
        ),
    ]);
}

#[test]
fn times_of_short_lines() {
    for (time, micros) in [
        ("Nov 23 02:13:37", 1_795_396_417_000_000_u64),
        ("Nov 24 02:13:37", 1_795_482_817_000_000),
        ("Nov 25 02:13:37", 1_764_033_217_000_000),
        ("Nov  3 02:13:37.621200", 1_793_668_417_621_200),
        ("Nov 23 2026 02:13:37", 1_795_396_417_000_000),
        ("2026-11-23T01:13:37+0000", 1_795_396_417_000_000),
        ("2026-11-23T02:13:37.621200+01:00", 1_795_396_417_621_200),
        ("Mon 2026-11-23 02:13:37 CET", 1_795_396_417_000_000),
        ("Mon 2026-11-23 01:13:37 UTC", 1_795_396_417_000_000),
        ("Mon 2026-11-23 06:58:37 +0545", 1_795_396_417_000_000),
        ("1795396417.621200", 1_795_396_417_621_200),
        ("Mon Nov 23 02:13:37 2026", 1_795_396_417_000_000),
        ("<30>Nov 23 02:13:37", 1_795_396_417_000_000),
    ] {
        for (who, host) in [("host a[1]: b", true), ("a[1]: b", false)] {
            let bytes = format!("{time} {who}\n").into_bytes();
            let fields = fields(Format::Short { host }, &bytes);
            assert_eq!(fields.len(), 1, "{time} {who}");
            let wanted = format!("__REALTIME_TIMESTAMP={micros} ");
            assert!(fields[0].starts_with(&wanted), "{time} {who}: {fields:?}");
            assert_eq!(fields[0].contains("_HOSTNAME=host "), host, "{fields:?}");
            assert!(
                fields[0]
                    .ends_with("SYSLOG_IDENTIFIER=a SYSLOG_PID=1 _TRANSPORT=stdout _PID=1 _COMM=a MESSAGE=b")
            );
        }
    }
    for wrong in [
        "Nov 31 01:13:37",
        "Nov 23 24:13:37",
        "Nov 23 01:13",
        "nov 23 01:13:37",
        "Okt 23 01:13:37",
        "Mon 2026-11-23 02:13:37",
        "2026-11-23 01:13:37",
        "2026-11-23T01:13:37,621200+00:00",
        "1795396417.62",
        "1795396417",
        "<1024>Nov 23 02:13:37",
        "[    1.000000]",
    ] {
        let bytes = format!("{wrong} host a[1]: b\n").into_bytes();
        assert_eq!(fields(Format::Short { host: true }, &bytes), [""; 0], "{wrong}");
    }
}

#[test]
fn writers_of_short_lines() {
    let stdout = |name: &str, pid: &str| match pid {
        "" => format!("SYSLOG_IDENTIFIER={name} _TRANSPORT=stdout _COMM={name}"),
        pid => format!("SYSLOG_IDENTIFIER={name} SYSLOG_PID={pid} _TRANSPORT=stdout _PID={pid} _COMM={name}"),
    };
    let kernel = "SYSLOG_IDENTIFIER=kernel _TRANSPORT=kernel SYSLOG_FACILITY=0".to_owned();
    for (line, expected) in [
        ("host (systemd)[812]: a: b", format!("_HOSTNAME=host {} MESSAGE=a: b", stdout("(systemd)", "812"))),
        ("host my app (v2)[12]: a", format!("_HOSTNAME=host {} MESSAGE=a", stdout("my app (v2)", "12"))),
        ("host a/b/c[x]: d", format!("_HOSTNAME=host {} MESSAGE=d", stdout("a/b/c[x]", ""))),
        ("web-1.example.com sudo:     ada : TTY", format!("_HOSTNAME=web-1.example.com {} MESSAGE=    ada : TTY", stdout("sudo", ""))),
        ("2001:db8::1 x[1]: y", format!("_HOSTNAME=2001:db8::1 {} MESSAGE=y", stdout("x", "1"))),
        ("host x[1]: ", format!("_HOSTNAME=host {} MESSAGE=", stdout("x", "1"))),
        ("host x[1]:", format!("_HOSTNAME=host {} MESSAGE=", stdout("x", "1"))),
        ("host x[1]:\r", format!("_HOSTNAME=host {} MESSAGE=", stdout("x", "1"))),
        ("host kernel: a", format!("_HOSTNAME=host {kernel} MESSAGE=a")),
        ("host kernel: [   12.345678] a", format!("_HOSTNAME=host {kernel} _SOURCE_MONOTONIC_TIMESTAMP=12345678 MESSAGE=a")),
        ("host kernel: [   12.345678][    C1] a", format!("_HOSTNAME=host {kernel} _SOURCE_MONOTONIC_TIMESTAMP=12345678 MESSAGE=a")),
        ("host kernel[1]: [   12.345678] a", format!("_HOSTNAME=host {} MESSAGE=[   12.345678] a", stdout("kernel", "1"))),
        ("host kern.info kernel: a", "_HOSTNAME=host PRIORITY=6 SYSLOG_FACILITY=0 SYSLOG_IDENTIFIER=kernel _TRANSPORT=kernel MESSAGE=a".to_owned()),
        ("host user.info kernel: a", "_HOSTNAME=host PRIORITY=6 SYSLOG_FACILITY=1 SYSLOG_IDENTIFIER=kernel _TRANSPORT=syslog MESSAGE=a".to_owned()),
        ("kern.warn kernel: a", "PRIORITY=4 SYSLOG_FACILITY=0 SYSLOG_IDENTIFIER=kernel _TRANSPORT=kernel MESSAGE=a".to_owned()),
        ("host last message repeated 2 times", "_HOSTNAME=host _TRANSPORT=syslog MESSAGE=last message repeated 2 times".to_owned()),
        ("host x[1]: a#012#011b #999 #01", format!("_HOSTNAME=host {} MESSAGE=a\\n\\tb #999 #01", stdout("x", "1"))),
        ("host x[1]: cut off by a pager>", format!("_HOSTNAME=host {} MESSAGE=cut off by a pager>", stdout("x", "1"))),
        ("host x[1]: a\r\n                             b\r", format!("_HOSTNAME=host {} MESSAGE=a\\n  b", stdout("x", "1"))),
    ] {
        let bytes = format!("Nov 23 02:13:37 {line}\n").into_bytes();
        let expected = format!("__REALTIME_TIMESTAMP=1795396417000000 {expected}");
        assert_eq!(fields(Format::Short { host: true }, &bytes), [expected], "{line}");
    }
    assert_eq!(fields(Format::Short { host: true }, b"Nov 23 02:13:37 host\nNov 23 02:13:37\n"), [""; 0]);
}

#[test]
fn units_are_names_in_one_form_alone() {
    let stdout = "SYSLOG_PID=9 _TRANSPORT=stdout _PID=9";
    for (name, expected) in [
        ("app.service[9]", format!("{stdout} _SYSTEMD_UNIT=app.service")),
        ("init.scope[1]", "SYSLOG_PID=1 _TRANSPORT=journal _PID=1 _UID=0 _COMM=systemd _SYSTEMD_UNIT=init.scope".to_owned()),
        (
            "user@1000.service/init.scope[9]",
            "SYSLOG_PID=9 _TRANSPORT=journal _PID=9 _UID=1000 _SYSTEMD_UNIT=user@1000.service _SYSTEMD_USER_UNIT=init.scope".to_owned(),
        ),
        (
            "user@1000.service/app.service[9]",
            format!("{stdout} _SYSTEMD_UNIT=user@1000.service _SYSTEMD_USER_UNIT=app.service"),
        ),
        ("a/app.service[9]", "SYSLOG_IDENTIFIER=a/app.service SYSLOG_PID=9 _TRANSPORT=stdout _PID=9 _COMM=a/app.service".to_owned()),
        (".service", "SYSLOG_IDENTIFIER=.service _TRANSPORT=stdout _COMM=.service".to_owned()),
    ] {
        let bytes = format!("Mon 2026-11-23 02:13:37 CET host {name}: a\n").into_bytes();
        let expected = format!("__REALTIME_TIMESTAMP=1795396417000000 _HOSTNAME=host {expected} MESSAGE=a");
        assert_eq!(fields(Format::Short { host: true }, &bytes), [expected]);
        let bytes = format!("Nov 23 02:13:37 host {name}: a\n").into_bytes();
        assert!(!fields(Format::Short { host: true }, &bytes)[0].contains("_SYSTEMD_UNIT"));
    }
}

#[test]
fn short_monotonic() {
    let a = "__MONOTONIC_TIMESTAMP=12345678 _HOSTNAME=h SYSLOG_IDENTIFIER=a SYSLOG_PID=1 _TRANSPORT=stdout _PID=1 _COMM=a MESSAGE=";
    for (input, expected) in [
        (&b"[   12.345678] h a[1]: b\n                       c\n"[..], format!("{a}b\\nc")),
        (b"[   12.345678 <    0.000012 >] h a[1]: b\n", format!("{a}b")),
        (b"[   12.345678                ] h a[1]: b#012\n", format!("{a}b#012")),
        (
            b"-- Boot 0123456789abcdef0123456789abcdef --\n[   12.345678] h kernel: b\r\n",
            "__MONOTONIC_TIMESTAMP=12345678 _HOSTNAME=h SYSLOG_IDENTIFIER=kernel _TRANSPORT=kernel SYSLOG_FACILITY=0 MESSAGE=b".to_owned(),
        ),
    ] {
        assert_eq!(fields(Format::ShortMonotonic { host: true }, input), [expected]);
    }
}

#[test]
fn syslog_protocol() {
    check(
        Format::Syslog,
        Provenance::Text,
        &[
            (
                b"<30>1 2026-11-23T01:13:37.621200Z h systemd 1 - - \xef\xbb\xbfStarted a#012b\nmore\n<6>1 2026-11-23T01:13:37+00:00 h kernel - - - [    1.000000] a\n",
                &[
                    "__REALTIME_TIMESTAMP=1795396417621200 _HOSTNAME=h PRIORITY=6 SYSLOG_FACILITY=3 SYSLOG_IDENTIFIER=systemd \
               SYSLOG_PID=1 _TRANSPORT=journal _PID=1 _UID=0 _COMM=systemd MESSAGE=Started a#012b\\nmore",
                    "__REALTIME_TIMESTAMP=1795396417000000 _HOSTNAME=h PRIORITY=6 SYSLOG_FACILITY=0 SYSLOG_IDENTIFIER=kernel \
               _TRANSPORT=kernel _SOURCE_MONOTONIC_TIMESTAMP=1000000 MESSAGE=a",
                ],
                [0, 0, 0],
            ),
            (
                b"<30>1 - - kernel - - - a\n<30>1 - - - x y [a@1 b=\"\\\"]c\\\\\" d=\"\"][e] text\n<30>1 - - a 1 - [b\n<30>2 - - a 1 - - b\n",
                &[
                    "PRIORITY=6 SYSLOG_FACILITY=3 SYSLOG_IDENTIFIER=kernel _TRANSPORT=syslog MESSAGE=a",
                    "PRIORITY=6 SYSLOG_FACILITY=3 _TRANSPORT=syslog MESSAGE=text",
                ],
                [1, 0, 0],
            ),
            (
                b"21 <14>1 - h a 1 - - b\nc20 <14>1 - h a 1 - - d\n\n20 <14>1 - h a 1 - - e",
                &[
                    "_HOSTNAME=h PRIORITY=6 SYSLOG_FACILITY=1 SYSLOG_IDENTIFIER=a SYSLOG_PID=1 _TRANSPORT=stdout _PID=1 _COMM=a MESSAGE=b\\nc",
                    "_HOSTNAME=h PRIORITY=6 SYSLOG_FACILITY=1 SYSLOG_IDENTIFIER=a SYSLOG_PID=1 _TRANSPORT=stdout _PID=1 _COMM=a MESSAGE=d",
                    "_HOSTNAME=h PRIORITY=6 SYSLOG_FACILITY=1 SYSLOG_IDENTIFIER=a SYSLOG_PID=1 _TRANSPORT=stdout _PID=1 _COMM=a MESSAGE=e",
                ],
                [0, 0, 0],
            ),
        ],
    );
}

#[test]
fn times_of_dmesg() {
    let kernel = "_TRANSPORT=kernel SYSLOG_FACILITY=0 SYSLOG_IDENTIFIER=kernel";
    let since = "_SOURCE_MONOTONIC_TIMESTAMP=12345678 __MONOTONIC_TIMESTAMP=12345678";
    let decoded = "_TRANSPORT=kernel PRIORITY=4 SYSLOG_FACILITY=0 SYSLOG_IDENTIFIER=kernel";
    for (line, expected) in [
        ("[Mon Nov 23 02:13:37 2026] a", format!("{kernel} __REALTIME_TIMESTAMP=1795396417000000 MESSAGE=a")),
        ("[Tue Nov  3 02:13:37 2026] a", format!("{kernel} __REALTIME_TIMESTAMP=1793668417000000 MESSAGE=a")),
        (
            "[Mon Nov 23 02:13:37 2026 <    0.012228>] a",
            format!("{kernel} __REALTIME_TIMESTAMP=1795396417000000 MESSAGE=a"),
        ),
        (
            "2026-11-23T02:13:37,621200+01:00 a",
            format!("{kernel} __REALTIME_TIMESTAMP=1795396417621200 MESSAGE=a"),
        ),
        (
            "2026-11-23T02:13:37,621200+0100 [    C1] a",
            format!("{kernel} __REALTIME_TIMESTAMP=1795396417621200 MESSAGE=a"),
        ),
        ("[   12.345678 <    0.012228>] a", format!("{kernel} {since} MESSAGE=a")),
        ("[Nov23 02:13] a", format!("{kernel} __REALTIME_TIMESTAMP=1795396380000000 MESSAGE=a")),
        ("[Nov 3 02:13] a", format!("{kernel} __REALTIME_TIMESTAMP=1793668380000000 MESSAGE=a")),
        ("[  +0.012228] a", format!("{kernel} MESSAGE=a")),
        ("[<   -0.012228>] a", format!("{kernel} MESSAGE=a")),
        ("kern  :warn  : [   12.345678] a", format!("{decoded} {since} MESSAGE=a")),
        (
            "kern  :warn  : [Mon Nov 23 02:13:37 2026] a",
            format!("{decoded} __REALTIME_TIMESTAMP=1795396417000000 MESSAGE=a"),
        ),
        ("<4>[   12.345678] a", format!("{decoded} {since} MESSAGE=a")),
        (
            "daemon:info  : [   12.345678] systemd[1]: a",
            format!(
                "_TRANSPORT=kernel PRIORITY=6 SYSLOG_FACILITY=3 SYSLOG_IDENTIFIER=systemd SYSLOG_PID=1 {since} MESSAGE=a"
            ),
        ),
    ] {
        assert_eq!(fields(Format::Dmesg, format!("{line}\n").as_bytes()), [expected], "{line}");
    }
    for wrong in [
        "[Mon Nov 31 02:13:37 2026] a",
        "[    1.5] a",
        "kern  :loud  : [   12.345678] a",
        "[+1.5] a",
        "2026-11-23T02:13:37+01:00 a",
    ] {
        assert_eq!(fields(Format::Dmesg, format!("{wrong}\n").as_bytes()), [""; 0], "{wrong}");
    }
}

#[test]
fn bare() {
    check(
        Format::Bare,
        Provenance::Text,
        &[(
            b"panic: x\n\n\tmain.go:1\r\n\r\nend",
            &[
                "_TRANSPORT=stdout MESSAGE=panic: x",
                "_TRANSPORT=stdout MESSAGE=\\tmain.go:1",
                "_TRANSPORT=stdout MESSAGE=end",
            ],
            [0, 0, 0],
        )],
    );
}
