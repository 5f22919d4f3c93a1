//! Policies side by side on the same draws, and who receives more or less.

use super::bridge::source;
use super::names::slugs;
use super::{DataTable, PictureFile};
use crate::analysis::comparison::{Compared, FigureRow, Named, ReceiverRow, VIEWS};
use crate::analysis::{ALL, Verdict};
use crate::chart::compare::{Dot, Measure};
use crate::chart::{Caption, Centre, Compare, Heading, Interval, RankedBars, Unit};
use crate::report::comparison::{CALLED, called, overall, span};
use crate::report::wording::{capitalised, money, percent, sum};

/// A figure that is shown side by side.
const MEASURES: [(&str, &str); 4] = [
    ("award", "Awarded"),
    ("entitlement", "Due by the rates"),
    ("coverage", "Award over eligible cost"),
    ("unspent", "Unspent"),
];

/// All that is compared with the same baseline side by side; then of each pair who receives more or less.
pub fn of_comparison(pairs: &[Compared], currency: &str) -> Vec<PictureFile> {
    let mut pictures = Vec::new();
    let mut baselines: Vec<&Named> = Vec::new();
    for pair in pairs {
        if !baselines.contains(&&pair.before) {
            baselines.push(&pair.before);
        }
    }
    for (index, before) in baselines.iter().enumerate() {
        let of: Vec<&Compared> = pairs.iter().filter(|pair| pair.before == **before).collect();
        let stem = match index {
            0 => "side-by-side".to_owned(),
            more => format!("side-by-side-{}", more + 1),
        };
        pictures.extend(side_by_side(&of, &stem, currency));
    }
    let names: Vec<String> =
        pairs.iter().map(|pair| short(&pair.before, &pair.after).1.replace(".ron", "")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    for (index, (pair, slug)) in pairs.iter().zip(slugs(&names, "second")).enumerate() {
        for (view, infix, is_aside) in views(pair) {
            let place = Place { index, view, slug: &slug, infix, is_aside };
            pictures.extend(municipalities(pair, &place, currency));
            pictures.extend(groups(pair, &place, currency));
        }
    }
    pictures
}

/// Which views are drawn: what the rule alone does comes first, at the pots of the first. The other is put
/// aside, or left out where it is the same; where only the pots change anything they come first.
fn views(pair: &Compared) -> Vec<(usize, &'static str, bool)> {
    const OWN: (usize, &str) = (2, "own-pots-");
    if pair.no_same_pots.is_some() {
        return vec![(2, "", false)];
    }
    let rows =
        |view: &'static str| overall(pair, view).map(|row| (row.difference_mean, row.spread));
    if rows("same").eq(rows("own")) {
        return vec![(1, "", false)];
    }
    let nobody = overall(pair, "same").all(|row| row.verdict == Verdict::Unchanged);
    if nobody {
        return vec![(OWN.0, OWN.1, false), (1, "", true)];
    }
    vec![(1, "", false), (OWN.0, OWN.1, true)]
}

/// How the two are called in a picture, where there is little room: scenarios without the folder that
/// both stand in.
pub fn short(before: &Named, after: &Named) -> (String, String) {
    let [first, second] = &without_folder(&[before, after])[..] else {
        return called(before, after);
    };
    called(first, second)
}

/// The same with the folder left out that the files of all stand in.
fn without_folder(all: &[&Named]) -> Vec<Named> {
    let mut common = all.first().map_or("", |named| folder(&named.scenario));
    for named in all {
        while !named.scenario.starts_with(common) {
            common = folder(common.trim_end_matches('/'));
        }
    }
    let short = |named: &&Named| Named {
        scenario: named.scenario.strip_prefix(common).unwrap_or(&named.scenario).to_owned(),
        policy: named.policy.clone(),
    };
    all.iter().map(short).collect()
}

/// The folder of a scenario as it was given, with the slash; what follows a blank is no path.
fn folder(scenario: &str) -> &str {
    let path = scenario.split(' ').next().unwrap_or_default();
    path.rfind('/').map_or("", |at| &path[..=at])
}

/// Of which pair and view a picture is, and how its file is called.
struct Place<'a> {
    index: usize,
    view: usize,
    slug: &'a str,
    infix: &'a str,
    is_aside: bool,
}

/// What each is called beside the others: without what all have in common.
fn labels(all: &[&Named]) -> Vec<String> {
    let same = |of: &dyn Fn(&Named) -> String| all.windows(2).all(|two| of(two[0]) == of(two[1]));
    let one_scenario = same(&|named| named.scenario.clone());
    let one_policy = same(&|named| named.policy.clone());
    let label = |named: &&Named| match (one_scenario, one_policy) {
        (true, _) => named.policy.clone(),
        (_, true) => named.scenario.clone(),
        _ => format!("{}: {}", named.scenario, named.policy),
    };
    all.iter().map(label).collect()
}

fn side_by_side(pairs: &[&Compared], stem: &str, currency: &str) -> Option<PictureFile> {
    let first = pairs.first()?;
    let named: Vec<&Named> =
        std::iter::once(&first.before).chain(pairs.iter().map(|pair| &pair.after)).collect();
    let files = without_folder(&named);
    let policies = labels(&files.iter().collect::<Vec<_>>());
    // Scenarios may share different years with the first: sums over different years stand in no picture.
    if pairs.iter().any(|pair| pair.years != first.years) {
        return None;
    }
    let still = pairs.iter().all(|pair| pair.changes_nothing);
    let mut measures = Vec::new();
    let mut columns = vec!["Policy".to_owned()];
    let mut rows: Vec<Vec<String>> = policies.iter().map(|name| vec![name.clone()]).collect();
    for (figure, words) in MEASURES {
        let found: Option<Vec<&FigureRow>> =
            pairs.iter().map(|pair| national(pair, figure)).collect();
        let Some(found) = found else { continue };
        let is_share = found.first()?.unit == "share";
        let scale = if is_share { 100.0 } else { 1.0 };
        let dot = |value: Option<f64>, low: Option<f64>, high: Option<f64>| {
            let value = value? * scale;
            let end = |end: Option<f64>| end.map_or(value, |end| end * scale);
            Some(Dot { value, low: end(low), high: end(high) })
        };
        let baseline = found.first()?;
        let mut values = vec![dot(baseline.before, baseline.before_p05, baseline.before_p95)];
        values.extend(found.iter().map(|row| dot(row.after, row.after_p05, row.after_p95)));
        if values.iter().all(Option::is_none) {
            continue;
        }
        let form =
            |value: f64| if is_share { percent(Some(value / 100.0)) } else { sum(Some(value)) };
        for (row, dot) in rows.iter_mut().zip(&values) {
            row.push(dot.map_or_else(
                || "none".to_owned(),
                |dot| format!("{} ({} to {})", form(dot.value), form(dot.low), form(dot.high)),
            ));
        }
        columns.push(words.to_owned());
        measures.push(Measure {
            name: words.to_owned(),
            unit: if is_share { Unit::Percent } else { Unit::Money(currency.to_owned()) },
            more_is_better: None,
            values,
        });
    }
    let title = if still {
        "Nothing changes: every figure is the same in every draw"
    } else {
        "Side by side: awarded, due, covered, left"
    };
    let subtitle = format!(
        "{}; mean (dot) and range of the futures 5–95\u{202f}% (bar), the same draws for all",
        span(&first.years)
    );
    let scenarios: Vec<&str> = named.iter().map(|named| named.scenario.as_str()).collect();
    let chart = Compare {
        heading: Heading {
            title: title.to_owned(),
            subtitle,
            caption: Caption {
                pot: "each at its own".to_owned(),
                draws: Some(first.draws),
                source: sources(&scenarios),
                note: "Ranges overlap because all face the same futures; what differs is told draw by draw."
                    .to_owned(),
                ..Caption::default()
            },
        },
        policies,
        baseline: Some(0),
        measures,
    };
    let told: Vec<String> = rows
        .iter()
        .map(|row| {
            let figures = columns.iter().zip(row).skip(1);
            let figures: Vec<String> =
                figures.map(|(name, text)| format!("{name} {text}")).collect();
            format!("{}: {}.", row.first().map_or("", String::as_str), figures.join("; "))
        })
        .collect();
    let alt = format!("{title}. {}", told.join(" "));
    Some(PictureFile::new(&chart, stem, None, (title, alt), DataTable { columns, rows }))
}

fn sources(scenarios: &[&str]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for name in scenarios {
        if !names.contains(name) {
            names.push(name);
        }
    }
    match names[..] {
        [one] => source(one, one),
        [one, other] => source(one, other),
        _ => format!("simulation of {} scenarios under their assumptions", names.len()),
    }
}

/// A figure of all programmes and years together.
fn national<'a>(pair: &'a Compared, figure: &str) -> Option<&'a FigureRow> {
    let is_it =
        |row: &&FigureRow| row.figure == figure && row.programme == ALL && row.year.is_none();
    pair.figures.iter().find(is_it)
}

fn interval(row: &ReceiverRow, name: String) -> Option<Interval> {
    let value = row.difference_mean?;
    let (low, high) = (row.spread.p05.unwrap_or(value), row.spread.p95.unwrap_or(value));
    Some(Interval { name, value, low, high })
}

fn municipalities(pair: &Compared, place: &Place<'_>, currency: &str) -> Option<PictureFile> {
    let view = VIEWS.get(place.view)?;
    let all: Vec<&ReceiverRow> =
        overall(pair, view).filter(|row| row.group == "municipality").collect();
    let still = all.iter().filter(|row| row.verdict == Verdict::Unchanged).count();
    let nobody = still == all.len();
    // Where nothing changes at all the picture shows just that; else it shows what changes.
    let shown = all.iter().filter(|row| nobody || row.verdict != Verdict::Unchanged);
    let mut rows: Vec<Interval> = shown.filter_map(|row| interval(row, row.name.clone())).collect();
    rows.sort_by(|a, b| b.value.total_cmp(&a.value).then_with(|| a.name.cmp(&b.name)));
    if rows.is_empty() {
        return None;
    }
    let note = match still {
        0 => String::new(),
        _ if nobody => "Every difference is 0 in every draw.".to_owned(),
        1 => "One municipality is left out: nothing changes for it in any draw.".to_owned(),
        many => {
            format!("{many} municipalities are left out: nothing changes for them in any draw.")
        }
    };
    let title =
        if nobody { "No municipality receives more or less" } else { "Who receives more or less" };
    let stem = format!("receivers-{}{}", place.infix, place.slug);
    Some(drawn(pair, place, rows, (title, &note, &stem, false), currency))
}

fn groups(pair: &Compared, place: &Place<'_>, currency: &str) -> Option<PictureFile> {
    let view = VIEWS.get(place.view)?;
    let rows: Vec<Interval> = overall(pair, view)
        .filter(|row| row.group != "municipality")
        .filter_map(|row| {
            let name = match row.group.as_str() {
                "nation" => "Nation".to_owned(),
                kind => format!("{}: {}", capitalised(kind), row.code),
            };
            interval(row, name)
        })
        .collect();
    // The nation alone is no group.
    if rows.len() < 2 {
        return None;
    }
    let nobody = overall(pair, view).all(|row| row.verdict == Verdict::Unchanged);
    let title =
        if nobody { "No group receives more or less" } else { "Which groups receive more or less" };
    let stem = format!("groups-{}{}", place.infix, place.slug);
    let note =
        "Each way of grouping adds up to the nation, where every municipality is in a group.";
    Some(drawn(pair, place, rows, (title, note, &stem, true), currency))
}

fn drawn(
    pair: &Compared,
    place: &Place<'_>,
    rows: Vec<Interval>,
    (title, note, stem, in_order): (&str, &str, &str, bool),
    currency: &str,
) -> PictureFile {
    let (before, after) = short(&pair.before, &pair.after);
    let words = CALLED.get(place.view).copied().unwrap_or_default();
    let subtitle = format!(
        "{after} instead of {before}; {words}, all programmes, {}. Mean difference and range of the \
         futures 5–95\u{202f}%: right of zero more, left of it less",
        span(&pair.years)
    );
    let pot =
        if place.view == 1 { format!("that of {before}") } else { "each at its own".to_owned() };
    let signed = |value: f64| {
        let sign = if value > 0.0 { "+" } else { "" };
        format!("{sign}{}", sum(Some(value)))
    };
    let data: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            let figures = [row.value, row.low, row.high].map(signed);
            std::iter::once(row.name.clone()).chain(figures).collect()
        })
        .collect();
    let ends = match &rows[..] {
        [] => String::new(),
        [only] => format!("{} {}.", only.name, money(only.value, currency)),
        rows => {
            let most = |a: &&Interval, b: &&Interval| a.value.total_cmp(&b.value);
            let (least, most) = (rows.iter().min_by(most), rows.iter().max_by(most));
            let told = |row: Option<&Interval>| {
                row.map_or_else(String::new, |row| {
                    format!("{} {}", row.name, money(row.value, currency))
                })
            };
            format!("From {} to {} (means).", told(least), told(most))
        }
    };
    let alt = format!("{title}: {subtitle}. {ends} {note}");
    let chart = RankedBars {
        heading: Heading {
            title: title.to_owned(),
            subtitle,
            caption: Caption {
                pot,
                draws: Some(pair.draws),
                source: source(&pair.before.scenario, &pair.after.scenario),
                note: note.to_owned(),
                ..Caption::default()
            },
        },
        unit: Unit::Money(currency.to_owned()),
        centre: Centre::Mean,
        in_order,
        rows,
    };
    let columns = ["", "Mean difference", "5 % of futures below", "5 % of futures above"];
    let data = DataTable::new(&columns, data);
    let title = format!("{title}: {words}");
    let mut picture = PictureFile::new(
        &chart,
        stem,
        Some(place.index),
        (&title, alt.trim_end().to_owned()),
        data,
    );
    picture.is_aside = place.is_aside;
    picture
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(scenario: &str) -> Named {
        Named { scenario: scenario.to_owned(), policy: "p".to_owned() }
    }

    #[test]
    fn the_folder_that_all_stand_in_is_left_out() {
        let short = |given: &[&str]| -> Vec<String> {
            let all: Vec<Named> = given.iter().map(|scenario| named(scenario)).collect();
            let all: Vec<&Named> = all.iter().collect();
            without_folder(&all).into_iter().map(|named| named.scenario).collect()
        };
        assert_eq!(short(&["a/b/one.ron", "a/b/two.ron"]), ["one.ron", "two.ron"]);
        assert_eq!(short(&["a/b/one.ron", "a/c/one.ron"]), ["b/one.ron", "c/one.ron"]);
        assert_eq!(short(&["one.ron", "a/two.ron"]), ["one.ron", "a/two.ron"]);
        // A setting may hold a slash.
        assert_eq!(short(&["a/o.ron", "a/o.ron --set x=1/2"]), ["o.ron", "o.ron --set x=1/2"]);
        assert_eq!(short(&["/", "/"]), ["", ""]);
    }
}
