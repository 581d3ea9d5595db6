//! Many reports at once, results in the order of the reports: the same bytes for any number of threads.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// Stack of a worker, in bytes: sentences of thousands of words nest deeply.
pub(crate) const STACK: usize = 32 * 1024 * 1024;

/// Calls `work` on each item on `threads` threads, and `finish` here on each result, in the order of the items. At most
/// a few items a thread are held at a time. A panic of `work` becomes an `Err` with its message, so that one report
/// cannot end the run. `finish` ends everything early by an error.
///
/// # Errors
/// What `finish` returned, or that threads cannot be had.
pub(crate) fn run<I: Send, R: Send>(
    items: impl Iterator<Item = I>,
    threads: usize,
    work: impl Fn(I) -> R + Sync,
    mut finish: impl FnMut(Result<R, String>) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    type Job<I, R> = (I, SyncSender<Result<R, String>>);
    let (jobs, waiting) = sync_channel::<Job<I, R>>(threads);
    let waiting = Mutex::new(waiting);
    let guarded = |item| catch_unwind(AssertUnwindSafe(|| work(item))).map_err(|panic| message(panic.as_ref()));
    let labour = || {
        while let Some((item, result)) = next(&waiting) {
            // Nobody listens when the run has ended early.
            let _ = result.send(guarded(item));
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..threads {
            std::thread::Builder::new().name("worker".to_owned()).stack_size(STACK).spawn_scoped(scope, labour)?;
        }
        // The results still to come, oldest first. Its length bounds what is held in memory.
        let mut pending = std::collections::VecDeque::<Receiver<Result<R, String>>>::new();
        let jobs = jobs;
        let mut collect = |oldest: Receiver<Result<R, String>>| {
            finish(oldest.recv().unwrap_or_else(|_| Err("a worker has ended".to_owned())))
        };
        for item in items {
            let (sender, receiver) = sync_channel(1);
            jobs.send((item, sender)).map_err(|_| anyhow::anyhow!("all workers have ended"))?;
            pending.push_back(receiver);
            while pending.len() > threads * 2
                && let Some(oldest) = pending.pop_front()
            {
                collect(oldest)?;
            }
        }
        pending.into_iter().try_for_each(collect)
    })
}

fn next<T>(waiting: &Mutex<Receiver<T>>) -> Option<T> {
    waiting.lock().ok()?.recv().ok()
}

fn message(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no message".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_and_a_panic_is_one_result() {
        for threads in 1..5 {
            let mut results = Vec::new();
            let work = |number: u32| {
                assert!(number != 7, "seven");
                std::thread::sleep(std::time::Duration::from_micros(u64::from(number * 7919 % 300)));
                number
            };
            run(0..40, threads, work, |result| {
                results.push(result);
                Ok(())
            })
            .unwrap();
            let expected: Vec<_> =
                (0..40).map(|number| if number == 7 { Err("seven".to_owned()) } else { Ok(number) }).collect();
            assert_eq!(results, expected);
        }
    }

    #[test]
    fn an_error_of_the_receiver_ends_the_run() {
        let mut seen = 0;
        let result = run(
            0..,
            2,
            |number: u64| number,
            |_| {
                seen += 1;
                if seen == 5 { anyhow::bail!("enough") } else { Ok(()) }
            },
        );
        assert_eq!((seen, result.unwrap_err().to_string().as_str()), (5, "enough"));
    }
}
