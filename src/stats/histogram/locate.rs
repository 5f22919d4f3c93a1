//! Where in a histogram the values at certain ranks are known to lie.

use super::Histogram;
use crate::stats::selection::Window;

impl Histogram {
    /// The windows that hold the values at ranks, which rise from 0; ranks beyond the last value have
    /// none. Sums are right where the histogram keeps them.
    pub(in crate::stats) fn windows(&self, ranks: &[u64]) -> Vec<Window> {
        let mut windows: Vec<Window> = Vec::new();
        let mut ranks = ranks.iter().copied().peekable();
        let (mut below, mut passed) = (0, 0);
        for held in self.held() {
            let end = below + held.count;
            if ranks.next_if(|rank| *rank < end).is_some() {
                while ranks.next_if(|rank| *rank < end).is_some() {}
                let (mut least, mut greatest) = self.bounds(&held);
                if held.alone.is_none() {
                    // The extremes stand apart: what shares their bin lies between them.
                    least = least.max(self.least.saturating_add(1));
                    greatest = greatest.min(self.greatest.saturating_sub(1));
                }
                let above = passed + held.sum;
                windows.push(Window { least, greatest, below, count: held.count, above });
            }
            below = end;
            passed += held.sum;
        }
        // What was passed up to the end of a window becomes what lies above it.
        for window in &mut windows {
            window.above = passed - window.above;
        }
        windows
    }
}
