//! Years and months.

use std::fmt;

/// A month, counted from January of year 0: `year · 12 + (month − 1)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(pub i32);

impl Month {
    /// The month `month` (1 to 12) of a year.
    #[must_use]
    pub fn new(year: i32, month: i32) -> Self {
        Self(year * 12 + month - 1)
    }

    /// The year it lies in.
    pub fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    /// 1 to 12.
    pub fn month(self) -> i32 {
        self.0.rem_euclid(12) + 1
    }
}

impl fmt::Display for Month {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}-{:02}", self.year(), self.month())
    }
}

/// The years that are simulated, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Years {
    /// First year that is settled and reported.
    pub first: i32,
    /// Last year.
    pub last: i32,
}

impl Years {
    /// How many years are reported.
    pub fn count(self) -> usize {
        usize::try_from(self.last - self.first + 1).unwrap_or(0)
    }

    /// The years from the first to the last.
    pub fn iter(self) -> impl DoubleEndedIterator<Item = i32> {
        self.first..=self.last
    }
}

/// Names of the months, January first, as they stand in a date.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_knows_its_year_and_prints_as_a_date() {
        let month = Month::new(2023, 6);
        assert_eq!((month.year(), month.month()), (2023, 6));
        assert_eq!(month.to_string(), "2023-06");
        assert_eq!(Years { first: 2022, last: 2027 }.count(), 6);
    }
}
