//! A long work on a thread of its own, which Python looks after: signals and progress.

use pyo3::prelude::*;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// How long nobody looks: Ctrl-C is heard within this time, and progress is told as often.
const PAUSE: Duration = Duration::from_millis(50);

/// What a work and who looks after it tell each other.
#[derive(Default)]
pub struct Watch {
    /// How much is done.
    pub done: AtomicU64,
    /// Set where the work is to stop.
    pub stop: AtomicBool,
    is_over: Mutex<bool>,
    over: Condvar,
}

impl Watch {
    /// Waits for the end, but no longer than a pause; whether it has come.
    fn wait(&self) -> bool {
        let is_over = self.is_over.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.over.wait_timeout_while(is_over, PAUSE, |is_over| !*is_over);
        *waited.unwrap_or_else(PoisonError::into_inner).0
    }
}

/// Tells the end of a work, however it ends.
struct End<'w>(&'w Watch);

impl Drop for End<'_> {
    fn drop(&mut self) {
        *self.0.is_over.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.0.over.notify_all();
    }
}

/// Carries a work out while this thread, which is Python's, hears signals and tells `progress` how much is
/// done. What either raises stops the work, and is what comes back.
pub fn attended<T: Send>(
    py: Python<'_>,
    progress: &dyn Fn(u64) -> PyResult<()>,
    work: impl FnOnce(&Watch) -> T + Send,
) -> PyResult<T> {
    let watch = Watch::default();
    thread::scope(|scope| {
        let worker = scope.spawn(|| {
            let _end = End(&watch);
            work(&watch)
        });
        let mut raised = None;
        let mut told = 0;
        while !py.detach(|| watch.wait()) {
            if raised.is_some() {
                continue;
            }
            let done = watch.done.load(Ordering::Relaxed);
            let news = if done == told { Ok(()) } else { progress(done) };
            told = done;
            if let Err(error) = news.and_then(|()| py.check_signals()) {
                watch.stop.store(true, Ordering::Relaxed);
                raised = Some(error);
            }
        }
        let result = worker.join().unwrap_or_else(|panic| resume_unwind(panic));
        raised.map_or(Ok(result), Err)
    })
}
