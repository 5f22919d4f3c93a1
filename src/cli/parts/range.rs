//! Which draws of a run are a part of it: from one to another, or one of so many parts.

use crate::numeric::LANES;
use crate::report::grouped;
use clap::Args;

/// Which draws of a run a part holds: those that are named, or the share of one of so many parts.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct Which {
    /// Which draws: the first, and the one behind the last; multiples of 64, but for the end of the run
    #[arg(long, value_name = "LO..HI", value_parser = draws)]
    draws: Option<(u64, u64)>,
    /// The K-th of N parts, counted from 1; they are the run, and differ in length by 64 draws at most
    #[arg(long, value_name = "K/N", value_parser = part)]
    part: Option<(u64, u64)>,
}

impl Which {
    /// The first draw of a run of so many, and the one behind the last.
    ///
    /// # Errors
    /// The run has no such part: why, and what to write instead.
    pub fn draws_of(&self, whole: u64, is_for_precision: bool) -> Result<(u64, u64), String> {
        if is_for_precision {
            return Err(
                "a run for a precision has no number of draws to take parts of: say how many with --of"
                    .to_owned(),
            );
        }
        match (self.draws, self.part) {
            (Some(draws), _) => wrong_range(draws, whole).map_or(Ok(draws), Err),
            (None, Some(part)) => draws_of_part(part, whole),
            // The argument's group has one of them.
            (None, None) => Ok((0, whole)),
        }
    }
}

/// Why these are no draws of a run of so many.
fn wrong_range((from, to): (u64, u64), whole: u64) -> Option<String> {
    let lanes = LANES as u64;
    let given = format!("--draws {from}..{to}");
    if to > whole {
        return Some(format!(
            "{given} ends behind the last of {whole} draws: write at most ..{whole}, or say with --of how many the run has"
        ));
    }
    if !from.is_multiple_of(lanes) || (!to.is_multiple_of(lanes) && to != whole) {
        let near = |draw: u64| draw / lanes * lanes;
        let end = if to == whole { whole } else { near(to).max(near(from) + lanes).min(whole) };
        return Some(format!(
            "{given} does not begin and end at multiples of {lanes}: write, for example, {}..{end}",
            near(from)
        ));
    }
    None
}

/// The draws of the K-th of N parts: whole blocks, shared out so that no part has two more than another.
fn draws_of_part((part, parts): (u64, u64), whole: u64) -> Result<(u64, u64), String> {
    let lanes = LANES as u64;
    let blocks = whole.div_ceil(lanes);
    if parts > blocks {
        return Err(format!(
            "--part {part}/{parts}: {whole} draws are {blocks} blocks of {lanes}, so there are at most {blocks} parts: write, for example, --part {}/{blocks}",
            part.min(blocks)
        ));
    }
    let before = |parts_before: u64| {
        // The quotient is at most `blocks`, whatever the product.
        let block = u128::from(parts_before) * u128::from(blocks) / u128::from(parts);
        u64::try_from(block).map_or(whole, |block| block.saturating_mul(lanes).min(whole))
    };
    Ok((before(part - 1), before(part)))
}

/// A range of draws as it is told.
pub fn range((from, to): (u64, u64)) -> String {
    format!("{}..{}", grouped(Some(from as f64)), grouped(Some(to as f64)))
}

fn number(text: &str) -> Option<u64> {
    text.trim().replace('_', "").parse().ok()
}

/// `LO..HI`, of which the first is the lesser.
fn draws(text: &str) -> Result<(u64, u64), String> {
    let found = text.split_once("..").and_then(|(from, to)| Some((number(from)?, number(to)?)));
    found
        .filter(|(from, to)| from < to)
        .ok_or_else(|| "write two rising numbers, such as 0..4096".to_owned())
}

/// `K/N`, of which the first is at least 1 and at most the second.
fn part(text: &str) -> Result<(u64, u64), String> {
    let found =
        text.split_once('/').and_then(|(part, parts)| Some((number(part)?, number(parts)?)));
    found.filter(|(part, parts)| (1..=*parts).contains(part)).ok_or_else(|| {
        "write which part of how many, counted from 1, such as 1/16 to 16/16".to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_two_rising_numbers() {
        assert_eq!(draws("64..1_024"), Ok((64, 1_024)));
        for wrong in ["", "64", "..", "64..", "64..64", "128..64", "-1..64", "0..1e3"] {
            assert!(draws(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn parts_begin_and_end_where_draws_are_grouped() {
        for (range, whole) in
            [((0, 64), 100), ((64, 100), 100), ((0, 100), 100), ((64, 128), 1_000)]
        {
            assert_eq!(wrong_range(range, whole), None);
        }
        let told = |range, whole| wrong_range(range, whole).unwrap();
        assert!(told((0, 101), 100).contains("write at most ..100"));
        assert!(told((10, 128), 200).ends_with("write, for example, 0..128"));
        assert!(told((0, 10), 200).ends_with("write, for example, 0..64"));
        let which = Which { draws: Some((0, 64)), part: None };
        assert!(which.draws_of(100, true).unwrap_err().contains("--of"));
    }

    #[test]
    fn a_part_is_one_of_so_many() {
        assert_eq!(part("3/16"), Ok((3, 16)));
        assert_eq!(part("1/1"), Ok((1, 1)));
        for wrong in ["", "3", "0/16", "17/16", "1/0", "-1/4", "1/4/8", "3 of 16"] {
            assert!(part(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn parts_are_the_run_and_differ_by_a_block_at_most() {
        for whole in [1, 63, 64, 65, 3_000, 200_000, u64::MAX] {
            for parts in [1, 2, 3, 7, 16, 47].into_iter().filter(|n| *n <= whole.div_ceil(64)) {
                let ranges: Vec<(u64, u64)> =
                    (1..=parts).map(|part| draws_of_part((part, parts), whole).unwrap()).collect();
                assert_eq!((ranges[0].0, ranges[ranges.len() - 1].1), (0, whole));
                assert!(ranges.windows(2).all(|pair| pair[0].1 == pair[1].0));
                assert!(ranges.iter().all(|range| wrong_range(*range, whole).is_none()));
                let blocks = ranges.iter().map(|(from, to)| (to - from).div_ceil(64));
                assert!(blocks.clone().max().unwrap() - blocks.min().unwrap() <= 1);
            }
        }
        // 200 draws are four blocks: one, one and two.
        let of_200 = |part| draws_of_part((part, 3), 200).unwrap();
        assert_eq!([of_200(1), of_200(2), of_200(3)], [(0, 64), (64, 128), (128, 200)]);
        let told = draws_of_part((9, 9), 200).unwrap_err();
        assert!(told.contains("at most 4 parts") && told.ends_with("--part 4/4"), "{told}");
    }
}
