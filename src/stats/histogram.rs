//! Quantiles from an order-free histogram of whole numbers.

use super::quantiles::type_7;

/// Bins in a page: half a doubling of the value.
const PAGE: usize = 64;

/// Pages there can be: 116 for each sign, with negative ones below 128 and the others from it.
const PAGES: usize = 256;

/// A histogram of `i64` quanta whose bins follow sign, exponent and seven mantissa bits of a value.
///
/// Each occupied bin keeps its least and greatest value, and the whole its own with how often they
/// occurred, so caps, floors, zeros and constants come out exactly, and no quantile lies outside
/// what occurred. A bin is at most 1/128 as wide as its values are large; hence every quantile is
/// within 0.79 % of the exact one, and exact where the two neighbouring values are extremes of
/// their bins, or below 256 quanta. (With six bits the bound would be twice that: a heap may stand
/// anywhere in its bin.) Beyond 2³⁹ quanta what a bin keeps is exact to 2⁻³⁹ of the value.
///
/// All that is kept is an integer merged by addition, least or greatest: order never matters.
/// Zeros are counted apart. Pages of 64 bins (1 kB) are opened as values arrive; after that adding
/// allocates nothing.
#[derive(Clone, Debug)]
pub struct Histogram {
    count: u64,
    zeros: u64,
    least: i64,
    greatest: i64,
    at_least: u64,
    at_greatest: u64,
    /// For each page its number in `slots` from 1, or 0 while closed; empty before the first.
    directory: Vec<u8>,
    /// The open pages, in the order of opening.
    slots: Vec<Slot>,
}

/// One occupied bin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bin {
    /// How many values it holds.
    pub count: u64,
    /// The least of them.
    pub least: i64,
    /// The greatest of them.
    pub greatest: i64,
}

/// A bin as stored, in 16 bytes, because recording is bound by memory: magnitudes nearest to and
/// farthest from zero, counted from the bin's edge.
#[derive(Clone, Copy, Debug)]
struct Slot {
    count: u64,
    nearest: u32,
    farthest: u32,
}

/// Where a value belongs: page, bin within it, and distance from the bin's edge.
struct Location {
    page: usize,
    place: usize,
    offset: u32,
}

impl Default for Histogram {
    fn default() -> Self {
        Self {
            count: 0,
            zeros: 0,
            least: i64::MAX,
            greatest: i64::MIN,
            at_least: 0,
            at_greatest: 0,
            directory: Vec::new(),
            slots: Vec::new(),
        }
    }
}

impl Histogram {
    /// Nothing so far; allocates nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one value.
    #[inline]
    pub fn add(&mut self, value: i64) {
        self.add_lanes(&[value]);
    }

    /// Adds one value per draw of a block; the more at a time, the fewer lines leave the cache.
    pub fn add_lanes(&mut self, values: &[i64]) {
        // The loop keeps its sums in registers; extremes change too rarely to cost a branch.
        let mut zeros = 0;
        let (mut least, mut greatest) = (self.least, self.greatest);
        let (mut at_least, mut at_greatest) = (self.at_least, self.at_greatest);
        for &value in values {
            if value <= least {
                (at_least, least) = (if value < least { 1 } else { at_least + 1 }, value);
            }
            if value >= greatest {
                (at_greatest, greatest) =
                    (if value > greatest { 1 } else { at_greatest + 1 }, value);
            }
            if value == 0 {
                zeros += 1;
            } else {
                self.count_in_bin(value);
            }
        }
        self.count += values.len() as u64;
        self.zeros += zeros;
        (self.least, self.greatest) = (least, greatest);
        (self.at_least, self.at_greatest) = (at_least, at_greatest);
    }

    #[inline]
    fn count_in_bin(&mut self, value: i64) {
        let Location { page, place, offset } = Location::of(value);
        let number = match self.directory.get(page) {
            Some(&number) if number > 0 => number,
            _ => self.open(page),
        };
        if let Some(slot) = self.slots.get_mut((usize::from(number) - 1) * PAGE + place) {
            slot.count += 1;
            slot.nearest = slot.nearest.min(offset);
            slot.farthest = slot.farthest.max(offset);
        }
    }

    /// Adds all that another histogram has seen.
    pub fn merge(&mut self, other: &Self) {
        self.count += other.count;
        self.zeros += other.zeros;
        // As for a value: the further extreme counts alone, equal ones together.
        let kept = if other.least < self.least { 0 } else { self.at_least };
        self.at_least = kept + if other.least > self.least { 0 } else { other.at_least };
        self.least = self.least.min(other.least);
        let kept = if other.greatest > self.greatest { 0 } else { self.at_greatest };
        self.at_greatest =
            kept + if other.greatest < self.greatest { 0 } else { other.at_greatest };
        self.greatest = self.greatest.max(other.greatest);
        for page in 0..PAGES {
            let theirs = other.page(page);
            if theirs.is_empty() {
                continue;
            }
            let start = (usize::from(self.open(page)) - 1) * PAGE;
            for (mine, their) in self.slots.iter_mut().skip(start).zip(theirs) {
                mine.count += their.count;
                mine.nearest = mine.nearest.min(their.nearest);
                mine.farthest = mine.farthest.max(their.farthest);
            }
        }
    }

    /// How many values were added.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The occupied bins in ascending order of value.
    pub fn bins(&self) -> impl Iterator<Item = Bin> + '_ {
        // Magnitudes run downwards among the negative, so their bins are read from the end.
        let negative = (0..PAGES / 2)
            .flat_map(|page| self.page(page).iter().enumerate().rev().map(move |bin| (page, bin)));
        let positive = (PAGES / 2..PAGES)
            .flat_map(|page| self.page(page).iter().enumerate().map(move |bin| (page, bin)));
        let read = |(page, (place, slot)): (usize, (usize, &Slot))| slot.read(page, place);
        negative
            .map(read)
            .chain(std::iter::once(Bin { count: self.zeros, least: 0, greatest: 0 }))
            .chain(positive.map(read))
            .filter(|bin| bin.count > 0)
    }

    /// The value at a rank from 0 in ascending order, reconstructed; `None` beyond the last.
    pub fn order_statistic(&self, rank: u64) -> Option<f64> {
        self.order_statistics([rank, rank]).map(|[value, _]| value)
    }

    /// The quantile at `probability` (Hyndman & Fan 1996, type 7, doi:10.2307/2684934) of the
    /// reconstructed values; `None` without values or with a probability outside 0…1.
    pub fn quantile(&self, probability: f64) -> Option<f64> {
        type_7(self.count, probability, |ranks| self.order_statistics(ranks))
    }

    /// The values at two ranks, the second not below the first, in one passage.
    fn order_statistics(&self, [first, second]: [u64; 2]) -> Option<[f64; 2]> {
        let mut before = 0;
        let mut at_first = None;
        for bin in self.bins() {
            let end = before + bin.count;
            if at_first.is_none() && first < end {
                at_first = Some(self.value_in(&bin, before, first));
            }
            if second < end {
                return Some([at_first?, self.value_in(&bin, before, second)]);
            }
            before = end;
        }
        None
    }

    /// The value at a rank within a bin that begins at rank `before`: its least and greatest as
    /// often as known (once, or the heaps at both ends of the whole), the rest spread evenly
    /// between them.
    fn value_in(&self, bin: &Bin, before: u64, rank: u64) -> f64 {
        let end = before + bin.count;
        if rank < self.at_least {
            return self.least as f64;
        }
        if rank + self.at_greatest >= self.count {
            return self.greatest as f64;
        }
        let first_between = before + if before == 0 { self.at_least } else { 1 };
        let end_between = end - if end == self.count { self.at_greatest } else { 1 };
        let (least, greatest) = (bin.least as f64, bin.greatest as f64);
        if rank < first_between {
            return least;
        }
        if rank >= end_between {
            return greatest;
        }
        let between = end_between - first_between;
        let share = (rank - first_between + 1) as f64 / (between + 1) as f64;
        (least + (greatest - least) * share).min(greatest)
    }

    /// The bins of an open page; nothing for a closed one.
    fn page(&self, page: usize) -> &[Slot] {
        let number = self.directory.get(page).map_or(0, |&number| usize::from(number));
        let start = number.wrapping_sub(1).wrapping_mul(PAGE);
        self.slots.get(start..start.wrapping_add(PAGE)).unwrap_or(&[])
    }

    /// The number of a page, opened if need be.
    #[cold]
    #[inline(never)]
    fn open(&mut self, page: usize) -> u8 {
        self.directory.resize(PAGES, 0);
        let next = (self.slots.len() / PAGE + 1) as u8;
        match self.directory.get_mut(page) {
            Some(number) => {
                if *number == 0 {
                    *number = next;
                    self.slots.resize(self.slots.len() + PAGE, Slot::EMPTY);
                }
                *number
            }
            // Not reached: a location stays within the directory.
            None => 1,
        }
    }
}

/// Two histograms are equal when they hold the same bins, in whatever order they were opened.
impl PartialEq for Histogram {
    fn eq(&self, other: &Self) -> bool {
        let extremes =
            |side: &Self| (side.least, side.at_least, side.greatest, side.at_greatest, side.count);
        extremes(self) == extremes(other) && self.bins().eq(other.bins())
    }
}

impl Eq for Histogram {}

impl Location {
    /// Below 128 a magnitude is its own index; above, the exponent and the seven bits after the
    /// leading one continue without a gap.
    #[inline]
    fn of(value: i64) -> Self {
        let magnitude = value.unsigned_abs();
        // At least 6, so that the eight highest bits of a small magnitude are itself.
        let exponent = (magnitude | 127).ilog2();
        let width = exponent.saturating_sub(7);
        let index = (exponent as usize - 6) * 128 + ((magnitude >> width) as usize & 127);
        let within = magnitude & ((1 << width) - 1);
        let page = index / PAGE;
        Self {
            // Greatest index (63 − 6) · 128 + 127 = 7,423, greatest page 115.
            page: if value < 0 { PAGES / 2 - 1 - page } else { PAGES / 2 + page },
            place: index % PAGE,
            offset: (within >> width.saturating_sub(32)) as u32,
        }
    }

    /// The value of this location.
    fn value(&self) -> i64 {
        let negative = self.page < PAGES / 2;
        let page = if negative { PAGES / 2 - 1 - self.page } else { self.page - PAGES / 2 };
        let index = page * PAGE + self.place;
        let width = (index / 128).saturating_sub(1) as u32;
        let leading = if index < 128 { index } else { 128 + index % 128 } as u64;
        let magnitude = (leading << width) + (u64::from(self.offset) << width.saturating_sub(32));
        if negative { (magnitude as i64).wrapping_neg() } else { magnitude as i64 }
    }
}

impl Slot {
    const EMPTY: Self = Self { count: 0, nearest: u32::MAX, farthest: 0 };

    fn read(&self, page: usize, place: usize) -> Bin {
        if self.count == 0 {
            return Bin { count: 0, least: 0, greatest: 0 };
        }
        let at = |offset| Location { page, place, offset }.value();
        let (nearest, farthest) = (at(self.nearest), at(self.farthest));
        Bin { count: self.count, least: nearest.min(farthest), greatest: nearest.max(farthest) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::stats::Exact;

    fn of(values: &[i64]) -> Histogram {
        let mut histogram = Histogram::new();
        histogram.add_lanes(values);
        histogram
    }

    const PROBABILITIES: [f64; 15] =
        [0.0, 0.001, 0.01, 0.05, 0.1, 0.25, 0.333, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 0.9999, 1.0];

    /// The greatest relative error against exact quantiles.
    fn greatest_error(values: &[i64]) -> f64 {
        let histogram = of(values);
        let mut exact = Exact::new();
        exact.add_lanes(values);
        exact.sort();
        let error = |probability| {
            let truth = exact.quantile(probability).unwrap_or(f64::NAN);
            let found = histogram.quantile(probability).unwrap_or(f64::NAN);
            if truth == found { 0.0 } else { ((found - truth) / truth).abs() }
        };
        PROBABILITIES.map(error).into_iter().fold(0.0, f64::max)
    }

    /// Evenly spread numbers in [0, 1) that need no generator: multiples of the golden ratio.
    fn spread(n: u32) -> impl Iterator<Item = f64> {
        (1..=n).map(|i| (f64::from(i) * 0.618_033_988_749_895).fract())
    }

    #[test]
    fn bins_follow_the_order_of_values_and_are_at_most_a_128th_wide() {
        let key = |value| {
            let Location { page, place, .. } = Location::of(value);
            let place = if value < 0 { PAGE - 1 - place } else { place };
            page * PAGE + place
        };
        // Around every power of two, where exponent and mantissa change together.
        for exponent in 1..63 {
            let power = 1_i64 << exponent;
            for value in [power - 1, power, power + 1] {
                assert!(key(value) >= key(value - 1));
                assert!(key(-value) <= key(1 - value));
            }
            assert_eq!(key(power) - key(power - 1), 1);
            // The next bin starts 2^e / 128 further on (or one quantum, below 128).
            let width = (power / 128).max(1);
            assert_eq!(key(power + width) - key(power), 1);
            assert_eq!(key(power + width - 1), key(power));
        }
        assert!(key(i64::MIN) < PAGES * PAGE && key(i64::MAX) < PAGES * PAGE);
    }

    #[test]
    fn small_whole_numbers_are_exact() {
        let values: Vec<i64> = (-255..=255).flat_map(|v: i64| [v; 3]).collect();
        assert_eq!(greatest_error(&values), 0.0);
    }

    #[test]
    fn a_constant_a_cap_a_floor_and_zeros_come_out_exactly() {
        assert_eq!(of(&[123_456_789; 1000]).quantile(0.37), Some(123_456_789.0));
        assert_eq!(of(&[0; 9]).quantile(0.5), Some(0.0));
        // 30 % at the floor 5,000,017, 40 % at the cap 90,000,019, the rest between.
        let values: Vec<i64> = spread(10_000)
            .map(|u| ((u * 283_333_357.0) as i64 - 80_000_000).clamp(5_000_017, 90_000_019))
            .collect();
        let histogram = of(&values);
        assert_eq!(histogram.quantile(0.0), Some(5_000_017.0));
        assert_eq!(histogram.quantile(0.29), Some(5_000_017.0));
        assert_eq!(histogram.quantile(0.61), Some(90_000_019.0));
        assert_eq!(histogram.quantile(1.0), Some(90_000_019.0));
    }

    #[test]
    fn the_error_stays_below_eight_in_a_thousand_on_samples_of_every_shape() {
        // Skewed: 1/u² spans eight powers of ten. Mixed: signs and zeros. Heaps: three atoms with
        // a little between them.
        let skewed: Vec<i64> = spread(20_000).map(|u| (100.0 / (u * u + 1e-9)) as i64).collect();
        let negative: Vec<i64> = skewed.iter().map(|value| -value).collect();
        let mixed: Vec<i64> = spread(20_000)
            .map(|u| ((u - 0.4) * 1e9) as i64 * i64::from(!(0.5..=0.6).contains(&u)))
            .collect();
        let heaps: Vec<i64> = spread(20_000)
            .map(|u| if u < 0.9 { ((u * 3.0) as i64 + 1) * 1_000_003 } else { (u * 3e6) as i64 })
            .collect();
        for (name, values) in
            [("skewed", skewed), ("negative", negative), ("mixed", mixed), ("heaps", heaps)]
        {
            let error = greatest_error(&values);
            assert!(error <= 0.008, "{name}: {error}");
        }
    }

    #[test]
    fn the_worst_heap_within_one_bin_stays_within_the_bound() {
        // One bin is [2^20, 2^20 + 2^13): one value at its foot, 9,998 beside it, one at its top.
        // The second greatest is really near the foot and is put near the top: 1/128 at most.
        let foot = 1_i64 << 20;
        let mut values = vec![foot + 1; 9_998];
        values.extend([foot, foot + (1 << 13) - 1]);
        let error = greatest_error(&values);
        assert!(error > 0.007 && error <= 1.0 / 128.0, "{error}");
    }

    #[test]
    fn ranks_and_probabilities_that_do_not_exist_have_no_value() {
        assert_eq!(of(&[]).quantile(0.5), None);
        assert_eq!(of(&[1, 2]).quantile(1.5), None);
        assert_eq!(of(&[1, 2]).quantile(f64::NAN), None);
        assert_eq!(of(&[1, 2]).order_statistic(1), Some(2.0));
        assert_eq!(of(&[1, 2]).order_statistic(2), None);
    }

    #[test]
    fn extreme_values_have_a_bin() {
        let histogram = of(&[i64::MIN, i64::MIN + 1, -1, 0, 1, i64::MAX]);
        assert_eq!(histogram.quantile(0.0), Some(i64::MIN as f64));
        assert_eq!(histogram.quantile(1.0), Some(i64::MAX as f64));
        assert_eq!(histogram.bins().map(|bin| bin.count).collect::<Vec<_>>(), [1, 1, 1, 1, 1, 1]);
    }

    #[test]
    fn once_a_value_has_been_seen_its_neighbours_allocate_nothing() {
        let mut histogram = of(&[100_000]);
        let (slots, directory) = (histogram.slots.capacity(), histogram.directory.capacity());
        // 2^16 = 65,536 to 98,303 is another half doubling than 98,304 to 131,071.
        histogram.add_lanes(&(98_304..131_072).collect::<Vec<_>>());
        assert_eq!(
            (slots, directory),
            (histogram.slots.capacity(), histogram.directory.capacity())
        );
        assert_eq!(histogram.slots.len(), PAGE);
    }

    #[test]
    fn a_bin_gives_back_its_values() {
        for exponent in 0..63 {
            let power = 1_i64 << exponent;
            for value in [power, power + power / 3, power + (power - 1)] {
                // Exact up to 2³⁹, beyond it rounded towards zero by at most 2⁻³⁹.
                let lost = value - Location::of(value).value();
                assert!((0..=power >> 39).contains(&lost), "{value}: {lost}");
                assert!(power >> 39 > 0 || lost == 0);
                assert_eq!(Location::of(-value).value(), lost - value);
            }
        }
        assert_eq!(Location::of(i64::MIN).value(), i64::MIN);
    }

    fn any_quanta() -> impl Strategy<Value = i64> {
        // All magnitudes alike, with many zeros and repeats.
        prop_oneof![
            (any::<i64>(), 0_u32..63).prop_map(|(value, shift)| value >> shift),
            Just(0),
            Just(1_000_003),
        ]
    }

    proptest! {
        #[test]
        fn order_and_merge_tree_never_matter(values in proptest::collection::vec(any_quanta(), 0..300), cut in 0_usize..300) {
            let whole = of(&values);
            let cut = cut.min(values.len());
            let mut reversed = values[cut..].to_vec();
            reversed.reverse();
            let mut parts = of(&reversed);
            parts.merge(&of(&values[..cut]));
            prop_assert_eq!(&whole, &parts);
            for probability in PROBABILITIES {
                prop_assert_eq!(whole.quantile(probability), parts.quantile(probability));
            }
        }

        #[test]
        fn every_quantile_is_within_the_bound_and_within_what_occurred(values in proptest::collection::vec(any_quanta(), 1..300)) {
            prop_assert!(greatest_error(&values) <= 1.0 / 128.0 + 1e-12);
            let histogram = of(&values);
            let least = values.iter().min().map(|&v| v as f64);
            let greatest = values.iter().max().map(|&v| v as f64);
            let mut previous = least;
            for probability in PROBABILITIES {
                let quantile = histogram.quantile(probability);
                prop_assert!(quantile >= previous && quantile <= greatest);
                previous = quantile;
            }
        }
    }
}
