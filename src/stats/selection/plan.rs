//! How much a pass may keep, and which windows it keeps whole.

use super::gathering::{Gathered, PARTS, Part};

/// What a pass keeps at most over all figures: 256 MiB.
pub const PASS_LIMIT_BYTES: u64 = 256 << 20;

/// What a kept value takes: lists grow by doubling.
const VALUE_BYTES: u64 = 16;

/// What a window split into parts takes.
const PARTS_BYTES: u64 = (PARTS * size_of::<Part>() + size_of::<Gathered>()) as u64;

/// How one pass looks at windows. Windows are asked in a fixed order until the memory is used up; what
/// is left waits for the next pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Windows of at most so many values are kept whole.
    whole: u64,
    /// Bytes that are left.
    left: u64,
}

/// What a pass does with a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Whole,
    Split,
    Wait,
}

impl Plan {
    /// The plan for windows that hold so many values each: as many of them whole as leave room for
    /// the parts of the others.
    #[must_use]
    pub fn new(mut counts: Vec<u64>, limit: u64) -> Self {
        counts.sort_unstable();
        let mut needed = PARTS_BYTES.saturating_mul(counts.len() as u64);
        // Whatever takes no more whole than in parts is kept whole, room or not: it waits otherwise.
        let mut whole = PARTS_BYTES / VALUE_BYTES;
        for count in counts {
            let kept = count.saturating_mul(VALUE_BYTES);
            needed = needed.saturating_sub(PARTS_BYTES).saturating_add(kept);
            if needed <= limit {
                whole = whole.max(count);
            }
        }
        // Room for one window at least, so that every pass gets on.
        Self { whole, left: limit.max(PARTS_BYTES) }
    }

    /// What to do with the next window, which holds so many values.
    pub(super) fn next(&mut self, count: u64) -> Way {
        let (way, bytes) = if count <= self.whole {
            (Way::Whole, count.saturating_mul(VALUE_BYTES))
        } else {
            (Way::Split, PARTS_BYTES)
        };
        match self.left.checked_sub(bytes) {
            Some(left) => {
                self.left = left;
                way
            }
            None => Way::Wait,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ways(counts: &[u64], limit: u64) -> Vec<Way> {
        let mut plan = Plan::new(counts.to_vec(), limit);
        counts.iter().map(|count| plan.next(*count)).collect()
    }

    #[test]
    fn all_is_kept_whole_where_it_fits() {
        assert_eq!(ways(&[1_000, 5, 70_000], PASS_LIMIT_BYTES), [Way::Whole; 3]);
    }

    #[test]
    fn the_largest_windows_are_split_first() {
        // 1,000 values take 16,000 bytes; a million 16,000,000.
        let found = ways(&[1_000_000, 1_000, 1_000_000], 100_000);
        assert_eq!(found, [Way::Split, Way::Whole, Way::Split]);
    }

    #[test]
    fn what_does_not_fit_waits_and_a_pass_never_does_nothing() {
        let million = [1_000_000; 3];
        assert_eq!(ways(&million, 2 * PARTS_BYTES), [Way::Split, Way::Split, Way::Wait]);
        assert_eq!(ways(&million, 0), [Way::Split, Way::Wait, Way::Wait]);
        assert_eq!(ways(&[1, 1], 0), [Way::Whole, Way::Whole]);
        assert_eq!(Plan::new(vec![u64::MAX; 9], 1).next(u64::MAX), Way::Split);
    }
}
