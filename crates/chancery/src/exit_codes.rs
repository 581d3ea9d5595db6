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
    /// Two things that were compared are not the same.
    Differs,
    /// The command failed where [`Ending::Differs`] is told by the code of failure.
    Trouble,
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
            Self::Failed | Self::Differs => 1,
            // 2 is for usage errors, and for what fails beside a difference, as in diff(1).
            Self::Trouble => 2,
            Self::SomeSkipped => 3,
        }
    }
}

/// Whether somebody who read the output has seen enough.
#[must_use]
pub fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let closed = |cause: &std::io::Error| cause.kind() == std::io::ErrorKind::BrokenPipe;
    error.chain().any(|cause| cause.downcast_ref().is_some_and(closed))
}

/// The exit codes, for the help texts.
pub const HELP: &str = "\
Exit codes:
  0  everything was read
  1  nothing was read, or the command failed
  2  the arguments were not understood
  3  some inputs were skipped; each is named on standard error";
