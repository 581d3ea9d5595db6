//! What was worked out of late, so that it need not be worked out again.

use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Values by number; when it is full, all but the newest half are let go. What it holds changes no result.
#[derive(Debug)]
pub(super) struct Recent<T> {
    values: FxHashMap<i64, (u64, Arc<T>)>,
    clock: u64,
    most: usize,
}

impl<T> Recent<T> {
    pub(super) fn new(most: usize) -> Self {
        Self { values: FxHashMap::default(), clock: 0, most }
    }

    /// The value of a number, made where it is not at hand.
    pub(super) fn get<E>(&mut self, number: i64, make: impl FnOnce() -> Result<T, E>) -> Result<Arc<T>, E> {
        self.clock += 1;
        if let Some((used, value)) = self.values.get_mut(&number) {
            *used = self.clock;
            return Ok(Arc::clone(value));
        }
        let value = Arc::new(make()?);
        self.put(number, Arc::clone(&value));
        Ok(value)
    }

    /// Keeps a value.
    pub(super) fn put(&mut self, number: i64, value: Arc<T>) {
        if self.values.len() >= self.most {
            let mut used: Vec<u64> = self.values.values().map(|(used, _)| *used).collect();
            used.sort_unstable();
            let bar = used[used.len() / 2];
            self.values.retain(|_, (used, _)| *used > bar);
        }
        self.clock += 1;
        self.values.insert(number, (self.clock, value));
    }

    /// Lets go of a value that holds no longer.
    pub(super) fn forget(&mut self, number: i64) {
        self.values.remove(&number);
    }
}
