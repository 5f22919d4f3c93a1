//! A long run that can be stopped and taken up again: what there is stands beside its folder, and is kept
//! every minute and when somebody asks it to stop.

use super::{show, stopping};
use crate::analysis::Look;
use crate::archive::{self, Head, Identity, PartError};
use crate::engine::{Prepared, Tally};
use crate::numeric::LANES;
use crate::problem::Sources;
use crate::report::grouped;
use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// What is kept of a run until it is finished.
pub struct Unfinished<'a> {
    /// The file beside the run's folder.
    path: PathBuf,
    identity: Identity,
    sources: &'a Sources,
    every: Duration,
    quiet: bool,
    /// When it was kept last.
    last: Arc<Mutex<Instant>>,
    /// Whether it was told that it cannot be.
    has_failed: bool,
}

impl<'a> Unfinished<'a> {
    /// What is kept at a path every so often.
    pub fn new(
        path: PathBuf,
        identity: Identity,
        sources: &'a Sources,
        (every, quiet): (Duration, bool),
    ) -> Self {
        let last = Arc::new(Mutex::new(Instant::now()));
        Self { path, identity, sources, every, quiet, last, has_failed: false }
    }

    /// What an earlier run of the same has kept; nothing where there is none.
    ///
    /// # Errors
    /// It belongs to another run, is damaged, cannot be read, or does not begin with the first draw.
    pub fn resume(&self, prepared: &Prepared<'_>) -> Result<Option<(Head, Tally)>, PartError> {
        if fs::symlink_metadata(&self.path).is_err() {
            self.tell("note: no unfinished run is kept here: this one begins with the first draw");
            return Ok(None);
        }
        let found = archive::read(&self.path, &self.identity, prepared)?;
        let (from, to) = found.0.draws;
        if from > 0 || !(to.is_multiple_of(LANES as u64) || to == self.identity.draws) {
            let why = "it is a part from the middle of a run: use `dotacija merge`".to_owned();
            return Err(PartError::NoPart { path: self.path.clone(), why });
        }
        let [done, of] = [to, self.identity.draws].map(|draws| grouped(Some(draws as f64)));
        self.tell(&format!("going on after {done} of {of} draws"));
        Ok(Some(found))
    }

    /// Whether a run may begin anew: what an earlier one has kept is about to be lost. That of another
    /// run is lost with `force` only; of the same one a note says that it could be gone on with.
    pub fn begin(&self, force: bool) -> Result<(), String> {
        let Ok((head, _)) = archive::head(&self.path) else { return Ok(()) };
        match self.identity.difference(&head.identity) {
            None => {
                self.tell("note: an earlier run was stopped on its way; --resume would go on where it was");
                Ok(())
            }
            Some(_) if force => Ok(()),
            Some(difference) => Err(format!(
                "`{}` keeps the {} draws done so far of another run: of {difference}; go on with that one by \
                 its own command and --resume, choose another folder with -o, or replace it with --force",
                self.path.display(),
                grouped(Some(head.draws.1 as f64))
            )),
        }
    }

    /// Tells whether it is time to keep what there is.
    pub fn due(&self) -> impl Fn() -> bool + Sync + use<> {
        let (last, every) = (Arc::clone(&self.last), self.every);
        move || {
            let is_time = last.lock().is_ok_and(|last| last.elapsed() >= every);
            is_time || stopping::is_asked()
        }
    }

    /// Keeps what there is; false where the run is to stop.
    pub fn keep(&mut self, tally: &Tally, looks: &[Look]) -> bool {
        let draws = (0, tally.draws);
        let head = Head { identity: self.identity.clone(), draws, looks: looks.to_vec() };
        let kept = archive::write(&self.path, &head, self.sources, tally);
        // From the end on: what takes long to write is written less often.
        if let Ok(mut last) = self.last.lock() {
            *last = Instant::now();
        }
        let stops = stopping::is_asked();
        match kept {
            Ok(()) if stops => {
                let done = grouped(Some(tally.draws as f64));
                self.tell(&format!(
                    "stopped after {done} draws, which are kept: the same command with --resume goes on"
                ));
            }
            Err(error) if stops || !self.has_failed => {
                self.has_failed = true;
                show::message(&format!("warning: what was simulated is not kept: {error}"));
            }
            _ => {}
        }
        !stops
    }

    /// Forgets what was kept: the run is finished.
    pub fn finish(&self) {
        // Where it cannot be deleted the next run says that it is there.
        let _ = fs::remove_file(&self.path);
    }

    fn tell(&self, message: &str) {
        if !self.quiet {
            show::message(message);
        }
    }
}
