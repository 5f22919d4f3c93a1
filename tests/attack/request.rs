//! Anything that a connection may send to the page for what-if questions.

use dotacija::serve::InMemory;
use std::fs;

const PORT: u16 = 8_080;
/// What stands in files beside the folder that is served, and so in no answer.
const SECRET: &str = "qzjxkvwpy";
/// What the site itself answers, and what is answered before it is asked.
const STATUSES: [u16; 12] = [200, 204, 400, 403, 404, 405, 413, 414, 431, 501, 503, 505];

/// The site and its folder.
struct Bench {
    site: InMemory,
    _place: tempfile::TempDir,
}

thread_local! {
    static BENCH: Bench = Bench::new();
}

/// Takes an address, which begins with `/`, or all that is sent.
pub fn request(bytes: &[u8]) {
    let mut sent = Vec::new();
    if bytes.first() == Some(&b'/') {
        sent.extend_from_slice(b"GET ");
        sent.extend_from_slice(bytes);
        sent.extend_from_slice(format!(" HTTP/1.1\r\nHost: localhost:{PORT}\r\n\r\n").as_bytes());
    } else {
        sent.extend_from_slice(bytes);
    }
    BENCH.with(|bench| {
        let answered = bench.site.answer(&sent);
        judge(&answered);
        assert!(answered == bench.site.answer(&sent), "another answer to the same");
    });
}

impl Bench {
    fn new() -> Self {
        let place = tempfile::tempdir().expect("a folder");
        let (served, beside) = (place.path().join("served"), place.path().join("beside"));
        let write = |path: std::path::PathBuf, text: &str| {
            fs::create_dir_all(path.parent().expect("a folder")).expect("a disk");
            fs::write(path, text).expect("a disk");
        };
        let scenario = include_str!("../../scenarios/tiny/tiny.ron");
        let points = include_str!("../../scenarios/tiny/points.csv");
        write(served.join("tiny/tiny.ron"), scenario);
        write(served.join("tiny/points.csv"), points);
        write(
            served.join("tiny/municipalities.csv"),
            include_str!("../../scenarios/tiny/municipalities.csv"),
        );
        write(served.join("wrong.ron"), "Scenario(\n    format: 1,\n    title: <b>,\n)");
        write(
            served.join("outside.ron"),
            &scenario.replace("\"points.csv\"", "\"../beside/points.csv\""),
        );
        write(beside.join("points.csv"), &points.replace("tier", SECRET));
        write(beside.join("secret.ron"), &scenario.replace("Tiny", SECRET));
        #[cfg(unix)]
        std::os::unix::fs::symlink(beside.join("secret.ron"), served.join("link.ron"))
            .expect("a link");
        let site = InMemory::new(&served, PORT).expect("threads");
        Self { site, _place: place }
    }
}

/// Each answer of a connection is one that a browser may be given.
fn judge(mut answered: &[u8]) {
    while !answered.is_empty() {
        let end = find(answered, b"\r\n\r\n").expect("a head");
        let head = std::str::from_utf8(&answered[..end]).expect("a head of text");
        let (first, fields) = head.split_once("\r\n").unwrap_or((head, ""));
        let status: u16 = first.get(9..12).and_then(|code| code.parse().ok()).expect("a status");
        assert!(STATUSES.contains(&status), "{head}");
        let field = |name: &str| {
            let each = fields.split("\r\n").filter_map(|field| field.split_once(": "));
            let mut found = each.filter(|(of, _)| of.eq_ignore_ascii_case(name));
            let value = found.next().map(|(_, value)| value);
            assert!(found.next().is_none(), "{name} twice: {head}");
            value
        };
        let length = field("content-length").map_or(0, |text| text.parse().expect("a length"));
        let body = answered.get(end + 4..end + 4 + length).expect("as long as it says");
        answered = &answered[end + 4 + length..];
        if field("content-security-policy").is_none() {
            // What is no HTTP is refused before the site is asked.
            assert!([400, 414, 431, 501, 505].contains(&status) && body.is_empty(), "{head}");
            continue;
        }
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("cache-control", "no-store"),
            ("referrer-policy", "no-referrer"),
        ] {
            assert_eq!(field(name), Some(value), "{head}");
        }
        let policy = field("content-security-policy").unwrap_or_default();
        assert!(policy.starts_with("default-src 'none'; script-src 'self'"), "{policy}");
        assert!(find(body, SECRET.as_bytes()).is_none(), "{head}");
        if field("content-type").is_some_and(|kind| kind.starts_with("text/html")) {
            let page = std::str::from_utf8(body).expect("a page of text");
            // The script of the site, and no other.
            assert!(page.matches("<script").count() <= 1, "{head}\n{page}");
            assert!(!page.contains("=\"javascript:"), "{head}\n{page}");
        }
    }
}

fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    text.windows(what.len()).position(|part| part == what)
}
