//! Where results go: standard output or a file, with or without colour.

use crate::output::WIDTHS;
use anstream::AutoStream;
use anyhow::Context;
use std::fs::File;
use std::io::{BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Columns of text that is not written to a terminal.
const WIDTH: usize = 92;

#[derive(clap::Args, Debug)]
pub(super) struct OutputArguments {
    /// Write to this file instead of standard output; an existing file is replaced
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Colour in text; no meaning hangs on it
    #[arg(long, value_enum, value_name = "WHEN", default_value = "auto")]
    color: Color,
}

#[derive(clap::ValueEnum, Clone, Copy, Debug)]
enum Color {
    /// If standard output is a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl OutputArguments {
    /// The file, if one is named.
    pub(super) fn path(&self) -> Option<&Path> {
        self.output.as_deref()
    }

    /// Opens the output, and tells the width at which text is to be laid out for it.
    pub(super) fn open(&self) -> anyhow::Result<(Box<dyn Write>, usize)> {
        let choice = match self.color {
            Color::Auto => anstream::ColorChoice::Auto,
            Color::Always => anstream::ColorChoice::AlwaysAnsi,
            Color::Never => anstream::ColorChoice::Never,
        };
        if let Some(path) = &self.output {
            let file = File::create(path).with_context(|| format!("{} cannot be written", path.display()))?;
            let choice = if matches!(self.color, Color::Always) { choice } else { anstream::ColorChoice::Never };
            return Ok((Box::new(BufWriter::new(AutoStream::new(Box::new(file) as Box<dyn Write>, choice))), WIDTH));
        }
        let stdout = std::io::stdout();
        let is_terminal = stdout.is_terminal();
        let width = if is_terminal { terminal_width() } else { WIDTH };
        let stream = AutoStream::new(stdout, choice);
        // A person who watches sees each report as soon as it is read.
        Ok(if is_terminal { (Box::new(stream), width) } else { (Box::new(BufWriter::new(stream)), width) })
    }
}

fn terminal_width() -> usize {
    let width = terminal_size::terminal_size().map_or(WIDTH, |(terminal_size::Width(width), _)| usize::from(width));
    width.clamp(*WIDTHS.start(), *WIDTHS.end())
}

/// Where data for other programs goes, byte for byte.
#[derive(clap::Args, Debug)]
pub(super) struct FileArguments {
    /// Write to this file instead of standard output; an existing file is replaced
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl FileArguments {
    /// Opens the output. What is not text is not written to a terminal.
    pub(super) fn open(&self, binary: bool) -> anyhow::Result<Box<dyn Write>> {
        if let Some(path) = &self.output {
            let file = File::create(path).with_context(|| format!("{} cannot be written", path.display()))?;
            return Ok(Box::new(BufWriter::new(file)));
        }
        let stdout = std::io::stdout();
        anyhow::ensure!(!(binary && stdout.is_terminal()), "this is not for a terminal; name a file with --output");
        Ok(Box::new(BufWriter::new(stdout)))
    }
}
