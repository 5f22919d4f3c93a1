//! Erlang's formulas: how many servers a load needs so that people do not wait too long.
//!
//! The offered load is the arrival rate times the mean handling time, in servers kept busy
//! (erlang). Arrivals are Poisson, handling times exponential, the queue first come first served
//! and nobody leaves it (M/M/c). A load that is negative or NaN gives NaN.

use crate::numeric::simd::vectorised;
use crate::numeric::{LANES, Lanes, exp};

/// The share of people who must be served within a waiting time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ServiceTarget {
    share: f64,
    wait: f64,
}

impl ServiceTarget {
    /// At least `share` (above 0, below 1) wait no longer than `wait`, which is in mean handling
    /// times (10 minutes of waiting at 20 minutes a case: 0.5) and not negative; else `None`.
    #[must_use]
    pub fn new(share: f64, wait: f64) -> Option<Self> {
        let valid = share > 0.0 && share < 1.0 && wait >= 0.0 && wait.is_finite();
        valid.then_some(Self { share, wait })
    }
}

/// The share of arrivals who find all `servers` busy where nobody queues (Erlang 1917).
///
/// By the stable recursion B(0) = 1, B(k) = a·B(k−1) / (k + a·B(k−1)).
#[must_use]
pub fn erlang_b(servers: u32, load: f64) -> f64 {
    if !is_load(load) {
        return f64::NAN;
    }
    (1..=servers).fold(1.0, |blocked, server| next_blocked(blocked, server, load))
}

/// The share of arrivals who must wait where all queue (Erlang 1917): B / (1 − ρ(1 − B)) with
/// ρ = load / servers. It is 1 where the load is not below the number of servers.
#[must_use]
pub fn erlang_c(servers: u32, load: f64) -> f64 {
    waiting_share(erlang_b(servers, load), servers, load)
}

/// The mean wait of all arrivals, in mean handling times: C / (servers − load); infinite where
/// the load is not below the number of servers.
#[must_use]
pub fn mean_wait(servers: u32, load: f64) -> f64 {
    if load >= f64::from(servers) {
        return if load == 0.0 { 0.0 } else { f64::INFINITY };
    }
    erlang_c(servers, load) / (f64::from(servers) - load)
}

/// The share of arrivals who wait at most `wait` mean handling times:
/// 1 − C·exp(−(servers − load)·wait); 0 where the load is not below the number of servers.
#[must_use]
pub fn service_level(servers: u32, load: f64, wait: f64) -> f64 {
    level(erlang_b(servers, load), servers, load, wait)
}

/// The least number of servers that meets the target, if `max_servers` suffice.
#[must_use]
pub fn least_servers(load: f64, target: ServiceTarget, max_servers: u32) -> Option<u32> {
    if !is_load(load) {
        return None;
    }
    let mut blocked = 1.0;
    for servers in 0..=max_servers {
        if servers > 0 {
            blocked = next_blocked(blocked, servers, load);
        }
        if level(blocked, servers, load, target.wait) >= target.share {
            return Some(servers);
        }
    }
    None
}

vectorised! {
    /// [`least_servers`] for a load and a wait per lane, at one share: the same numbers. NaN where
    /// `max_servers` do not suffice, or where load, share or wait are none.
    pub fn least_servers_lanes(load: &Lanes, share: f64, wait: &Lanes, max_servers: u32) -> Lanes {
        let mut least = [f64::NAN; LANES];
        let mut blocked = [1.0; LANES];
        let mut sought = [false; LANES];
        for lane in 0..LANES {
            let target = share > 0.0 && share < 1.0 && wait[lane] >= 0.0 && wait[lane] < f64::INFINITY;
            sought[lane] = target && load[lane] >= 0.0;
        }
        for servers in 0..=max_servers {
            let count = f64::from(servers);
            let mut missing = false;
            for lane in 0..LANES {
                let load = load[lane];
                let busy = load * blocked[lane];
                let next = if load < f64::INFINITY { busy / (count + busy) } else { 1.0 };
                let now = if servers > 0 { next } else { 1.0 };
                blocked[lane] = now;
                let waiting = now / (1.0 - load / count * (1.0 - now));
                let level = 1.0 - waiting * exp(-(count - load) * wait[lane]);
                let without = if load == 0.0 { 1.0 } else { 0.0 };
                let level = if load < count { level } else { without };
                let meets = sought[lane] && level >= share;
                least[lane] = if meets { count } else { least[lane] };
                sought[lane] = sought[lane] && !meets;
                missing |= sought[lane];
            }
            if !missing {
                break;
            }
        }
        least
    }
}

/// For each number of servers 0…`max_servers` the greatest load that still meets the target.
///
/// The thresholds rise, so `thresholds.partition_point(|&most| most < load)` is the least number
/// of servers for a load, and equals the length of the list where `max_servers` do not suffice.
#[must_use]
pub fn load_thresholds(max_servers: u32, target: ServiceTarget) -> Vec<f64> {
    let mut thresholds = Vec::with_capacity(max_servers as usize + 1);
    let mut reached = 0.0;
    for servers in 0..=max_servers {
        reached = greatest_load(servers, target, reached);
        thresholds.push(reached);
    }
    thresholds
}

/// The greatest load at which `servers` meet the target, given one that they do meet: halving
/// until no number lies between a load that meets it and one that does not.
fn greatest_load(servers: u32, target: ServiceTarget, met: f64) -> f64 {
    let (mut met, mut missed) = (met, f64::from(servers).max(met));
    loop {
        let middle = met + (missed - met) / 2.0;
        if middle <= met || middle >= missed {
            return met;
        }
        if service_level(servers, middle, target.wait) >= target.share {
            met = middle;
        } else {
            missed = middle;
        }
    }
}

fn is_load(load: f64) -> bool {
    load >= 0.0
}

fn next_blocked(blocked: f64, server: u32, load: f64) -> f64 {
    // At an infinite load nothing is ever free; the recursion itself would divide ∞ by ∞.
    if load == f64::INFINITY {
        return 1.0;
    }
    let busy = load * blocked;
    busy / (f64::from(server) + busy)
}

fn waiting_share(blocked: f64, servers: u32, load: f64) -> f64 {
    if load >= f64::from(servers) {
        return if load == 0.0 { 0.0 } else { 1.0 };
    }
    let servers = f64::from(servers);
    blocked / (1.0 - load / servers * (1.0 - blocked))
}

fn level(blocked: f64, servers: u32, load: f64, wait: f64) -> f64 {
    if load >= f64::from(servers) {
        // Without load nobody waits, not even for nobody.
        return if load == 0.0 { 1.0 } else { 0.0 };
    }
    1.0 - waiting_share(blocked, servers, load) * exp(-(f64::from(servers) - load) * wait)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn target(share: f64, wait: f64) -> ServiceTarget {
        ServiceTarget::new(share, wait).expect("a valid target")
    }

    #[test]
    fn lanes_find_the_same_servers() {
        let waits = [0.0, 0.3, 2.0, f64::INFINITY, f64::NAN, -1.0];
        let loads = [0.0, 0.2, 0.99, 1.0, 3.7, 12.4, 50.0, f64::INFINITY, f64::NAN, -1.0, 1e-300];
        let load: Lanes = std::array::from_fn(|lane| loads[lane % loads.len()]);
        let wait: Lanes = std::array::from_fn(|lane| waits[lane / loads.len() % waits.len()]);
        for share in [0.5, 0.8, 0.999, 1.0] {
            let found = least_servers_lanes(&load, share, &wait, 40);
            for lane in 0..LANES {
                let expected = ServiceTarget::new(share, wait[lane])
                    .and_then(|target| least_servers(load[lane], target, 40))
                    .map_or(f64::NAN, f64::from);
                assert_eq!(
                    found[lane].to_bits(),
                    expected.to_bits(),
                    "{} {}",
                    load[lane],
                    wait[lane]
                );
            }
        }
    }

    #[test]
    fn one_server_is_the_textbook_queue() {
        // M/M/1 at load ½: C = ρ = ½, mean wait ρ/(1 − ρ) = 1, P(wait ≤ 0) = ½.
        assert_eq!(erlang_c(1, 0.5), 0.5);
        assert_eq!(mean_wait(1, 0.5), 1.0);
        assert_eq!(service_level(1, 0.5, 0.0), 0.5);
        // Within 2: 1 − ½·e⁻¹ = 0.8160602794142788.
        assert!((service_level(1, 0.5, 2.0) - 0.816_060_279_414_278_8).abs() < 1e-12);
    }

    #[test]
    fn two_servers_at_one_erlang_block_a_fifth_and_make_a_third_wait() {
        // B = (1/2) / (1 + 1 + 1/2) = 1/5; C = (1/5) / (1 − ½·⅘) = 1/3.
        assert!((erlang_b(2, 1.0) - 0.2).abs() < 1e-15);
        assert!((erlang_c(2, 1.0) - 1.0 / 3.0).abs() < 1e-15);
    }

    #[test]
    fn a_load_that_the_servers_cannot_carry_makes_everybody_wait() {
        assert_eq!(erlang_c(3, 3.0), 1.0);
        assert_eq!(mean_wait(3, 3.5), f64::INFINITY);
        assert_eq!(service_level(3, 3.0, 10.0), 0.0);
        assert_eq!(erlang_b(3, f64::INFINITY), 1.0);
    }

    #[test]
    fn without_load_nobody_waits_and_nobody_is_needed() {
        assert_eq!((erlang_c(0, 0.0), mean_wait(0, 0.0)), (0.0, 0.0));
        assert_eq!(least_servers(0.0, target(0.8, 0.1), 10), Some(0));
        assert_eq!(load_thresholds(0, target(0.8, 0.1)), [0.0]);
    }

    #[test]
    fn what_is_no_load_gives_no_answer() {
        assert!(erlang_b(3, -1.0).is_nan() && erlang_c(3, f64::NAN).is_nan());
        assert!(service_level(3, f64::NAN, 1.0).is_nan() && mean_wait(3, -1.0).is_nan());
        assert_eq!(least_servers(f64::NAN, target(0.8, 0.1), 10), None);
        assert_eq!(least_servers(f64::INFINITY, target(0.8, 0.1), 10), None);
        assert_eq!(ServiceTarget::new(1.0, 0.1), None);
        assert_eq!(ServiceTarget::new(0.8, -0.1), None);
    }

    #[test]
    fn a_threshold_meets_the_target_and_the_next_number_does_not() {
        let target = target(0.8, 1.0 / 9.0);
        for (servers, &most) in load_thresholds(60, target).iter().enumerate().skip(1) {
            let servers = servers as u32;
            assert!(service_level(servers, most, 1.0 / 9.0) >= 0.8);
            assert!(service_level(servers, most.next_up(), 1.0 / 9.0) < 0.8, "{servers}");
        }
    }

    #[test]
    fn one_server_without_waiting_carries_one_less_the_share() {
        // P(no wait) = 1 − ρ ≥ 0.8 holds up to a load of 0.2 (0.2 is not exact in binary).
        let thresholds = load_thresholds(1, target(0.8, 0.0));
        assert!((thresholds[1] - 0.2).abs() < 1e-15);
    }

    proptest! {
        #[test]
        fn thresholds_give_the_same_number_as_counting_up(load in 0.0_f64..40.0, share in 0.05_f64..0.99, wait in 0.0_f64..2.0) {
            let target = target(share, wait);
            let thresholds = load_thresholds(40, target);
            let found = thresholds.partition_point(|&most| most < load) as u32;
            prop_assert_eq!((found <= 40).then_some(found), least_servers(load, target, 40));
        }

        #[test]
        fn more_servers_never_make_anyone_wait_longer(load in 0.0_f64..50.0, servers in 0_u32..60) {
            prop_assert!(erlang_c(servers + 1, load) <= erlang_c(servers, load));
            prop_assert!(mean_wait(servers + 1, load) <= mean_wait(servers, load));
        }
    }
}
