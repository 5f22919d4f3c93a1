//! What to write in place of a date that cannot be read.

use crate::model::MONTHS;
use crate::scenario::table::Date;

/// How dates are written.
const USUAL: &str = "dates are written `2022-05-01`, `2022-05` or `2022`";

/// Says what is wrong with a text that is no date, and what may be meant.
pub fn remedy(written: &str) -> String {
    let written = written.trim();
    let parts: Option<Vec<u32>> =
        written.split(['.', '/', '-']).map(|part| part.trim().parse().ok()).collect();
    let meant = match parts.as_deref() {
        Some(&[year, month, day]) if year >= 1000 => return of_parts(written, year, month, day),
        // As it is written in Latvia: the day first.
        Some(&[day, month, year]) if year >= 1000 => date(year, month, Some(day)),
        Some(&[month, year]) if year >= 1000 => date(year, month, None),
        Some(&[year, month]) if year >= 1000 && (1..=12).contains(&month) => {
            date(year, month, None)
        }
        _ => without_time(written),
    };
    match meant {
        Some(meant) => format!("write `{meant}`: the year first, then month and day"),
        None => USUAL.to_owned(),
    }
}

fn of_parts(written: &str, year: u32, month: u32, day: u32) -> String {
    let name = month.checked_sub(1).and_then(|month| MONTHS.get(month as usize));
    let Some(name) = name else {
        return "the month, in the middle, is one from 01 to 12".to_owned();
    };
    match date(year, month, Some(day)) {
        Some(meant) if meant != written => format!("write `{meant}`"),
        Some(_) => USUAL.to_owned(),
        None => {
            let last = (28..=31).rev().find(|day| date(year, month, Some(*day)).is_some());
            format!("{name} {year} has {} days", last.unwrap_or(31))
        }
    }
}

/// A date as it is written, where there is such a day.
fn date(year: u32, month: u32, day: Option<u32>) -> Option<String> {
    let text = match day {
        Some(day) => format!("{year:04}-{month:02}-{day:02}"),
        None => format!("{year:04}-{month:02}"),
    };
    Date::parse(&text).map(|_| text)
}

fn without_time(written: &str) -> Option<String> {
    let day = written.split(['T', ' ']).next()?;
    Date::parse(day).map(|_| day.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_of_another_form_is_written_as_it_should_be() {
        let meant = |text: &str| format!("write `{text}`: the year first, then month and day");
        for text in ["1.5.2022", "01/05/2022", "01-05-2022", "1. 5. 2022", "2022-05-01T12:00"] {
            assert_eq!(remedy(text), meant("2022-05-01"), "{text}");
        }
        assert_eq!(remedy("05.2022"), meant("2022-05"));
        assert_eq!(remedy("2022/5/1"), "write `2022-05-01`");
        assert_eq!(remedy("2022-02-30"), "February 2022 has 28 days");
        assert_eq!(remedy("2024-02-30"), "February 2024 has 29 days");
        assert_eq!(remedy("2022-13-01"), "the month, in the middle, is one from 01 to 12");
        assert_eq!(remedy("1 May 2022"), USUAL);
        assert_eq!(remedy(""), USUAL);
    }
}
