//! What several charts say alike.

use crate::language::Message;

/// `95th percentile`.
pub(super) fn percentile(rank: f64) -> Message {
    Message::new("chart-percentile").count("rank", rank)
}

/// A pot with its sum: under the name that it is given, else the appropriation.
pub(super) fn pot(name: &str, sum: &str) -> Message {
    if name.is_empty() {
        Message::new("chart-appropriation-at").name("sum", sum)
    } else {
        Message::new("chart-pot-at").name("pot", name).name("sum", sum)
    }
}

/// How many of a hundred draws lie beyond something; all or none only where it is all or none of them.
pub(super) fn beyond(share: f64) -> Message {
    let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
    if share == 1.0 {
        Message::new("chart-beyond-all")
    } else if share > 0.99 {
        Message::new("chart-beyond-more-than-99")
    } else if share > 0.0 && share < 0.01 {
        Message::new("chart-beyond-fewer-than-1")
    } else {
        Message::new("chart-beyond").count("count", share * 100.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language::{English, Latvian};

    #[test]
    fn draws_beyond_are_never_all_or_none_when_they_are_not() {
        let english = |share| beyond(share).in_language(English);
        assert_eq!(english(0.234), "23 of 100 draws lie beyond it");
        assert_eq!(english(0.01), "1 of 100 draws lies beyond it");
        assert_eq!(english(0.001), "fewer than 1 of 100 draws lie beyond it");
        assert_eq!(english(0.999), "more than 99 of 100 draws lie beyond it");
        assert_eq!(english(1.0), "all draws lie beyond it");
        assert_eq!(english(0.0), "0 of 100 draws lie beyond it");
        assert_eq!(beyond(0.21).in_language(Latvian), "to pārsniedz 21 no 100 izspēlēm");
    }
}
