//! Work in parallel, results in order.

use std::ops::ControlFlow;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use rayon::ThreadPool;

/// Takes items from an iterator on a thread of its own, maps them on a pool, and consumes the results here, in the
/// iterator's order.
///
/// Of items that are taken and not yet consumed there are at most `in_flight` + 2, whatever is slow. Once `consume`
/// breaks, no further item is taken or mapped, and the break is what returns. A panic in any of the three goes on in
/// the caller when the other two have ended; results before it are consumed.
pub fn ordered_map<T: Send, U: Send, B>(
    pool: &ThreadPool,
    items: impl Iterator<Item = T> + Send,
    in_flight: usize,
    map: impl Fn(T) -> U + Sync,
    mut consume: impl FnMut(U) -> ControlFlow<B>,
) -> ControlFlow<B> {
    let stopped = AtomicBool::new(false);
    let (queue, results) = sync_channel::<Receiver<U>>(in_flight.max(1));
    let (map, stopped) = (&map, &stopped);

    thread::scope(|threads| {
        let taking = threads.spawn(move || {
            pool.in_place_scope(|tasks| {
                for item in items {
                    let (result, place) = sync_channel(1);
                    if queue.send(place).is_err() {
                        break;
                    }
                    tasks.spawn(move |_| {
                        if !stopped.load(Ordering::Relaxed) {
                            // It fails only where nobody waits for it any more.
                            let _ = result.send(map(item));
                        }
                    });
                }
                // The consumer's loop has to end before the scope does, which waits for every task.
                drop(queue);
            });
        });

        let stop = StopOnDrop(stopped);
        // A place that stays empty is that of a task that panicked: joining says so.
        let ended = results.iter().map_while(|place| place.recv().ok()).try_for_each(&mut consume);
        drop(results);
        drop(stop);
        if let Err(panic) = taking.join() {
            resume_unwind(panic);
        }
        ended
    })
}

/// Stops the tasks that have not begun, also when the consumer panics.
struct StopOnDrop<'a>(&'a AtomicBool);

impl Drop for StopOnDrop<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::atomic::AtomicUsize;

    use proptest::prelude::*;
    use rayon::ThreadPoolBuilder;

    use super::*;

    fn pool(threads: usize) -> ThreadPool {
        ThreadPoolBuilder::new().num_threads(threads).build().unwrap()
    }

    fn uneven(n: u64) -> u64 {
        // Later items finish first now and then.
        (0..(n % 7) * 3_000).fold(n, |a, b| std::hint::black_box(a ^ b ^ b))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn keeps_order_and_loses_nothing(n in 0_u64..400, threads in 1_usize..5, in_flight in 0_usize..9) {
            let mut seen = Vec::new();
            let ended = ordered_map(&pool(threads), 0..n, in_flight, uneven, |out| {
                seen.push(out);
                ControlFlow::<Infallible>::Continue(())
            });
            prop_assert!(ended.is_continue());
            prop_assert_eq!(seen, (0..n).collect::<Vec<_>>());
        }

        #[test]
        fn never_more_in_flight_than_said(threads in 1_usize..5, in_flight in 1_usize..9) {
            let taken = AtomicUsize::new(0);
            let mut consumed = 0;
            let mut most = 0;
            let items = (0..300).inspect(|_| { taken.fetch_add(1, Ordering::SeqCst); });
            let _ = ordered_map(&pool(threads), items, in_flight, uneven, |_| {
                most = most.max(taken.load(Ordering::SeqCst) - consumed);
                consumed += 1;
                ControlFlow::<Infallible>::Continue(())
            });
            prop_assert_eq!(consumed, 300);
            prop_assert!(most <= in_flight + 2, "{} in flight", most);
        }
    }

    #[test]
    fn a_break_ends_an_endless_stream() {
        let mut seen = Vec::new();
        let ended = ordered_map(&pool(2), 0_u64.., 4, uneven, |out| {
            seen.push(out);
            if out == 10 { ControlFlow::Break("enough") } else { ControlFlow::Continue(()) }
        });
        assert_eq!(ended, ControlFlow::Break("enough"));
        assert_eq!(seen, (0..=10).collect::<Vec<_>>());
    }

    fn message(panic: &(dyn std::any::Any + Send)) -> &str {
        panic.downcast_ref::<&str>().copied().unwrap_or("no message")
    }

    #[test]
    fn panics_come_out_with_what_was_before_them_consumed() {
        let mut seen = Vec::new();
        let map = |n: u64| if n == 5 { panic!("in map") } else { n };
        let caught = catch_unwind(AssertUnwindSafe(|| {
            let _ = ordered_map(&pool(3), 0..1_000, 4, map, |out| {
                seen.push(out);
                ControlFlow::<Infallible>::Continue(())
            });
        }));
        assert_eq!(message(&*caught.unwrap_err()), "in map");
        assert_eq!(seen, [0, 1, 2, 3, 4]);

        let caught = catch_unwind(|| {
            let consume =
                |n| if n == 3 { panic!("in consume") } else { ControlFlow::<Infallible>::Continue(()) };
            let _ = ordered_map(&pool(1), 0_u64.., 4, uneven, consume);
        });
        assert_eq!(message(&*caught.unwrap_err()), "in consume");

        let caught = catch_unwind(|| {
            let items = (0..9).inspect(|n| {
                if *n == 7 {
                    panic!("in items")
                }
            });
            let _ = ordered_map(&pool(2), items, 4, uneven, |_| ControlFlow::<Infallible>::Continue(()));
        });
        assert_eq!(message(&*caught.unwrap_err()), "in items");
    }
}
