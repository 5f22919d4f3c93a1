//! One kernel, compiled for each width of vectors that a machine may have, and chosen when it runs.
//!
//! A kernel is written once, as a loop over [`Lanes`](super::Lanes). `vectorised!` compiles it for the
//! baseline of the target, for AVX2 and for AVX-512; which of them runs is decided by [`level`]. Every
//! operation is rounded as IEEE 754 says and none is fused, so all three give the same bits: the level
//! is a matter of speed alone.
//!
//! What a kernel calls is compiled with it only where it is inlined: mark it `#[inline(always)]`.

use std::fmt;
use std::sync::atomic::{AtomicU8, Ordering};

/// How wide the vectors are that kernels use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Level {
    /// What every machine of the target has.
    Baseline,
    /// AVX2: four numbers at a time.
    Avx2,
    /// AVX-512 (F, BW, CD, DQ, VL): eight numbers at a time.
    Avx512,
}

impl Level {
    /// Every level, the narrowest first.
    pub const ALL: [Self; 3] = [Self::Baseline, Self::Avx2, Self::Avx512];

    /// The name in options and manifests.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Baseline => "baseline",
            Self::Avx2 => "avx2",
            Self::Avx512 => "avx512",
        }
    }

    /// Whether this machine has it.
    #[must_use]
    pub fn is_available(self) -> bool {
        self <= widest()
    }
}

impl fmt::Display for Level {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.name())
    }
}

/// No level chosen yet.
const UNKNOWN: u8 = u8::MAX;

static CHOSEN: AtomicU8 = AtomicU8::new(UNKNOWN);

/// The level that kernels run at: the widest of this machine, or what [`choose`] asked for.
#[inline]
#[must_use]
pub fn level() -> Level {
    match CHOSEN.load(Ordering::Relaxed) {
        0 => Level::Baseline,
        1 => Level::Avx2,
        2 => Level::Avx512,
        _ => {
            let level = widest();
            CHOSEN.store(level as u8, Ordering::Relaxed);
            level
        }
    }
}

/// Has kernels of the whole process run at a level from now on, as far as the machine has it: no result
/// depends on it. Gives the level that runs.
pub fn choose(level: Level) -> Level {
    let level = level.min(widest());
    CHOSEN.store(level as u8, Ordering::Relaxed);
    level
}

#[cfg(target_arch = "x86_64")]
fn widest() -> Level {
    use std::arch::is_x86_feature_detected as has;
    let narrow = has!("avx2") && has!("bmi1") && has!("bmi2") && has!("lzcnt") && has!("popcnt");
    let wide = has!("avx512f")
        && has!("avx512bw")
        && has!("avx512cd")
        && has!("avx512dq")
        && has!("avx512vl");
    match (narrow, wide) {
        (true, true) => Level::Avx512,
        (true, false) => Level::Avx2,
        (false, _) => Level::Baseline,
    }
}

#[cfg(not(target_arch = "x86_64"))]
fn widest() -> Level {
    Level::Baseline
}

/// Compiles functions for each [`Level`] and has the one run that [`level`] names.
///
/// Takes free functions without type parameters; references may leave out their lifetimes.
macro_rules! vectorised {
    ($(
        $(#[$attribute:meta])*
        $visible:vis fn $name:ident $(<$($life:lifetime),+>)? (
            $($argument:ident: $kind:ty),* $(,)?
        ) $(-> $result:ty)? $body:block
    )+) => {$(
        $(#[$attribute])*
        // Safe: a wide body runs only at a level that `widest` has found on this machine.
        #[allow(unsafe_code)]
        $visible fn $name $(<$($life),+>)? ($($argument: $kind),*) $(-> $result)? {
            #[inline(always)]
            fn body $(<$($life),+>)? ($($argument: $kind),*) $(-> $result)? $body

            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
            fn avx2 $(<$($life),+>)? ($($argument: $kind),*) $(-> $result)? {
                body($($argument),*)
            }

            #[cfg(target_arch = "x86_64")]
            #[target_feature(
                enable = "avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx2,bmi1,bmi2,lzcnt,popcnt"
            )]
            fn avx512 $(<$($life),+>)? ($($argument: $kind),*) $(-> $result)? {
                body($($argument),*)
            }

            match $crate::numeric::simd::level() {
                #[cfg(target_arch = "x86_64")]
                $crate::numeric::simd::Level::Avx512 => unsafe { avx512($($argument),*) },
                #[cfg(target_arch = "x86_64")]
                $crate::numeric::simd::Level::Avx2 => unsafe { avx2($($argument),*) },
                _ => body($($argument),*),
            }
        }
    )+};
}
pub(crate) use vectorised;

#[cfg(test)]
mod tests {
    use super::super::{LANES, Lanes};
    use super::*;

    vectorised! {
        /// A little of everything that kernels do.
        fn mixed(values: &mut Lanes, factor: f64) {
            for value in values {
                *value = (*value * factor + 0.1).floor().max(*value / 3.0).sqrt();
            }
        }
    }

    #[test]
    fn every_level_gives_the_same_bits() {
        let before = level();
        let results: Vec<Vec<u64>> = Level::ALL
            .into_iter()
            .map(|level| {
                choose(level);
                let mut values: Lanes = std::array::from_fn(|lane| lane as f64 * 0.37);
                mixed(&mut values, 1.7);
                values.map(f64::to_bits).to_vec()
            })
            .collect();
        choose(before);
        assert_eq!(results[0].len(), LANES);
        assert_eq!(results[0], results[1]);
        assert_eq!(results[0], results[2]);
    }

    #[test]
    fn what_a_machine_lacks_is_not_chosen() {
        let before = level();
        for level in Level::ALL {
            assert_eq!(choose(level), level.min(widest()));
        }
        choose(before);
        assert!(Level::Baseline.is_available());
    }
}
