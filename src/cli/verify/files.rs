//! Whether the files of a run have the bytes that were written.

use super::Verified;
use crate::report::{MANIFEST, Manifest, files_in};
use std::fs::{self, File};
use std::io;
use std::path::{Component, Path};

/// Whether every file is there with the bytes that were written.
pub fn looked_at(folder: &Path, manifest: &Manifest) -> Verified {
    let mut found = Verified { listed: manifest.outputs.len(), ..Verified::default() };
    for (name, expected) in &manifest.outputs {
        let plain = |part| matches!(part, Component::Normal(_));
        let found_digest =
            Path::new(name).components().all(plain).then(|| digest_of(&folder.join(name)));
        match found_digest {
            Some(Ok(digest)) if digest == *expected => {}
            Some(Ok(_)) => found.changed.push(name.clone()),
            Some(Err(_)) | None => found.missing.push(name.clone()),
        }
    }
    let listed = |name: &String| name != MANIFEST && !manifest.outputs.contains_key(name);
    found.strange = files_in(folder).unwrap_or_default();
    found.strange.retain(listed);
    found
}

/// Opens a file, and nothing else: a link leads elsewhere, and a pipe nowhere.
///
/// # Errors
/// It is no file, or the system refuses.
pub fn opened(path: &Path) -> io::Result<File> {
    if !fs::symlink_metadata(path)?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "it is no file"));
    }
    File::open(path)
}

/// The digest of a file, which may be too large to be kept.
fn digest_of(path: &Path) -> io::Result<String> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(opened(path)?)?;
    Ok(hasher.finalize().to_hex().to_string())
}
