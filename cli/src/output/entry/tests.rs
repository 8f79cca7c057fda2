#![allow(clippy::type_complexity)]
use super::*;

const BOOT: Id128 = Id128::from_u128(0xb007);

fn record(fields: &[(&str, &[u8])]) -> Record {
    let mut record = Record::default();
    record.begin(Head {
        realtime: Some(1_795_396_417_621_200),
        monotonic: Some(5_123_456),
        boot_id: Some(BOOT),
        cursor: Cursor::Place { seqnum_id: Id128::from_u128(0x5e9), seqnum: 0x10, xor_hash: 0xabc },
    });
    for (name, value) in fields {
        record.push(name.as_bytes(), value);
    }
    record
}

fn printed(format: EntryFormat, all: bool, record: &Record) -> Vec<u8> {
    let mut out = b"before".to_vec();
    Printer::new(Style { format, zone: Zone::Utc, all }).print(record, &mut out);
    out.split_off("before".len())
}

#[track_caller]
fn assert_printed(format: EntryFormat, all: bool, fields: &[(&str, &[u8])], expected: &str) {
    let printed = printed(format, all, &record(fields));
    assert_eq!(String::from_utf8_lossy(&printed), expected);
}

#[test]
fn a_line_has_what_journalctl_puts_there() {
    let long = "x".repeat(300);
    let long = long.as_bytes();
    let cases: [(bool, &[(&str, &[u8])], &str); 19] = [
        (false, &[], ""),
        (false, &[("_COMM", b"app")], ""),
        (false, &[("MESSAGE", b"hello")], "AT unknown: hello\n"),
        (false, &[("MESSAGE", b"a\nb"), ("_HOSTNAME", b"h")], "AT h unknown: a\n                   b\n"),
        (
            false,
            &[("MESSAGE", b"a\nb\n"), ("SYSLOG_IDENTIFIER", b"i"), ("_COMM", b"c")],
            "AT i: a\n                   b\n",
        ),
        (false, &[("MESSAGE", b"m"), ("_COMM", b"c"), ("SYSLOG_PID", b"7")], "AT c[7]: m\n"),
        (false, &[("MESSAGE", b"m"), ("_PID", b"8"), ("SYSLOG_PID", b"7")], "AT unknown[8]: m\n"),
        (false, &[("MESSAGE", b"one"), ("MESSAGE", b"two")], "AT unknown: two\n"),
        (false, &[("MESSAGE", b"m"), ("SYSLOG_IDENTIFIER", long), ("_COMM", b"c")], "AT c: m\n"),
        (false, &[("MESSAGE", b"m"), ("SYSLOG_IDENTIFIER", b"a\nb"), ("_COMM", b"c")], "AT c: m\n"),
        (false, &[("MESSAGE", b"")], "AT unknown: \n"),
        (false, &[("MESSAGE", b"\n")], "AT unknown: \n"),
        (false, &[("MESSAGE", b"bell \x07")], "AT unknown: [6B blob data]\n"),
        (false, &[("MESSAGE", &[0xff; 1600])], "AT unknown: [1.5K blob data]\n"),
        (false, &[("MESSAGE", b"\x1b[31mred\x1b[0m\tx")], "AT unknown: red        x\n"),
        (true, &[("MESSAGE", b"\x1b[31mred\tx")], "AT unknown: \x1b[31mred\tx\n"),
        (
            false,
            &[("MESSAGE", b"m"), ("_SOURCE_REALTIME_TIMESTAMP", b"1795396418000000")],
            "SOON unknown: m\n",
        ),
        (false, &[("MESSAGE", b"m"), ("_SOURCE_REALTIME_TIMESTAMP", b"0")], "AT unknown: m\n"),
        (false, &[("MESSAGE", b"m"), ("_SOURCE_REALTIME_TIMESTAMP", b"soon")], "AT unknown: m\n"),
    ];
    for (all, fields, expected) in cases {
        let at = |at, later| expected.replace("AT", at).replace("SOON", later);
        assert_printed(EntryFormat::Short, all, fields, &at("Nov 23 01:13:37", "Nov 23 01:13:38"));
        if !expected.contains("\n ") {
            let expected = at("2026-11-23T01:13:37.621200+0000", "2026-11-23T01:13:38.000000+0000");
            assert_printed(EntryFormat::ShortIsoPrecise, all, fields, &expected);
        }
    }
}

#[test]
fn an_entry_without_a_date_has_its_time_since_boot() {
    let mut record = record(&[("MESSAGE", b"m")]);
    record.head.realtime = None;
    assert_eq!(printed(EntryFormat::Short, false, &record), b"[    5.123456] unknown: m\n");
}

#[test]
fn json_keeps_every_value() {
    const HEAD: &str = "{\"__CURSOR\":\"s=000000000000000000000000000005e9;i=10;b=0000000000000000000000000000b007;\
        m=4e2d80;t=660e74db40cd0;x=abc\",\"__REALTIME_TIMESTAMP\":\"1795396417621200\",\
        \"__MONOTONIC_TIMESTAMP\":\"5123456\",\"_BOOT_ID\":\"0000000000000000000000000000b007\"";
    let just_short = [b'x'; 4095 - 2];
    let too_long = [b'x'; 4095 - 1];
    let long_text = format!(",\"A\":\"{}\"}}\n", "x".repeat(too_long.len()));
    let short_text = format!(",\"A\":\"{}\"}}\n", "x".repeat(just_short.len()));
    let cases: [(bool, &[(&str, &[u8])], &str); 11] = [
        (false, &[], "}\n"),
        (false, &[("A", b""), ("B", b"b")], ",\"A\":\"\",\"B\":\"b\"}\n"),
        (false, &[("A", b"1"), ("B", b"2"), ("A", b"3")], ",\"A\":[\"1\",\"3\"],\"B\":\"2\"}\n"),
        (false, &[("A", b"a\"b\\c\nd\te/")], ",\"A\":\"a\\\"b\\\\c\\nd\\te/\"}\n"),
        (
            false,
            &[("A", "ünï 漢字 🦀 and plain again".as_bytes())],
            ",\"A\":\"ünï 漢字 🦀 and plain again\"}\n",
        ),
        (false, &[("A", b"ends with \xc3")], ",\"A\":[101,110,100,115,32,119,105,116,104,32,195]}\n"),
        (true, &[("A", b"\x1b[m"), ("A", b"x")], ",\"A\":[[27,91,109],\"x\"]}\n"),
        (false, &[("A", &just_short)], &short_text),
        (false, &[("A", &too_long)], ",\"A\":null}\n"),
        (false, &[("A", &too_long), ("A", b"x")], ",\"A\":[null,\"x\"]}\n"),
        (true, &[("A", &too_long)], &long_text),
    ];
    for (all, fields, expected) in cases {
        assert_printed(EntryFormat::Json, all, fields, &format!("{HEAD}{expected}"));
    }
}

#[test]
fn many_fields_of_one_name_keep_their_order() {
    let values: Vec<_> = (0..500).map(|n| format!("{n}").into_bytes()).collect();
    let fields: Vec<_> = values.iter().map(|value| ("A", value.as_slice())).collect();
    let printed = printed(EntryFormat::Json, false, &record(&fields));
    let object: serde_json::Value = serde_json::from_slice(&printed).unwrap();
    let expected: Vec<_> = (0..500).map(|n| n.to_string()).collect();
    assert_eq!(object["A"], serde_json::json!(expected));
}

#[test]
fn export_says_what_is_no_text_by_length() {
    let head = "__CURSOR=s=000000000000000000000000000005e9;i=10;b=0000000000000000000000000000b007;m=4e2d80;\
        t=660e74db40cd0;x=abc\n__REALTIME_TIMESTAMP=1795396417621200\n__MONOTONIC_TIMESTAMP=5123456\n\
        _BOOT_ID=0000000000000000000000000000b007\n";
    let fields: &[(&str, &[u8])] = &[("A", b"a=b\tc"), ("B", b"x\ny"), ("A", b"\x01"), ("C", b"")];
    let body = "A=a=b\tc\nB\n\x03\0\0\0\0\0\0\0x\ny\nA\n\x01\0\0\0\0\0\0\0\x01\nC=\n\n";
    assert_printed(EntryFormat::Export, false, fields, &format!("{head}{body}"));
}

#[test]
fn names_that_no_format_can_hold_are_left_out() {
    let fields: &[(&str, &[u8])] = &[("", b"1"), ("A\nB", b"2"), ("A B", b"3"), ("a-b", b"4")];
    let printed = printed(EntryFormat::Export, false, &record(fields));
    assert!(printed.ends_with(b"b007\na-b=4\n\n"));
}

#[test]
fn the_message_alone_is_the_first_one_as_it_is() {
    for (fields, expected) in [
        (&[][..], &b""[..]),
        (&[("A", &b"x"[..])], b""),
        (&[("MESSAGE", b"a\x1b\n\xff"), ("MESSAGE", b"other")], b"a\x1b\n\xff\n"),
    ] {
        assert_eq!(printed(EntryFormat::Cat, false, &record(fields)), expected);
    }
}

#[test]
fn a_terminal_is_not_told_what_to_do() {
    let mut out = Vec::new();
    tame::tame("a\x1b[2Jb\n\tü\u{9b}\u{202e}".as_bytes(), &mut out);
    tame::tame(b"\xff\xc3(\r", &mut out);
    assert_eq!(String::from_utf8(out).unwrap(), "a\\x1b[2Jb\n\tü\\u{9b}\\u{202e}\\xff\\xc3(\\x0d");
}
