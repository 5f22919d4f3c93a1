//! Alternatives side by side: text, CSV, JSON and a picture.

use super::csv_cell;
use super::measured::{Aim, called_in, plain, turned, with_error};
use super::number;
use super::table::{Table, short};
use crate::analysis::frontier::{Frontier, Point, Span, Status};
use crate::chart::frontier::{Alternative, Measured, Standing};
use crate::chart::{Caption, Chart, Frontier as Picture, Heading};
use crate::language::{Language, Message};
use serde::Serialize;

/// More alternatives than these are not printed one by one unless nobody beats them.
const MOST: usize = 40;

/// What was asked, for whom it is told.
#[derive(Clone, Debug, Serialize)]
pub struct Question {
    /// The scenario.
    pub scenario: String,
    /// What there should be more of, and less.
    pub aims: Vec<Aim>,
    /// The levers with their ranges.
    pub levers: Vec<Span>,
    /// How many draws.
    pub draws: u64,
    /// The seed.
    pub seed: u64,
}

impl Question {
    fn levers(&self) -> Vec<String> {
        self.levers.iter().map(|span| span.lever.clone()).collect()
    }
}

#[derive(Serialize)]
struct Document<'d> {
    #[serde(flatten)]
    question: &'d Question,
    #[serde(flatten)]
    frontier: &'d Frontier,
}

/// Everything, for programs.
///
/// # Errors
/// It cannot be written as JSON.
pub fn json(question: &Question, frontier: &Frontier) -> Result<String, serde_json::Error> {
    Ok(serde_json::to_string_pretty(&Document { question, frontier })? + "\n")
}

/// One row an alternative.
pub fn csv(question: &Question, frontier: &Frontier) -> String {
    let mut head: Vec<String> = ["number", "policy", "today"].map(str::to_owned).into();
    head.extend(question.levers.iter().map(|span| csv_cell(&span.lever)));
    for aim in &question.aims {
        head.extend(["", " lower", " upper"].map(|end| csv_cell(&format!("{}{end}", aim.measure))));
    }
    head.extend(["status", "by", "repeated"].map(str::to_owned));
    let mut text = head.join(",") + "\n";
    for point in &frontier.points {
        let mut cells =
            vec![point.number.to_string(), csv_cell(&point.policy), point.is_today.to_string()];
        cells.extend(point.levers.iter().map(|value| super::exact(*value)));
        for reading in &point.readings {
            cells.extend([reading.estimate, reading.lower, reading.upper].map(number));
        }
        let by = point.by.map_or_else(String::new, |by| by.to_string());
        cells.extend([status(point.status).to_owned(), by, point.repeated.to_string()]);
        text.push_str(&(cells.join(",") + "\n"));
    }
    text
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Undominated => "undominated",
        Status::Undecided => "undecided",
        Status::Dominated => "dominated",
    }
}

/// A table for people.
pub fn text(question: &Question, frontier: &Frontier) -> String {
    let aims: Vec<String> = question.aims.iter().map(Aim::words).collect();
    let mut text = format!("{}\n\n", aims.join(", "));
    let of = |wanted: Status| frontier.points.iter().filter(move |one| one.status == wanted);
    let shown: Vec<&Point> = if frontier.points.len() > MOST {
        frontier.points.iter().filter(|one| one.status != Status::Dominated).collect()
    } else {
        frontier.points.iter().collect()
    };
    let mut head = vec!["policy"];
    head.extend(question.levers.iter().map(|span| plain(&span.lever)));
    head.extend(question.aims.iter().map(|aim| aim.measure.as_str()));
    head.insert(1, "no");
    head.push("stands");
    let mut table = Table::new(&head);
    for point in &shown {
        let mut row = vec![short(&point.policy), point.number.to_string()];
        row.extend(point.levers.iter().map(|value| turned(*value)));
        row.extend(point.readings.iter().map(with_error));
        row.push(stands(point));
        table.row(row);
    }
    text.push_str(&table.text());
    text.push('\n');
    let left_out = frontier.points.len() - shown.len();
    if left_out > 0 {
        text.push_str(&format!(
            "  {left_out} dominated ones are not shown; --format csv has them all\n"
        ));
    }
    let counted =
        [Status::Undominated, Status::Undecided, Status::Dominated].map(|one| of(one).count());
    text.push_str(&format!(
        "  {} undominated, {} not decided by so many draws, {} dominated: another is no worse in any measure and better in one\n",
        counted[0], counted[1], counted[2]
    ));
    let repeated: usize = frontier.points.iter().map(|point| point.repeated).sum();
    if repeated > 0 {
        text.push_str(&format!(
            "  {repeated} more have the figures of another setting of their policy in every draw and are left out: the levers change nothing there\n"
        ));
    }
    if question.levers.is_empty() {
        text.push_str("  no lever was turned: add --lever to look at other values\n");
    }
    text.push_str(&format!(
        "  {} draws each, the same for all, seed {}; ± is what their number leaves open (95 %)\n",
        super::grouped(Some(question.draws as f64)),
        question.seed,
    ));
    text
}

fn stands(point: &Point) -> String {
    match (point.status, point.by) {
        (Status::Dominated, Some(by)) => format!("dominated by {by}"),
        (Status::Undecided, Some(by)) => format!("undecided, perhaps {by}"),
        (one, _) => status(one).to_owned(),
    }
}

/// The first measure against the last, the one between as size.
pub fn picture(
    question: &Question,
    currency: &str,
    frontier: &Frontier,
    language: Language,
) -> String {
    let say = |message: Message| message.in_language(language);
    let measured = |place: usize| {
        let aim = question.aims.get(place);
        let (unit, scale) = aim.map_or((None, 1.0), |aim| {
            let (unit, scale) = aim.chart_unit(currency);
            (Some(unit), scale)
        });
        let name = aim.map_or_else(String::new, |aim| aim.measure.clone());
        (Measured { name, unit, more: aim.is_some_and(|aim| aim.more) }, scale, place)
    };
    let last = question.aims.len().saturating_sub(1);
    let (up, across) = (measured(0), measured(last));
    let size = if last >= 2 { measured(1) } else { (Measured::default(), 1.0, usize::MAX) };
    let levers = question.levers();
    let dots = frontier.points.iter().map(|point| {
        let value = |of: &(Measured, f64, usize)| {
            let reading = point.readings.get(of.2);
            reading.and_then(|reading| reading.estimate).map_or(f64::NAN, |value| value * of.1)
        };
        Alternative {
            label: called_in(language, &point.policy, (&levers, &point.levers), point.is_today),
            short: point.number.to_string(),
            x: value(&across),
            y: value(&up),
            size: value(&size),
            standing: match point.status {
                Status::Undominated => Standing::Undominated,
                Status::Undecided => Standing::Undecided,
                Status::Dominated => Standing::Dominated,
            },
        }
    });
    let lasting = frontier.points.iter().filter(|point| point.status == Status::Undominated);
    let count = lasting.count();
    let subtitle = match levers.len() {
        0 => Message::new("picture-frontier-policies"),
        _ => Message::new("picture-frontier-levers").name("levers", &levers.join(", ")),
    };
    let note = if question.aims.len() > 3 {
        say(Message::new("picture-frontier-note"))
    } else {
        String::new()
    };
    let title = Message::new("picture-frontier-title")
        .count("best", count as f64)
        .count("all", frontier.points.len() as f64);
    let chart = Picture {
        heading: Heading {
            title: say(title),
            subtitle: say(subtitle),
            caption: Caption {
                draws: Some(question.draws),
                note,
                source: say(Message::new("picture-source").name("scenario", &question.scenario)),
                ..Caption::default()
            },
        },
        across: across.0.clone(),
        up: up.0.clone(),
        size: size.0.clone(),
        dots: dots.collect(),
    };
    chart.draw(language).svg
}
