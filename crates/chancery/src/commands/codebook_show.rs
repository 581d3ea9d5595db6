//! `chancery codebook show`: the reading pages of a codebook.

use super::codebook_folder::CodebookArguments;
use super::out::OutputArguments;
use crate::exit_codes::Ending;
use crate::output::pages::{self, Page};
use anyhow::{Context, bail, ensure};
use std::path::Path;

#[derive(clap::Args, Debug)]
pub(super) struct ShowArguments {
    /// A category or a kind of state (assault, control), or ceasefires, contexts or words; the page of contents if none
    /// is named
    #[arg(value_name = "CATEGORY")]
    page: Option<String>,
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    #[command(flatten)]
    codebook: CodebookArguments,
    #[command(flatten)]
    output: OutputArguments,
}

#[derive(clap::ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    /// Text
    Text,
    /// A page of HTML; all of them, into a folder, with -o FOLDER and no category
    Html,
}

/// Runs the command.
pub(super) fn run(arguments: &ShowArguments) -> anyhow::Result<Ending> {
    let engine = arguments.codebook.engine_with_examples()?;
    let pages = pages::pages(engine.codebook());
    if let (Format::Html, None, Some(folder)) = (arguments.format, &arguments.page, arguments.output.path()) {
        write_all(&pages, folder)?;
        return Ok(Ending::Complete);
    }
    let wanted = arguments.page.as_deref().unwrap_or("index").to_lowercase();
    let Some(page) = pages.iter().find(|page| page.name == wanted) else {
        let known: Vec<&str> = pages.iter().skip(1).map(|page| page.name.as_str()).collect();
        bail!("the codebook has no page {wanted:?}; it has {}", known.join(", "));
    };
    let (mut out, width) = arguments.output.open()?;
    let written = match arguments.format {
        Format::Text => pages::text(page, width),
        Format::Html => pages::html(page, &pages),
    };
    out.write_all(written.as_bytes()).and_then(|()| out.flush()).context("the output cannot be written")?;
    Ok(Ending::Complete)
}

/// Writes every page into a folder, which is made if it is not there.
fn write_all(pages: &[Page], folder: &Path) -> anyhow::Result<()> {
    ensure!(!folder.is_file(), "{} is a file; all pages together need a folder", folder.display());
    std::fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    for page in pages {
        let path = folder.join(pages::file_name(&page.name));
        std::fs::write(&path, pages::html(page, pages))
            .with_context(|| format!("{} cannot be written", path.display()))?;
    }
    Ok(())
}
