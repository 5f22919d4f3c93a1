//! What says nothing new changes nothing, in any scenario: the number of threads, the parts that a run is cut
//! into, the order of rows, the codes of those who keep their streams, and the unit that money is counted in.

use crate::random_scenario::{Files, any_recipe, any_scenario, runner};
use crate::seen::{Figures, Seen};
use dotacija::analysis::Findings;
use dotacija::engine::{Options, Prepared, Tally, simulate, simulate_part};
use proptest::prelude::*;
use std::cell::Cell;
use std::hash::{DefaultHasher, Hash, Hasher};

fn seen(files: &Files) -> Seen {
    let scenario = files.scenario();
    Seen::of(&scenario, 0..scenario.run.draws)
}

/// The files with each table changed.
fn with_tables(files: &Files, change: impl Fn(&str) -> String) -> Files {
    let is_table = |name: &str| name != "random.ron";
    let changed = |(name, text): &(String, String)| {
        (name.clone(), if is_table(name) { change(text) } else { text.clone() })
    };
    Files(files.0.iter().map(changed).collect())
}

#[test]
fn threads_and_parts_change_no_figure_of_any_scenario() {
    let cases = (any_scenario(), 1_usize..8);
    runner(24)
        .run(&cases, |(files, threads)| {
            let scenario = files.scenario();
            let prepared = Prepared::new(&scenario);
            let figures = |tally: &Tally| format!("{:?}", Findings::new(&prepared, tally));
            let options = |threads| Options { threads, ..Options::default() };
            let part = |draws| simulate_part(&prepared, draws, &options(1)).unwrap();
            let whole = figures(&simulate(&prepared, &options(1)).unwrap());
            prop_assert!(whole == figures(&simulate(&prepared, &options(threads)).unwrap()));
            let mut merged = part(64..scenario.run.draws);
            merged.merge(&part(0..64));
            merged.finish();
            prop_assert!(whole == figures(&merged));
            Ok(())
        })
        .unwrap();
}

#[test]
fn the_order_of_rows_moves_no_figure_of_any_scenario() {
    let shuffled = |table: &str, seed: u64| {
        let place = |row: &str| {
            let mut hasher = DefaultHasher::new();
            (seed, row).hash(&mut hasher);
            hasher.finish()
        };
        let mut lines: Vec<&str> = table.lines().collect();
        lines[1..].sort_by_key(|row| place(row));
        lines.join("\n") + "\n"
    };
    runner(24)
        .run(&(any_scenario(), any::<u64>()), |(files, seed)| {
            let other = with_tables(&files, |table| shuffled(table, seed));
            prop_assert!(seen(&files) == seen(&other));
            Ok(())
        })
        .unwrap();
}

/// `M3` as `A3`, `P017` as `Q017`: other codes in the same order.
fn renamed(text: &str) -> String {
    let mut renamed = String::new();
    let mut before = ' ';
    for letter in text.chars() {
        let begins = matches!(before, ' ' | ',' | '\n');
        renamed.push(match letter {
            'M' if begins => 'A',
            'P' if begins => 'Q',
            _ => letter,
        });
        before = letter;
    }
    renamed
}

#[test]
fn other_codes_move_no_figure_of_those_who_keep_their_streams() {
    let with_streams = |table: &str| {
        let (head, rows) = table.split_once('\n').unwrap();
        let row = |row: &str| format!("{},{}\n", renamed(row), row.split(',').next().unwrap());
        let rows: String = rows.lines().map(row).collect();
        format!("{head},old\n{rows}")
    };
    let moved = Cell::new(0);
    runner(24)
        .run(&any_scenario(), |files| {
            let mut kept = with_tables(&files, with_streams);
            let plain = with_tables(&files, |table| {
                let (head, rows) = table.split_once('\n').unwrap();
                format!("{head}\n{}", renamed(rows))
            });
            let text = &mut kept.0[0].1;
            *text = text.replace(".csv\",", ".csv\", stream: \"old\",");
            let by_new_codes = |figures: Figures| -> Figures {
                figures.into_iter().map(|(name, draws)| (renamed(&name), draws)).collect()
            };
            let before = seen(&files);
            let before = Seen {
                drawn: by_new_codes(before.drawn),
                world: by_new_codes(before.world),
                money: by_new_codes(before.money),
            };
            prop_assert!(before == seen(&kept));
            // Who does not keep his stream is drawn anew.
            moved.set(moved.get() + u32::from(before.drawn != seen(&plain).drawn));
            Ok(())
        })
        .unwrap();
    assert_eq!(moved.get(), 24);
}

#[test]
fn money_counted_in_hundredths_is_divided_alike() {
    const TIMES: u32 = 100;
    let compared = Cell::new(0_u64);
    runner(48)
        .run(&any_recipe(), |recipe| {
            if recipe.hangs_on_a_cent() {
                return Ok(());
            }
            let (euros, cents) = (recipe.written(1), recipe.written(TIMES));
            let (in_euros, in_cents) = (seen(&euros), seen(&cents));
            for (name, draws) in &in_euros.money {
                for (draw, (few, many)) in draws.iter().zip(&in_cents.money[name]).enumerate() {
                    let apart = (*many as i64 - *few as i64 * i64::from(TIMES)).unsigned_abs();
                    // What is rounded to cents in one is not in the other; a unit goes to one or to another,
                    // and what is left of it to the next year.
                    let unit =
                        u64::from(if name.starts_with("tried 1") { recipe.unit() } else { 1 });
                    let near = u64::from(TIMES) * (8 * unit + 30);
                    prop_assert!(apart <= near, "{name}, draw {draw}: {few} and {many}\n{euros:?}");
                    compared.set(compared.get() + u64::from(*few > 200 * unit));
                }
            }
            Ok(())
        })
        .unwrap();
    assert!(compared.get() > 10_000, "{compared:?} awards are large beside what may differ");
}
