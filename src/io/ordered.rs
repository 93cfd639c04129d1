//! Parallel work on many items, with the results in the order of the items.

use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{Builder, Scope, ScopedJoinHandle, scope};

/// Number of items that wait for a worker, and of results that wait for the sink. With it neither side waits for every
/// single item. Memory is bounded by the number of workers.
const WAITING: usize = 1;

/// Takes items from `source` on this thread, works on them with `workers` threads, and gives the results to `sink` on
/// another thread, in the order of the items. Ends if there are no more items, or if the sink breaks.
///
/// `worker` creates the work function of one thread. Workers get items in turn, so the order needs no numbers.
/// Everything runs on this thread if there are no workers, if there is a single item, or if the system cannot start
/// threads. With `at_once`, the first item does not wait for the second one: the program that gives the items may be
/// waiting for the first result.
///
/// # Panics
/// If the source, a worker or the sink panics. The results before that may have reached the sink.
pub(crate) fn in_order<T: Send, U: Send, W: FnMut(T) -> U>(
    workers: usize,
    at_once: bool,
    mut source: impl FnMut() -> Option<T>,
    worker: impl Fn() -> W + Sync,
    mut sink: impl FnMut(U) -> ControlFlow<()> + Send,
) {
    let mut first = Vec::new();
    if workers > 0 {
        // Most inputs are a single item, which is not worth a thread.
        let enough = if at_once { 1 } else { 2 };
        first.extend(std::iter::from_fn(&mut source).take(enough));
        if first.len() == enough {
            first = side_by_side(workers, first, &mut source, &worker, &mut sink);
            if first.is_empty() {
                return;
            }
        }
    }
    let mut work = worker();
    let mut items = first.into_iter();
    while let Some(item) = items.next().or_else(&mut source) {
        if sink(work(item)).is_break() {
            return;
        }
    }
}

/// Runs all threads until the end. Returns the first items if the system cannot start threads.
fn side_by_side<T: Send, U: Send, W: FnMut(T) -> U>(
    workers: usize,
    first: Vec<T>,
    source: &mut impl FnMut() -> Option<T>,
    worker: &(impl Fn() -> W + Sync),
    sink: &mut (impl FnMut(U) -> ControlFlow<()> + Send),
) -> Vec<T> {
    scope(|scope| {
        let lanes: Vec<Lane<T, U>> = (0..workers).map_while(|_| Lane::open(scope, worker)).collect();
        let (items, results): (Vec<_>, Vec<_>) =
            lanes.into_iter().map(|lane| (lane.items, lane.results)).unzip();
        if items.is_empty() || spawn(scope, move || collect(&results, sink)).is_none() {
            return first;
        }
        let all = first.into_iter().chain(std::iter::from_fn(source));
        for (item, lane) in all.zip(items.iter().cycle()) {
            if lane.send(item).is_err() {
                break;
            }
        }
        Vec::new()
    })
}

/// The two ends of a worker's thread.
struct Lane<T, U> {
    items: SyncSender<T>,
    results: Receiver<U>,
}

impl<T: Send, U: Send> Lane<T, U> {
    fn open<'s, W: FnMut(T) -> U>(
        scope: &'s Scope<'s, '_>,
        worker: &'s (impl Fn() -> W + Sync),
    ) -> Option<Self>
    where
        T: 's,
        U: 's,
    {
        let (items, to_do) = sync_channel::<T>(WAITING);
        let (done, results) = sync_channel(WAITING);
        let run = move || {
            let mut work = worker();
            // No one takes results after the sink has ended.
            let _ = to_do.into_iter().try_for_each(|item| done.send(work(item)));
        };
        spawn(scope, run).map(|_| Self { items, results })
    }
}

fn spawn<'s>(scope: &'s Scope<'s, '_>, run: impl FnOnce() + Send + 's) -> Option<ScopedJoinHandle<'s, ()>> {
    Builder::new().spawn_scoped(scope, run).ok()
}

/// Gives results to the sink. If the worker whose turn it is has ended, all items are done.
fn collect<U>(results: &[Receiver<U>], sink: &mut impl FnMut(U) -> ControlFlow<()>) {
    for lane in results.iter().cycle() {
        let Ok(result) = lane.recv() else { return };
        if sink(result).is_break() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The results that the sink gets for `count` items. It breaks at item `end`.
    fn run(workers: usize, at_once: bool, count: usize, end: usize) -> Vec<String> {
        let mut numbers = 0..count;
        let mut results = Vec::new();
        let work = || |item: usize| item.to_string().repeat(item % 7);
        in_order(
            workers,
            at_once,
            || numbers.next(),
            work,
            |result| {
                results.push(result);
                if results.len() == end { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            },
        );
        results
    }

    #[test]
    fn results_come_in_the_order_of_the_items() {
        for workers in [0, 1, 2, 3, 8] {
            for count in [0, 1, 2, 3, 7, 8, 9, 500] {
                let expected: Vec<String> =
                    (0..count).map(|item| item.to_string().repeat(item % 7)).collect();
                for at_once in [false, true] {
                    let results = run(workers, at_once, count, usize::MAX);
                    assert_eq!(results, expected, "{workers} workers, {count} items, {at_once}");
                }
            }
        }
    }

    #[test]
    fn it_ends_where_the_sink_breaks() {
        for workers in [0, 1, 2, 8] {
            for end in [1, 2, 3, 100] {
                assert_eq!(run(workers, false, usize::MAX, end).len(), end, "{workers} workers");
            }
        }
    }

    /// The result of the first item is there before the second item is asked for.
    #[test]
    fn the_first_item_does_not_wait() {
        let (sender, receiver) = std::sync::mpsc::channel();
        let mut asked = 0;
        let source = || {
            asked += 1;
            if asked == 2 { receiver.recv().ok() } else { (asked == 1).then_some(()) }
        };
        let sink = |()| sender.send(()).map_or(ControlFlow::Break(()), |()| ControlFlow::Continue(()));
        in_order(2, true, source, || |item| item, sink);
        assert_eq!(asked, 3);
    }

    /// A panic in a worker reaches the caller. A result is never left out silently.
    #[test]
    fn a_worker_that_panics_is_not_passed_over() {
        let mut numbers = 0..100;
        let run = || {
            let work = || |item: usize| assert!(item != 50);
            in_order(2, false, || numbers.next(), work, |()| ControlFlow::Continue(()));
        };
        assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)).is_err());
    }
}
