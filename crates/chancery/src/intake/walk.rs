//! The files that the named inputs stand for: folders are walked in the order of names, hidden files left out.

use super::{Position, Problem, Reason};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// One file to read, or standard input.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) path: PathBuf,
    /// What a report without an id of its own is called after it: its name, in a folder the path below that folder.
    pub(super) id: String,
}

impl Named {
    pub(super) fn is_standard_input(&self) -> bool {
        self.path.as_os_str() == "-"
    }

    /// As the user knows it.
    pub(super) fn input(&self) -> String {
        if self.is_standard_input() { "standard input".to_owned() } else { self.path.display().to_string() }
    }
}

/// An iterator over the files, which opens folders when it comes to them.
pub(super) struct Walk {
    /// What is still to come, the next last.
    pending: Vec<Pending>,
}

struct Pending {
    named: Named,
    /// Whether it was found in a folder and not named by the user.
    found: bool,
}

impl Walk {
    pub(super) fn new(paths: Vec<PathBuf>) -> Self {
        let name = |path: PathBuf| {
            let id = match path.file_name() {
                Some(file) if path.as_os_str() != "-" => file.to_string_lossy().into_owned(),
                _ => "stdin".to_owned(),
            };
            Pending { named: Named { path, id }, found: false }
        };
        Self { pending: paths.into_iter().rev().map(name).collect() }
    }

    /// Puts what a folder holds before all that is to come.
    fn open(&mut self, folder: &Pending) -> Result<(), Reason> {
        let entries = fs::read_dir(&folder.named.path).map_err(Reason::Unreadable)?;
        let mut names = BTreeSet::new();
        for entry in entries {
            let name = entry.map_err(Reason::Unreadable)?.file_name();
            if !name.to_string_lossy().starts_with('.') {
                names.insert(name);
            }
        }
        if names.is_empty() && !folder.found {
            return Err(Reason::EmptyFolder);
        }
        for name in names.iter().rev() {
            let below = name.to_string_lossy();
            // What a browser saves beside a page is part of that page.
            let page = below.strip_suffix("_files");
            if page.is_some_and(|page| {
                ["html", "htm"].iter().any(|end| names.contains(Path::new(&format!("{page}.{end}")).as_os_str()))
            }) {
                continue;
            }
            let id = if folder.found { format!("{}/{below}", folder.named.id) } else { below.into_owned() };
            let named = Named { path: folder.named.path.join(name), id };
            self.pending.push(Pending { named, found: true });
        }
        Ok(())
    }
}

impl Iterator for Walk {
    type Item = Result<Named, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let next = self.pending.pop()?;
            if next.named.is_standard_input() {
                return Some(Ok(next.named));
            }
            let problem = |reason| Problem { position: Position { input: next.named.input(), at: None }, reason };
            // Links to folders are followed where the user names them; within a folder they could lead round in circles.
            let kind = if next.found { fs::symlink_metadata(&next.named.path) } else { fs::metadata(&next.named.path) };
            let kind = match kind {
                Ok(kind) => kind.file_type(),
                Err(error) => return Some(Err(problem(Reason::Unreadable(error)))),
            };
            if kind.is_dir() {
                match self.open(&next) {
                    Ok(()) => continue,
                    Err(reason) => return Some(Err(problem(reason))),
                }
            }
            // A pipe or a device in a folder would be waited for without end.
            if next.found && !kind.is_file() && !(kind.is_symlink() && next.named.path.is_file()) {
                continue;
            }
            return Some(Ok(next.named));
        }
    }
}

/// The bytes of all files together; none where that is not known beforehand, as of standard input.
pub(crate) fn size(paths: &[PathBuf]) -> Option<u64> {
    Walk::new(paths.to_vec())
        .map(|named| {
            let file = fs::metadata(named.ok()?.path).ok()?;
            file.is_file().then_some(file.len())
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_walked_by_name_and_hidden_files_left_out() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        for name in ["b.txt", "a/2.txt", "a/1.txt", "a/.hidden/x.txt", "c/page.html", "c/page_files/x.js", ".y.txt"] {
            fs::create_dir_all(root.join(name).parent().unwrap()).unwrap();
            fs::write(root.join(name), "x").unwrap();
        }
        fs::create_dir(root.join("empty")).unwrap();
        let found: Vec<String> = Walk::new(vec![root.to_path_buf(), "-".into(), root.join("b.txt")])
            .map(|named| named.unwrap().id)
            .collect();
        assert_eq!(found, ["a/1.txt", "a/2.txt", "b.txt", "c/page.html", "stdin", "b.txt"]);
        let found: Vec<String> = Walk::new(vec![root.join("empty"), root.join("none")])
            .map(|named| named.unwrap_err().to_string())
            .collect();
        assert!(found[0].contains("folder without files") && found[1].contains("no such file"), "{found:?}");
    }

    #[cfg(unix)]
    #[test]
    fn circles_and_pipes_in_folders_are_left_out() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::write(root.join("a.txt"), "x").unwrap();
        std::os::unix::fs::symlink(root, root.join("circle")).unwrap();
        std::os::unix::fs::symlink(root.join("a.txt"), root.join("link.txt")).unwrap();
        let found: Vec<String> = Walk::new(vec![root.to_path_buf()]).map(|named| named.unwrap().id).collect();
        assert_eq!(found, ["a.txt", "link.txt"]);
    }
}
