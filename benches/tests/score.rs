//! Every fact of every sample is read, and nothing else.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stderr)]

use nwlog_benches::score::Board;

#[test]
fn nothing_is_read_that_is_not_there_and_all_that_is() {
    let board = Board::read().unwrap();
    let (samples, others) = board.samples;
    assert!(samples - others > 60, "{samples}");
    if others == 0 {
        eprintln!("other projects' samples are not here: only our own are held against");
    }
    // A block that was cut before its kill line says who was chosen, not that it was killed.
    let is_cut = |file: &str| file == "third-party/oom/cadvisor_k8s_oomkill_line.txt";
    let left: Vec<_> = board
        .differences
        .iter()
        .filter(|difference| !difference.wrong.is_empty() || !is_cut(&difference.file))
        .collect();
    assert!(left.is_empty(), "{left:#?}");
}
