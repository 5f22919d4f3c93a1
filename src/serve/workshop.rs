//! Where simulations are done: each state once, few at a time, and none that nobody waits for.
//!
//! ```text
//! ask(key) ─► kept? ─► the result
//!        └──► asked for already? ─► wait together
//!        └──► queue (bounded) ─► the workers of a lane ─► kept (bounded), told to all who wait
//! ```
//! Whoever goes away drops the ticket; with the last ticket the job is stopped, or leaves the queue.

use std::collections::{BTreeMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// Bounds of a workshop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How many quick jobs are done at a time; of long ones it is one.
    pub quick: usize,
    /// The most jobs that wait in a lane.
    pub waiting: usize,
    /// The most results that are kept …
    pub kept: usize,
    /// … and the most bytes of them, by their own account.
    pub bytes: usize,
}

/// Which workers do a job: first answers never wait for long ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// Few draws.
    Quick,
    /// Many.
    Patient,
}

/// How far a job is, and whether it should go on.
#[derive(Debug, Default)]
pub struct Progress {
    /// Draws done.
    pub done: AtomicU64,
    /// Draws in all.
    pub of: u64,
    /// Set where nobody waits any more.
    pub stop: AtomicBool,
}

/// What was done so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// Jobs finished.
    pub computed: u64,
    /// Requests answered by a result that was kept, or by a job that was asked for already.
    pub shared: u64,
    /// Jobs that were stopped or left the queue because nobody waited any more.
    pub dropped: u64,
    /// Requests turned away because too many waited.
    pub refused: u64,
    /// Results kept now.
    pub kept: u64,
    /// Jobs that wait or are being done now.
    pub open: u64,
}

/// A result that knows how much memory it takes.
pub trait Weighed: Send + Sync + 'static {
    /// Bytes, about.
    fn bytes(&self) -> usize;
}

/// Too many wait already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full;

/// A job; without a result where it was stopped.
pub type Task<T> = Box<dyn FnOnce(&Progress) -> Option<T> + Send>;

/// The workshop.
#[derive(Debug)]
pub struct Workshop<T: Weighed> {
    shared: Arc<Shared<T>>,
}

struct Shared<T> {
    limits: Limits,
    desk: Mutex<Desk<T>>,
    bell: Condvar,
}

struct Desk<T> {
    /// The one used last stands last.
    kept: VecDeque<(String, Arc<T>, usize)>,
    open: BTreeMap<String, Arc<Job<T>>>,
    queues: [VecDeque<Arc<Job<T>>>; 2],
    statistics: Statistics,
    is_closed: bool,
}

struct Job<T> {
    key: String,
    progress: Progress,
    task: Mutex<Option<Task<T>>>,
    /// Tickets, counted under the lock of the desk.
    waiting: AtomicU64,
    result: watch::Sender<Option<Arc<T>>>,
}

/// A job and where it is shared.
type Held<T> = (Arc<Job<T>>, Arc<Shared<T>>);

/// A place in the queue, or the result itself.
pub struct Ticket<T: Weighed> {
    result: Option<Arc<T>>,
    job: Option<Held<T>>,
}

impl<T: Weighed> Workshop<T> {
    /// Opens a workshop with its workers.
    ///
    /// # Errors
    /// A thread cannot be started.
    pub fn open(limits: Limits) -> std::io::Result<Self> {
        let desk = Desk {
            kept: VecDeque::new(),
            open: BTreeMap::new(),
            queues: [VecDeque::new(), VecDeque::new()],
            statistics: Statistics::default(),
            is_closed: false,
        };
        let shared = Arc::new(Shared { limits, desk: Mutex::new(desk), bell: Condvar::new() });
        // Made first: should a later thread fail, the earlier ones are told to end.
        let workshop = Self { shared: Arc::clone(&shared) };
        let quick = std::iter::repeat_n(Lane::Quick, limits.quick.max(1));
        for lane in quick.chain([Lane::Patient]) {
            let shared = Arc::clone(&shared);
            std::thread::Builder::new()
                .name(format!("{lane:?}"))
                .spawn(move || shared.work(lane))?;
        }
        Ok(workshop)
    }

    /// Asks for a result.
    ///
    /// # Errors
    /// Too many wait already.
    pub fn ask(&self, key: &str, lane: Lane, of: u64, task: Task<T>) -> Result<Ticket<T>, Full> {
        let mut desk = self.shared.desk();
        if let Some(at) = desk.kept.iter().position(|(of, ..)| of == key)
            && let Some(found) = desk.kept.remove(at)
        {
            let result = Some(Arc::clone(&found.1));
            desk.kept.push_back(found);
            desk.statistics.shared += 1;
            return Ok(Ticket { result, job: None });
        }
        let job = if let Some(job) = desk.open.get(key).map(Arc::clone) {
            desk.statistics.shared += 1;
            job
        } else {
            let queue = &mut desk.queues[lane as usize];
            if queue.len() >= self.shared.limits.waiting {
                desk.statistics.refused += 1;
                return Err(Full);
            }
            let job = Arc::new(Job {
                key: key.to_owned(),
                progress: Progress { of, ..Progress::default() },
                task: Mutex::new(Some(task)),
                waiting: AtomicU64::new(0),
                result: watch::Sender::new(None),
            });
            queue.push_back(Arc::clone(&job));
            desk.open.insert(key.to_owned(), Arc::clone(&job));
            self.shared.bell.notify_all();
            job
        };
        job.waiting.fetch_add(1, Ordering::Relaxed);
        drop(desk);
        Ok(Ticket { result: None, job: Some((job, Arc::clone(&self.shared))) })
    }

    /// How far the job of a state is: draws done, and in all; nothing where none is asked for.
    pub fn progress(&self, key: &str) -> Option<(u64, u64)> {
        let desk = self.shared.desk();
        let progress = &desk.open.get(key)?.progress;
        Some((progress.done.load(Ordering::Relaxed), progress.of))
    }

    /// What was done so far.
    pub fn statistics(&self) -> Statistics {
        let desk = self.shared.desk();
        Statistics { kept: desk.kept.len() as u64, open: desk.open.len() as u64, ..desk.statistics }
    }
}

impl<T: Weighed> Drop for Workshop<T> {
    fn drop(&mut self) {
        let mut desk = self.shared.desk();
        desk.is_closed = true;
        for job in desk.open.values() {
            job.progress.stop.store(true, Ordering::Relaxed);
        }
        self.shared.bell.notify_all();
    }
}

impl<T: Weighed> Shared<T> {
    /// The desk, also after a worker has panicked: what lies on it is whole between two locks.
    fn desk(&self) -> MutexGuard<'_, Desk<T>> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does the jobs of a lane until the workshop closes.
    fn work(&self, lane: Lane) {
        loop {
            let mut desk = self.desk();
            let job = loop {
                if desk.is_closed {
                    return;
                }
                if let Some(job) = desk.queues[lane as usize].pop_front() {
                    break job;
                }
                desk = self.bell.wait(desk).unwrap_or_else(PoisonError::into_inner);
            };
            drop(desk);
            let task = job.task.lock().unwrap_or_else(PoisonError::into_inner).take();
            // A fault of this program ends one answer, not the server.
            let done = task.and_then(|task| {
                catch_unwind(AssertUnwindSafe(|| task(&job.progress))).ok().flatten()
            });
            self.put_away(&job, done.map(Arc::new));
        }
    }

    fn put_away(&self, job: &Arc<Job<T>>, result: Option<Arc<T>>) {
        let mut desk = self.desk();
        if desk.open.get(&job.key).is_some_and(|of| Arc::ptr_eq(of, job)) {
            desk.open.remove(&job.key);
        }
        if let Some(result) = result {
            let bytes = result.bytes();
            desk.statistics.computed += 1;
            desk.kept.push_back((job.key.clone(), Arc::clone(&result), bytes));
            let weight = |desk: &Desk<T>| desk.kept.iter().map(|(.., bytes)| bytes).sum::<usize>();
            while desk.kept.len() > self.limits.kept
                || desk.kept.len() > 1 && weight(&desk) > self.limits.bytes
            {
                desk.kept.pop_front();
            }
            job.result.send_replace(Some(result));
        } else {
            // Whoever still waits learns that there will be none.
            job.progress.stop.store(true, Ordering::Relaxed);
            job.result.send_modify(|_| {});
        }
    }

    /// One fewer waits.
    fn leave(&self, job: &Arc<Job<T>>) {
        let mut desk = self.desk();
        if job.waiting.fetch_sub(1, Ordering::Relaxed) > 1 {
            return;
        }
        // Who asks from now on begins anew.
        if desk.open.get(&job.key).is_some_and(|of| Arc::ptr_eq(of, job)) {
            desk.open.remove(&job.key);
            desk.statistics.dropped += 1;
        }
        job.progress.stop.store(true, Ordering::Relaxed);
        for queue in &mut desk.queues {
            queue.retain(|of| !Arc::ptr_eq(of, job));
        }
    }
}

impl<T: Weighed> Ticket<T> {
    /// Waits for the result; nothing where the job failed.
    pub async fn answer(self) -> Option<Arc<T>> {
        if let Some(result) = &self.result {
            return Some(Arc::clone(result));
        }
        let (job, _) = self.job.as_ref()?;
        let mut told = job.result.subscribe();
        loop {
            let found = told.borrow_and_update().clone();
            if found.is_some() || job.progress.stop.load(Ordering::Relaxed) {
                return found;
            }
            told.changed().await.ok()?;
        }
    }
}

impl<T: Weighed> Drop for Ticket<T> {
    fn drop(&mut self) {
        if let Some((job, shared)) = self.job.take() {
            shared.leave(&job);
        }
    }
}

impl<T> std::fmt::Debug for Shared<T> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Shared").field("limits", &self.limits).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
