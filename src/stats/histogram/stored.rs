//! A histogram outside of memory: what it knows, not how it keeps it.

use super::bins::Held;
use super::key::{GREATEST_KEY, key};
use super::{Between, Histogram};
use crate::stats::at_most::AtMost;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// No bin holds as many values as this.
const MOST: u64 = 1 << 39;

/// More entries than there are keys no histogram has.
const MOST_ENTRIES: usize = GREATEST_KEY as usize + 1;

/// What a histogram knows, in whole numbers.
#[derive(Serialize, Deserialize)]
struct Stored {
    /// The least value and how often it occurred.
    least: (i64, u64),
    /// The greatest value and how often it occurred where it is another than the least.
    greatest: (i64, u64),
    /// Values between them that are known, with how often they occurred.
    alone: AtMost<(i64, u64), MOST_ENTRIES>,
    /// Keys of bins whose values differ, with how many they hold.
    mixed: AtMost<(u16, u64), MOST_ENTRIES>,
    /// The sums of the values of these bins, where sums are kept.
    sums: Option<AtMost<i128, MOST_ENTRIES>>,
}

impl Serialize for Histogram {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let between = || {
            let occupied = match &self.between {
                Between::Few(_) => None,
                Between::Bins(bins) => Some(bins.occupied()),
            };
            occupied.into_iter().flatten()
        };
        let mixed = || between().filter(|held| held.alone.is_none());
        let alone: Vec<(i64, u64)> = match &self.between {
            Between::Few(few) => few.pairs().collect(),
            Between::Bins(_) => {
                between().filter_map(|held| Some((held.alone?, held.count))).collect()
            }
        };
        Stored {
            least: (self.least, self.at_least),
            greatest: (self.greatest, self.at_greatest),
            alone: AtMost(alone),
            mixed: AtMost(mixed().map(|held| (held.key, held.count)).collect()),
            sums: self.summing.then(|| AtMost(mixed().map(|held| held.sum).collect())),
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Histogram {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let stored = Stored::deserialize(deserializer)?;
        stored.restored().ok_or_else(|| D::Error::custom("no histogram knows this"))
    }
}

impl Stored {
    /// The histogram that knows this; nothing where none can.
    fn restored(self) -> Option<Histogram> {
        let mut histogram = Histogram { summing: self.sums.is_some(), ..Histogram::default() };
        let (AtMost(alone), AtMost(mixed)) = (self.alone, self.mixed);
        let ((least, at_least), (greatest, at_greatest)) = (self.least, self.greatest);
        if at_least == 0 {
            let is_empty = at_greatest == 0 && alone.is_empty() && mixed.is_empty();
            return is_empty.then_some(histogram);
        }
        let counts = alone.iter().map(|(_, count)| count);
        let mut counts = counts.chain(mixed.iter().map(|(_, count)| count));
        let ends = at_least.checked_add(at_greatest)?;
        histogram.count = counts.try_fold(ends, |sum, count| sum.checked_add(*count))?;
        (histogram.least, histogram.at_least) = (least, at_least);
        (histogram.greatest, histogram.at_greatest) = (greatest, at_greatest);
        let is_sound = if at_greatest == 0 {
            least == greatest && alone.is_empty() && mixed.is_empty()
        } else {
            least < greatest
        };
        let are_known =
            alone.iter().all(|(value, count)| *count > 0 && *value > least && *value < greatest);
        let keys = key(least)..=key(greatest).min(GREATEST_KEY);
        let are_bins =
            mixed.iter().all(|(key, count)| (2..MOST).contains(count) && keys.contains(key));
        let rise = mixed.windows(2).all(|pair| pair[0].0 < pair[1].0);
        let sums = match self.sums {
            Some(AtMost(sums)) if sums.len() == mixed.len() => sums,
            Some(_) => return None,
            None => vec![0; mixed.len()],
        };
        if !(is_sound && are_known && are_bins && rise) {
            return None;
        }
        for (value, count) in alone {
            histogram.add_between(Held::one(value, count));
        }
        for ((key, count), sum) in mixed.into_iter().zip(sums) {
            // A sum that no values of the bin have would be told as a mean outside of it.
            let (low, high) = super::key::edges(key);
            let within = i128::from(low) * i128::from(count)..=i128::from(high) * i128::from(count);
            if histogram.summing && !within.contains(&sum) {
                return None;
            }
            histogram.add_between(Held { key, count, alone: None, sum });
        }
        Some(histogram)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn again(histogram: &Histogram) -> Histogram {
        postcard::from_bytes(&postcard::to_stdvec(histogram).unwrap()).unwrap()
    }

    proptest! {
        #[test]
        fn a_histogram_comes_back_and_takes_more_as_before(
            first in prop::collection::vec(prop_oneof![-300..300_i64, any::<i64>(), 1_000_000..1_010_000_i64], 0..300),
            more in prop::collection::vec(-2_000_000..2_000_000_i64, 64),
            summing in any::<bool>(),
        ) {
            let mut kept = if summing { Histogram::with_sums() } else { Histogram::new() };
            kept.add_lanes(&first);
            let mut back = again(&kept);
            prop_assert_eq!(&back, &kept);
            for histogram in [&mut kept, &mut back] {
                histogram.add_lanes(&more);
            }
            prop_assert_eq!(&back, &kept);
            prop_assert_eq!(back.count(), kept.count());
            prop_assert_eq!(back.tail_mean(0.9), kept.tail_mean(0.9));
            let probabilities = [0.0, 0.05, 0.5, 0.95, 1.0];
            prop_assert_eq!(back.quantiles(probabilities), kept.quantiles(probabilities));
        }

        #[test]
        fn bytes_that_no_histogram_wrote_are_refused_or_read_without_a_panic(
            bytes in prop::collection::vec(any::<u8>(), 0..60),
        ) {
            if let Ok(histogram) = postcard::from_bytes::<Histogram>(&bytes) {
                let _ = (histogram.quantile(0.5), histogram.tail_mean(0.5), histogram.count_below(3.0));
                prop_assert_eq!(&again(&histogram), &histogram);
            }
        }
    }

    #[test]
    fn what_contradicts_itself_is_refused() {
        let sound = || Stored {
            least: (1_000, 1),
            greatest: (2_000, 1),
            alone: AtMost(vec![(1_500, 3)]),
            mixed: AtMost(vec![(key(1_700), 2)]),
            sums: None,
        };
        assert_eq!(sound().restored().map(|histogram| histogram.count()), Some(7));
        let broken = [
            Stored { least: (1_000, 0), ..sound() },
            Stored { greatest: (900, 1), ..sound() },
            Stored { greatest: (2_000, 0), ..sound() },
            Stored { alone: AtMost(vec![(2_000, 1)]), ..sound() },
            Stored { alone: AtMost(vec![(1_500, 0)]), ..sound() },
            Stored { alone: AtMost(vec![(1_500, u64::MAX)]), ..sound() },
            Stored { mixed: AtMost(vec![(GREATEST_KEY + 1, 2)]), ..sound() },
            Stored { mixed: AtMost(vec![(key(1_700), 2), (key(1_700), 2)]), ..sound() },
            Stored { sums: Some(AtMost(vec![])), ..sound() },
            Stored { sums: Some(AtMost(vec![17_000])), ..sound() },
        ];
        for stored in broken {
            assert!(stored.restored().is_none());
        }
        assert!(Stored { sums: Some(AtMost(vec![3_401])), ..sound() }.restored().is_some());
    }
}
