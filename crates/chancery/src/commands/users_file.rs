//! The file of users: read, written whole or not at all, and read again while a workbench serves.

use anyhow::Context;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;
use workbench::users::Users;

#[derive(clap::Args, Debug)]
pub(super) struct UsersArguments {
    /// The file of users
    #[arg(long = "users", value_name = "FILE", env = "CHANCERY_USERS", default_value = "chancery-users.toml")]
    path: PathBuf,
}

impl UsersArguments {
    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

/// Reads the file.
pub(super) fn read(path: &Path) -> anyhow::Result<Users> {
    let text = fs::read_to_string(path).with_context(|| {
        format!("{} cannot be read; `chancery users add NAME --role ROLE --users FILE` makes a file", path.display())
    })?;
    Users::read(&text).with_context(|| path.display().to_string())
}

/// Writes the file beside itself, readable by its owner alone, and puts it in place in one step.
pub(super) fn write(path: &Path, users: &Users) -> anyhow::Result<()> {
    let fail = || format!("{} cannot be written", path.display());
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let beside = PathBuf::from(beside);
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&beside).with_context(fail)?;
    file.write_all(users.write()?.as_bytes()).and_then(|()| file.sync_all()).with_context(fail)?;
    fs::rename(&beside, path).with_context(fail)
}

/// What a workbench asks at every request: the users as the file has them now. It is read again when it was written.
pub(super) fn source(path: PathBuf) -> impl Fn() -> Result<Arc<Users>, String> + Send + Sync + 'static {
    let known: Mutex<Option<(SystemTime, u64, Arc<Users>)>> = Mutex::new(None);
    move || {
        let fail = |error: std::io::Error| format!("{} cannot be read: {error}", path.display());
        let metadata = fs::metadata(&path).map_err(fail)?;
        let (written, length) = (metadata.modified().map_err(fail)?, metadata.len());
        let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((then, bytes, users)) = &*known
            && (*then, *bytes) == (written, length)
        {
            return Ok(Arc::clone(users));
        }
        let users = Arc::new(read(&path).map_err(|error| format!("{error:#}"))?);
        *known = Some((written, length, Arc::clone(&users)));
        Ok(users)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use workbench::users::Role;

    #[test]
    fn what_is_changed_holds_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("users.toml");
        let asked = source(path.clone());
        assert!(asked().unwrap_err().contains("cannot be read"));
        let mut users = Users::default();
        users.add("Ada", Role::Admin, "correct horse").unwrap();
        write(&path, &users).unwrap();
        assert_eq!(asked().unwrap().iter().count(), 1);
        users.remove("Ada").unwrap();
        write(&path, &users).unwrap();
        assert!(asked().unwrap().is_empty());
        fs::write(&path, "colour = 1").unwrap();
        assert!(asked().is_err());
    }
}
