//! Streams that are nearly of a format: its own pieces in any order, with what breaks it in between.

use nwlog_ingest::source::Format;
use proptest::prelude::*;
use proptest::sample::select;

const EXPORT: &[&[u8]] = &[
    b"__CURSOR=s=1;i=2\n",
    b"__REALTIME_TIMESTAMP=1795396397621200\n",
    b"MESSAGE=hello\n",
    b"MESSAGE=\n",
    b"_PID=1\n",
    b"\n",
    b"\n",
    b"\n\n",
    b"MESSAGE\n\x03\0\0\0\0\0\0\0a\nb\n",
    b"MESSAGE\n\x06\0\0\0\0\0\0\0\n\nA=1\n\n",
    b"DATA\n\x00\0\0\0\0\0\0\0\n",
    b"DATA\n\x02\0\0\0\0\0\0\0wrong\n",
    b"DATA\n\xff\xff\xff\xff\xff\xff\xff\xff",
    b"DATA\n\xc8\0\0\0\0\0\0\0",
    b"DATA\n\0\0\0\x10\0\0\0\0",
    b"lower=1\n",
    b"garbage\n",
    b"1A=1\n",
    b"=\n",
    b"MESSAGE",
    b"MESSAGE=cut",
    b"\r\n",
];
const JSON: &[&[u8]] = &[
    b"{\"MESSAGE\":\"hello\",\"_PID\":\"1\"}\n",
    b"{\"MESSAGE\":[104,105],\"A\":null,\"B\":[\"x\",[1,2],null,true],\"C\":{\"d\":[1]}}\n",
    b"{\n\t\"MESSAGE\" : \"pretty\",\n\t\"A\" : [\n\t\t1,\n\t\t2\n\t]\n}\n",
    b"\x1e{\"MESSAGE\":\"\\u0041\\n\\ud83d\\ude00\\ud800\"}\n",
    b"data: {\"MESSAGE\":\"sse\"}\n\n",
    b"[\n",
    b"]\n",
    b"  {\"A\":1},\n",
    b"{\"MESSAGE\":\"cut\n",
    b"{\"MESSAGE\":\"cut\",\n",
    b"{\n",
    b"}\n",
    b"garbage\n",
    b"data",
    b"{\"MESSAGE\":\"x\"} trailing\n",
    b"{}\n",
    b"\n",
    b"{\"MESSAGE\":\"q\\\"uote\\\\\"}\n",
    b"\t\"A\" : \"b\",\n",
];
const KMSG: &[&[u8]] = &[
    b"6,1,100,-;text\n",
    b"30,2,200,-,caller=T1;systemd[1]: hi\n",
    b" SUBSYSTEM=cpu\n",
    b" DEVICE=+cpu:0\n",
    b"4,3,300,c;a\\x0ab\\x\n",
    b"garbage\n",
    b"\n",
    b"6,4,",
    b" lonely\n",
    b" k\\x=1\n",
    b"99999999999999999999,1,1,-;x\n",
];
const DMESG: &[&[u8]] = &[
    b"[    0.000000] Linux\n",
    b"[  284.473552][ T6832] x invoked oom-killer\n",
    b"<4>[   12.345678] warn\n",
    b"<30>[   12.345678] systemd[1]: hi\n",
    b" active_anon:1\n",
    b"continuation\n",
    b"\n",
    b"[    1.5] no\n",
    b"[99999999999999999999.000000] far\n",
    b"[    0.0000",
    b"\r\n",
];
const ISO: &[&[u8]] = &[
    b"2026-11-23T01:13:37.621200+0000 host kernel: text\n",
    b"2026-11-23T01:13:37+02:00 host systemd[1]: text\n",
    b"2026-11-23T01:13:37.6Z host a b[12]: text\n",
    b"                                       more\n",
    b" more\n",
    b"-- No entries --\n",
    b"garbage\n",
    b"\n",
    b"2026-13-23T01:13:37+0000 host x: y\n",
    b"2026-11-23T01:13:37+0000 host",
    b"2026-11-23T23:59:60+0000 host x:\n",
    b"0000-01-01T00:00:00+0000 h x: y\n",
];
const BARE: &[&[u8]] = &[b"panic: x\n", b"\tframe\n", b"\n", b"crlf\r\n", b"\xff\xfe\n", b"\0\0\n", b"end"];

pub(crate) fn soup(format: Format) -> impl Strategy<Value = Vec<u8>> {
    let pieces = match format {
        Format::Export => EXPORT,
        Format::Json => JSON,
        Format::Kmsg => KMSG,
        Format::Dmesg => DMESG,
        Format::ShortIsoPrecise => ISO,
        Format::Bare => BARE,
    };
    let piece = prop_oneof![
        12 => select(pieces).prop_map(<[u8]>::to_vec),
        1 => prop::collection::vec(any::<u8>(), 0..20),
        1 => (any::<u8>(), 0_usize..300).prop_map(|(byte, count)| vec![byte; count]),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}
