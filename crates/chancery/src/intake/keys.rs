//! What the fields of a report are called by those who send them, in JSON lines and in tables alike.

/// A field of a report that a sender may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Text,
    Title,
    Published,
    Outlet,
    Url,
    Id,
    Language,
}

impl Field {
    pub(super) const ALL: [Self; 7] =
        [Self::Text, Self::Title, Self::Published, Self::Outlet, Self::Url, Self::Id, Self::Language];

    /// The first of its names, by which the others are explained.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Title => "title",
            Self::Published => "published",
            Self::Outlet => "outlet",
            Self::Url => "url",
            Self::Id => "id",
            Self::Language => "language",
        }
    }

    /// All its names as the table has them, the most telling first.
    pub(super) fn names(self) -> impl Iterator<Item = &'static str> {
        let line = include_str!("keys.txt").lines().find_map(move |line| line.strip_prefix(self.name()));
        line.filter(|rest| rest.starts_with(' ')).unwrap_or_default().split_whitespace()
    }

    /// Of some keys the one that stands for this field: that of its most telling name.
    pub(super) fn among<K: AsRef<str>>(self, keys: impl Iterator<Item = K> + Clone) -> Option<usize> {
        self.names().find_map(|name| keys.clone().position(|key| is(key.as_ref(), name)))
    }
}

/// Whether a key is a name, whatever its case and signs: "Published At", "published_at", "publishedAt".
pub(super) fn is(key: &str, name: &str) -> bool {
    let letters = key.chars().filter(|char| char.is_alphanumeric()).map(|char| char.to_ascii_lowercase());
    letters.eq(name.chars())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_its_own_name_first() {
        for field in Field::ALL {
            assert_eq!(field.names().next(), Some(field.name()));
        }
    }

    #[test]
    fn keys_are_found_by_their_most_telling_name() {
        let keys = ["Source", "Body", "content", "Published At"];
        let found = Field::ALL.map(|field| field.among(keys.iter()));
        assert_eq!(found, [Some(1), None, Some(3), Some(0), None, None, None]);
    }
}
