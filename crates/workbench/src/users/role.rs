//! What a user may do.

use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// Each role may do what those before it may.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Reads; the names of private persons are withheld.
    #[default]
    Reader,
    /// Reads all, judges and corrects.
    Analyst,
    /// Takes reports in, removes texts, and sees every change.
    Admin,
}

impl Role {
    /// All, from the one that may do least.
    pub const ALL: [Self; 3] = [Self::Reader, Self::Analyst, Self::Admin];

    /// The word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Analyst => "analyst",
            Self::Admin => "admin",
        }
    }
}

impl FromStr for Role {
    type Err = String;

    fn from_str(written: &str) -> Result<Self, String> {
        let words = Self::ALL.map(Self::name).join(", ");
        Self::ALL.into_iter().find(|role| role.name() == written).ok_or(format!("a role is one of {words}"))
    }
}
