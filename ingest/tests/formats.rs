//! What each wire format's records become.
#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing)]

use nwlog_ingest::Provenance;
use nwlog_ingest::source::{Chunk, Format, Stats};

/// Input, each entry's fields as text, and what could not be read: skipped, truncated and dropped fields.
type Case = (&'static [u8], &'static [&'static str], [u64; 3]);

fn check(format: Format, provenance: Provenance, cases: &[Case]) {
    for (input, expected, counts) in cases {
        let chunk = Chunk { format, offset: 7, bytes: input.to_vec() };
        let (mut stats, mut shown) = (Stats::default(), Vec::new());
        chunk.visit(&mut stats, &mut |span, entry| {
            assert_eq!((entry.provenance(), entry.place()), (provenance, 7 + u64::from(span.start)));
            let field = |field: &nwlog_ingest::Field<'_>| {
                format!("{}={}", field.name.escape_ascii(), field.value.escape_ascii())
            };
            shown.push(entry.fields().iter().map(field).collect::<Vec<_>>().join(" "));
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
    Chunk { format: Format::Export, offset: 0, bytes }
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
fn short_iso() {
    check(Format::ShortIsoPrecise, Provenance::Text, &[
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
