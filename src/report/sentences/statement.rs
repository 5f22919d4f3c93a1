//! One statement as sentences.

use crate::analysis::About;
use crate::analysis::statements::{
    Across, Chance, CostDifference, Counted, Covered, Found, Missing, Often, Paid, PointsFound,
    Received, Reserve, Shortage, Spread, Statement,
};
use crate::language::Message;

/// The sentences of a statement.
pub fn sentences(statement: &Statement, about: &About) -> Vec<Message> {
    match &statement.found {
        Found::TooFewDraws { draws, needed } => vec![
            Message::new("too-few-draws")
                .count("draws", *draws as f64)
                .count("needed", *needed as f64),
        ],
        Found::Points(found) => points(found),
        Found::Paid(found) => vec![paid(found, about)],
        Found::Covered(found) => vec![covered(found)],
        Found::WithinReach(Covered { year, share }) => vec![
            Message::new("within-reach")
                .year("year", *year)
                .share("share", share.median)
                .words("spread", spread(share, Message::share)),
        ],
        Found::Shortage(found) => shortage(found),
        Found::Reserve(found) => vec![reserve(found, about)],
        Found::Received(found) => received(found, about),
        Found::Across(found) => vec![across(found, about)],
        Found::Cost(found) => vec![cost(found, about)],
    }
}

/// In how many futures: a part of a sentence.
fn chance(chance: &Chance) -> Message {
    let often = match chance.often {
        Often::Always => Message::new("chance-always"),
        Often::MoreThan99 => Message::new("chance-more-than-99"),
        Often::OfHundred(count) => Message::new("chance-of-100").count("count", f64::from(count)),
        // That something is so in none is said in a sentence of its own.
        Often::FewerThan1 | Often::Never => Message::new("chance-fewer-than-1"),
    };
    match chance.open {
        None => often,
        Some((low, high)) => Message::new("chance-open")
            .words("chance", often)
            .count("low", f64::from(low))
            .count("high", f64::from(high)),
    }
}

/// The middle 80 % of the futures, each end in the form of the median; other words where both ends
/// read the same in every language.
fn spread(spread: &Spread, put: impl Fn(Message, &'static str, f64) -> Message) -> Message {
    let reads_as = |value: f64| put(Message::new("spread"), "low", value);
    let same = crate::language::Language::ALL.into_iter().all(|language| {
        let text = |value: f64| reads_as(value).argument_in(language, "low");
        text(spread.low) == text(spread.high)
    });
    if same {
        return Message::new("spread-none");
    }
    put(put(Message::new("spread"), "low", spread.low), "high", spread.high)
}

/// The simulated years: a part of a sentence.
fn period(about: &About) -> Message {
    let (first, last) = about.years;
    if first == last {
        Message::new("period-year").year("year", last)
    } else {
        Message::new("period-years").year("first", first).year("last", last)
    }
}

fn points(found: &PointsFound) -> Vec<Message> {
    match found {
        PointsFound::AllPlanned { year, planned } => {
            vec![Message::new("points-all").year("year", *year).count("planned", *planned as f64)]
        }
        PointsFound::Some { year, planned, open, fewer } => {
            let open = Message::new("points-open")
                .year("year", *year)
                .count("open", open.median)
                .count("planned", *planned as f64)
                .words("spread", spread(open, Message::count));
            let fewer = fewer
                .as_ref()
                .map(|fewer| Message::new("points-fewer").words("chance", chance(fewer)));
            std::iter::once(open).chain(fewer).collect()
        }
    }
}

fn paid(Paid { total, last }: &Paid, about: &About) -> Message {
    let money = |message: Message, name, sum| message.rough_money(name, sum, &about.currency);
    let of_all = |message: Message| {
        money(message, "total", total.median)
            .words("period", period(about))
            .words("spread", spread(total, money))
    };
    match last {
        None => of_all(Message::new("paid")),
        Some((year, last)) => money(of_all(Message::new("paid-last")), "sum", last.median)
            .year("year", *year)
            .words("spread-last", spread(last, money)),
    }
}

fn covered(Covered { year, share }: &Covered) -> Message {
    // Where more may be granted than it costs, there is no rest.
    let message =
        if share.high < 1.0 { Message::new("covered") } else { Message::new("covered-above") };
    message
        .year("year", *year)
        .share("share", share.median)
        .words("spread", spread(share, Message::share))
}

fn shortage(found: &Shortage) -> Vec<Message> {
    match found {
        Shortage::Never => vec![Message::new("short-never")],
        Shortage::NotTold { draws } => {
            vec![Message::new("short-not-told").count("draws", *draws as f64)]
        }
        Shortage::Short { chance: any, most } => {
            let short = Message::new("short").words("chance", chance(any));
            let most = most.map(|(year, most)| {
                Message::new("short-most").year("year", year).words("chance", chance(&most))
            });
            std::iter::once(short).chain(most).collect()
        }
    }
}

fn reserve(found: &Reserve, about: &About) -> Message {
    let (message, Missing { sum, lower, upper }) = match found {
        Reserve::Suffices => return Message::new("suffices"),
        Reserve::More(missing) => (Message::new("reserve"), missing),
        Reserve::Unmet(missing) => (Message::new("unmet"), missing),
    };
    let open = if lower == upper {
        Message::new("sum-exact")
    } else {
        Message::new("sum-open").rough_money("low", *lower, &about.currency).rough_money(
            "high",
            *upper,
            &about.currency,
        )
    };
    message
        .rough_money("sum", *sum, &about.currency)
        .words("period", period(about))
        .words("open", open)
}

fn municipalities(count: usize) -> Message {
    Message::new("municipalities").count("count", count as f64)
}

fn baseline(message: Message, about: &About) -> Message {
    message.name("baseline", about.baseline.as_deref().unwrap_or_default())
}

fn received(found: &Received, about: &About) -> Vec<Message> {
    let Received::Counted(Counted { more, less, undecided, unchanged, only_under_one }) = found
    else {
        return vec![baseline(Message::new("changes-nothing"), about)];
    };
    let clearly = match (*more, *less) {
        (0, 0) => Message::new("received-neither"),
        (more, 0) => Message::new("received-more").count("count", more as f64),
        (0, less) => Message::new("received-less").count("count", less as f64),
        (more, less) => Message::new("received-more-and-less")
            .count("more", more as f64)
            .count("less", less as f64),
    };
    let others = [
        (Message::new("received-undecided"), *undecided),
        (Message::new("received-unchanged"), *unchanged),
        (Message::new("received-only-under-one"), *only_under_one),
    ];
    let others = others.into_iter().filter(|(_, count)| *count > 0);
    let others = others.map(|(message, count)| message.count("count", count as f64));
    let clearly = baseline(clearly, about).words("period", period(about));
    std::iter::once(clearly).chain(others).collect()
}

fn across(Across { policies, more, less }: &Across, about: &About) -> Message {
    let range = |&(least, most): &(usize, usize)| {
        if least == most {
            return municipalities(most);
        }
        Message::new("municipalities-range").count("least", least as f64).count("most", most as f64)
    };
    baseline(Message::new("received-across"), about)
        .count("policies", *policies as f64)
        .words("more", range(more))
        .words("less", range(less))
        .words("period", period(about))
}

fn cost(found: &CostDifference, about: &About) -> Message {
    let (message, difference, error) = match *found {
        CostDifference::Same => {
            return baseline(Message::new("cost-same"), about).words("period", period(about));
        }
        CostDifference::Told { difference, error } if difference > 0.0 => {
            (Message::new("cost-more"), difference, error)
        }
        CostDifference::Told { difference, error } => {
            (Message::new("cost-less"), difference, error)
        }
        CostDifference::NotTold { difference, error } => {
            (Message::new("cost-not-told"), difference, error)
        }
    };
    baseline(message, about)
        .words("period", period(about))
        .rough_money("sum", difference.abs(), &about.currency)
        // Upwards, so that no error is shown smaller than it is.
        .rough_money("error", upwards(error), &about.currency)
}

/// The least number of three figures, and of whole units, that is not below.
fn upwards(error: f64) -> f64 {
    let mut step = 1.0;
    while error / step > 1_000.0 && step < 1e15 {
        step *= 10.0;
    }
    (error / step).ceil() * step
}
