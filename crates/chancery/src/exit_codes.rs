//! The exit codes of the program, in one place. Usage errors are found by the reader of arguments, which ends with 2.

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Everything was read.
    Complete,
    /// Some inputs were skipped; each was named on standard error.
    SomeSkipped,
    /// Nothing was read: all inputs were skipped, or the command failed.
    Failed,
}

impl Ending {
    /// From what was read and what was skipped.
    #[must_use]
    pub fn of(read: u64, skipped: u64) -> Self {
        match (read, skipped) {
            (_, 0) => Self::Complete,
            (0, _) => Self::Failed,
            _ => Self::SomeSkipped,
        }
    }

    /// The number that the operating system sees.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Complete => 0,
            Self::Failed => 1,
            // 2 is for usage errors.
            Self::SomeSkipped => 3,
        }
    }
}

/// The exit codes, for the help texts.
pub const HELP: &str = "\
Exit codes:
  0  everything was read
  1  nothing was read, or the command failed
  2  the arguments were not understood
  3  some inputs were skipped; each is named on standard error";
