//! One part in one file: written at once or not at all, read with every doubt.

use super::identity::Identity;
use super::read_from_disk;
use crate::analysis::Look;
use crate::engine::{Prepared, Taking, Tally};
use crate::numeric::LANES;
use crate::problem::Sources;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fs::{self, File, Metadata, TryLockError};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// The first line of a part; the number is that of the format.
const FIRST_LINE: &[u8] = b"dotacija part 1\n";
/// Its beginning in any format.
const ANY_FORMAT: &[u8] = b"dotacija part ";
/// Bytes of the digest at the end.
const DIGEST: usize = blake3::OUT_LEN;
/// Files that are larger are not read: 4 GiB.
pub const LARGEST_PART: u64 = 4 << 30;

/// A head is a line of at most so many bytes.
const LONGEST_HEAD: usize = 16 << 20;

/// Which run a part belongs to, and what of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Head {
    /// The run.
    pub identity: Identity,
    /// The first of its draws, and the one behind the last.
    pub draws: (u64, u64),
    /// What a precision has seen until then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub looks: Vec<Look>,
}

/// Names and bytes of a scenario's files.
pub type Files = Vec<(String, Vec<u8>)>;

/// Why a part is not written, or not taken.
#[derive(Debug, thiserror::Error)]
pub enum PartError {
    /// The disk refuses.
    #[error(
        "cannot {doing} `{path}`: {cause}; see whether it is there, the disk is full and the folder may be written to"
    )]
    Refused {
        /// What was tried.
        doing: &'static str,
        /// Where.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
    /// Something else stands there.
    #[error("`{path}` is no part of a run: {why}")]
    NoPart {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// It is not what was written.
    #[error("`{path}` is damaged: {why}")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// How that is seen.
        why: &'static str,
    },
    /// It is a part of the same run, and another one.
    #[error("`{path}` holds draws {draws} of this run: write to another file, or delete that one")]
    OfOtherDraws {
        /// The file.
        path: PathBuf,
        /// Its draws.
        draws: String,
    },
    /// It belongs to another run.
    #[error("`{path}` is a part of another run: of {difference}")]
    OfAnother {
        /// The file.
        path: PathBuf,
        /// What that run has otherwise.
        difference: String,
    },
}

/// Writes a part in place of an earlier one: until all of it stands on the disk the earlier one does.
/// Folders above it that are missing are made.
///
/// # Errors
/// The disk refuses.
pub fn write(path: &Path, head: &Head, sources: &Sources, tally: &Tally) -> Result<(), PartError> {
    let fresh = fresh_path(path);
    let written = fresh_file(&fresh).and_then(|file| {
        // Locked until it has its name, so that nobody takes it for what a killed run has left.
        let locked = file.try_clone()?;
        let written = write_to(file, head, sources, tally).and_then(|()| fs::rename(&fresh, path));
        if written.is_err() {
            // Nothing more can be done where even this fails; the next part takes its place.
            let _ = fs::remove_file(&fresh);
        }
        drop(locked);
        written
    });
    written.map_err(|cause| PartError::Refused { doing: "write", path: path.to_owned(), cause })
}

/// Whether a part can be written to a path; leaves nothing there but the folders above it.
///
/// # Errors
/// The disk refuses.
pub fn try_out(path: &Path) -> Result<(), PartError> {
    let fresh = fresh_path(path);
    let tried = fresh_file(&fresh).and_then(|_| fs::remove_file(&fresh));
    tried.map_err(|cause| PartError::Refused { doing: "write", path: path.to_owned(), cause })
}

/// Where a part stands until it is whole.
fn fresh_path(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    path.with_file_name(name)
}

/// An empty file that no other process writes to, in place of what one that was killed has left.
fn fresh_file(path: &Path) -> io::Result<File> {
    let is_written = || io::Error::other("another run is writing there");
    let file = own_file(path)?;
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => return Err(is_written()),
        // Where a file system has no locks two runs must not have one folder.
        Ok(()) | Err(TryLockError::Error(_)) => {}
    }
    // Between opening and locking its writer may have given it its name.
    if !path.exists() {
        return Err(is_written());
    }
    file.set_len(0)?;
    Ok(file)
}

/// Opens a file under a name that only this program uses, and makes it and the folders above it where there
/// is none. A link is not followed: in a folder that others may write to it could lead to any file.
///
/// # Errors
/// The system refuses, or something else stands there than a file of ours.
pub fn own_file(path: &Path) -> io::Result<File> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    match File::options().write(true).create_new(true).open(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        made => return made,
    }
    let strange = || io::Error::other("something else than a file of this program stands there");
    let there = fs::symlink_metadata(path)?;
    if !there.is_file() {
        return Err(strange());
    }
    let file = File::options().write(true).open(path)?;
    // It may have become a link since it was looked at.
    if is_same(&there, &file.metadata()?) { Ok(file) } else { Err(strange()) }
}

/// Whether both are of one file, which has no other name.
#[cfg(unix)]
fn is_same(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (one.dev(), one.ino()) == (other.dev(), other.ino()) && other.nlink() <= 1
}

#[cfg(not(unix))]
fn is_same(one: &Metadata, other: &Metadata) -> bool {
    one.is_file() && other.is_file()
}

/// An empty file under a name that only this process uses. What stands there was left by a process that had
/// its number, or is a link that somebody has laid: it is taken away, and never written through.
///
/// # Errors
/// The system refuses.
pub fn new_file(path: &Path) -> io::Result<File> {
    // Where there is something and it cannot be deleted, making the file says so.
    let _ = fs::remove_file(path);
    File::options().write(true).create_new(true).open(path)
}

fn write_to(file: File, head: &Head, sources: &Sources, tally: &Tally) -> io::Result<()> {
    let digest = blake3::Hasher::new();
    let mut to = Digesting { to: BufWriter::new(file), digest, left: LARGEST_PART };
    to.write_all(FIRST_LINE)?;
    serde_json::to_writer(&mut to, head)?;
    to.write_all(b"\n")?;
    let files: Files = read_from_disk(sources)
        .map(|source| (source.name.to_string(), source.bytes.to_vec()))
        .collect();
    to.write_all(&postcard::to_stdvec(&files).map_err(io::Error::other)?)?;
    to.write_all(&postcard::to_stdvec(&tally.stored()).map_err(io::Error::other)?)?;
    let digest = to.digest.finalize();
    to.to.write_all(digest.as_bytes())?;
    to.to.into_inner()?.sync_all()
}

/// Bytes on their way, digested.
struct Digesting {
    to: BufWriter<File>,
    digest: blake3::Hasher,
    /// How many more bytes are read again.
    left: u64,
}

impl Write for Digesting {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.to.write(bytes)?;
        let too_large = || io::Error::other("it would be larger than 4 GiB, which is not read");
        self.left = self.left.checked_sub(count as u64).ok_or_else(too_large)?;
        self.digest.update(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// The head of a part and the bytes of the file with the place where its files begin, once nothing of it is
/// in doubt.
fn opened(path: &Path) -> Result<(Head, Vec<u8>, usize), PartError> {
    let refused = |cause| PartError::Refused { doing: "read", path: path.to_owned(), cause };
    let no_part = |why: &str| PartError::NoPart { path: path.to_owned(), why: why.to_owned() };
    let damaged = |why| PartError::Damaged { path: path.to_owned(), why };
    let metadata = fs::metadata(path).map_err(refused)?;
    if !metadata.is_file() {
        return Err(no_part("it is no file"));
    }
    if metadata.len() > LARGEST_PART {
        return Err(no_part("it is larger than 4 GiB"));
    }
    let mut bytes = fs::read(path).map_err(refused)?;
    if !bytes.starts_with(FIRST_LINE) {
        let is_other = bytes.starts_with(ANY_FORMAT);
        let other = "it is written in another format; use the version of the program that wrote it";
        return Err(no_part(if is_other { other } else { "its first line is not that of a part" }));
    }
    let end = bytes.len().saturating_sub(DIGEST);
    if end < FIRST_LINE.len() || *blake3::hash(&bytes[..end]).as_bytes() != bytes[end..] {
        return Err(damaged("its digest is another: it was cut off or altered"));
    }
    bytes.truncate(end);
    let after = &bytes[FIRST_LINE.len()..];
    let line = after.iter().take(LONGEST_HEAD).position(|byte| *byte == b'\n');
    let line = line.ok_or_else(|| damaged("it has no head"))?;
    let head = serde_json::from_slice(&after[..line])
        .map_err(|error| PartError::NoPart { path: path.to_owned(), why: error.to_string() })?;
    Ok((head, bytes, FIRST_LINE.len() + line + 1))
}

/// The head of a part, and the scenario's files in it by name.
///
/// # Errors
/// The file cannot be read, or is no part or damaged.
pub fn head(path: &Path) -> Result<(Head, Files), PartError> {
    let (head, bytes, at) = opened(path)?;
    let files = Taking(&bytes[at..]).list(head.identity.inputs.len(), |_| true);
    let files: Files = files.ok_or_else(|| unreadable(path))?;
    let ((from, to), draws) = (head.draws, head.identity.draws);
    let parts = |draw: u64| draw.is_multiple_of(LANES as u64) || draw == draws;
    if from >= to || to > draws || !parts(from) || !parts(to) {
        let why = "it holds no range of draws of its run";
        return Err(PartError::Damaged { path: path.to_owned(), why });
    }
    let names: BTreeSet<&String> = files.iter().map(|(name, _)| name).collect();
    if names.len() != files.len() || !names.into_iter().eq(head.identity.inputs.keys()) {
        let why = "its files are not those of its run";
        return Err(PartError::Damaged { path: path.to_owned(), why });
    }
    Ok((head, files))
}

fn unreadable(path: &Path) -> PartError {
    PartError::Damaged { path: path.to_owned(), why: "its content cannot be read" }
}

/// A part of a run.
///
/// # Errors
/// The file cannot be read, is no part or damaged, or belongs to another run.
pub fn read(
    path: &Path,
    identity: &Identity,
    prepared: &Prepared<'_>,
) -> Result<(Head, Tally), PartError> {
    let damaged = |why| PartError::Damaged { path: path.to_owned(), why };
    let (head, bytes, at) = opened(path)?;
    if let Some(difference) = identity.difference(&head.identity) {
        return Err(PartError::OfAnother { path: path.to_owned(), difference });
    }
    let mut from = Taking(&bytes[at..]);
    let files: Option<Files> = from.list(identity.inputs.len(), |_| true);
    drop(files.ok_or_else(|| unreadable(path))?);
    let tally = Tally::restored(prepared, identity.draws, &mut from)
        .ok_or_else(|| damaged("its figures contradict each other or the scenario"))?;
    if !from.0.is_empty() {
        return Err(damaged("something follows its end"));
    }
    let (from, to) = head.draws;
    if to.checked_sub(from) != Some(tally.draws) || to > identity.draws {
        return Err(damaged("it does not hold as many draws as it says"));
    }
    Ok((head, tally))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn a_link_laid_under_a_name_of_ours_is_not_written_through() {
        let place = tempfile::tempdir().unwrap();
        let (theirs, name) =
            (place.path().join("theirs"), place.path().join(".run.unfinished.new"));
        let has_theirs = || fs::read_to_string(&theirs).unwrap() == "kept";
        fs::write(&theirs, "kept").unwrap();
        symlink(&theirs, &name).unwrap();
        assert!(fresh_file(&name).is_err() && has_theirs());
        // Another name of the same file is no better.
        fs::remove_file(&name).unwrap();
        fs::hard_link(&theirs, &name).unwrap();
        assert!(fresh_file(&name).is_err() && has_theirs());
        // One that leads nowhere makes no file there.
        fs::remove_file(&name).unwrap();
        symlink(place.path().join("none"), &name).unwrap();
        assert!(own_file(&name).is_err() && !place.path().join("none").exists());
        fs::remove_file(&name).unwrap();
        fs::create_dir(&name).unwrap();
        assert!(own_file(&name).is_err());
        // What a killed run has left is taken, and no longer than what is written now.
        fs::remove_dir(&name).unwrap();
        fs::write(&name, "half").unwrap();
        drop(fresh_file(&name).unwrap());
        assert_eq!(fs::metadata(&name).unwrap().len(), 0);
        // A process that had this number has left something.
        fs::remove_file(&name).unwrap();
        symlink(&theirs, &name).unwrap();
        new_file(&name).unwrap().write_all(b"new").unwrap();
        assert!(has_theirs() && fs::read_to_string(&name).unwrap() == "new");
    }
}
