//! What a query finds.

use nwlog_correlate::{Incident, IncidentId, Kind};
use nwlog_index::{Error, Order, Query, Store};

use super::night::{incident, night, now, says, stored};

/// The numbers of the incidents that a query finds, in its own order.
fn found(store: &Store, query: &str) -> Vec<u64> {
    let query = Query::parse(query, &now()).unwrap();
    let order = if query.has_text() { Order::Relevance } else { Order::Newest };
    let found = store.search(&query, 100, order).unwrap();
    assert_eq!(found.total, found.hits.len());
    found.hits.iter().map(|hit| hit.incident.id.0 >> 32).collect()
}

#[test]
fn a_query_finds_what_it_must_and_nothing_else() {
    let (_dir, store) = stored(night());
    let everything = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12];
    let table: &[(&str, &[u64])] = &[
        ("", &everything),
        // Words
        ("killed process myapp", &[1, 2]),
        ("killed process 249", &[1]),
        ("KILLED Process", &[1, 2, 8]),
        ("myapp", &[1, 2, 6]),
        ("nosuchword", &[]),
        ("killed nosuchword", &[]),
        ("postgres OR nginx", &[2, 3]),
        ("killed postgres OR java", &[2, 8]),
        ("myapp -helper", &[1, 2]),
        ("myapp -unit:myapp", &[2, 6]),
        ("-killed", &[3, 4, 5, 6, 7, 9, 10, 12]),
        ("java OR -killed", &[3, 4, 5, 6, 7, 8, 9, 10, 12]),
        ("bystander", &[1, 2, 8]),
        ("otherbox", &[9]),
        ("-nightbox", &[9]),
        ("tty1", &[9]),
        // Phrases
        ("\"Killed process\"", &[1, 2, 8]),
        ("\"process killed\"", &[]),
        ("\"killed process 249 (myapp)\"", &[1]),
        ("\"killed its process\"", &[2]),
        ("\"myapp killed\" -unit:myapp", &[2]),
        // What stands in two lines does not stand side by side.
        ("\"total vm 1048576kb oom\"", &[]),
        // Paths, units and identifiers, whole and in parts
        ("nginx", &[3]),
        ("lib/nginx", &[3]),
        ("/var/lib/nginx/data.1", &[3]),
        ("data.1", &[3]),
        ("lib/data", &[]),
        ("myapp.service", &[1]),
        ("system.slice", &[1, 2]),
        ("total-vm:1048576kB", &[1, 2, 8]),
        ("0xdeadbeef", &[5]),
        ("main.(*Server).ServeHTTP", &[5]),
        ("store.go", &[5]),
        ("203/EXEC", &[6]),
        ("EDQUOT", &[4]),
        ("sigsegv", &[5]),
        ("oom-kill", &[1, 2, 8, 10]),
        // Parts of words
        ("http", &[5]),
        ("servehttp", &[5]),
        ("serve", &[5]),
        ("1048576", &[1, 2, 8]),
        ("\"total vm 1048576 kB\"", &[1, 2, 8]),
        ("deadbeef", &[5]),
        ("dead", &[]),
        ("deadbe*", &[5]),
        ("tty", &[9]),
        ("\"serve run\"", &[]),
        // Prefixes
        ("ngi*", &[3]),
        ("lib/ngi*", &[3]),
        ("\"killed proc\"*", &[1, 2, 8]),
        ("0xdead*", &[5]),
        ("-k* tty*", &[9]),
        ("gin*", &[]),
        // Chinese
        ("磁盘", &[4]),
        ("磁盘空间不足", &[4]),
        ("空", &[4]),
        ("空间 磁盘", &[4]),
        ("盘磁", &[]),
        ("磁间", &[]),
        ("检查/srv/mail", &[4]),
        ("磁*", &[4]),
        ("空间不*", &[4]),
        ("写入失败：磁盘*", &[4]),
        // Fields
        ("kind:oom-kill", &[1, 2, 8, 10]),
        ("kind:oom-kill cause:memcg-limit", &[1, 2, 8]),
        ("cause:slice-limit", &[10]),
        ("kind:disk-full OR kind:go-panic", &[3, 4, 5]),
        ("-kind:oom-kill -kind:unit-failure", &[3, 4, 5]),
        ("cause:quota", &[4]),
        ("severity:critical", &[3, 4, 6]),
        ("outcome:down", &[6]),
        ("state:open", &[10]),
        ("state:withdrawn", &[11]),
        ("unit:late", &[]),
        ("unit:late state:withdrawn OR state:open", &[11]),
        ("host:nightbox -kind:unit-failure", &[1, 2, 3, 4, 5, 8]),
        ("host:OTHER*", &[9]),
        ("comm:myapp", &[1]),
        ("comm:po*", &[2]),
        ("comm:MYAPP", &[1]),
        ("boot:cafe", &[9]),
        ("boot:cafe0000-0000-0000-0000-000000000000", &[9]),
        ("boot:afe0", &[]),
        ("id:00000003", &[3]),
        ("id:feed", &[10]),
        ("kind:*-full", &[3, 4]),
        ("cause:*limit", &[1, 2, 8, 10]),
        ("path:/var/lib", &[3]),
        ("path:/var/lib/nginx/", &[3]),
        ("path:data.1", &[3]),
        ("path:nginx", &[3]),
        ("path:/var/l", &[]),
        ("path:/srv/*", &[4]),
        ("function:ServeHTTP", &[5]),
        ("function:(*server).servehttp", &[5]),
        ("function:main.*", &[5]),
        ("function:Serve", &[]),
        ("TRACE_ID=xyz789", &[3]),
        ("TRACE_ID:xyz*", &[3]),
        ("TRACE_ID=xyz", &[]),
        ("xyz789", &[3]),
        ("_SYSTEMD_UNIT=myapp.service _HOSTNAME=nightbox", &[1]),
        // Numbers
        ("occurrences:2..5", &[]),
        ("restarts:1 kind:disk-full", &[3, 4]),
        ("restarts:>1", &[]),
        ("refused:3", &[3, 4]),
        ("down:>4s kind:go-panic", &[5]),
        ("down:5s kind:go-panic", &[5]),
        ("down:<5s", &[]),
        ("detect:1ms kind:go-panic", &[5]),
        ("pid:249", &[1]),
        ("anon_rss:<1G", &[]),
        // Units
        ("unit:myapp", &[1]),
        ("unit:myapp.service", &[1]),
        ("unit:myapp.socket", &[]),
        ("unit:my*", &[1, 6]),
        ("unit:*app", &[1, 7]),
        ("unit:myap?", &[1]),
        ("unit:m?app.*", &[1]),
        ("unit:getty@*", &[9]),
        ("unit:getty@tty1", &[9]),
        ("unit:app", &[7]),
        ("unit:user@1000/app", &[7]),
        ("unit:/docker/4f5e6d7c", &[8]),
        ("unit:/docker/*", &[8]),
        ("unit:\"my app\"", &[]),
        // Time
        ("after:today", &[1, 2, 3, 4, 5, 6, 7, 8, 10]),
        ("after:yesterday before:today", &[9]),
        ("before:2026-03-01", &[9]),
        ("after:\"2026-03-01 02:30\" before:\"2026-03-01 03:00\"", &[5]),
        ("after:2026-03-01T05:00:05Z", &[10]),
        ("after:2026-03-01T05:00:06Z", &[]),
        ("after:-8h kind:unit-failure", &[10]),
        ("after:\"10h ago\" kind:disk-full", &[4]),
        ("-after:1970-01-01", &[12]),
        ("after:tomorrow", &[]),
        // Both
        ("killed unit:db", &[2]),
        ("killed kind:disk-full", &[]),
    ];
    for &(query, want) in table {
        let mut got = found(&store, query);
        got.sort_unstable();
        assert_eq!(got, want, "{query}");
    }
}

#[test]
fn the_best_match_comes_first_and_else_the_newest() {
    // The service itself, among many that name it in their story, their context or their own name.
    let mut incidents = night();
    for n in 100..140 {
        let other = incident(n, &format!("watcher{n}.service"), 400 + n);
        incidents.push(says(
            other,
            nwlog_ingest::event::Writer::Unit,
            "line",
            "saw: killed process 249 (myapp)",
        ));
    }
    let (_dir, store) = stored(incidents);
    for query in
        ["killed process myapp", "myapp killed", "myapp", "myapp.service", "\"killed process\" myapp"]
    {
        assert_eq!(found(&store, query).first(), Some(&1), "{query}");
    }
    // Equals: the newest first.
    assert_eq!(found(&store, "saw").get(..3), Some(&[139, 138, 137][..]));
    // Fields have no say in how well it matches.
    assert_eq!(found(&store, "kind:unit-failure -saw"), [10, 7, 6, 9, 12]);
}

#[test]
fn a_limit_bounds_what_is_read_and_not_what_is_counted() {
    let (_dir, store) = stored(night());
    for (order, first) in [(Order::Newest, 8), (Order::Relevance, 1)] {
        let query = Query::parse("killed process", &now())
            .unwrap()
            .and(Query::parse("myapp OR java", &now()).unwrap());
        for limit in [0, 1, 2, usize::MAX] {
            let found = store.search(&query, limit, order).unwrap();
            assert_eq!((found.total, found.hits.len()), (3, limit.min(3)), "{order:?} {limit}");
            assert!(found.hits.first().is_none_or(|hit| hit.incident.id.0 >> 32 == first), "{order:?}");
        }
    }
}

#[test]
fn ids_lead_to_incidents_whole() {
    let incidents = night();
    let (_dir, store) = stored(incidents.clone());
    for incident in &incidents {
        assert_eq!(store.get(incident.id).unwrap().as_ref(), Some(incident));
        assert_eq!(store.by_prefix(&incident.id.to_string()).unwrap(), std::slice::from_ref(incident));
    }
    assert_eq!(store.get(IncidentId(0xFEED << 48)).unwrap().as_ref(), Some(&incidents[9]));
    assert_eq!(store.get(IncidentId(1)).unwrap(), None);

    let numbers = |found: Vec<Incident>| found.iter().map(|one| one.id.0 >> 32).collect::<Vec<_>>();
    assert_eq!(numbers(store.by_prefix("FEED").unwrap()), [10]);
    assert_eq!(numbers(store.by_prefix("0000").unwrap()).len(), 12);
    assert_eq!(numbers(store.by_prefix("0000000a").unwrap()), [10]);
    assert_eq!(numbers(store.by_prefix("beef").unwrap()), [0_u64; 0]);
    for wrong in ["", "000", "00000000000000000", "zzzz", "été"] {
        assert!(matches!(store.by_prefix(wrong), Err(Error::BadPrefix(_))), "{wrong}");
    }
}

#[test]
fn numbers_tell_what_is_kept() {
    let (_dir, store) = stored(night());
    let stats = store.stats().unwrap();
    assert_eq!((stats.incidents, stats.open, stats.withdrawn), (11, 1, 1));
    assert_eq!(
        stats.kinds,
        [(Kind::OomKill, 3), (Kind::DiskFull, 2), (Kind::GoPanic, 1), (Kind::UnitFailure, 5)]
    );
    assert_eq!(stats.first.unwrap().to_rfc3339(), "2026-02-28T23:00:00+00:00");
    assert_eq!(stats.last.unwrap().to_rfc3339(), "2026-03-01T05:00:05+00:00");
    assert_eq!(stats.segments, 1);
    assert!(stats.bytes > 1000);

    let (_dir, empty) = stored(Vec::new());
    let stats = empty.stats().unwrap();
    assert_eq!((stats.incidents, stats.first, stats.last), (0, None, None));
    assert_eq!(found(&empty, "a OR kind:oom-kill"), [0_u64; 0]);
}
