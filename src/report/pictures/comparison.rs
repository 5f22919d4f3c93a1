//! Policies side by side on the same draws, and who receives more or less.

use super::bridge::{source, span};
use super::figures::{column_heads, percentile};
use super::names::slugs;
use super::texts::in_title;
use super::{DataTable, PictureFile};
use crate::analysis::comparison::{Compared, FigureRow, Named, ReceiverRow, VIEWS};
use crate::analysis::{ALL, Verdict};
use crate::chart::compare::{Dot, Measure};
use crate::chart::{Caption, Centre, Compare, Heading, Interval, RankedBars, Unit};
use crate::language::{Language, Message};
use crate::report::comparison::{called, overall};
use crate::report::wording::capitalised;
use crate::report::written::{Written, between};

/// The figures that are shown side by side.
fn measures() -> [(&'static str, Message); 4] {
    [
        ("award", Message::new("picture-measure-award")),
        ("entitlement", Message::new("picture-measure-due")),
        ("coverage", Message::new("picture-measure-coverage")),
        ("unspent", Message::new("picture-measure-unspent")),
    ]
}

/// In whose currency and language pictures are drawn.
#[derive(Clone, Copy)]
struct Terms<'a> {
    currency: &'a str,
    figures: Written,
}

/// All that is compared with the same baseline side by side; then of each pair who receives more or less.
pub fn of_comparison(pairs: &[Compared], currency: &str, language: Language) -> Vec<PictureFile> {
    let terms = Terms { currency, figures: Written(language) };
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
        pictures.extend(side_by_side(&of, &stem, terms));
    }
    let names: Vec<String> =
        pairs.iter().map(|pair| short(&pair.before, &pair.after).1.replace(".ron", "")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    for (index, (pair, slug)) in pairs.iter().zip(slugs(&names, "second")).enumerate() {
        for (view, infix, is_aside) in views(pair) {
            let place = Place { index, view, slug: &slug, infix, is_aside };
            pictures.extend(municipalities(pair, &place, terms));
            pictures.extend(groups(pair, &place, terms));
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

/// The same by the names of their files; where two would read alike, with as much of their folders as
/// tells them apart. Where a file stands is no business of whoever reads a picture.
fn without_folder(all: &[&Named]) -> Vec<Named> {
    let named = |scenario: String, of: &Named| Named { scenario, policy: of.policy.clone() };
    let files: Vec<Named> = all
        .iter()
        .map(|of| named(of.scenario[folder(&of.scenario).len()..].to_owned(), of))
        .collect();
    let tells = |one: usize, other: usize| {
        (all[one].scenario == all[other].scenario) == (files[one].scenario == files[other].scenario)
    };
    if (0..all.len()).all(|one| (0..one).all(|other| tells(one, other))) {
        return files;
    }
    let mut common = all.first().map_or("", |named| folder(&named.scenario));
    for named in all {
        while !named.scenario.starts_with(common) {
            common = folder(common.trim_end_matches('/'));
        }
    }
    let short = |of: &&Named| {
        named(of.scenario.strip_prefix(common).unwrap_or(&of.scenario).to_owned(), of)
    };
    all.iter().map(short).collect()
}

/// The folder of a scenario as it was given, with the slash; what follows a blank is no path.
fn folder(scenario: &str) -> &str {
    let path = scenario.split(' ').next().unwrap_or_default();
    // The slash at the end of a folder parts nothing.
    let end = path.trim_end_matches('/');
    end.rfind('/').map_or("", |at| &path[..=at])
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

fn side_by_side(pairs: &[&Compared], stem: &str, terms: Terms<'_>) -> Option<PictureFile> {
    let Terms { currency, figures } = terms;
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
    let mut shown = Vec::new();
    let mut columns = column_heads(figures, &[Message::new("picture-column-policy")])
        .into_iter()
        .collect::<Vec<_>>();
    let mut rows: Vec<Vec<String>> = policies.iter().map(|name| vec![name.clone()]).collect();
    for (figure, words) in measures() {
        let words = figures.words(&words);
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
        let form = |value: f64| {
            if is_share { figures.percent(Some(value / 100.0)) } else { figures.sum(Some(value)) }
        };
        for (row, dot) in rows.iter_mut().zip(&values) {
            row.push(dot.map_or_else(
                || figures.words(&Message::new("chart-none")),
                |dot| {
                    let range = between(&form(dot.low), &form(dot.high));
                    format!("{} ({range})", form(dot.value))
                },
            ));
        }
        columns.push(words.clone());
        shown.push(Measure {
            name: words,
            unit: if is_share { Unit::Percent } else { Unit::Money(currency.to_owned()) },
            more_is_better: None,
            values,
        });
    }
    let title = if still {
        Message::new("picture-side-by-side-same")
    } else {
        Message::new("picture-side-by-side")
    };
    let title = figures.words(&title);
    let subtitle = Message::new("picture-side-by-side-subtitle").words("years", span(&first.years));
    let scenarios: Vec<&str> = files.iter().map(|named| named.scenario.as_str()).collect();
    let chart = Compare {
        heading: Heading {
            title: title.clone(),
            subtitle: figures.words(&subtitle),
            caption: Caption {
                pot: figures.words(&Message::new("picture-pot-each")),
                draws: Some(first.draws),
                source: figures.words(&sources(&scenarios)),
                note: figures.words(&Message::new("picture-side-by-side-note")),
                ..Caption::default()
            },
        },
        policies,
        baseline: Some(0),
        measures: shown,
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
    let data = DataTable { columns, rows };
    Some(PictureFile::new((&chart, figures.0), stem, None, (&title, alt), data))
}

/// Where the figures of two come from, by their files.
pub fn of_files(before: &Named, after: &Named) -> Message {
    match &without_folder(&[before, after])[..] {
        [one, other] => source(&one.scenario, &other.scenario),
        _ => source(&before.scenario, &after.scenario),
    }
}

fn sources(scenarios: &[&str]) -> Message {
    let mut names: Vec<&str> = Vec::new();
    for name in scenarios {
        if !names.contains(name) {
            names.push(name);
        }
    }
    match names[..] {
        [one] => source(one, one),
        [one, other] => source(one, other),
        _ => Message::new("picture-source-many").count("count", names.len() as f64),
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

fn municipalities(pair: &Compared, place: &Place<'_>, terms: Terms<'_>) -> Option<PictureFile> {
    let figures = terms.figures;
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
        _ if nobody => figures.words(&Message::new("picture-receivers-all-zero")),
        many => {
            figures.words(&Message::new("picture-receivers-left-out").count("count", many as f64))
        }
    };
    let title = if nobody {
        Message::new("picture-receivers-nobody")
    } else {
        Message::new("picture-receivers")
    };
    let stem = format!("receivers-{}{}", place.infix, place.slug);
    Some(drawn(pair, place, rows, (title, &note, &stem, false), terms))
}

/// What a group of municipalities is called.
pub fn group_name(row: &ReceiverRow, figures: Written) -> String {
    figures.words(&match (row.group.as_str(), row.code.as_str()) {
        ("nation", _) => Message::new("picture-group-nation"),
        ("region", name) => Message::new("picture-group-region").name("name", name),
        ("tier", name) => Message::new("picture-group-tier").name("name", name),
        ("size", "smallest third") => Message::new("picture-group-smallest"),
        ("size", "middle third") => Message::new("picture-group-middle"),
        ("size", _) => Message::new("picture-group-largest"),
        (column, name) => return format!("{}: {name}", capitalised(column)),
    })
}

fn groups(pair: &Compared, place: &Place<'_>, terms: Terms<'_>) -> Option<PictureFile> {
    let figures = terms.figures;
    let view = VIEWS.get(place.view)?;
    let rows: Vec<Interval> = overall(pair, view)
        .filter(|row| row.group != "municipality")
        .filter_map(|row| interval(row, group_name(row, figures)))
        .collect();
    // The nation alone is no group.
    if rows.len() < 2 {
        return None;
    }
    let nobody = overall(pair, view).all(|row| row.verdict == Verdict::Unchanged);
    let title =
        if nobody { Message::new("picture-groups-nobody") } else { Message::new("picture-groups") };
    let stem = format!("groups-{}{}", place.infix, place.slug);
    let note = figures.words(&Message::new("picture-groups-note"));
    Some(drawn(pair, place, rows, (title, &note, &stem, true), terms))
}

fn drawn(
    pair: &Compared,
    place: &Place<'_>,
    rows: Vec<Interval>,
    (title, note, stem, in_order): (Message, &str, &str, bool),
    Terms { currency, figures }: Terms<'_>,
) -> PictureFile {
    let (before, after) = short(&pair.before, &pair.after);
    let title = figures.words(&title);
    let view = match place.view {
        0 => Message::new("picture-view-legal"),
        1 => Message::new("picture-view-same"),
        _ => Message::new("picture-view-own"),
    };
    let words = figures.words(&view);
    let subtitle = Message::new("picture-receivers-subtitle")
        .name("after", &in_title(&after))
        .name("before", &in_title(&before))
        .words("view", view)
        .words("years", span(&pair.years));
    let subtitle = figures.words(&subtitle);
    let pot = if place.view == 1 {
        Message::new("picture-pot-of").name("policy", &before)
    } else {
        Message::new("picture-pot-each")
    };
    let pot = figures.words(&pot);
    let signed = |value: f64| {
        let sign = if value > 0.0 { "+" } else { "" };
        format!("{sign}{}", figures.sum(Some(value)))
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
        [only] => {
            let only = format!("{} {}", only.name, figures.money(only.value, currency));
            figures.words(&Message::new("picture-ranking-one").name("only", &only))
        }
        rows => {
            let most = |a: &&Interval, b: &&Interval| a.value.total_cmp(&b.value);
            let (least, most) = (rows.iter().min_by(most), rows.iter().max_by(most));
            let told = |row: Option<&Interval>| {
                row.map_or_else(String::new, |row| {
                    format!("{} {}", row.name, figures.money(row.value, currency))
                })
            };
            let message = Message::new("picture-receivers-ends");
            figures.words(&message.name("least", &told(least)).name("most", &told(most)))
        }
    };
    let alt = format!("{title}: {subtitle}. {ends} {note}");
    let chart = RankedBars {
        heading: Heading {
            title: title.clone(),
            subtitle,
            caption: Caption {
                pot,
                draws: Some(pair.draws),
                source: figures.words(&of_files(&pair.before, &pair.after)),
                note: note.to_owned(),
                ..Caption::default()
            },
        },
        unit: Unit::Money(currency.to_owned()),
        centre: Centre::Mean,
        in_order,
        rows,
    };
    let mut columns = vec![String::new()];
    let heads = [Message::new("picture-column-difference"), percentile(5), percentile(95)];
    columns.extend(column_heads(figures, &heads));
    let data = DataTable::new(columns, data);
    let title = format!("{title}: {words}");
    let mut picture = PictureFile::new(
        (&chart, figures.0),
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
        assert_eq!(short(&["one.ron", "../a/two.ron"]), ["one.ron", "two.ron"]);
        // A setting may hold a slash.
        assert_eq!(short(&["a/o.ron", "a/o.ron --set x=1/2"]), ["o.ron", "o.ron --set x=1/2"]);
        // The slash at the end of a folder parts nothing.
        assert_eq!(short(&["/", "a/b/"]), ["/", "b/"]);
    }
}
