//! Asking a run to stop: by Ctrl-C, by a batch system and, on Linux, by closing the terminal.

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether somebody has asked the run that is simulating to stop.
static IS_ASKED: AtomicBool = AtomicBool::new(false);
/// Whether nothing is simulated: then a signal ends the program at once.
static IS_IDLE: AtomicBool = AtomicBool::new(true);

/// How a program ends that Ctrl-C has stopped, as shells have it: 128 and the number of the signal.
pub const STOPPED: u8 = 130;

/// While it lives Ctrl-C, SIGTERM and, on Linux, a terminal that is closed stop the simulation at the next
/// block of draws; at any other time they end the program. So does Ctrl-C after one of them. The others may
/// come several times for one event: a terminal sends SIGHUP to a program and to its group, `timeout`
/// does so with SIGTERM.
pub struct Stoppable(());

impl Stoppable {
    /// From now on.
    pub fn begin() -> Self {
        static LISTENING: Once = Once::new();
        IS_ASKED.store(false, Ordering::Relaxed);
        IS_IDLE.store(false, Ordering::Relaxed);
        LISTENING.call_once(listen);
        Self(())
    }
}

impl Drop for Stoppable {
    fn drop(&mut self) {
        IS_IDLE.store(true, Ordering::Relaxed);
    }
}

/// Whether a run that is simulating has been asked to stop.
pub fn is_asked() -> bool {
    IS_ASKED.load(Ordering::Relaxed)
}

fn listen() {
    #[cfg(unix)]
    let signals = [SIGINT, SIGTERM, signal_hook::consts::SIGHUP];
    #[cfg(not(unix))]
    let signals = [SIGINT, SIGTERM];
    for signal in signals.into_iter().filter(|signal| !is_ignored(*signal)) {
        // What cannot be listened to ends the program, as ever. They act in this order.
        let status = i32::from(STOPPED);
        let _ = flag::register_conditional_shutdown(signal, status, &IS_IDLE);
        if signal == SIGINT {
            let _ = flag::register_conditional_shutdown(signal, status, &IS_ASKED);
        }
        let _ = flag::register(signal, &IS_ASKED);
    }
}

/// Whether whoever started the program wants it to pass over a signal, as `nohup` does. Linux tells. Elsewhere
/// it cannot be known, so SIGHUP, which `nohup` is about, is never listened to and does what it did.
fn is_ignored(signal: i32) -> bool {
    if cfg!(target_os = "linux") {
        let status = std::fs::read_to_string("/proc/self/status");
        status.is_ok_and(|status| is_ignored_in(&status, signal))
    } else {
        ![SIGINT, SIGTERM].contains(&signal)
    }
}

/// The same by the status of a process: its signals that are passed over, bit by bit from the first.
fn is_ignored_in(status: &str, signal: i32) -> bool {
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|bits| u64::from_str_radix(bits.trim(), 16).ok());
    ignored.is_some_and(|ignored| (ignored >> (signal - 1)) & 1 == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nohup_has_passed_over_is_told_by_the_status_of_a_process() {
        // As Linux writes it under `nohup`: the first signal is SIGHUP.
        let status = "Name:\tdotacija\nSigBlk:\t0000000000000000\nSigIgn:\t0000000000001001\n";
        assert!(is_ignored_in(status, 1) && is_ignored_in(status, 13));
        assert!(!is_ignored_in(status, SIGINT) && !is_ignored_in(status, SIGTERM));
        assert!(!is_ignored_in("Name:\tdotacija\nSigIgn:\tnone\n", 1));
        assert!(!is_ignored_in("", 1));
    }
}
