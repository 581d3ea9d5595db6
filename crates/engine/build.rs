//! Lists the files of the built-in codebook, so that adding a rule is adding one file and nothing else; hashes both codebook and models.

#[path = "src/digest.rs"]
mod digest;

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let manifest = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let folder = manifest.join("../../codebook").canonicalize()?;
    let mut files = Vec::new();
    walk(&folder, &mut files)?;
    files.sort();
    let mut list = String::from("&[\n");
    let mut named = Vec::new();
    for file in &files {
        let relative = file.strip_prefix(&folder).unwrap_or(file).components();
        let relative: Vec<_> = relative.map(|part| part.as_os_str().to_string_lossy()).collect();
        let _ = writeln!(list, "    ({:?}, include_str!({:?})),", relative.join("/"), file);
        println!("cargo::rerun-if-changed={}", file.display());
        named.push((relative.join("/"), fs::read(file)?));
    }
    list.push(']');
    let output = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(output.join("codebook_files.rs"), list)?;
    named.sort();
    println!("cargo::rustc-env=CODEBOOK_SHA256={}", hash(&named));
    let mut models = Vec::new();
    for name in ["english.bin", "gazetteer.bin"] {
        let path = manifest.join("../../models").join(name);
        println!("cargo::rerun-if-changed={}", path.display());
        models.push((name.to_owned(), fs::read(path)?));
    }
    println!("cargo::rustc-env=MODELS_SHA256={}", hash(&models));
    Ok(())
}

/// The hash over named files, in hexadecimal.
fn hash(files: &[(String, Vec<u8>)]) -> String {
    let parts: Vec<(&[u8], &[u8])> =
        files.iter().map(|(name, contents)| (name.as_bytes(), contents.as_slice())).collect();
    digest::digest(&parts).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Gathers the files that a codebook is made of. Each folder is watched, so that a new file is seen.
fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            walk(&path, files)?;
        } else if belongs(&path) {
            files.push(path);
        }
    }
    Ok(())
}

/// The text of a category is part of the codebook; what is told of the folder as a whole is not.
fn belongs(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "toml" || extension == "txt" || extension == "csv")
        || path.file_name().is_some_and(|name| name == "category.md")
}
