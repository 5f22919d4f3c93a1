use super::*;
use std::sync::mpsc;
use std::time::Duration;

impl Weighed for u64 {
    fn bytes(&self) -> usize {
        *self as usize
    }
}

const LIMITS: Limits = Limits { quick: 1, waiting: 2, kept: 3, bytes: 1_000 };

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap()
}

fn gives(value: u64) -> Task<u64> {
    Box::new(move |_| Some(value))
}

/// Tells that it has begun, then goes on until it is stopped.
fn endless(begun: mpsc::Sender<()>, ended: mpsc::Sender<()>) -> Task<u64> {
    Box::new(move |progress| {
        begun.send(()).unwrap();
        while !progress.stop.load(Ordering::Relaxed) {
            std::thread::sleep(Duration::from_millis(1));
        }
        ended.send(()).unwrap();
        None
    })
}

const PATIENCE: Duration = Duration::from_secs(20);

#[test]
fn a_state_is_computed_once_however_many_ask() {
    let workshop = Workshop::open(LIMITS).unwrap();
    let (go, wait) = mpsc::channel::<()>();
    let first = workshop.ask(
        "a",
        Lane::Quick,
        1,
        Box::new(move |_| {
            wait.recv_timeout(PATIENCE).unwrap();
            Some(7)
        }),
    );
    // While it is being done another asks, and after it was done a third: neither task is run.
    let never = || -> Task<u64> { Box::new(|_| panic!("it was asked for already")) };
    let second = workshop.ask("a", Lane::Quick, 1, never());
    go.send(()).unwrap();
    runtime().block_on(async {
        assert_eq!(first.unwrap().answer().await.as_deref(), Some(&7));
        assert_eq!(second.unwrap().answer().await.as_deref(), Some(&7));
        let third = workshop.ask("a", Lane::Quick, 1, never());
        assert_eq!(third.unwrap().answer().await.as_deref(), Some(&7));
    });
    let found = workshop.statistics();
    assert_eq!((found.computed, found.shared, found.dropped), (1, 2, 0));
}

#[test]
fn a_job_that_nobody_waits_for_stops_and_one_of_two_who_leaves_stops_nothing() {
    let workshop = Workshop::open(LIMITS).unwrap();
    let (begun, is_begun) = mpsc::channel();
    let (ended, is_ended) = mpsc::channel();
    let one = workshop.ask("a", Lane::Patient, 5, endless(begun, ended)).unwrap();
    is_begun.recv_timeout(PATIENCE).unwrap();
    let other = workshop.ask("a", Lane::Patient, 5, gives(1)).unwrap();
    assert_eq!(workshop.progress("a"), Some((0, 5)));
    drop(one);
    assert!(is_ended.recv_timeout(Duration::from_millis(50)).is_err(), "another waits");
    // One that has not begun leaves the queue.
    let queued = workshop.ask("b", Lane::Patient, 5, Box::new(|_| panic!("nobody waits"))).unwrap();
    drop(queued);
    drop(other);
    is_ended.recv_timeout(PATIENCE).unwrap();
    assert_eq!(workshop.progress("a"), None);
    let found = workshop.statistics();
    assert_eq!((found.computed, found.dropped, found.open), (0, 2, 0));
    // Asked again it begins anew.
    let again = workshop.ask("a", Lane::Patient, 5, gives(3)).unwrap();
    assert_eq!(runtime().block_on(again.answer()).as_deref(), Some(&3));
}

#[test]
fn a_first_answer_does_not_wait_for_a_long_one_and_too_many_are_told_to_come_again() {
    let workshop = Workshop::open(LIMITS).unwrap();
    let (begun, is_begun) = mpsc::channel();
    let (ended, _is_ended) = mpsc::channel();
    let _long = workshop.ask("long", Lane::Patient, 5, endless(begun, ended)).unwrap();
    is_begun.recv_timeout(PATIENCE).unwrap();
    let _waits: Vec<_> =
        ["a", "b"].map(|key| workshop.ask(key, Lane::Patient, 1, gives(1)).unwrap()).into();
    assert!(workshop.ask("c", Lane::Patient, 1, gives(1)).is_err());
    assert_eq!(workshop.statistics().refused, 1);
    let quick = workshop.ask("c", Lane::Quick, 1, gives(2)).unwrap();
    assert_eq!(runtime().block_on(quick.answer()).as_deref(), Some(&2));
}

#[test]
fn what_is_kept_is_bounded_by_number_and_by_bytes_and_the_oldest_goes_first() {
    let workshop = Workshop::open(LIMITS).unwrap();
    let runtime = runtime();
    let ask = |key: &str, value: u64| {
        let ticket = workshop.ask(key, Lane::Quick, 1, gives(value)).unwrap();
        runtime.block_on(ticket.answer()).map(|value| *value)
    };
    for (key, value) in [("a", 1), ("b", 2), ("c", 3)] {
        assert_eq!(ask(key, value), Some(value));
    }
    // Used again `a` is younger than `b`, which is the one that goes: asked again it is computed anew.
    assert_eq!(ask("a", 99), Some(1));
    assert_eq!(ask("d", 4), Some(4));
    assert_eq!((ask("a", 99), ask("b", 98)), (Some(1), Some(98)));
    assert_eq!(workshop.statistics().kept, 3);
    // 950 bytes leave no room for the others, of 98, 4 and 1 bytes, but one.
    assert_eq!(ask("large", 950), Some(950));
    assert_eq!(workshop.statistics().kept, 1);
}

#[test]
fn a_fault_of_one_job_is_no_fault_of_the_next() {
    let workshop = Workshop::open(LIMITS).unwrap();
    let failing = workshop.ask("a", Lane::Quick, 1, Box::new(|_| panic!("on purpose"))).unwrap();
    let runtime = runtime();
    assert_eq!(runtime.block_on(failing.answer()), None);
    let next = workshop.ask("a", Lane::Quick, 1, gives(5)).unwrap();
    assert_eq!(runtime.block_on(next.answer()).as_deref(), Some(&5));
}

#[test]
fn as_many_quick_jobs_are_done_at_a_time_as_there_are_workers() {
    let workshop = Workshop::open(Limits { quick: 2, ..LIMITS }).unwrap();
    // Each waits until the other has begun: one after the other they would wait for ever.
    let (tell_a, told_b) = mpsc::channel();
    let (tell_b, told_a) = mpsc::channel();
    let meets = |tell: mpsc::Sender<()>, told: mpsc::Receiver<()>| -> Task<u64> {
        Box::new(move |_| {
            tell.send(()).ok()?;
            told.recv_timeout(PATIENCE).ok().map(|()| 1)
        })
    };
    let one = workshop.ask("a", Lane::Quick, 1, meets(tell_a, told_a)).unwrap();
    let other = workshop.ask("b", Lane::Quick, 1, meets(tell_b, told_b)).unwrap();
    let runtime = runtime();
    assert_eq!(runtime.block_on(one.answer()).as_deref(), Some(&1));
    assert_eq!(runtime.block_on(other.answer()).as_deref(), Some(&1));
}
