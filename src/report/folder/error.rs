//! Why a run or a comparison is not written, in words that say what to do.

use std::io;
use std::path::{Path, PathBuf};

/// Why a run is not written; the folder is as it was.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Something that is no run of ours stands there.
    #[error(
        "`{folder}` holds files that are no run of dotacija, so it is not replaced: choose another folder with -o"
    )]
    NotARun {
        /// The folder.
        folder: PathBuf,
    },
    /// Something that is no comparison of ours stands there.
    #[error(
        "`{folder}` holds files that are no comparison of dotacija, so it is not replaced: choose another folder with -o"
    )]
    NotAComparison {
        /// The folder.
        folder: PathBuf,
    },
    /// A run stands where a comparison is to go.
    #[error(
        "`{folder}` holds a run, so no comparison is written there: choose another folder with -o"
    )]
    HoldsARun {
        /// The folder.
        folder: PathBuf,
    },
    /// A comparison of others stands there.
    #[error(
        "`{folder}` holds another comparison, `{holds}`: choose another folder with -o, or replace it with --force"
    )]
    AnotherComparison {
        /// The folder.
        folder: PathBuf,
        /// What it compares.
        holds: String,
    },
    /// A file stands there.
    #[error("`{folder}` is not a folder: choose another with -o")]
    NotAFolder {
        /// The path.
        folder: PathBuf,
    },
    /// It has no name by which a run could be put in its place.
    #[error("`{folder}` does not name a folder: choose one with -o, such as `-o output/my-run`")]
    NoName {
        /// The path.
        folder: PathBuf,
    },
    /// A run of another scenario stands there.
    #[error(
        "`{folder}` holds a run of another scenario, `{holds}`: choose another folder with -o, or replace it with --force"
    )]
    AnotherScenario {
        /// The folder.
        folder: PathBuf,
        /// Title of the scenario whose run it holds.
        holds: String,
    },
    /// Files that the program did not write stand among those that it did.
    #[error(
        "`{folder}` holds files that dotacija did not write ({names}), which would be lost: move them elsewhere, or replace the folder with --force"
    )]
    StrangeFiles {
        /// The folder.
        folder: PathBuf,
        /// Some of them.
        names: String,
    },
    /// A file of the run would lie outside its folder.
    #[error("`{name}` is not a path inside the run's folder: give the file a plain relative name")]
    UnsafeName {
        /// The path.
        name: String,
    },
    /// The system refuses.
    #[error(
        "cannot {doing} `{path}`: {cause}; see whether the disk is full and the folder may be written to, or choose another with -o"
    )]
    Refused {
        /// What was tried.
        doing: &'static str,
        /// Where.
        path: PathBuf,
        /// What the system says.
        #[source]
        cause: io::Error,
    },
    /// The manifest or the list of contents cannot be put into words.
    #[error("cannot write the manifest: {0}")]
    Manifest(#[from] serde_json::Error),
}

impl WriteError {
    /// Whether another command line would mend it (exit status 2), or the world failed (1).
    pub fn is_users(&self) -> bool {
        !matches!(self, Self::Refused { .. } | Self::Manifest(_))
    }
}

/// The system has refused something.
pub(super) fn refused(doing: &'static str, path: &Path) -> impl Fn(io::Error) -> WriteError {
    move |cause| WriteError::Refused { doing, path: path.to_owned(), cause }
}
