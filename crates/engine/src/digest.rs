//! One hash over several files. The build script includes this file, so that what is built in is hashed when the program is built.

use sha2::{Digest, Sha256};

/// SHA-256 over named contents. Lengths go in before each part, so that no two lists give the same bytes.
pub(crate) fn digest(parts: &[(&[u8], &[u8])]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for part in parts.iter().flat_map(|&(name, contents)| [name, contents]) {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hasher.finalize().into()
}
