//! One part in one file: written at once or not at all, read with every doubt.

use super::identity::Identity;
use super::read_from_disk;
use crate::analysis::Look;
use crate::engine::{Prepared, Stored, Tally};
use crate::numeric::LANES;
use crate::problem::Sources;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
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
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let file = File::options().write(true).create(true).truncate(false).open(path)?;
    let is_written = || io::Error::other("another run is writing there");
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
    let line =
        after.iter().position(|byte| *byte == b'\n').ok_or_else(|| damaged("it has no head"))?;
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
    let (files, _): (Files, _) =
        postcard::take_from_bytes(&bytes[at..]).map_err(|_| unreadable(path))?;
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
    let read = postcard::take_from_bytes::<Files>(&bytes[at..]);
    let stored = read.and_then(|(_, tally)| postcard::take_from_bytes::<Stored<'_>>(tally));
    let (stored, rest) = stored.map_err(|_| unreadable(path))?;
    if !rest.is_empty() {
        return Err(damaged("something follows its end"));
    }
    let tally = Tally::restored(prepared, identity.draws, stored)
        .ok_or_else(|| damaged("its figures contradict each other or the scenario"))?;
    let (from, to) = head.draws;
    if to.checked_sub(from) != Some(tally.draws) || to > identity.draws {
        return Err(damaged("it does not hold as many draws as it says"));
    }
    Ok((head, tally))
}
