//! What a run will take, told before it begins: memory by the size of the scenario, time by that of its
//! median path.

use super::memory;
use super::show;
use crate::model::Scenario;
use crate::numeric::LANES;
use crate::report::grouped;
use std::time::Duration;

/// What takes less is not announced.
const WORTH_TELLING: Duration = Duration::from_secs(20);
/// What takes longer is not begun unless somebody says that he means it.
const LONGEST: Duration = Duration::from_hours(24);
/// How much longer a block of draws takes than the median path, which is as many equal draws: points open at
/// different times, and figures are recorded. Runs took 0.55 to 1.1 of what this forecasts (docs/scale.md).
const MORE_THAN_MEDIAN: f64 = 1.2;

/// How long so many draws take on so many threads where one block of them takes so long.
pub fn of(draws: u64, threads: usize, block: Duration) -> Duration {
    let blocks = draws.div_ceil(LANES as u64);
    let rounds = blocks.div_ceil(threads.max(1) as u64);
    Duration::try_from_secs_f64(block.as_secs_f64() * MORE_THAN_MEDIAN * rounds as f64)
        .unwrap_or(Duration::MAX)
}

/// Tells what a run takes, where it is worth it.
pub fn tell(scenario: &Scenario, asked: usize, exact_quantiles: bool, time: Duration) {
    let memory = memory::announced(&memory::size(scenario, asked, exact_quantiles));
    let time = (time >= WORTH_TELLING).then(|| format!("{} by the median path", about(time)));
    let parts: Vec<String> = memory.into_iter().chain(time).collect();
    if !parts.is_empty() {
        show::message(&format!("this run: {}", parts.join("; ")));
    }
}

/// How fast it was, where that was announced or might have been.
pub fn rate(draws: u64, time: Duration) -> Option<String> {
    let seconds = time.as_secs_f64();
    (time >= WORTH_TELLING).then(|| {
        let each = draws as f64 / seconds;
        let each = if each < 10.0 { format!("{each:.2}") } else { grouped(Some(each.round())) };
        format!("{} draws in {seconds:.0} seconds: {each} a second", grouped(Some(draws as f64)))
    })
}

/// Why a run is not begun that takes so long; none where it may be.
pub fn refused(time: Duration, draws: u64, however_long: bool) -> Option<String> {
    (time > LONGEST && !however_long).then(|| {
        format!(
            "error: {} draws would take {}: simulate fewer with --draws, share them between machines with \
             `dotacija shard`, or say --however-long",
            grouped(Some(draws as f64)),
            about(time)
        )
    })
}

/// A time as people say it.
fn about(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    let units = [(86_400.0, "days"), (3_600.0, "hours"), (60.0, "minutes"), (1.0, "seconds")];
    let (size, unit) =
        units.into_iter().find(|(size, _)| seconds >= 2.0 * size).unwrap_or((1.0, "seconds"));
    format!("about {} {unit}", grouped(Some((seconds / size).round())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forecast_counts_rounds_of_blocks() {
        let block = Duration::from_secs(10);
        // 1,000 draws are 16 blocks: 8 rounds of two threads, 12 seconds each.
        assert_eq!(of(1_000, 2, block), Duration::from_secs(96));
        assert_eq!(of(1, 8, block), Duration::from_secs(12));
        assert_eq!(of(u64::MAX, 1, Duration::MAX), Duration::MAX);
    }

    #[test]
    fn times_are_told_in_units_that_people_use() {
        let told = |seconds| about(Duration::from_secs(seconds));
        assert_eq!(told(50), "about 50 seconds");
        assert_eq!(told(150), "about 3 minutes");
        assert_eq!(told(7_300), "about 2 hours");
        assert_eq!(told(400_000), "about 5 days");
    }

    #[test]
    fn a_rate_is_told_of_what_took_its_time() {
        assert_eq!(rate(1_000, Duration::from_secs(2)), None);
        let told = |draws| rate(draws, Duration::from_secs(200)).unwrap_or_default();
        assert_eq!(told(192), "192 draws in 200 seconds: 0.96 a second");
        assert_eq!(told(1_000_000), "1 000 000 draws in 200 seconds: 5 000 a second");
    }

    #[test]
    fn more_than_a_day_must_be_meant() {
        let (day, week) = (LONGEST, 7 * LONGEST);
        assert_eq!(refused(day, 10, false), None);
        assert_eq!(refused(week, 10, true), None);
        let told = refused(week, 10_000_000, false).unwrap_or_default();
        assert!(told.contains("10 000 000 draws would take about 7 days"), "{told}");
        assert!(told.contains("--however-long"), "{told}");
    }
}
