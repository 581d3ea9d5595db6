//! The codebook that a command uses: the built-in one, or one from a folder.

use anyhow::{Context, ensure};
use engine::Engine;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The endings of the files of a codebook; others in its folder are passed over.
const ENDINGS: &[&str] = &["toml", "txt", "csv", "md"];

#[derive(clap::Args, Debug)]
pub(super) struct CodebookArguments {
    /// A folder with a codebook: instead of the built-in one if it has a codebook.toml, else in addition to it
    ///
    /// What is added stands where it would stand in the built-in codebook (categories/NAME/what.rule.toml,
    /// words/NAME.txt, actors/NAME.toml or .csv); a file of the same path takes the place of the built-in one. A faulty codebook
    /// is refused with all its faults.
    #[arg(long, value_name = "FOLDER")]
    codebook: Option<PathBuf>,
}

impl CodebookArguments {
    /// The engine with this codebook.
    pub(super) fn engine(&self) -> anyhow::Result<Engine> {
        load(self.codebook.as_deref())
    }

    /// The same, with the examples of the codebook.
    pub(super) fn engine_with_examples(&self) -> anyhow::Result<Engine> {
        match &self.codebook {
            None => Ok(Engine::with_codebook(&engine::built_in_codebook())?),
            folder => load(folder.as_deref()),
        }
    }
}

/// The engine with the built-in codebook, or with one from a folder.
///
/// # Errors
/// If the folder cannot be read or the codebook has faults.
pub fn load(folder: Option<&Path>) -> anyhow::Result<Engine> {
    let Some(folder) = folder else { return Ok(Engine::built_in()?) };
    ensure!(folder.is_dir(), "{} is not a folder", folder.display());
    let mut own = BTreeMap::new();
    walk(folder, folder, &mut own)?;
    ensure!(
        own.keys().any(|path| !path.ends_with(".md")),
        "{} holds no codebook: no .toml, .txt or .csv in it",
        folder.display()
    );
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    if !own.contains_key("codebook.toml") {
        files.extend(engine::built_in_codebook());
    }
    files.extend(own);
    let files: Vec<(String, String)> = files.into_iter().collect();
    Engine::with_codebook(&files).with_context(|| format!("loading {}", folder.display()))
}

fn walk(root: &Path, folder: &Path, files: &mut BTreeMap<String, String>) -> anyhow::Result<()> {
    let reading = || format!("reading {}", folder.display());
    for entry in std::fs::read_dir(folder).with_context(reading)? {
        let path = entry.with_context(reading)?.path();
        if path.is_dir() {
            walk(root, &path, files)?;
        } else if path.extension().and_then(|extension| extension.to_str()).is_some_and(|it| ENDINGS.contains(&it)) {
            let contents = std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
            let relative = path.strip_prefix(root).unwrap_or(&path).components();
            let relative: Vec<_> = relative.map(|part| part.as_os_str().to_string_lossy()).collect();
            files.insert(relative.join("/"), contents);
        }
    }
    Ok(())
}
