//! Calendar dates, of which the day, or the month and the day, may be left out.

use crate::model::MONTHS;
use std::fmt;

/// A calendar date of which the day, or the month and the day, may be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date {
    /// The year, 1000 to 9999.
    pub year: i32,
    /// The month, 1 to 12.
    pub month: Option<u8>,
    /// The day of the month, from 1.
    pub day: Option<u8>,
}

/// What a cell is, read as a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// `2022-05-01`, `2022-05` or `2022`.
    Plain(Date),
    /// `01.05.2022`: the day comes first.
    DayFirst(Date),
    /// `5/1/22`: nobody knows what comes first. Two dates that it may be, the day first in one.
    Either(Date, Date),
    /// Days since 1900, as spreadsheets count them.
    Serial,
    /// No date.
    Nothing,
}

impl Date {
    /// Reads `2022`, `2022-05` or `2022-05-01`; nothing else, and no day that does not exist.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let mut part = |length: usize| -> Option<Option<u32>> {
            let Some(part) = parts.next() else { return Some(None) };
            (part.len() == length && digits(part)).then(|| part.parse().ok())
        };
        let (year, month, day) = (part(4)??, part(2)?, part(2)?);
        if parts.next().is_some() {
            return None;
        }
        Self::existing(year, month, day)
    }

    /// The date, if there is such a day.
    fn existing(year: u32, month: Option<u32>, day: Option<u32>) -> Option<Self> {
        let leap =
            year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month.unwrap_or(1) {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 => 28 + u32::from(leap),
            _ => return None,
        };
        if !(1000..=9999).contains(&year) || !(1..=days).contains(&day.unwrap_or(1)) {
            return None;
        }
        let small = |number: Option<u32>| number.and_then(|number| u8::try_from(number).ok());
        Some(Self { year: year as i32, month: small(month), day: small(day) })
    }

    /// Months since January of the year 0; a year alone counts as its January.
    pub fn month_index(self) -> i32 {
        self.year * 12 + i32::from(self.month.unwrap_or(1)) - 1
    }
}

/// A cell of a table as a date. Beside what [`Date::parse`] reads, `1.5.2022` and `01.05.2022.` are
/// the first of May: where points stand, the day comes first.
pub fn reading(cell: &str) -> Reading {
    if let Some(date) = Date::parse(cell) {
        return Reading::Plain(date);
    }
    if cell.len() == 5 && digits(cell) {
        return Reading::Serial;
    }
    let parts = |text: &str, mark: char| -> Option<[u32; 3]> {
        let mut parts = text.split(mark);
        let mut part = || {
            let part = parts.next().filter(|part| part.len() <= 4 && digits(part))?;
            part.parse::<u32>().ok()
        };
        let found = [part()?, part()?, part()?];
        parts.next().is_none().then_some(found)
    };
    let pointed = cell.strip_suffix('.').unwrap_or(cell);
    if let Some([day, month, year]) = parts(pointed, '.')
        && let Some(date) = Date::existing(year, Some(month), Some(day))
    {
        return Reading::DayFirst(date);
    }
    match ['/', '.', '-'].into_iter().find_map(|mark| parts(cell, mark)) {
        Some(parts) => either(parts),
        None => Reading::Nothing,
    }
}

/// Why what looks like a date, the year or the day first, is none: there is no such day or month.
pub fn impossible(cell: &str) -> Option<String> {
    let short = |part: &str| part.len() <= 4 && digits(part);
    let numbers = |mark: char| -> Option<Vec<u32>> {
        let parts = cell.strip_suffix('.').unwrap_or(cell).split(mark).take(4);
        parts.map(|part| part.parse().ok().filter(|_| short(part))).collect()
    };
    let (year, month, day) = match (numbers('-').as_deref(), numbers('.').as_deref()) {
        (Some(&[year, month]), _) => (year, month, None),
        (Some(&[year, month, day]), _) | (_, Some(&[day, month, year])) => (year, month, Some(day)),
        _ => return None,
    };
    if !(1000..=9999).contains(&year) {
        return None;
    }
    let Some(name) = (month as usize).checked_sub(1).and_then(|index| MONTHS.get(index)) else {
        // The month and the day may have changed places; more is not known.
        return Some(format!("there is no month {month}"));
    };
    let day = day.filter(|day| Date::existing(year, Some(month), Some(*day)).is_none())?;
    Some(format!("there is no {day} {name} {year}"))
}

/// Two dates that three numbers may be; nothing if they are one date or none.
fn either([first, second, third]: [u32; 3]) -> Reading {
    let year = |year: u32| if year < 100 { 2000 + year } else { year };
    let date = |at, month, day| Date::existing(year(at), Some(month), Some(day));
    let all = [date(third, second, first), date(third, first, second), date(first, second, third)];
    let mut dates = all.into_iter().flatten();
    let Some(one) = dates.next() else { return Reading::Nothing };
    match dates.find(|date| *date != one) {
        Some(other) => Reading::Either(one, other),
        None => Reading::Nothing,
    }
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

impl fmt::Display for Date {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04}", self.year)?;
        for part in [self.month, self.day].into_iter().flatten() {
            write!(out, "-{part:02}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_points_stand_the_day_comes_first() {
        let may = Date { year: 2022, month: Some(5), day: Some(1) };
        for cell in ["01.05.2022", "1.5.2022", "01.05.2022."] {
            assert_eq!(reading(cell), Reading::DayFirst(may), "{cell}");
        }
        assert_eq!(reading("2022-05-01"), Reading::Plain(may));
        let january = Date { year: 2022, month: Some(1), day: Some(5) };
        for cell in ["5/1/22", "05/01/2022", "5.1.22", "05-01-2022"] {
            assert_eq!(reading(cell), Reading::Either(january, may), "{cell}");
        }
        // The day or the year comes first.
        let other = Date { year: 2013, month: Some(5), day: Some(22) };
        let day_first = Date { year: 2022, month: Some(5), day: Some(13) };
        assert_eq!(reading("13/5/22"), Reading::Either(day_first, other));
        // What has one reading, or none, has not two.
        for cell in ["2022.05.01", "31.02.2022", "5/13/2022", "1/1/2022", "0/0/22", "99/99/99"] {
            assert_eq!(reading(cell), Reading::Nothing, "{cell}");
        }
        assert_eq!(reading("44682"), Reading::Serial);
        for cell in ["", "May 2022", "2022-13-01x", "1.5", "4294967296.1.1", "..", "05.2022"] {
            assert_eq!(reading(cell), Reading::Nothing, "{cell}");
        }
    }
}
