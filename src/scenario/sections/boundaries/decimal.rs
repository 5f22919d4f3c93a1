//! Amounts as whole numbers of a decimal place, so that sums lose nothing.

use std::fmt;

/// The most decimals of an amount.
const MOST_DECIMALS: usize = 20;
/// The most digits of an amount.
const MOST_DIGITS: usize = 28;

/// `units / 10^decimals`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    /// How many of the last place.
    pub units: i128,
    /// How many decimals.
    pub decimals: u32,
}

impl Decimal {
    /// One.
    pub const ONE: Self = Self { units: 1, decimals: 0 };

    /// A number as it is written with the fewest digits; nothing where those are too many.
    pub fn of(value: f64) -> Option<Self> {
        Self::parse(&value.to_string())
    }

    /// A number written `-12.50`.
    pub fn parse(text: &str) -> Option<Self> {
        let (is_negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let part = part.trim_end_matches('0');
        let all = format!("{whole}{part}");
        let fits = part.len() <= MOST_DECIMALS
            && all.trim_start_matches('0').len() <= MOST_DIGITS
            && !all.is_empty()
            && all.bytes().all(|byte| byte.is_ascii_digit());
        let units: i128 = all.parse().ok().filter(|_| fits)?;
        Some(Self { units: if is_negative { -units } else { units }, decimals: part.len() as u32 })
    }

    /// How many units of a place it is; nothing where it has more decimals, or is too large.
    pub fn at(self, decimals: u32) -> Option<i128> {
        let more = decimals.checked_sub(self.decimals)?;
        10_i128.checked_pow(more)?.checked_mul(self.units)
    }

    /// The sum of some; nothing where it is too large.
    pub fn sum(all: impl Iterator<Item = Self> + Clone) -> Option<Self> {
        let decimals = all.clone().map(|one| one.decimals).max().unwrap_or(0);
        let mut units = 0_i128;
        for one in all {
            units = units.checked_add(one.at(decimals)?)?;
        }
        Some(Self { units, decimals }.plain())
    }

    /// The same with as few decimals as it takes.
    fn plain(mut self) -> Self {
        while self.decimals > 0 && self.units % 10 == 0 {
            (self.units, self.decimals) = (self.units / 10, self.decimals - 1);
        }
        self
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { units, decimals } = self.plain();
        let digits = format!("{:0width$}", units.unsigned_abs(), width = decimals as usize + 1);
        let (whole, part) = digits.split_at(digits.len().saturating_sub(decimals as usize));
        let sign = if units < 0 { "-" } else { "" };
        write!(out, "{sign}{whole}{}{part}", if part.is_empty() { "" } else { "." })
    }
}

/// An amount divided by shares of which the sum is 1, in whole units that add up to it: the units that
/// are left go to the largest remainders, of equal ones to the first (Hamilton's method). Nothing where
/// the numbers are too large.
pub fn divided(units: i128, shares: &[Decimal]) -> Option<Vec<i128>> {
    let decimals = shares.iter().map(|share| share.decimals).max().unwrap_or(0);
    let whole = 10_i128.checked_pow(decimals)?;
    let size = i128::try_from(units.unsigned_abs()).ok()?;
    let mut parts = Vec::with_capacity(shares.len());
    let mut remainders = Vec::with_capacity(shares.len());
    let mut left = size;
    for (index, share) in shares.iter().enumerate() {
        let exact = size.checked_mul(share.at(decimals)?)?;
        parts.push(exact / whole);
        remainders.push((exact % whole, index));
        left -= exact / whole;
    }
    remainders.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    for (_, index) in remainders.iter().take(usize::try_from(left).unwrap_or(0)) {
        if let Some(part) = parts.get_mut(*index) {
            *part += 1;
        }
    }
    Some(parts.into_iter().map(|part| if units < 0 { -part } else { part }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Decimal {
        Decimal::parse(text).unwrap()
    }

    #[test]
    fn tenths_add_up_where_floats_do_not() {
        // 0.1 + 0.2 is 0.30000000000000004 in floating point.
        let sum = Decimal::sum([0.1, 0.2].into_iter().map(|x| Decimal::of(x).unwrap())).unwrap();
        assert_eq!(sum, read("0.3"));
        assert_eq!(sum.to_string(), "0.3");
        assert_eq!(read("-0.050").to_string(), "-0.05");
        assert_eq!(read("1200").to_string(), "1200");
    }

    #[test]
    fn what_is_no_number_or_has_too_many_digits_is_nothing() {
        for text in ["", "-", ".", "1e5", "NaN", "inf", "1.2.3", "0.000000000000000000001"] {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
        assert_eq!(Decimal::of(1e300), None);
        assert_eq!(Decimal::of(f64::NAN), None);
    }

    #[test]
    fn people_are_divided_into_whole_people() {
        // 7 by 0.5, 0.3, 0.2: 3.5, 2.1, 1.4; one is left and goes to the remainder .5.
        let shares = ["0.5", "0.3", "0.2"].map(read);
        assert_eq!(divided(7, &shares).unwrap(), [4, 2, 1]);
        assert_eq!(divided(-7, &shares).unwrap(), [-4, -2, -1]);
        // Of equal remainders the first.
        assert_eq!(divided(1, &["0.5", "0.5"].map(read)).unwrap(), [1, 0]);
    }

    proptest! {
        #[test]
        fn parts_add_up_whatever_the_shares(units in -1_000_000_000_i128..1_000_000_000, cuts in prop::collection::vec(1_i128..1_000, 1..6)) {
            // Shares in thousandths of thousandths: the cuts, and what is left of 1 to the last.
            let mut shares: Vec<Decimal> = cuts.iter().map(|cut| Decimal { units: *cut, decimals: 6 }).collect();
            let rest = 1_000_000 - cuts.iter().sum::<i128>();
            shares.push(Decimal { units: rest, decimals: 6 });
            let parts = divided(units, &shares).unwrap();
            prop_assert_eq!(parts.iter().sum::<i128>(), units);
            for (part, share) in parts.iter().zip(&shares) {
                // Nobody is a whole unit away from the exact part.
                prop_assert!((part * 1_000_000 - units * share.units).abs() < 1_000_000);
            }
        }

        #[test]
        fn every_decimal_is_read_back(units in -1_000_000_000_000_i128..1_000_000_000_000, decimals in 0_u32..9) {
            let one = Decimal { units, decimals };
            prop_assert_eq!(read(&one.to_string()), one.plain());
        }
    }
}
