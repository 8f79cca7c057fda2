//! What each stage costs: an export cut into chunks, scanned, parsed, joined. On one core, in memory.
//!
//! The journal is that of a busy machine: how much there is to parse and to join hangs on how much of it fails.
#![allow(missing_docs, clippy::unwrap_used)]

use std::hint::black_box;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use nwlog_benches::generator::{Failures, generate};
use nwlog_correlate::{Advance, Config, Correlator};
use nwlog_ingest::Event;
use nwlog_ingest::scan::{Scanned, Session};
use nwlog_ingest::source::{Chunk, Chunks, Limits};

const ENTRIES: u64 = 50_000;

fn chunks(bytes: &[u8]) -> Vec<Chunk> {
    Chunks::new(bytes, Limits::default()).unwrap().map(Result::unwrap).collect()
}

fn scanned(bytes: &[u8]) -> Vec<Scanned> {
    chunks(bytes).into_iter().map(Scanned::of).collect()
}

fn events(scanned: Vec<Scanned>) -> Vec<Event> {
    let mut events = Vec::new();
    let mut session = Session::default();
    for chunk in scanned {
        session.take(chunk, &mut |event| events.push(event));
    }
    session.finish(&mut |event| events.push(event));
    events
}

fn incidents(events: Vec<Event>) -> usize {
    let mut correlator = Correlator::new(Config { updates: false, ..Config::default() });
    events.into_iter().for_each(|event| correlator.push(event));
    correlator.advance(Advance::End);
    correlator.changes().len()
}

/// Every stage has the throughput of all entries, so that the times of one entry add up.
fn stages(criterion: &mut Criterion) {
    let mut bytes = Vec::new();
    generate(&mut bytes, ENTRIES, 7, Failures::Often).unwrap();
    let mut group = criterion.benchmark_group("stages");
    group.throughput(Throughput::Elements(ENTRIES)).sample_size(20);
    group.bench_function("cut", |bencher| bencher.iter(|| chunks(black_box(&bytes)).len()));
    group.bench_function("scan", |bencher| {
        let scan = |chunks: Vec<Chunk>| chunks.into_iter().map(Scanned::of).collect::<Vec<_>>();
        bencher.iter_batched(|| chunks(&bytes), scan, BatchSize::LargeInput);
    });
    group.bench_function("parse", |bencher| {
        bencher.iter_batched(|| scanned(&bytes), events, BatchSize::LargeInput);
    });
    group.bench_function("join", |bencher| {
        bencher.iter_batched(|| events(scanned(&bytes)), incidents, BatchSize::LargeInput);
    });
    group.finish();
}

criterion_group!(benches, stages);
criterion_main!(benches);
