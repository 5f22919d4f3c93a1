//! Who is let in, and what every answer says to the browser.
//!
//! A page of another site may send requests to this one, under a name of its own that leads here (DNS
//! rebinding) or across sites; neither is answered.

use super::address::LONGEST;
use hyper::header::{
    ALLOW, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, HOST, HeaderMap, HeaderName,
    HeaderValue, REFERRER_POLICY, TRANSFER_ENCODING, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use hyper::http::request::Parts;
use hyper::{Method, StatusCode};

/// Nothing but what this site itself sends is loaded, run or shown, and nobody frames it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; \
    img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// What every answer says.
const HEADERS: [(HeaderName, &str); 7] = [
    (CONTENT_SECURITY_POLICY, POLICY),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (REFERRER_POLICY, "no-referrer"),
    (X_FRAME_OPTIONS, "DENY"),
    (CACHE_CONTROL, "no-store"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

/// Why a request is not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused(pub StatusCode, pub &'static str);

/// Puts in what every answer says.
pub fn protect(headers: &mut HeaderMap) {
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
}

/// Looks at a request before anything is done for it.
///
/// # Errors
/// Why it is not answered.
pub fn check(request: &Parts, port: u16) -> Result<(), Refused> {
    let authority = request.uri.authority().map(hyper::http::uri::Authority::as_str);
    let mut hosts = request.headers.get_all(HOST).iter();
    let host = hosts.next().and_then(|host| host.to_str().ok());
    let is_ours = |name: &str| is_own(name, port);
    if !host.is_some_and(is_ours) || hosts.next().is_some() || !authority.is_none_or(is_ours) {
        return Err(Refused(StatusCode::FORBIDDEN, "this address is not served under that name"));
    }
    if request.method != Method::GET {
        return Err(Refused(StatusCode::METHOD_NOT_ALLOWED, "only GET is answered"));
    }
    let length = request.headers.get(CONTENT_LENGTH).map(HeaderValue::as_bytes);
    if length.is_some_and(|length| length != b"0")
        || request.headers.contains_key(TRANSFER_ENCODING)
    {
        return Err(Refused(StatusCode::PAYLOAD_TOO_LARGE, "a request has no body here"));
    }
    if request.uri.path().len() + request.uri.query().map_or(0, str::len) > LONGEST {
        return Err(Refused(StatusCode::URI_TOO_LONG, "the address is too long"));
    }
    if is_of_another_site(&request.headers) {
        return Err(Refused(StatusCode::FORBIDDEN, "other sites are not answered"));
    }
    Ok(())
}

/// A request that a page of another site makes, other than by leading a reader here.
fn is_of_another_site(headers: &HeaderMap) -> bool {
    let says = |name: &str, values: &[&[u8]]| {
        headers.get(name).is_some_and(|value| values.contains(&value.as_bytes()))
    };
    says("sec-fetch-site", &[b"cross-site", b"same-site"])
        && !says("sec-fetch-mode", &[b"navigate"])
}

/// Whether a name with its port is this machine itself, at the port that is served.
fn is_own(name: &str, port: u16) -> bool {
    let (host, of) = match name.rsplit_once(':') {
        Some((host, of)) if !of.ends_with(']') => (host, of.parse::<u16>().ok()),
        _ => (name, Some(80)),
    };
    let plain = name.bytes().all(|byte| byte.is_ascii_graphic());
    let known = ["127.0.0.1", "localhost", "[::1]"];
    plain && of == Some(port) && known.iter().any(|own| host.eq_ignore_ascii_case(own))
}

/// The one method that there is, where another was used.
pub fn allowed(headers: &mut HeaderMap) {
    headers.insert(ALLOW, HeaderValue::from_static("GET"));
}

#[cfg(test)]
mod tests {
    use super::*;
    use hyper::Request;

    fn asked(method: &str, uri: &str, headers: &[(&str, &str)]) -> Result<(), u16> {
        let mut request = Request::builder().method(method).uri(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let (parts, ()) = request.body(()).unwrap().into_parts();
        check(&parts, 8_080).map_err(|refused| refused.0.as_u16())
    }

    #[test]
    fn only_names_of_this_machine_at_this_port_are_answered() {
        for own in ["127.0.0.1:8080", "localhost:8080", "LOCALHOST:8080", "[::1]:8080"] {
            assert_eq!(asked("GET", "/", &[("host", own)]), Ok(()), "{own}");
        }
        let foreign = [
            "evil.example:8080",
            "127.0.0.1",
            "127.0.0.1:80",
            "127.0.0.1.evil.example:8080",
            "localhost:8080@evil.example",
            "user@localhost:8080",
            "0.0.0.0:8080",
            "[::1]",
            "localhost:",
            "localhost:+8080 ",
            "",
        ];
        for name in foreign {
            assert_eq!(asked("GET", "/", &[("host", name)]), Err(403), "{name}");
        }
        assert_eq!(asked("GET", "/", &[]), Err(403));
        let two = [("host", "localhost:8080"), ("host", "localhost:8080")];
        assert_eq!(asked("GET", "/", &two), Err(403));
        let absolute = "http://evil.example/";
        assert_eq!(asked("GET", absolute, &[("host", "localhost:8080")]), Err(403));
        assert!(is_own("localhost", 80) && !is_own("localhost", 8_080));
    }

    #[test]
    fn nothing_but_a_get_without_a_body_is_answered() {
        let host = ("host", "localhost:8080");
        for method in ["POST", "PUT", "DELETE", "HEAD", "OPTIONS", "TRACE"] {
            assert_eq!(asked(method, "/", &[host]), Err(405), "{method}");
        }
        assert_eq!(asked("GET", "/", &[host, ("content-length", "1")]), Err(413));
        assert_eq!(asked("GET", "/", &[host, ("transfer-encoding", "chunked")]), Err(413));
        assert_eq!(asked("GET", "/", &[host, ("content-length", "0")]), Ok(()));
        assert_eq!(asked("GET", &format!("/?{}", "a".repeat(LONGEST)), &[host]), Err(414));
    }

    #[test]
    fn another_site_may_lead_here_but_not_ask() {
        let host = ("host", "localhost:8080");
        let of = |site, mode| {
            asked("GET", "/", &[host, ("sec-fetch-site", site), ("sec-fetch-mode", mode)])
        };
        assert_eq!(of("cross-site", "navigate"), Ok(()));
        assert_eq!((of("cross-site", "no-cors"), of("same-site", "cors")), (Err(403), Err(403)));
        assert_eq!((of("same-origin", "cors"), of("none", "navigate")), (Ok(()), Ok(())));
    }
}
