//! `compare` as a user runs it: policies, scenarios and finished runs on the same draws, and bridges.

use crate::random_scenario::{any_scenario, runner};
use crate::support::{contents, copy_folder, dotacija, in_repository, rows};
use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn compare(arguments: &[&str]) -> String {
    let run = dotacija().arg("compare").args(arguments).arg("--quiet").assert().success();
    String::from_utf8(run.get_output().stdout.clone()).unwrap()
}

fn as_json(arguments: &[&str]) -> Value {
    let all: Vec<&str> = arguments.iter().copied().chain(["--format", "json"]).collect();
    serde_json::from_str(&compare(&all)).unwrap()
}

fn table(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

fn tiny() -> PathBuf {
    in_repository("scenarios/tiny/tiny.ron")
}

/// What a comparison says, word for word, of who receives what: each row of the run's own verdicts.
fn agrees_with_verdicts(scenario: &Path, before: &str, after: &str, more: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("run");
    let scenario = scenario.to_str().unwrap();
    let run = ["run", scenario, "--draws", "70", "--policy", after, "--quiet"];
    dotacija().args(run).args(more).arg("-o").arg(&output).assert().success();
    let found = compare(&[
        output.to_str().unwrap(),
        "--policy",
        before,
        "--policy",
        after,
        "--format",
        "csv",
    ]);
    let key = |row: &BTreeMap<String, String>, pot: &str, code: &str| {
        format!("{} {} {} {}", row[pot], row["programme"], row[code], row["year"])
    };
    let compared: BTreeMap<String, BTreeMap<String, String>> = table(&found)
        .into_iter()
        .filter(|row| row["group"] == "municipality" && row["view"] != "legal")
        .map(|row| (key(&row, "view", "code"), row))
        .collect();
    let verdicts = rows(&output.join("verdicts.csv"));
    assert_eq!(compared.len(), verdicts.len());
    for row in &verdicts {
        let row: BTreeMap<String, String> =
            row.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
        let same = &compared[&key(&row, "pot", "municipality")];
        for column in ["difference_mean", "difference_mcse", "p_more", "p_less", "verdict"] {
            assert_eq!(row[column], same[column], "{column} of {row:?}");
        }
    }
}

#[test]
fn two_policies_of_a_run_differ_as_the_run_says() {
    agrees_with_verdicts(&tiny(), "flat", "workload", &[]);
}

#[test]
fn so_they_do_where_the_network_hangs_on_the_money_and_the_pots_differ() {
    let national = in_repository("scenarios/latvia/network-592.ron");
    let before = "R0: 2018 rates by tier";
    agrees_with_verdicts(&national, before, "R0 with recovery fund", &[]);
}

#[test]
fn what_is_worked_by_hand_is_what_is_found() {
    // scenarios/tiny/README.md, every input at its median. Awards of flat: investment 10,000 and 6,370,
    // maintenance 17,595 and 22,000: 55,965. Of workload: 10,000 and 4,818, 19,080 and 22,000: 55,898.
    // Due: 12,600 + 6,370 + 17,595 + 25,875 = 62,440; 10,640 + 3,000 + 4,818 + 19,080 + 25,230 = 62,768.
    // Municipality 02: 952.38 + 5,125 + 6,900 + 7,040 = 20,017.38; 1,680 + 3,075 + 6,240 + 6,000 = 16,995.
    let medians = [
        ("need_per_head", "0.2"),
        ("readiness", "2.5"),
        ("overrun", "1"),
        ("pay", "1000"),
        ("pay_growth", "0.1"),
        ("price_growth", "0.05"),
        ("digital_shift", "0.1"),
        ("basket_gain", "0.25"),
        ("helpdesk_take", "0.2"),
        ("own_offices", "0.2"),
        ("portal_posts", "0.5"),
    ];
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("run");
    let mut run = dotacija();
    run.arg("run").arg(tiny()).args(["--draws", "64", "--quiet", "-o"]).arg(&output);
    for (name, value) in medians {
        run.args(["--set", &format!("inputs.{name}.value={value}")]);
    }
    run.assert().success();
    let found = as_json(&[output.to_str().unwrap()]);
    let pair = &found["pairs"][0];
    assert_eq!(pair["changes_nothing"], false);
    let figure = |name: &str| {
        let rows = pair["figures"].as_array().unwrap().iter();
        let mut all = rows.filter(|row| {
            row["figure"] == name && row["programme"] == "all" && row["year"].is_null()
        });
        let row = all.next().unwrap();
        (
            row["before"].as_f64().unwrap(),
            row["after"].as_f64().unwrap(),
            row["mean"].as_f64().unwrap(),
        )
    };
    assert_eq!(figure("award"), (55_965.0, 55_898.0, -67.0));
    assert_eq!(figure("entitlement"), (62_440.0, 62_768.0, 328.0));
    // The pots: 10,000 + 22,000 and 7,000 + 22,000; what lapses: 4,405 + 630 and 2,920 + 2,182.
    assert_eq!(figure("available"), (61_000.0, 61_000.0, 0.0));
    assert_eq!(figure("unspent"), (5_035.0, 5_102.0, 67.0));
    let receivers = pair["receivers"].as_array().unwrap();
    let of = |view: &str, code: &str| {
        let row = receivers.iter().find(|row| {
            row["view"] == view
                && row["code"] == code
                && row["programme"] == "all"
                && row["year"].is_null()
        });
        let row = row.unwrap();
        (row["difference_mean"].as_f64().unwrap(), row["verdict"].as_str().unwrap().to_owned())
    };
    // The threshold is 5 % of 20,017.38 = 1,000.87: −3,022.38 is beyond it in every draw.
    assert_eq!(of("same", "02"), (-3_022.38, "less".to_owned()));
    assert_eq!(of("own", "02"), (-3_022.38, "less".to_owned()));
    // By the rates 02 is due 1,200 + 5,125 + 6,900 + 8,280 = 21,505; 1,680 + 3,075 + 6,240 + 7,200 = 18,195.
    assert_eq!(of("legal", "02"), (-3_310.0, "less".to_owned()));
}

#[test]
fn a_null_reform_gives_exactly_nothing_and_says_why() {
    let tiny = tiny();
    let tiny = tiny.to_str().unwrap();
    let text = compare(&[tiny, tiny, "--policy", "workload", "--draws", "70"]);
    assert!(text.contains("It changes nothing"), "{text}");
    assert!(text.contains("no difference of meaning was found"), "{text}");
    let set = ["--set", "title=\"Another\"", "--draws", "70"];
    let text = compare(&[&[tiny][..], &set].concat());
    assert!(text.contains("no figure can follow what differs"), "{text}");
    for row in table(&compare(&[&[tiny][..], &set, &["--format", "csv"]].concat())) {
        for column in ["difference_mean", "p_more", "p_less", "p05", "p95"] {
            let value = &row[column];
            assert!(value.is_empty() || value.parse::<f64>() == Ok(0.0), "{column}: {row:?}");
        }
        assert!(["", "unchanged"].contains(&&*row["verdict"]), "{row:?}");
    }
}

#[test]
fn threads_change_no_byte_of_a_comparison_or_a_bridge() {
    let tiny = tiny();
    let tiny = tiny.to_str().unwrap();
    for bridge in [&["--policy", "flat=workload", "--bridge"][..], &[]] {
        let with = |threads: &str| {
            let run = [tiny, "--draws", "300", "--format", "json", "--threads", threads];
            compare(&[&run[..], bridge].concat())
        };
        let one = with("1");
        assert!(one == with("2") && one == with("7"));
    }
}

#[test]
fn a_finished_run_is_compared_from_its_copies() {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("tiny");
    copy_folder(&in_repository("scenarios/tiny"), &copy);
    let output = folder.path().join("run");
    let set = ["--draws", "70", "--set", "levers.rate_case=2", "--quiet", "-o"];
    dotacija().arg("run").arg(copy.join("tiny.ron")).args(set).arg(&output).assert().success();
    // The original may be gone.
    fs::remove_dir_all(&copy).unwrap();
    let tiny = tiny();
    let found =
        as_json(&[output.to_str().unwrap(), tiny.to_str().unwrap(), "--set", "levers.rate_case=2"]);
    let pairs = found["pairs"].as_array().unwrap();
    assert_eq!(pairs.len(), 2);
    for pair in pairs {
        assert_eq!(
            (&pair["changes_nothing"], &pair["draws"]),
            (&Value::Bool(true), &Value::from(70))
        );
    }
    let other =
        as_json(&[output.to_str().unwrap(), tiny.to_str().unwrap(), "--policy", "workload"]);
    assert_eq!(other["pairs"][0]["changes_nothing"], false);
    // A copy that was changed is not what was run.
    let points = output.join("scenario/points.csv");
    let text = fs::read_to_string(&points).unwrap().replace("Apsi", "Upsi");
    fs::write(&points, text).unwrap();
    let run = dotacija().arg("compare").arg(&output).arg(&tiny).assert().code(2);
    let said = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    assert!(said.contains("D0791") && said.contains("scenario/points.csv"), "{said}");
}

#[test]
fn everything_that_cannot_be_compared_is_told_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("empty");
    fs::create_dir(&empty).unwrap();
    let broken = folder.path().join("broken");
    fs::create_dir(&broken).unwrap();
    fs::write(broken.join("manifest.json"), "{").unwrap();
    let missing = folder.path().join("missing.ron");
    let run = dotacija().arg("compare").args([&empty, &broken, &missing]).assert().code(2);
    let said = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    for part in ["it has no `manifest.json`", "is not one of ours", "missing.ron"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let national = in_repository("scenarios/latvia/network-592.ron");
    let years =
        ["--set", "years.first=2040", "--set", "years.last=2041", "--set", "baseline=\"flat\""];
    let run = dotacija().arg("compare").args([&tiny(), &national]).assert().code(2);
    let said = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    for part in ["no municipality in common", "no policy in common", "`LV0001000`", "OLD=NEW"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let run = dotacija().arg("compare").arg(tiny()).args(&years[..4]).assert().code(2);
    let said = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    assert!(said.contains("no year in common") || said.contains("cannot be compared"), "{said}");
    let run = dotacija()
        .arg("compare")
        .args([&tiny(), &tiny()])
        .args(["--policy", "falt", "--policy", "workloads", "--by", "county"])
        .assert()
        .code(2);
    let said = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    for part in ["`falt`", "`workloads`", "`county`", "`flat`"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let run = dotacija().arg("compare").args([&tiny(), &tiny()]).arg("--bridge").assert().code(2);
    let said = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    assert!(said.contains("D0822") && said.contains("2 pairs"), "{said}");
}

fn cents(value: &Value) -> i64 {
    (value.as_f64().unwrap() * 100.0).round() as i64
}

#[test]
fn the_parts_of_a_bridge_add_up_to_the_cent() {
    let two = (any_scenario(), any_scenario(), 1_u64..1_000);
    runner(12)
        .run(&two, |(first, second, seed)| {
            let folder = tempfile::tempdir().unwrap();
            let paths = [("a", &first), ("b", &second)].map(|(name, files)| {
                let folder = folder.path().join(name);
                fs::create_dir(&folder).unwrap();
                for (name, text) in files.borrowed() {
                    fs::write(folder.join(name), text).unwrap();
                }
                folder.join("random.ron").to_str().unwrap().to_owned()
            });
            let seed = seed.to_string();
            // One draw: the means are that draw's own cents. Seventy: they are rounded to add up.
            for draws in ["1", "70"] {
                let run = [&*paths[0], &*paths[1], "--policy", "base=tried", "--draws", draws];
                let run = [&run[..], &["--seed", &*seed]].concat();
                let found = as_json(&[&run[..], &["--bridge"]].concat());
                let mut amounts: BTreeMap<String, Vec<&Value>> = BTreeMap::new();
                for row in found["rows"].as_array().unwrap() {
                    let key = format!(
                        "{} {} {} {}",
                        row["measure"], row["programme"], row["year"], row["municipality"]
                    );
                    amounts.entry(key).or_default().push(row);
                }
                for (key, rows) in &amounts {
                    let (start, end) = (rows[0], rows[rows.len() - 1]);
                    prop_assert_eq!(
                        (&start["step"], &end["step"]),
                        (&"start".into(), &"end".into())
                    );
                    for column in ["amount", "amount_reverse", "amount_of_both"] {
                        let sum: i64 =
                            rows[..rows.len() - 1].iter().map(|row| cents(&row[column])).sum();
                        prop_assert_eq!(sum, cents(&end[column]), "{} {}", key, column);
                    }
                    if draws == "1" {
                        for row in rows {
                            prop_assert_eq!(cents(&row["amount"]), cents(&row["mean"]), "{}", key);
                        }
                    }
                }
                // Its ends are what a comparison finds.
                let compared = as_json(&run);
                for figure in ["award", "entitlement"] {
                    let rows = compared["pairs"][0]["figures"].as_array().unwrap();
                    let mut all = rows.iter().filter(|row| {
                        row["figure"] == figure
                            && row["programme"] == "all"
                            && row["year"].is_null()
                    });
                    let row = all.next().unwrap();
                    let ends = &amounts[&format!("\"{figure}\" \"all\" null null")];
                    prop_assert_eq!(&row["before"], &ends[0]["mean"]);
                    prop_assert_eq!(&row["after"], &ends[ends.len() - 1]["mean"]);
                }
            }
            Ok(())
        })
        .unwrap();
}

#[test]
fn parts_that_cannot_be_told_apart_are_one_step_and_said_to_be() {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("tiny");
    copy_folder(&in_repository("scenarios/tiny"), &copy);
    // The second has a column that only its own rule names, so there is no scenario between the two.
    let table = fs::read_to_string(copy.join("municipalities.csv")).unwrap();
    let table: Vec<String> = table
        .lines()
        .enumerate()
        .map(|(index, line)| format!("{line},{}\n", if index == 0 { "area" } else { "7" }))
        .collect();
    fs::write(copy.join("municipalities.csv"), table.concat()).unwrap();
    let text = fs::read_to_string(copy.join("tiny.ron")).unwrap();
    let text = text
        .replace("columns: [\"population\"])", "columns: [\"population\", \"area\"])")
        .replace("rate_local * months_open_local", "area + rate_local * months_open_local");
    fs::write(copy.join("tiny.ron"), text).unwrap();
    let (old, new) = (tiny(), copy.join("tiny.ron"));
    let arguments = [old.to_str().unwrap(), new.to_str().unwrap(), "--policy", "workload"];
    let arguments = [&arguments[..], &["--bridge", "--draws", "64"]].concat();
    let found = as_json(&arguments);
    assert_eq!(found["steps"], serde_json::json!([["data", "rule"]]));
    let text = compare(&arguments);
    assert!(text.contains("One step: data, rule; between them is no scenario"), "{text}");
}

/// Files below a folder, by their path.
fn files(folder: &Path) -> Vec<String> {
    contents(folder).into_keys().collect()
}

fn said(run: &mut assert_cmd::Command, code: i32) -> String {
    let run = run.assert().code(code);
    String::from_utf8_lossy(&run.get_output().stderr).into_owned()
}

#[test]
fn a_comparison_is_written_as_a_page_with_its_pictures() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("comparison");
    let tiny = tiny();
    let arguments = ["--draws", "70", "--png", "--quiet", "-o"];
    dotacija().arg("compare").arg(&tiny).args(arguments).arg(&output).assert().success();
    // At the same pots as at the own ones: one view is drawn.
    assert_eq!(
        files(&output),
        [
            "charts/groups-workload.png",
            "charts/groups-workload.svg",
            "charts/receivers-workload.png",
            "charts/receivers-workload.svg",
            "charts/side-by-side.png",
            "charts/side-by-side.svg",
            "compare.csv",
            "compare.html",
            "compare.json",
            "compare.txt",
            "contents.json",
        ]
    );
    let page = fs::read_to_string(output.join("compare.html")).unwrap();
    for picture in ["groups-workload", "receivers-workload", "side-by-side"] {
        // Every text of the picture stands on the page, where its markup is shorter.
        let svg = fs::read_to_string(output.join(format!("charts/{picture}.svg"))).unwrap();
        let texts = svg.split("<text ").skip(1).map(|text| {
            text.split_once('>').and_then(|(_, text)| text.split_once("</text>")).unwrap().0.trim()
        });
        for text in texts {
            assert!(page.contains(&format!(">{text}</text>")), "{picture}: {text}");
        }
    }
    for text in ["flat → workload", "award per point", "Birze", "What belongs together by name"] {
        assert!(page.contains(text), "{text}");
    }
    assert_eq!(page.matches("<script").count(), 1);
    for text in ["http://localhost", "src=\"http", "href=\"http", "winner", "loser"] {
        assert!(!page.contains(text), "{text}");
    }
    let set = ["--policy", "flat=workload", "--bridge"];
    let bridge = folder.path().join("bridge");
    let run = dotacija().arg("compare").arg(&tiny).args(set).args(arguments).arg(&bridge).assert();
    run.success();
    let page = fs::read_to_string(bridge.join("bridge.html")).unwrap();
    let csv = fs::read_to_string(bridge.join("bridge.csv")).unwrap();
    let start = &table(&csv)[0];
    assert_eq!((&*start["step"], &*start["measure"]), ("start", "award"));
    let (whole, cents) = start["amount"].split_once('.').unwrap();
    let shown = format!("{},{}.{cents}", &whole[..whole.len() - 3], &whole[whole.len() - 3..]);
    assert!(page.contains(&shown), "{shown}");
    assert!(bridge.join("charts/bridge-award.png").is_file());
}

#[test]
fn hostile_names_stay_text_on_the_page() {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("tiny");
    copy_folder(&in_repository("scenarios/tiny"), &copy);
    let names = fs::read_to_string(copy.join("municipalities.csv")).unwrap();
    let hostile = names.replace("Alda", "<script>alert(1)</script>");
    fs::write(copy.join("municipalities.csv"), hostile).unwrap();
    let output = folder.path().join("out");
    let run = ["--draws", "64", "--quiet", "-o"];
    let tiny = copy.join("tiny.ron");
    dotacija().arg("compare").arg(tiny).args(run).arg(&output).assert().success();
    let page = fs::read_to_string(output.join("compare.html")).unwrap();
    assert_eq!(page.matches("<script").count(), 1);
    assert!(page.contains("&lt;script&gt;"));
}

#[test]
fn a_null_reform_draws_that_nothing_changes() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("null");
    let tiny = tiny();
    let run = ["--policy", "workload", "--draws", "70", "--quiet", "-o"];
    dotacija().arg("compare").args([&tiny, &tiny]).args(run).arg(&output).assert().success();
    let page = fs::read_to_string(output.join("compare.html")).unwrap();
    for text in [
        "Nothing changes: every figure is the same in every draw",
        "No municipality receives more or less",
        "No group receives more or less",
        "It changes nothing",
    ] {
        assert!(page.contains(text), "{text}");
    }
}

#[test]
fn only_a_comparison_of_the_same_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let tiny = tiny();
    let command = |more: &[&str], output: &Path| {
        let mut run = dotacija();
        let draws = ["--draws", "64", "--quiet"];
        run.arg("compare").arg(&tiny).args(draws).args(more).arg("-o").arg(output);
        run
    };
    command(&[], &path("own")).assert().success();
    let first = contents(&path("own"));
    command(&[], &path("own")).assert().success();
    assert!(first == contents(&path("own")));
    let other = ["--policy", "workload", "--policy", "flat"];
    let text = said(&mut command(&other, &path("own")), 2);
    assert!(text.contains("holds another comparison") && text.contains("flat → "), "{text}");
    assert!(first == contents(&path("own")));
    command(&[&other[..], &["--force"]].concat(), &path("own")).assert().success();
    fs::write(path("own").join("notes.txt"), "mine").unwrap();
    let text = said(&mut command(&other, &path("own")), 2);
    assert!(text.contains("notes.txt"), "{text}");
    // A folder of somebody, even with --force; a run; a file.
    fs::create_dir(path("foreign")).unwrap();
    fs::write(path("foreign").join("compare.csv"), "mine").unwrap();
    let text = said(&mut command(&["--force"], &path("foreign")), 2);
    assert!(text.contains("no comparison of dotacija"), "{text}");
    assert_eq!(fs::read_to_string(path("foreign").join("compare.csv")).unwrap(), "mine");
    let run = ["run", tiny.to_str().unwrap(), "--draws", "64", "--quiet", "-o"];
    dotacija().args(run).arg(path("run")).assert().success();
    let text = said(&mut command(&["--force"], &path("run")), 2);
    assert!(text.contains("holds a run"), "{text}");
    fs::write(path("file"), "mine").unwrap();
    let text = said(&mut command(&[], &path("file")), 2);
    assert!(text.contains("is not a folder"), "{text}");
    // Nor does a run take a comparison's folder.
    let text = said(dotacija().args(run).arg(path("own")), 2);
    assert!(text.contains("no run of dotacija"), "{text}");
}

#[test]
fn common_years_are_compared_and_said_to_be_and_none_in_common_names_both_ranges() {
    let tiny = tiny();
    let tiny = tiny.to_str().unwrap();
    let text = compare(&[tiny, "--set", "years.last=2022", "--draws", "64"]);
    let words = "the first has 2022–2023, the second 2022. Compared is what both have: 2022.";
    assert!(text.contains(words), "{text}");
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("tiny");
    copy_folder(&in_repository("scenarios/tiny"), &copy);
    let one = copy.join("tiny.ron");
    let one = one.to_str().unwrap();
    let first = folder.path().join("first");
    let set = ["--set", "years.last=2022", "--draws", "64", "--quiet", "-o"];
    dotacija().args(["run", one]).args(set).arg(&first).assert().success();
    let text =
        said(dotacija().arg("compare").arg(&first).args([one, "--set", "years.first=2023"]), 2);
    assert!(text.contains("has the year 2022 and") && text.contains("has the year 2023"), "{text}");
}

#[test]
fn a_scenario_without_policies_is_told_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("calculator.ron");
    fs::write(
        &path,
        "(format: 1, title: \"Calculator\", years: (first: 2024, last: 2024),\n\
         inputs: {\"x\": (value: Uniform(min: 0, max: 1), unit: \"EUR\", source: \"invented\")},\n\
         outcomes: {\"y\": \"2 * x\"}, run: (draws: 64, seed: 1, plan: Random))",
    )
    .unwrap();
    let text = said(dotacija().arg("compare").arg(&path), 2);
    assert!(
        text.contains("declares no policy") && text.contains("add a `policies` section"),
        "{text}"
    );
}

#[test]
fn a_formula_that_fails_within_a_bridge_is_told_with_its_file_and_step() {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("tiny");
    copy_folder(&in_repository("scenarios/tiny"), &copy);
    let text = fs::read_to_string(copy.join("tiny.ron")).unwrap();
    // The new rule divides by what only the new table keeps above 0: after the rule, before the data in
    // reverse order.
    let text = text.replace(
        "0.7 * new_point_cost",
        "0.7 * new_point_cost / max(population - 9000, 9000 - population)",
    );
    fs::write(copy.join("tiny.ron"), text).unwrap();
    let table = fs::read_to_string(copy.join("municipalities.csv")).unwrap();
    fs::write(
        copy.join("municipalities.csv"),
        table.replace("9000", "9001").replace("6000", "5999"),
    )
    .unwrap();
    let second = copy.join("tiny.ron");
    let mut run = dotacija();
    run.arg("compare").args([&tiny(), &second]).args(["--policy", "workload", "--bridge"]);
    let text = said(run.args(["--draws", "64", "--quiet"]), 2);
    let place = format!("{}:", second.display());
    assert!(text.contains(&place) && !text.contains("2/tiny.ron"), "{text}");
    assert!(text.contains("in the bridge's step `rule`, in reverse order"), "{text}");
}

#[test]
fn municipalities_that_only_one_has_are_listed_with_their_sums() {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("tiny");
    copy_folder(&in_repository("scenarios/tiny"), &copy);
    let table = fs::read_to_string(copy.join("municipalities.csv")).unwrap();
    fs::write(copy.join("municipalities.csv"), table.replace("03,", "04,")).unwrap();
    let points = fs::read_to_string(copy.join("points.csv")).unwrap();
    fs::write(copy.join("points.csv"), points.replace(",03,", ",04,")).unwrap();
    let second = copy.join("tiny.ron");
    let run = [tiny().to_str().unwrap().to_owned(), second.to_str().unwrap().to_owned()];
    let run = [&*run[0], &*run[1], "--policy", "flat", "--draws", "64"];
    let text = compare(&run);
    assert!(text.contains("Municipalities that only one has"), "{text}");
    let line = |code: &str, words: &str| {
        let starts = |line: &&str| line.trim_start().starts_with(code) && line.contains(words);
        text.lines().find(starts).unwrap_or_else(|| panic!("{code}: {text}")).to_owned()
    };
    let sum =
        |line: String| line.rsplit("only").next().unwrap().replace(' ', "").parse::<f64>().unwrap();
    let (left, come) =
        (sum(line("03 Ceri", "the first only")), sum(line("04 Ceri", "the second only")));
    assert!(left > 0.0 && come > 0.0, "{text}");
    let text = compare(&[&run[..], &["--bridge"]].concat());
    assert!(text.contains("1 only in the first, 1 only in"), "{text}");
}

#[test]
fn declared_outcomes_are_paired_draw_by_draw() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("run");
    let tiny = tiny();
    let run = ["--draws", "70", "--quiet", "-o"];
    dotacija().arg("run").arg(&tiny).args(run).arg(&output).assert().success();
    let found = as_json(&[output.to_str().unwrap()]);
    let rows = found["pairs"][0]["outcomes"].as_array().unwrap();
    let of = |year: i64| {
        rows.iter().find(|row| row["figure"] == "award_per_point" && row["year"] == year).unwrap()
    };
    // The means of both sides are those of the run; the difference is that of the means, with an error
    // smaller than that of either.
    let outcomes = self::rows(&output.join("outcomes.csv"));
    for year in [2022, 2023] {
        let mean = |policy: &str| {
            let is_it = |row: &&BTreeMap<String, String>| {
                row["policy"] == policy
                    && row["outcome"] == "award_per_point"
                    && row["scope"] == "nation"
                    && row["year"] == year.to_string()
            };
            let found = outcomes.iter().map(|row| row.clone().into_iter().collect());
            let found: Vec<BTreeMap<String, String>> = found.collect();
            found.iter().find(is_it).unwrap()["mean"].parse::<f64>().unwrap()
        };
        let row = of(year);
        let number = |name: &str| row[name].as_f64().unwrap();
        assert!((number("before") - mean("flat")).abs() < 1e-5);
        assert!((number("after") - mean("workload")).abs() < 1e-5);
        assert!((number("mean") - (mean("workload") - mean("flat"))).abs() < 1e-5);
        assert!(number("p_more") + number("p_less") <= 1.0);
        assert!(number("p05") <= number("p50") && number("p50") <= number("p95"));
    }
}
