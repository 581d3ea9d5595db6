//! Who may use the workbench: names, each with a role, a password and perhaps a token for programs.
//!
//! [`Users`] is a file of users as text (TOML); reading and writing the file is the caller's. Passwords are kept as
//! Argon2id. A token is drawn at random and as long as a key, so that it is kept as a plain hash: nobody can guess it, and a
//! program that asks a thousand times pays for no slow hash a thousand times.

mod role;

pub use role::Role;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// The longest name, in signs; verdicts are signed with it.
const LONGEST_NAME: usize = 100;

/// The shortest and the longest password, in signs and in bytes.
const SHORTEST_PASSWORD: usize = 10;
const LONGEST_PASSWORD: usize = 1_000;

/// How tokens begin, so that they are known where they turn up.
const TOKEN: &str = "chancery_";

/// What cannot be done with a file of users.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum UsersError {
    /// It is no file of users.
    #[error("it is no file of users: {0}")]
    Unreadable(String),
    /// What was asked for cannot be.
    #[error("{0}")]
    Refused(String),
}

fn refuse<T>(why: impl Into<String>) -> Result<T, UsersError> {
    Err(UsersError::Refused(why.into()))
}

/// Somebody who may use the workbench.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct User {
    /// The name with which verdicts are signed.
    pub name: String,
    /// What the user may do.
    pub role: Role,
    /// Argon2id in the form of the password hashing competition.
    password: String,
    /// SHA-256 of the token, in hexadecimal digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    token: Option<String>,
}

impl User {
    /// Whether programs may ask in this name.
    #[must_use]
    pub fn has_token(&self) -> bool {
        self.token.is_some()
    }

    /// What is another once the password is.
    pub(crate) fn fingerprint(&self) -> &str {
        &self.password
    }
}

/// All who may use the workbench.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Users {
    #[serde(default)]
    user: Vec<User>,
}

impl Users {
    /// Understands the text of a file.
    ///
    /// # Errors
    /// If it is none, or two have one name.
    pub fn read(text: &str) -> Result<Self, UsersError> {
        let users: Self = toml::from_str(text).map_err(|error| UsersError::Unreadable(error.to_string()))?;
        for (at, one) in users.user.iter().enumerate() {
            let fault = |what: &str| Err(UsersError::Unreadable(format!("{what} of {}", one.name)));
            fits(&one.name).map_err(|error| UsersError::Unreadable(error.to_string()))?;
            if users.user.iter().take(at).any(|other| same(&other.name, &one.name)) {
                return fault("there are two entries");
            }
            if PasswordHash::new(&one.password).is_err() {
                return fault("there is no hash in the password");
            }
        }
        Ok(users)
    }

    /// The text of a file.
    ///
    /// # Errors
    /// If it cannot be written as TOML.
    pub fn write(&self) -> Result<String, UsersError> {
        let users = toml::to_string(self).map_err(|error| UsersError::Refused(error.to_string()))?;
        Ok(format!("# Who may use the workbench; `chancery users` writes this file.\n\n{users}"))
    }

    /// All, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = &User> {
        self.user.iter()
    }

    /// Whether there is nobody.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.user.is_empty()
    }

    /// Adds somebody.
    ///
    /// # Errors
    /// If the name is taken or none, or the password too short.
    pub fn add(&mut self, name: &str, role: Role, password: &str) -> Result<(), UsersError> {
        let name = name.trim();
        fits(name)?;
        if self.user.iter().any(|other| same(&other.name, name)) {
            return refuse(format!("{name} is a user already; remove the entry first"));
        }
        if password.chars().count() < SHORTEST_PASSWORD || password.len() > LONGEST_PASSWORD {
            return refuse(format!(
                "a password has {SHORTEST_PASSWORD} signs or more, and {LONGEST_PASSWORD} bytes at most"
            ));
        }
        let hash = Argon2::default().hash_password(password.as_bytes());
        let password = hash.map_err(|error| UsersError::Refused(error.to_string()))?.to_string();
        self.user.push(User { name: name.to_owned(), role, password, token: None });
        Ok(())
    }

    /// Removes somebody; sessions and tokens end with it.
    ///
    /// # Errors
    /// If there is no such user.
    pub fn remove(&mut self, name: &str) -> Result<(), UsersError> {
        let at = self.position(name)?;
        self.user.remove(at);
        Ok(())
    }

    /// Draws a token in place of any that the user has, and gives it; only its hash is kept.
    ///
    /// # Errors
    /// If there is no such user, or the system gives no randomness.
    pub fn issue_token(&mut self, name: &str) -> Result<String, UsersError> {
        let at = self.position(name)?;
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|error| UsersError::Refused(format!("no token can be drawn: {error}")))?;
        let token = format!("{TOKEN}{}", hexadecimal(&bytes));
        self.user[at].token = Some(hashed(&token));
        Ok(token)
    }

    /// Takes a user's token away.
    ///
    /// # Errors
    /// If there is no such user.
    pub fn revoke_token(&mut self, name: &str) -> Result<(), UsersError> {
        let at = self.position(name)?;
        self.user[at].token = None;
        Ok(())
    }

    fn position(&self, name: &str) -> Result<usize, UsersError> {
        match self.user.iter().position(|user| same(&user.name, name.trim())) {
            Some(at) => Ok(at),
            None => refuse(format!("there is no user {name}; `chancery users list` names all")),
        }
    }

    pub(crate) fn find(&self, name: &str) -> Option<&User> {
        self.user.iter().find(|user| same(&user.name, name.trim()))
    }

    /// The user of this name and password. It takes as long for a name that nobody has.
    pub(crate) fn with_password(&self, name: &str, password: &str) -> Option<&User> {
        if password.len() > LONGEST_PASSWORD {
            return None;
        }
        let Some(user) = self.find(name) else {
            // The work is the point.
            let _ = Argon2::default().hash_password(password.as_bytes());
            return None;
        };
        let hash = PasswordHash::new(&user.password).ok()?;
        Argon2::default().verify_password(password.as_bytes(), &hash).is_ok().then_some(user)
    }

    /// The user of this token. Hashes are compared, so that the time it takes tells nothing of the token.
    pub(crate) fn with_token(&self, token: &str) -> Option<&User> {
        let hash = hashed(token);
        self.user.iter().find(|user| user.token.as_ref() == Some(&hash))
    }
}

fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

/// Whether somebody can be called so.
fn fits(name: &str) -> Result<(), UsersError> {
    if name.is_empty()
        || name.trim() != name
        || name.chars().count() > LONGEST_NAME
        || name.chars().any(char::is_control)
    {
        return refuse(format!("a name has 1 to {LONGEST_NAME} signs, none of them a control character"));
    }
    Ok(())
}

/// SHA-256 in hexadecimal digits.
pub(crate) fn hashed(text: &str) -> String {
    hexadecimal(&Sha256::digest(text))
}

pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut digits, byte| {
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two() -> Users {
        let mut users = Users::default();
        users.add("Ada Ng", Role::Admin, "correct horse").unwrap();
        users.add("Zoé", Role::Reader, "battery staple").unwrap();
        users
    }

    #[test]
    fn users_go_round_as_a_file() {
        let mut users = two();
        let token = users.issue_token("ada ng").unwrap();
        let text = users.write().unwrap();
        assert!(!text.contains("correct horse") && !text.contains(&token) && text.contains("$argon2id$"), "{text}");
        assert_eq!(Users::read(&text).unwrap(), users);
        assert_eq!(users.with_token(&token).map(|user| user.role), Some(Role::Admin));
        users.revoke_token("Ada Ng").unwrap();
        assert!(users.with_token(&token).is_none());
    }

    #[test]
    fn only_the_right_password_fits() {
        let users = two();
        assert_eq!(users.with_password("zoé", "battery staple").map(|user| user.role), Some(Role::Reader));
        for (name, password) in [("Zoé", "correct horse"), ("Zoé", ""), ("nobody", "battery staple"), ("", "")] {
            assert!(users.with_password(name, password).is_none(), "{name} {password}");
        }
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let mut users = two();
        for (name, password, why) in [
            ("ADA NG", "long enough", "is a user already"),
            ("", "long enough", "a name has"),
            ("a\nb", "long enough", "a name has"),
            ("Ben", "short", "a password has"),
        ] {
            let told = users.add(name, Role::Reader, password).unwrap_err().to_string();
            assert!(told.contains(why), "{told}");
        }
        assert!(users.remove("Ben").unwrap_err().to_string().contains("there is no user Ben"));
        users.remove("Ada Ng").unwrap();
        assert_eq!(users.iter().count(), 1);
        for (text, why) in [
            ("[[user]]\nname = \"A\"", "missing field"),
            ("[[user]]\nname = \"A\"\nrole = \"king\"\npassword = \"x\"", "king"),
            ("[[user]]\nname = \"A\"\nrole = \"reader\"\npassword = \"secret\"", "no hash in the password of A"),
            ("colour = 1", "colour"),
        ] {
            let told = Users::read(text).unwrap_err().to_string();
            assert!(told.contains(why), "{told}");
        }
    }
}
