//! Bytes to incidents, in memory, on one core.
#![allow(missing_docs, clippy::unwrap_used)]

use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use nwlog_benches::analyze_bytes;
use nwlog_benches::generator::{Failures, generate};

const ENTRIES: u64 = 50_000;

fn whole(criterion: &mut Criterion) {
    let mut bytes = Vec::new();
    generate(&mut bytes, ENTRIES, 7, Failures::Often).unwrap();
    let bytes: Arc<[u8]> = bytes.into();
    let mut group = criterion.benchmark_group("whole");
    group.throughput(Throughput::Bytes(bytes.len() as u64)).sample_size(20);
    group.bench_function("export", |bencher| bencher.iter(|| analyze_bytes(black_box(&bytes)).unwrap()));
    group.finish();
}

criterion_group!(benches, whole);
criterion_main!(benches);
