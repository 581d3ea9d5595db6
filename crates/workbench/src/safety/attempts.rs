//! Passwords cannot be tried out: after some failures for a name each further one costs twice the wait.

use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Failures that cost nothing: people mistype.
const FREE: u32 = 5;

/// The longest wait; after as long without an attempt a name is as new.
const LONGEST: SignedDuration = SignedDuration::from_mins(15);

/// Names that are remembered at one time.
const MOST: usize = 10_000;

/// Failures by name: how many, and when the last was.
#[derive(Debug, Default)]
pub(crate) struct Attempts(Mutex<BTreeMap<String, (u32, Timestamp)>>);

impl Attempts {
    /// Counts an attempt as failed until [`Attempts::succeeded`]; or says how many seconds to wait, and counts nothing.
    pub(crate) fn begin(&self, name: &str, now: Timestamp) -> Result<(), i64> {
        let mut table = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if table.len() >= MOST {
            table.retain(|_, (_, last)| now.duration_since(*last) < LONGEST);
        }
        if table.len() >= MOST {
            let oldest = table.iter().min_by_key(|(_, (_, last))| *last).map(|(name, _)| name.clone());
            oldest.and_then(|name| table.remove(&name));
        }
        let entry = table.entry(key(name)).or_insert((0, now));
        let passed = now.duration_since(entry.1);
        if passed >= LONGEST {
            *entry = (0, now);
        }
        let wait = match entry.0.checked_sub(FREE) {
            None => SignedDuration::ZERO,
            Some(more) => SignedDuration::from_secs(1_i64 << more.min(20)).min(LONGEST),
        };
        if passed < wait {
            return Err((wait - passed).as_secs().max(1));
        }
        *entry = (entry.0.saturating_add(1), now);
        Ok(())
    }

    /// The attempt was right.
    pub(crate) fn succeeded(&self, name: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&key(name));
    }
}

/// A name as it is remembered; nobody fills the memory by long ones.
fn key(name: &str) -> String {
    name.trim().to_lowercase().chars().take(100).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_cost_time() {
        let attempts = Attempts::default();
        let start: Timestamp = "2018-04-20T12:00:00Z".parse().unwrap();
        let after = |seconds| start + SignedDuration::from_secs(seconds);
        for _ in 0..5 {
            assert_eq!(attempts.begin("Ada", start), Ok(()));
        }
        assert_eq!(attempts.begin(" ADA ", start), Err(1));
        assert_eq!(attempts.begin("Ben", start), Ok(()));
        assert_eq!(attempts.begin("Ada", after(1)), Ok(()));
        assert_eq!(attempts.begin("Ada", after(1)), Err(2));
        attempts.succeeded("Ada");
        assert_eq!(attempts.begin("Ada", after(1)), Ok(()));
        let mut at = 1;
        for _ in 0..40 {
            at += attempts.begin("Ada", after(at)).err().unwrap_or(0);
        }
        assert!(attempts.begin("Ada", after(at)).err().unwrap_or(0) <= 900);
        assert_eq!(attempts.begin("Ada", after(at + 900)), Ok(()));
    }
}
