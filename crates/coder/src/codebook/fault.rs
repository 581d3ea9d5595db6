//! Faults of a codebook: each with file, line, the offending words and a hint, so that all can be mended in one go.

/// One thing that is wrong with a codebook.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Fault {
    /// The file, relative to the codebook's folder.
    pub path: String,
    /// The line in it, counted from 1.
    pub line: usize,
    /// The words that are wrong.
    pub words: String,
    /// What is wrong with them.
    pub message: String,
    /// What would be right.
    pub hint: String,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}:{}: {}", self.path, self.line, self.message)?;
        if !self.words.is_empty() {
            write!(formatter, ": `{}`", self.words)?;
        }
        if !self.hint.is_empty() {
            write!(formatter, " ({})", self.hint)?;
        }
        Ok(())
    }
}

/// Gathers the faults of one file.
pub(crate) struct Faults<'a> {
    pub(crate) path: &'a str,
    contents: &'a str,
    list: &'a mut Vec<Fault>,
    /// The bytes at which lines end, once somebody asks: a long file may have as many faults as lines.
    ends: Option<Vec<usize>>,
}

impl<'a> Faults<'a> {
    pub(crate) fn new(path: &'a str, contents: &'a str, list: &'a mut Vec<Fault>) -> Self {
        Self { path, contents, list, ends: None }
    }

    /// Adds a fault at a byte of the file.
    pub(crate) fn at(&mut self, byte: usize, words: &str, message: impl Into<String>, hint: impl Into<String>) {
        let contents = self.contents.as_bytes();
        let ends = self.ends.get_or_insert_with(|| {
            contents.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at).collect()
        });
        let line = 1 + ends.partition_point(|end| *end < byte);
        self.on_line(line, words, message, hint);
    }

    /// Adds a fault on a line counted from 1.
    pub(crate) fn on_line(&mut self, line: usize, words: &str, message: impl Into<String>, hint: impl Into<String>) {
        let words: String = words.chars().take(80).collect();
        self.list.push(Fault { path: self.path.to_owned(), line, words, message: message.into(), hint: hint.into() });
    }
}
