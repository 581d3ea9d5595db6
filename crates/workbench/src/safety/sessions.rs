//! Who has logged in: sessions by the hash of a number that only the visitor's cookie holds. They end with the workbench,
//! after some hours without a request, after a week, and once the user or the password is another.

use crate::users::{User, Users, hashed, hexadecimal};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How long a session lives without a request, and at most.
const IDLE: SignedDuration = SignedDuration::from_hours(12);
const LONGEST: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Sessions at one time; beyond that the one that was used least recently ends.
const MOST: usize = 10_000;

#[derive(Clone, Debug)]
struct Session {
    user: String,
    fingerprint: String,
    began: Timestamp,
    used: Timestamp,
}

impl Session {
    fn lives(&self, now: Timestamp) -> bool {
        now.duration_since(self.used) < IDLE && now.duration_since(self.began) < LONGEST
    }
}

/// All sessions.
#[derive(Debug, Default)]
pub(crate) struct Sessions(Mutex<BTreeMap<String, Session>>);

impl Sessions {
    fn table(&self) -> MutexGuard<'_, BTreeMap<String, Session>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins a session; what the cookie holds. None if the system gives no randomness: nobody logs in by a number that
    /// can be guessed.
    pub(crate) fn begin(&self, user: &User, now: Timestamp) -> Option<String> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).ok()?;
        let number = hexadecimal(&bytes);
        let fingerprint = user.fingerprint().to_owned();
        let session = Session { user: user.name.clone(), fingerprint, began: now, used: now };
        let mut table = self.table();
        table.retain(|_, session| session.lives(now));
        if table.len() >= MOST {
            let oldest = table.iter().min_by_key(|(_, session)| session.used).map(|(key, _)| key.clone());
            oldest.and_then(|key| table.remove(&key));
        }
        table.insert(hashed(&number), session);
        Some(number)
    }

    /// The user of a session that lives.
    pub(crate) fn user<'a>(&self, number: &str, users: &'a Users, now: Timestamp) -> Option<&'a User> {
        let mut table = self.table();
        let session = table.get_mut(&hashed(number)).filter(|session| session.lives(now))?;
        let user = users.find(&session.user).filter(|user| user.fingerprint() == session.fingerprint)?;
        session.used = now;
        Some(user)
    }

    /// Ends a session.
    pub(crate) fn end(&self, number: &str) {
        self.table().remove(&hashed(number));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::users::Role;

    #[test]
    fn sessions_end() {
        let mut users = Users::default();
        users.add("Ada", Role::Analyst, "correct horse").unwrap();
        let sessions = Sessions::default();
        let now: Timestamp = "2018-04-20T12:00:00Z".parse().unwrap();
        let hours = |hours| now + SignedDuration::from_hours(hours);
        let number = sessions.begin(users.find("Ada").unwrap(), now).unwrap();
        let known = |users: &Users, hour| sessions.user(&number, users, hours(hour)).is_some();
        assert!(known(&users, 11) && known(&users, 22));
        assert!(!known(&users, 35), "nobody was there for half a day");
        let number = sessions.begin(users.find("Ada").unwrap(), now).unwrap();
        let known = |users: &Users, hour| sessions.user(&number, users, hours(hour)).is_some();
        assert!((0..167).step_by(11).all(|hour| known(&users, hour)) && !known(&users, 168));
        let number = sessions.begin(users.find("Ada").unwrap(), now).unwrap();
        let mut other = Users::default();
        other.add("Ada", Role::Analyst, "another horse").unwrap();
        assert!(sessions.user(&number, &other, now).is_none(), "the password is another");
        assert!(sessions.user(&number, &users, now).is_some());
        sessions.end(&number);
        assert!(sessions.user(&number, &users, now).is_none());
        assert!(sessions.user("", &users, now).is_none());
    }
}
