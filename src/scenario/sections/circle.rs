//! The order in which computed inputs name each other, and circles in it.

use super::inputs::Written;
use super::words::words;
use crate::problem::{Problem, codes};
use crate::scenario::decode::{Decoder, quoted};
use crate::scenario::tree::shortened;

/// How many names of a circle a message lists.
const MOST_SHOWN: usize = 12;
/// How many formulas of a circle are shown.
const MOST_MARKED: usize = 5;

/// Computed inputs, each after those that it names. Circles are told and left out.
pub fn order(door: &mut Decoder, written: &[Written<'_>]) -> Vec<usize> {
    let named: Vec<Vec<usize>> = written
        .iter()
        .map(|input| match input.formula() {
            Some(node) => {
                let text = node.as_text().map_or("", |text| &text.value);
                let position = |word: &str| written.iter().position(|other| other.name().0 == word);
                words(text)
                    .iter()
                    .filter(|word| !word.is_call)
                    .filter_map(|word| position(word.text))
                    .collect()
            }
            None => Vec::new(),
        })
        .collect();
    let mut order = Vec::new();
    let mut done = vec![false; written.len()];
    loop {
        let ready = (0..written.len())
            .find(|&index| !done[index] && named[index].iter().all(|&other| done[other]));
        if let Some(index) = ready {
            done[index] = true;
            order.push(index);
            continue;
        }
        let Some(first) = done.iter().position(|done| !done) else { return order };
        let circle = circle(first, &named, &done);
        let mut names: Vec<&str> = circle.iter().map(|&index| written[index].name().0).collect();
        names.extend(names.first().copied());
        let message = if let [alone, _] = names[..] {
            format!("the input {} is computed from itself", quoted(alone))
        } else {
            let names: Vec<String> =
                names.iter().take(MOST_SHOWN).map(|name| shortened(name)).collect();
            let rest = if circle.len() < MOST_SHOWN { "" } else { " → …" };
            let way = names.join(" → ");
            format!("inputs are computed from each other in a circle: {way}{rest}")
        };
        let mut problem = Problem::error(codes::CIRCLE, message);
        for (step, &index) in circle.iter().take(MOST_MARKED).enumerate() {
            let next = circle.get(step + 1).or(circle.first()).copied().unwrap_or(index);
            let place =
                written[index].formula().map_or(written[index].name().1, |node| &node.place);
            let label = format!("names {}", quoted(written[next].name().0));
            problem = match step {
                0 => problem.at(place, label),
                _ => problem.also(place, label),
            };
        }
        door.tell(problem.help(if circle.len() == 1 {
            "give it a number or a distribution, or name other inputs"
        } else {
            "one of them must be a number, a distribution or a formula over others"
        }));
        for index in circle {
            done[index] = true;
        }
    }
}

/// A circle that is reached from an input which waits for others: every one of them waits for
/// another, so walking from one to the next must come back.
fn circle(first: usize, named: &[Vec<usize>], done: &[bool]) -> Vec<usize> {
    let mut walked = vec![first];
    loop {
        let last = walked.last().copied().unwrap_or(first);
        let Some(next) = named[last].iter().copied().find(|&next| !done[next]) else {
            return walked;
        };
        if let Some(start) = walked.iter().position(|&before| before == next) {
            return walked.split_off(start);
        }
        walked.push(next);
    }
}
