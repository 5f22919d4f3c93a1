//! `serve`: pages and figures, what is refused, and that nothing is simulated twice or for nobody.

use crate::support::{copy_folder, dotacija, in_repository};
use dotacija::serve::{Server, Statistics};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const PATIENCE: Duration = Duration::from_mins(1);

/// A server of this test, in a folder of its own with a copy of the tiny scenario.
struct Place {
    folder: TempDir,
    address: SocketAddr,
    statistics: Box<dyn Fn() -> Statistics + Send + Sync>,
}

/// What was answered.
struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    fn header(&self, name: &str) -> Option<&str> {
        let of = |line: &'_ str| line.split_once(": ").map(|(of, _)| of.eq_ignore_ascii_case(name));
        let line = self.head.lines().find(|line| of(line) == Some(true))?;
        line.split_once(": ").map(|(_, value)| value)
    }
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy_folder(&in_repository("scenarios/tiny"), &folder.path().join("tiny"));
        Self::of(folder)
    }

    fn of(folder: TempDir) -> Self {
        let server = Server::bind(folder.path(), 0).unwrap();
        let (address, statistics) = (server.address(), Box::new(server.statistics()));
        std::thread::spawn(move || server.serve());
        Self { folder, address, statistics }
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    /// Sends bytes and reads all that comes back.
    fn send(&self, request: &[u8]) -> Answer {
        let mut stream = self.connect();
        // What is refused early may be answered before all of it is sent.
        let _ = stream.write_all(request);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or(bytes.len());
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        Answer { status, head, body: bytes.get(end + 4..).unwrap_or_default().to_vec() }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    fn request(&self, path: &str) -> String {
        format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address)
    }

    fn get(&self, path: &str) -> Answer {
        self.send(self.request(path).as_bytes())
    }

    fn page(&self, path: &str) -> String {
        let answer = self.get(path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        answer.text()
    }

    fn until(&self, what: &str, is_so: impl Fn(&Statistics) -> bool) -> Statistics {
        let begun = Instant::now();
        loop {
            let found = (self.statistics)();
            if is_so(&found) {
                return found;
            }
            assert!(begun.elapsed() < PATIENCE, "{what}: {found:?}");
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

const BOTH: &str = "pick=tiny/tiny.ron::flat&pick=tiny/tiny.ron::workload";

fn run(scenario: &Path, output: &Path, arguments: &[&str]) {
    dotacija().arg("run").arg(scenario).args(arguments).arg("-o").arg(output).assert().success();
}

#[test]
fn the_list_has_scenarios_with_their_problems_and_finished_runs() {
    let folder = tempfile::tempdir().unwrap();
    copy_folder(&in_repository("scenarios/tiny"), &folder.path().join("tiny"));
    let tiny = fs::read_to_string(folder.path().join("tiny/tiny.ron")).unwrap();
    let wrong = tiny.replace("rate_case * lag(load, 1)", "rate_cse * lag(load, 1)");
    assert_ne!(tiny, wrong);
    fs::write(folder.path().join("tiny/wrong.ron"), wrong).unwrap();
    let output = folder.path().join("output/once");
    run(&folder.path().join("tiny/tiny.ron"), &output, &["--draws", "64"]);
    let place = Place::of(folder);
    let page = place.page("/").replace("&#x2f;", "/");
    for text in ["tiny/tiny.ron", "output/once", "Finished runs", "rate_cse", "1 error"] {
        assert!(page.contains(text), "{text}\n{page}");
    }
    assert!(page.contains("name=\"pick\" value=\"output/once::flat\""), "{page}");
    // The copies of a run are no scenarios of the list.
    assert!(!page.contains("scenario/tiny.ron"));
    assert!(place.page("/?lang=lv").contains("Pabeigtie aprēķini"));
    // What has errors is told, not simulated.
    let refused = place.get("/view?of=tiny/wrong.ron");
    assert_eq!(refused.status, 400, "{}", refused.text());
    assert_eq!((place.statistics)().computed, 0);
}

#[test]
fn figures_are_those_of_the_command_line_for_the_same_change_to_the_last_digit() {
    let place = Place::new();
    let output = place.path("out");
    // Half of 23 500 a year is 11 750.
    run(
        &place.path("tiny/tiny.ron"),
        &output,
        &[
            "--draws",
            "192",
            "--set",
            "levers.rate_case=2.75",
            "--set",
            "programmes.maintenance.appropriation={2022: 11_750}",
        ],
    );
    let state = format!("{BOTH}&lever.rate_case=2.75&pot.maintenance=50&draws=192");
    for name in ["awards.csv", "budget.csv", "verdicts.csv", "outcomes.csv", "commitments.csv"] {
        let served = place.get(&format!("/table/{name}?{state}"));
        assert_eq!(served.status, 200, "{name}");
        assert_eq!(served.text(), fs::read_to_string(output.join(name)).unwrap(), "{name}");
    }
    // As the scenario stands it has other figures, so that the change was made.
    let unchanged = place.get(&format!("/table/awards.csv?{BOTH}&draws=192"));
    assert_ne!(unchanged.body, fs::read(output.join("awards.csv")).unwrap());
    // The big numbers are the same figures: the mean of what is granted in 2023.
    let figures = place.page(&format!("/figures.csv?{state}"));
    let awards = csv::Reader::from_path(output.join("budget.csv")).unwrap();
    let mut expected = None;
    for row in awards.into_deserialize::<std::collections::BTreeMap<String, String>>() {
        let row = row.unwrap();
        if row["policy"] == "workload" && row["programme"] == "all" && row["year"] == "2023" {
            expected = row["award_mean"].parse::<f64>().ok();
        }
    }
    let line = figures.lines().find(|line| line.starts_with("workload,award,2023,")).unwrap();
    let served: f64 = line.split(',').nth(3).unwrap().parse().unwrap();
    assert!((served - expected.unwrap()).abs() <= 0.005, "{served} {expected:?}");
    assert_eq!((place.statistics)().computed, 2, "one for each state");
}

#[test]
fn the_address_holds_the_state_and_shows_it_again() {
    let place = Place::new();
    let page = place.page(&format!("/view?{BOTH}&lever.rate_case=3&draws=64"));
    let name = "data-query=\"";
    let at = page.find(name).unwrap() + name.len();
    let query = page[at..].split('"').next().unwrap();
    let query = query.replace("&amp;", "&").replace("&#x2f;", "/");
    assert!(query.contains("lever.rate_case=3") && query.contains("draws=64"), "{query}");
    assert_eq!(place.page(&format!("/view?{query}")), page);
    // The language is that of the page alone.
    let latvian = place.page(&format!("/view?{}", query.replace("lang=en", "lang=lv")));
    assert!(latvian.contains("Attiecināmās izmaksas") && latvian.contains("<svg"), "{latvian}");
    // A lever that stands where the scenario has it is no other state.
    place.page(&format!(
        "/part?{BOTH}&lever.rate_case=3&lever.rate_local=80&pot.investment=100&draws=64"
    ));
    let found = (place.statistics)();
    assert_eq!((found.computed, found.shared), (1, 3));
    // The page names the command that gives the same.
    assert!(page.contains("--set levers.rate_case.value=3 --draws 64"), "{page}");
}

#[test]
fn policies_of_scenarios_and_runs_stand_side_by_side() {
    let folder = tempfile::tempdir().unwrap();
    copy_folder(&in_repository("scenarios/tiny"), &folder.path().join("tiny"));
    let output = folder.path().join("higher");
    run(
        &folder.path().join("tiny/tiny.ron"),
        &output,
        &["--draws", "64", "--policy", "workload", "--set", "levers.rate_case=4"],
    );
    let place = Place::of(folder);
    let state = "pick=tiny/tiny.ron::workload&pick=higher::workload&draws=64&lang=lv";
    let page = place.page(&format!("/view?{state}"));
    for text in ["tiny: workload", "higher: workload", "katrs ar savu apropriāciju", "<svg"] {
        assert!(page.contains(text), "{text}\n{page}");
    }
    // The levers of two are not turned together.
    assert!(!page.contains("type=\"range\""));
    let figures = place.page(&format!("/figures.csv?{state}"));
    let of = |label: &str| {
        let beginning = format!("{label},award,2023,");
        figures.lines().find_map(|line| line.strip_prefix(&beginning)).unwrap().to_owned()
    };
    assert_ne!(of("tiny: workload"), of("higher: workload"));
    // A run is simulated again as it was run.
    let expected = fs::read_to_string(output.join("awards.csv")).unwrap();
    let of_run = "pick=higher::flat&pick=higher::workload&draws=64";
    assert_eq!(place.page(&format!("/table/awards.csv?{of_run}")), expected);
}

#[test]
fn the_workbook_of_a_state_is_that_of_a_run() {
    let folder = tempfile::tempdir().unwrap();
    copy_folder(&in_repository("scenarios/tiny"), &folder.path().join("tiny"));
    let output = folder.path().join("higher");
    let few = ["--draws", "64", "--set", "levers.rate_case=4"];
    run(&folder.path().join("tiny/tiny.ron"), &output, &few);
    let expected = fs::read(output.join("workbook.xlsx")).unwrap();
    let place = Place::of(folder);
    // Of the scenario with the lever moved, and of the run.
    for state in [format!("{BOTH}&lever.rate_case=4"), "of=higher".to_owned()] {
        let served = place.get(&format!("/workbook.xlsx?{state}&draws=64"));
        let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        assert_eq!((served.status, served.header("content-type")), (200, Some(kind)), "{state}");
        assert!(served.body == expected, "{state}: {} bytes", served.body.len());
    }
    // Two scenarios have no workbook together.
    let two = "pick=tiny/tiny.ron::workload&pick=higher::workload&draws=64";
    assert_eq!(place.get(&format!("/workbook.xlsx?{two}")).status, 404);
    assert!(!place.page(&format!("/view?{two}")).contains("workbook.xlsx"));
}

#[test]
fn pictures_come_as_svg_and_png() {
    let place = Place::new();
    let svg = place.get(&format!("/picture/compare-policies.svg?{BOTH}&draws=64"));
    assert_eq!((svg.status, svg.header("content-type")), (200, Some("image/svg+xml")));
    assert!(svg.text().starts_with("<svg"), "{}", svg.text());
    let png = place.get(&format!("/picture/compare-policies.png?{BOTH}&draws=64"));
    assert_eq!((png.status, &png.body[1..4]), (200, &b"PNG"[..]));
    let disposition = png.header("content-disposition");
    assert_eq!(disposition, Some("attachment; filename=\"compare-policies.png\""));
    for name in ["/picture/none.svg", "/picture/../x.svg", "/picture/x", "/table/manifest.json"] {
        assert_eq!(place.get(&format!("{name}?{BOTH}&draws=64")).status, 404, "{name}");
    }
}

#[test]
fn every_answer_tells_the_browser_to_load_nothing_from_elsewhere() {
    let place = Place::new();
    for path in [
        "/",
        "/style.css",
        "/script.js",
        "/font/bold.woff2",
        "/none",
        "/view?of=tiny/tiny.ron&draws=64",
    ] {
        let answer = place.get(path);
        let policy = answer.header("content-security-policy").unwrap();
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"), "{path}");
        let text = answer.text();
        let is_page =
            answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html"));
        if is_page {
            assert!(!text.contains("style=\"") && !text.contains("<style"), "{path}");
            assert!(!text.contains(" onclick") && !text.contains("<script>"), "{path}");
        }
        let elsewhere = text.replace("http://www.w3.org/", "").contains("http://");
        assert!(!is_page || !elsewhere && !text.contains("https://"), "{path}: {text}");
    }
}

#[test]
fn what_is_not_asked_by_this_machine_in_a_plain_get_is_refused() {
    let place = Place::new();
    let host = place.address.to_string();
    let with = |line: &str, headers: &str| {
        place
            .send(format!("{line} HTTP/1.1\r\nConnection: close\r\n{headers}\r\n").as_bytes())
            .status
    };
    assert_eq!(with("GET /", &format!("Host: {host}\r\n")), 200);
    assert_eq!(with("GET /", &format!("Host: localhost:{}\r\n", place.address.port())), 200);
    for foreign in ["evil.example", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.evil.example"] {
        assert_eq!(with("GET /", &format!("Host: {foreign}\r\n")), 403, "{foreign}");
    }
    assert_eq!(with("GET /", ""), 403, "no name at all");
    assert_eq!(with("GET http://evil.example/", &format!("Host: {host}\r\n")), 403);
    for method in ["POST", "PUT", "DELETE", "HEAD", "OPTIONS"] {
        assert_eq!(with(&format!("{method} /"), &format!("Host: {host}\r\n")), 405, "{method}");
    }
    let cross =
        format!("Host: {host}\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n");
    assert_eq!(with("GET /part?of=tiny/tiny.ron", &cross), 403);
    let body = format!("Host: {host}\r\nContent-Length: 5\r\n");
    assert_eq!(with("GET /", &body), 413);
    assert_eq!((place.statistics)().computed, 0);
}

#[test]
fn addresses_that_are_too_long_or_lead_elsewhere_are_refused() {
    let place = Place::new();
    fs::write(place.path("secret.txt"), "format: secret").unwrap();
    let elsewhere = [
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/secret.txt",
        "/tiny/tiny.ron",
        "/view?of=../tiny/tiny.ron",
        "/view?of=tiny/../tiny/tiny.ron",
        "/view?of=/etc/passwd",
        "/view?of=tiny%2F..%2F..%2Fetc%2Fpasswd",
        "/view?of=secret.txt",
        "/view?pick=secret.txt::flat",
        "/table/../../tiny/tiny.ron?of=tiny/tiny.ron",
    ];
    for path in elsewhere {
        let answer = place.get(path);
        assert!([400, 404].contains(&answer.status), "{path}: {}", answer.status);
        assert!(!answer.text().contains("format: secret"), "{path}");
    }
    let wrong = [
        format!("/view?{BOTH}&draws=0"),
        format!("/view?{BOTH}&draws=100000000"),
        format!("/view?{BOTH}&draws=x"),
        format!("/view?{BOTH}&lever.rate_case=6"),
        format!("/view?{BOTH}&lever.rate_case=NaN"),
        format!("/view?{BOTH}&pot.maintenance=201"),
        format!("/view?{BOTH}&lever.none=1"),
        "/view".to_owned(),
        "/view?pick=tiny/tiny.ron::none".to_owned(),
        format!("/view?{BOTH}&pick=tiny/tiny.ron::a&pick=tiny/tiny.ron::b&pick=tiny/tiny.ron::c"),
        "/?a=%ff".to_owned(),
    ];
    for path in wrong {
        let answer = place.get(&path);
        assert_eq!(answer.status, 400, "{path}: {}", answer.text());
        assert!(answer.text().contains("Not shown"), "{path}");
    }
    assert_eq!(place.get(&format!("/?{}", "a".repeat(5_000))).status, 414);
    assert!([414, 431].contains(&place.get(&format!("/{}", "a".repeat(100_000))).status));
    let headers: Vec<String> = (0..200).map(|at| format!("X-{at}: 1\r\n")).collect();
    let headers = headers.concat();
    let many = format!("GET / HTTP/1.1\r\nHost: {}\r\n{headers}\r\n", place.address);
    assert_eq!(place.send(many.as_bytes()).status, 431);
    assert_eq!(place.send(b"\x16\x03\x01 no http\r\n\r\n").status, 400);
    assert_eq!((place.statistics)().computed, 0);
    assert_eq!(place.get("/").status, 200, "and it still answers");
}

/// A scenario with so many draws that a simulation of all of them takes a while.
fn long() -> Place {
    let folder = tempfile::tempdir().unwrap();
    copy_folder(&in_repository("scenarios/tiny"), &folder.path().join("tiny"));
    let file = folder.path().join("tiny/tiny.ron");
    let text = fs::read_to_string(&file).unwrap().replace("draws: 1_000", "draws: 10_000_000");
    fs::write(&file, text).unwrap();
    Place::of(folder)
}

#[test]
fn a_question_that_nobody_waits_for_any_more_is_stopped() {
    let place = long();
    let draws = 200_000;
    let mut stream = place.connect();
    stream.write_all(place.request(&format!("/part?{BOTH}&draws={draws}")).as_bytes()).unwrap();
    place.until("it begins", |found| found.open == 1);
    let progress = place.page(&format!("/progress?{BOTH}&draws={draws}"));
    assert!(progress.contains(&format!("\"of\":{draws}")), "{progress}");
    drop(stream);
    let found = place.until("it stops", |found| found.open == 0);
    assert_eq!((found.computed, found.dropped), (0, 1));
    assert_eq!(place.page(&format!("/progress?{BOTH}&draws={draws}")), "{}");
    // The next question is answered.
    assert_eq!(place.get(&format!("/part?{BOTH}&draws=64")).status, 200);
}

#[test]
fn many_who_ask_the_same_wait_for_one_simulation() {
    let place = Place::new();
    let state = format!("/part?{BOTH}&lever.rate_local=123&draws=1000");
    std::thread::scope(|scope| {
        let asked: Vec<_> = (0..12).map(|_| scope.spawn(|| place.page(&state))).collect();
        let mut pages: Vec<String> = asked.into_iter().map(|one| one.join().unwrap()).collect();
        pages.dedup();
        assert_eq!(pages.len(), 1);
    });
    let found = (place.statistics)();
    assert_eq!((found.computed, found.shared), (1, 11));
}

#[test]
fn a_changed_file_is_read_again() {
    let place = Place::new();
    let state = format!("/figures.csv?{BOTH}&draws=64");
    let before = place.page(&state);
    let file = place.path("tiny/tiny.ron");
    let text = fs::read_to_string(&file).unwrap().replace("(value: 1.5, min", "(value: 4.25, min");
    fs::write(&file, text).unwrap();
    assert_ne!(place.page(&state), before);
    assert_eq!((place.statistics)().computed, 2);
}

#[test]
fn hostile_names_stay_names() {
    let folder = tempfile::tempdir().unwrap();
    copy_folder(&in_repository("scenarios/tiny"), &folder.path().join("tiny"));
    let file = folder.path().join("tiny/tiny.ron");
    let hostile = "<script>alert(1)</script>' onload='x";
    let text =
        fs::read_to_string(&file).unwrap().replace("\"workload\"", &format!("\"{hostile}\""));
    fs::write(&file, text).unwrap();
    let place = Place::of(folder);
    for path in ["/", "/view?of=tiny/tiny.ron&draws=64", "/view?of=%3Cscript%3Ealert(1)"] {
        let page = place.get(path).text();
        assert!(!page.contains("<script>alert") && !page.contains("' onload='"), "{path}\n{page}");
        assert!(page.contains("&lt;script&gt;alert(1)"), "{path}");
    }
}

#[test]
fn no_page_has_a_key_in_place_of_words() {
    let place = Place::new();
    for language in ["en", "lv"] {
        for path in ["/?", "/view?of=tiny/tiny.ron&draws=64&", "/none?"] {
            let page = place.get(&format!("{path}lang={language}")).text();
            assert!(page.contains(&format!("<html lang=\"{language}\">")), "{page}");
            assert!(!page.contains("serve-"), "{path} {language}\n{page}");
        }
    }
}

#[test]
fn the_program_prints_its_address_and_says_what_stands_in_the_way() {
    let place = Place::new();
    let mut program = Command::new(assert_cmd::cargo::cargo_bin("dotacija"))
        .arg("serve")
        .arg(place.folder.path())
        .args(["--port", "0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(program.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let port =
        line.trim().strip_prefix("http://127.0.0.1:").and_then(|rest| rest.strip_suffix('/'));
    let address = SocketAddr::from(([127, 0, 0, 1], port.unwrap().parse().unwrap()));
    let served = Place {
        folder: tempfile::tempdir().unwrap(),
        address,
        statistics: Box::new(Statistics::default),
    };
    let page = served.page("/");
    program.kill().unwrap();
    program.wait().unwrap();
    assert!(page.contains("tiny&#x2f;tiny.ron"));
    let taken = place.address.port().to_string();
    let failed = dotacija().arg("serve").arg(place.folder.path()).args(["--port", &taken]).assert();
    let failed = failed.code(1).get_output().clone();
    assert!(String::from_utf8_lossy(&failed.stderr).contains("--port 0"));
    let none = dotacija().args(["serve", "no-such-folder"]).assert().code(2).get_output().clone();
    assert!(String::from_utf8_lossy(&none.stderr).contains("`no-such-folder` is not a folder"));
}
