//! The first page: what a minister asks, policies side by side; and what an officer asks of all of them.

use super::grid::{Cell, Grid, Head};
use crate::analysis::{Findings, Headline, Range, VerdictCounts, YearRange};
use crate::language::Message;
use crate::report::written::{NONE, Written};

/// The cell of a policy in a row; none where the row does not hold for it.
type CellOf<'a> = &'a dyn Fn(&Headline) -> Option<Cell>;

/// A row: its label, the note below it, and its cells.
type Add<'a> = dyn FnMut(Message, Message, CellOf<'_>) + 'a;

/// The size of sums in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Size {
    One,
    Thousand,
    Million,
    Billion,
}

/// The unit of a row of sums, by the largest of them, so that a reader need not count digits.
#[derive(Clone, Copy)]
struct Scale {
    divisor: f64,
    size: Size,
    decimals: usize,
}

impl Scale {
    fn of(sums: impl Iterator<Item = f64>) -> Self {
        let largest = sums.fold(0.0, |largest: f64, sum| largest.max(sum.abs()));
        let (divisor, size) = match largest {
            sum if sum >= 1e9 => (1e9, Size::Billion),
            sum if sum >= 1e6 => (1e6, Size::Million),
            sum if sum >= 1e5 => (1e3, Size::Thousand),
            _ => (1.0, Size::One),
        };
        let decimals = match largest / divisor {
            _ if divisor < 1e6 => 0,
            size if size < 10.0 => 2,
            size if size < 100.0 => 1,
            _ => 0,
        };
        Self { divisor, size, decimals }
    }

    /// The currency with the size of its sums.
    fn unit(self, currency: &str, written: Written) -> String {
        let currency = written.currency(currency);
        written.words(&match self.size {
            Size::One => return currency,
            Size::Thousand => Message::new("page-unit-thousand").name("currency", &currency),
            Size::Million => Message::new("page-unit-million").name("currency", &currency),
            Size::Billion => Message::new("page-unit-billion").name("currency", &currency),
        })
    }

    /// The size alone.
    fn word(self, written: Written) -> Option<String> {
        match self.size {
            Size::One => None,
            Size::Thousand => Some(written.say("page-thousand")),
            Size::Million => Some(written.say("page-million")),
            Size::Billion => Some(written.say("page-billion")),
        }
    }

    fn value(self, sum: Option<f64>, written: Written) -> String {
        let scaled = |sum: f64| written.number(sum / self.divisor, self.decimals);
        sum.map_or_else(|| NONE.to_owned(), scaled)
    }
}

/// A table with a column for each policy.
fn table(findings: &Findings, written: Written, rows: impl FnOnce(&mut Add<'_>)) -> Option<Grid> {
    let headlines = &findings.headlines;
    let mut grid = Grid::new("", [Head::words("")]);
    for headline in headlines {
        grid.figures(headline.policy.clone());
    }
    rows(&mut |label, note, cell| {
        let cells: Vec<Option<Cell>> = headlines.iter().map(cell).collect();
        if cells.iter().any(Option::is_some) {
            let label = Cell::with(written.words(&label), written.words(&note));
            let cells = cells.into_iter().map(|cell| cell.unwrap_or_else(|| Cell::new(NONE)));
            grid.push(std::iter::once(label).chain(cells).collect());
        }
    });
    grid.some()
}

/// The five big numbers, one column a policy.
pub fn big_numbers(findings: &Findings, written: Written) -> Option<Grid> {
    let headlines = &findings.headlines;
    let about = &findings.about;
    let currency = &about.currency;
    let last = about.years.1;
    let years = written.years(about.years);
    table(findings, written, |add| {
        let planned = headlines.iter().find_map(|headline| headline.points_open.last());
        let promised = planned.map_or(0, |row| row.planned);
        add(
            Message::new("page-points-open").year("year", last),
            Message::new("page-planned").count("count", promised as f64),
            &|headline| {
                let row = headline.points_open.last()?;
                Some(Cell::of(&row.simulated, |value| written.count(value)))
            },
        );
        let scale = Scale::of(headlines.iter().filter_map(|headline| headline.award_total.p90));
        add(
            Message::new("page-awards").name("years", &years),
            Message::new("page-awards-note").name("unit", &scale.unit(currency, written)),
            &|headline| {
                let form = |value| scale.value(value, written);
                (!headline.award.is_empty()).then(|| Cell::of(&headline.award_total, form))
            },
        );
        within_reach(findings, written, add);
        received(findings, written, add);
        let scale = Scale::of(headlines.iter().filter_map(|headline| headline.reserve99));
        // Where points wait for money, more money means more points and more claims.
        let (label, note) = if about.network_mode == Some("WhenFunded") {
            (Message::new("page-unmet"), Message::new("page-unmet-note"))
        } else {
            (Message::new("page-extra"), Message::new("page-extra-note"))
        };
        let unit = scale.unit(currency, written);
        add(label.name("years", &years), note.name("unit", &unit), &|headline| {
            let [ninety, more, most] =
                [headline.reserve90?, headline.reserve95?, headline.reserve99?]
                    .map(|sum| scale.value(Some(sum), written));
            let ends = Message::new("page-two-ends").name("one", &more).name("other", &most);
            Some(Cell::with(ninety, written.words(&ends)))
        });
    })
}

/// Who lives near an open point.
fn within_reach(findings: &Findings, written: Written, add: &mut Add<'_>) {
    let people = findings.headlines.iter();
    let scale =
        Scale::of(people.filter_map(|headline| headline.people_within_10_km.last()?.range.p90));
    let note = match scale.word(written) {
        None => Message::new("page-within-10-km-note"),
        Some(word) => Message::new("page-within-10-km-note-unit").name("unit", &word),
    };
    let label = Message::new("page-within-10-km").year("year", findings.about.years.1);
    add(label, note, &|headline| {
        let people = last_of(&headline.people_within_10_km, |value| scale.value(value, written))?;
        let share = headline.access_within_10_km.last();
        let share = share.map(|year| {
            let share = written.percent(year.range.p50);
            written.words(&Message::new("page-of-inhabitants").name("share", &share))
        });
        // On a line of its own, so that it does not widen the column.
        let below = [Some(people.sub).filter(|range| !range.is_empty()), share];
        Some(Cell::with(people.main, below.into_iter().flatten().collect::<Vec<_>>().join("\n")))
    });
}

/// How many municipalities receive more or less than under the baseline, at its pot.
fn received(findings: &Findings, written: Written, add: &mut Add<'_>) {
    let note = against(Message::new("page-against"), findings, written);
    let several = findings.headlines.len() > 1;
    add(Message::new("page-more-less"), note, &|headline| {
        if headline.is_baseline && several {
            return Some(Cell::new(written.say("page-baseline")));
        }
        let counts = headline.same_pot?;
        let (more, less) = (counts.clearly_more(), counts.clearly_less());
        let below = (more + less > 0).then(|| {
            let pair = Message::new("page-in-all-pair");
            written.words(&pair.count("more", counts.more as f64).count("less", counts.less as f64))
        });
        Some(Cell::with(format!("{more} / {less}"), below.unwrap_or_default()))
    });
}

/// Against which policy, and in which years.
fn against(message: Message, findings: &Findings, written: Written) -> Message {
    let about = &findings.about;
    let baseline = about.baseline.clone().unwrap_or_else(|| written.say("page-the-baseline"));
    message.name("baseline", &baseline).name("years", &written.years(about.years))
}

/// What an officer asks of all policies besides.
pub fn more_numbers(findings: &Findings, written: Written) -> Option<Grid> {
    let about = &findings.about;
    let years = written.years(about.years);
    table(findings, written, |add| {
        add(
            Message::new("page-covered").year("year", about.years.1),
            Message::new("page-covered-note"),
            &|headline| last_of(&headline.coverage, |share| written.percent(share)),
        );
        add(
            Message::new("page-chance-short"),
            Message::new("page-chance-short-note").words("brackets", Message::new("page-brackets")),
            &|headline| {
                let open = written.open_chance(&headline.p_shortfall_interval);
                headline.p_shortfall.map(|share| Cell::with(written.chance(Some(share)), open))
            },
        );
        let worst = findings.headlines.iter().filter_map(|headline| headline.expected_shortfall95);
        let scale = Scale::of(worst);
        add(
            Message::new("page-missing").name("years", &years),
            Message::new("page-missing-note").name("unit", &scale.unit(&about.currency, written)),
            &|headline| {
                let sum = headline.expected_shortfall95?;
                Some(Cell::new(scale.value(Some(sum), written)))
            },
        );
        undecided(findings, written, add);
    })
}

/// How many municipalities receive neither more nor less, and what the policy's own pot makes of it.
fn undecided(findings: &Findings, written: Written, add: &mut Add<'_>) {
    let count = |message: Message, count: usize| {
        (count > 0).then(|| written.words(&message.count("count", count as f64)))
    };
    let cell = |counts: &VerdictCounts| {
        let others = [
            count(Message::new("page-unchanged"), counts.unchanged),
            count(Message::new("page-only-under-one"), counts.only_under_one),
        ];
        let others: Vec<String> = others.into_iter().flatten().collect();
        Cell::with(counts.undecided.to_string(), others.join("; "))
    };
    let several = findings.headlines.len() > 1;
    let of_baseline = |headline: &Headline| {
        (headline.is_baseline && several).then(|| Cell::new(written.say("page-baseline")))
    };
    let note = against(Message::new("page-against"), findings, written);
    add(Message::new("page-undecided"), note, &|headline| {
        of_baseline(headline).or_else(|| headline.same_pot.as_ref().map(cell))
    });
    let note = against(Message::new("page-against-own"), findings, written);
    add(Message::new("page-own-pots"), note, &|headline| {
        of_baseline(headline).or_else(|| {
            let counts = headline.own_pot?;
            let undecided = count(Message::new("page-count-undecided"), counts.undecided);
            let both = format!("{} / {}", counts.clearly_more(), counts.clearly_less());
            Some(Cell::with(both, undecided.unwrap_or_default()))
        })
    });
}

fn last_of(years: &[YearRange], form: impl Fn(Option<f64>) -> String) -> Option<Cell> {
    years.last().map(|year| Cell::of(&year.range, form))
}

/// Points open against the plan, year by year; one column where all policies open the same.
pub fn points_by_year(findings: &Findings, written: Written) -> Option<Grid> {
    let headlines = &findings.headlines;
    let first = headlines.first().filter(|headline| !headline.points_open.is_empty())?;
    let same = headlines.windows(2).all(|pair| pair[0].points_open == pair[1].points_open);
    let heads = [
        Head::words(written.say("page-column-year")),
        Head::figures(written.say("page-column-planned")),
    ];
    let mut grid = Grid::new(written.say("page-points-by-year"), heads);
    let shown = if same { 1 } else { headlines.len() };
    for headline in headlines.iter().take(shown) {
        let every = || written.say("page-column-every-policy");
        grid.figures(if same { every() } else { headline.policy.clone() });
    }
    for (index, row) in first.points_open.iter().enumerate() {
        let planned = written.number(row.planned as f64, 0);
        let mut cells = vec![Cell::new(row.year.to_string()), Cell::new(planned)];
        cells.extend(headlines.iter().take(shown).map(|headline| {
            let range = headline.points_open.get(index).map(|row| row.simulated);
            Cell::of(&range.unwrap_or_default(), |value| written.count(value))
        }));
        grid.push(cells);
    }
    Some(grid)
}

/// Awards of all programmes by year and policy.
pub fn cost_by_year(findings: &Findings, written: Written) -> Option<Grid> {
    let by_year =
        |headline: &Headline| headline.award.iter().map(|year| (year.year, year.range)).collect();
    let caption = Message::new("page-cost-by-year")
        .name("currency", &written.currency(&findings.about.currency));
    yearly(findings, (written, &caption), |value| written.sum(value), &by_year)
}

/// Award over eligible cost by year and policy.
pub fn coverage_by_year(findings: &Findings, written: Written) -> Option<Grid> {
    let by_year = |headline: &Headline| {
        headline.coverage.iter().map(|year| (year.year, year.range)).collect()
    };
    let caption = Message::new("page-coverage-by-year");
    yearly(findings, (written, &caption), |share| written.percent(share), &by_year)
}

fn yearly(
    findings: &Findings,
    (written, caption): (Written, &Message),
    form: impl Fn(Option<f64>) -> String,
    figures: &dyn Fn(&Headline) -> Vec<(i32, Range)>,
) -> Option<Grid> {
    let columns: Vec<Vec<(i32, Range)>> = findings.headlines.iter().map(figures).collect();
    let years: Vec<i32> =
        columns.iter().max_by_key(|column| column.len())?.iter().map(|row| row.0).collect();
    let mut grid =
        Grid::new(written.words(caption), [Head::words(written.say("page-column-year"))]);
    for headline in &findings.headlines {
        grid.figures(headline.policy.clone());
    }
    for year in years {
        let cell = |column: &Vec<(i32, Range)>| {
            let found = column.iter().find(|row| row.0 == year);
            found.map_or_else(|| Cell::new(NONE), |row| Cell::of(&row.1, &form))
        };
        grid.push(
            std::iter::once(Cell::new(year.to_string())).chain(columns.iter().map(cell)).collect(),
        );
    }
    grid.some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::{example, findings};
    use crate::language::Language;

    const ENGLISH: Written = Written(Language::English);

    fn cell<'a>(grid: &'a Grid, row: &str, column: usize) -> &'a Cell {
        &grid.rows.iter().find(|found| found.cells[0].main.starts_with(row)).unwrap().cells[column]
    }

    #[test]
    fn the_big_numbers_stand_side_by_side() {
        let findings = findings(&example());
        let grid = big_numbers(&findings, ENGLISH).unwrap();
        assert_eq!(grid.heads[1].text, "today");
        assert_eq!(cell(&grid, "Points open", 1).main, "3");
        assert_eq!(cell(&grid, "Points open", 0).sub, "planned: 3");
        assert_eq!(cell(&grid, "Awards to municipalities", 2).main, "4,000");
        assert_eq!(cell(&grid, "Municipalities that clearly receive", 1).main, "baseline");
        let both = cell(&grid, "Municipalities that clearly receive", 2);
        assert_eq!((&*both.main, &*both.sub), ("1 / 1", "in all draws: 1 / 1"));
        assert!(cell(&grid, "Extra appropriation needed", 1).main != NONE);
        assert!(grid.rows.iter().all(|row| !row.cells[0].main.starts_with("Inhabitants")));
        let more = more_numbers(&findings, ENGLISH).unwrap();
        assert_eq!(cell(&more, "Municipalities undecided", 2).sub, "1 with no difference");
        assert!(cell(&more, "Municipalities that receive more / less", 2).main.contains(" / "));
        assert_eq!(cell(&more, "Chance that some pot is short", 1).main, "100\u{202f}%");
    }

    #[test]
    fn unmet_claims_are_no_reserve_where_points_wait_for_money() {
        let mut findings = findings(&example());
        findings.about.network_mode = Some("WhenFunded");
        let grid = big_numbers(&findings, ENGLISH).unwrap();
        let label = &cell(&grid, "Unmet claims at the network that this pot allows", 0);
        assert!(label.sub.contains("not the money that would suffice"));
        assert!(!grid.rows.iter().any(|row| row.cells[0].main.starts_with("Extra")));
    }

    #[test]
    fn large_sums_are_told_in_millions() {
        let scale = Scale::of([4_522_659.0, 5_411_891.0].into_iter());
        assert_eq!(
            (scale.unit("EUR", ENGLISH), scale.value(Some(4_522_659.0), ENGLISH)),
            ("EUR million".to_owned(), "4.52".to_owned())
        );
        let scale = Scale::of([13_861_186.0].into_iter());
        assert_eq!(
            (scale.value(Some(13_861_186.0), ENGLISH), scale.value(None, ENGLISH)),
            ("13.9".to_owned(), "–".to_owned())
        );
        assert_eq!(Scale::of([250_609.0].into_iter()).value(Some(250_609.0), ENGLISH), "251");
        assert_eq!(Scale::of([99_000.4].into_iter()).value(Some(99_000.4), ENGLISH), "99,000");
        let latvian = Written(Language::Latvian);
        let scale = Scale::of([4_522_659.0].into_iter());
        let told = (scale.unit("EUR", latvian), scale.value(Some(4_522_659.0), latvian));
        assert_eq!(told, ("milj. €".to_owned(), "4,52".to_owned()));
    }

    #[test]
    fn policies_that_open_the_same_points_share_a_column() {
        let grid = points_by_year(&findings(&example()), ENGLISH).unwrap();
        let texts =
            |row: usize| grid.rows[row].cells.iter().map(|cell| &*cell.main).collect::<Vec<_>>();
        assert_eq!((texts(0), texts(1)), (vec!["2022", "2", "2"], vec!["2023", "3", "3"]));
    }

    #[test]
    fn a_scenario_without_policies_has_no_big_numbers() {
        let mut scenario = example();
        scenario.policies.clear();
        let findings = findings(&scenario);
        assert!(
            big_numbers(&findings, ENGLISH).is_none() && cost_by_year(&findings, ENGLISH).is_none()
        );
    }
}
