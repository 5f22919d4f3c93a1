//! Which address gives what.
//!
//! ```text
//! /               the list of scenarios and runs
//! /view?…         a state as a page            /part?…       the same without what stays
//! /figures.csv?…  /table/NAME.csv?…            /workbook.xlsx?…
//! /picture/NAME.svg?…  .png?…
//! /progress?…     how far the simulation of a state is, as JSON
//! /style.css      /script.js      /font/….woff2             /favicon.ico  nothing
//! ```

use super::address::Query;
use super::guard::{self, Refused};
use super::pages;
use super::shelf::Shelf;
use super::simulate::{self, rounds, work};
use super::state::{FIRST, Refusal, State, language};
use super::workshop::{Full, Lane, Limits, Statistics, Workshop};
use crate::chart::{font, png};
use crate::language::{Language, Message};
use crate::report::RunFiles;
use crate::report::workbook::WORKBOOK;
use http_body_util::Full as Whole;
use hyper::body::Bytes;
use hyper::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use hyper::{Request, Response, StatusCode};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// Bounds of what waits and what is kept.
const LIMITS: Limits = Limits { quick: 1, waiting: 512, kept: 32, bytes: 128 << 20 };
/// More quick questions than this are not answered at a time, whatever the number of cores.
const MOST_QUICK: usize = 4;
/// Nobody waits longer for an answer.
const PATIENCE: Duration = Duration::from_mins(3);
/// More draws than this are simulated behind those who want few.
const QUICK: u64 = 16 * FIRST;

const HTML: &str = "text/html; charset=utf-8";
const CSV: &str = "text/csv; charset=utf-8";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const TEXT: &str = "text/plain; charset=utf-8";

/// An answer.
pub type Answer = Response<Whole<Bytes>>;

/// A first answer is one block of draws, which one core simulates: so there are as many at a time as cores.
fn limits() -> Limits {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    Limits { quick: cores.min(MOST_QUICK), ..LIMITS }
}

/// The site: the folder and the workshop.
#[derive(Debug)]
pub struct Site {
    port: u16,
    shelf: Arc<Shelf>,
    workshop: Workshop<simulate::Result>,
}

impl Site {
    /// A site for a folder, at a port.
    ///
    /// # Errors
    /// The threads cannot be started.
    pub fn new(folder: &Path, port: u16) -> std::io::Result<Self> {
        let shelf = Arc::new(Shelf::new(folder));
        Ok(Self { port, shelf, workshop: Workshop::open(limits())? })
    }

    /// What was done so far.
    pub fn statistics(&self) -> Statistics {
        self.workshop.statistics()
    }

    /// Answers a request; of a body nothing is read.
    pub async fn answer<B>(&self, request: Request<B>) -> Answer {
        let (parts, _) = request.into_parts();
        let mut answer = match guard::check(&parts, self.port) {
            Ok(()) => {
                let query = Query::read(parts.uri.query().unwrap_or_default());
                self.route(parts.uri.path(), query).await
            }
            Err(Refused(status, why)) => {
                let mut answer = given(status, TEXT, format!("{why}\n"));
                if status == StatusCode::METHOD_NOT_ALLOWED {
                    guard::allowed(answer.headers_mut());
                }
                answer
            }
        };
        guard::protect(answer.headers_mut());
        answer
    }

    async fn route(&self, path: &str, query: Option<Query>) -> Answer {
        let Some(query) = query else {
            let message = Message::new("serve-bad-address");
            return refused(StatusCode::BAD_REQUEST, &message, Language::default());
        };
        let ok = |kind, bytes: Bytes| given(StatusCode::OK, kind, bytes);
        match path {
            "/" => self.home(language(&query)).await,
            "/style.css" => ok("text/css; charset=utf-8", pages::style().into()),
            "/script.js" => ok(
                "text/javascript; charset=utf-8",
                Bytes::from_static(include_bytes!("../assets/serve/serve.js")),
            ),
            "/font/regular.woff2" => ok("font/woff2", Bytes::from_static(font::REGULAR_WOFF2)),
            "/font/bold.woff2" => ok("font/woff2", Bytes::from_static(font::SEMIBOLD_WOFF2)),
            // Browsers ask for one whatever the page says.
            "/favicon.ico" => given(StatusCode::NO_CONTENT, TEXT, ""),
            "/progress" => self.progress(query).await,
            path => match Wanted::of(path) {
                Some(wanted) => self.state(wanted, query).await,
                None => no_page(language(&query)),
            },
        }
    }

    async fn home(&self, language: Language) -> Answer {
        let shelf = Arc::clone(&self.shelf);
        let page = aside(move || {
            let entries = shelf.entries();
            let books: Vec<_> = entries.iter().filter_map(|entry| shelf.book(&entry.id)).collect();
            pages::home(&books, language)
        });
        given(StatusCode::OK, HTML, page.await.unwrap_or_default())
    }

    /// Reads a state, off the thread that answers.
    async fn read(&self, query: Query) -> Result<State, Refusal> {
        let shelf = Arc::clone(&self.shelf);
        let failed = || Refusal::Wrong(Message::new("serve-failed"));
        aside(move || State::read(&query, &shelf)).await.unwrap_or_else(|| Err(failed()))
    }

    async fn progress(&self, query: Query) -> Answer {
        let json = "application/json";
        match self.read(query).await {
            Ok(state) => {
                let found = self.workshop.progress(&state.key());
                let text = found.map_or_else(
                    || "{}".to_owned(),
                    |(done, of)| format!("{{\"done\":{done},\"of\":{of}}}"),
                );
                given(StatusCode::OK, json, text)
            }
            Err(_) => given(StatusCode::NOT_FOUND, json, "{}"),
        }
    }

    async fn state(&self, wanted: Wanted, query: Query) -> Answer {
        let asked_for = language(&query);
        let goes_on = query.one("draws").is_none();
        let state = match self.read(query).await {
            Ok(state) => Arc::new(state),
            Err(Refusal::Unknown(message)) => {
                return refused(StatusCode::NOT_FOUND, &message, asked_for);
            }
            Err(Refusal::Wrong(message)) => {
                return refused(StatusCode::BAD_REQUEST, &message, asked_for);
            }
        };
        let lane = if state.draws > QUICK { Lane::Patient } else { Lane::Quick };
        let task = {
            let state = Arc::clone(&state);
            Box::new(move |progress: &_| work(&state, progress))
        };
        let ticket = self.workshop.ask(&state.key(), lane, rounds(&state) * state.draws, task);
        let Ok(ticket) = ticket else {
            let Full = Full;
            let message = Message::new("serve-full");
            let mut answer = refused(StatusCode::SERVICE_UNAVAILABLE, &message, state.language);
            answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
            return answer;
        };
        // Who goes away drops this future, and with it the ticket.
        let shown = match tokio::time::timeout(PATIENCE, ticket.answer()).await {
            Ok(Some(shown)) => shown,
            Ok(None) => {
                let message = Message::new("serve-failed");
                return refused(StatusCode::INTERNAL_SERVER_ERROR, &message, state.language);
            }
            Err(_) => {
                // Not as where too many wait: asked again it would take as long.
                let message = Message::new("serve-slow");
                return refused(StatusCode::GATEWAY_TIMEOUT, &message, state.language);
            }
        };
        let written = aside(move || wanted.of_state(&state, &shown, goes_on)).await;
        written.unwrap_or_else(|| no_page(asked_for))
    }
}

/// What of a state is wanted.
enum Wanted {
    Page,
    Part,
    Figures,
    Workbook,
    Table(&'static str),
    Picture(String, bool),
}

impl Wanted {
    fn of(path: &str) -> Option<Self> {
        match path {
            "/view" => return Some(Self::Page),
            "/part" => return Some(Self::Part),
            "/figures.csv" => return Some(Self::Figures),
            "/workbook.xlsx" => return Some(Self::Workbook),
            _ => {}
        }
        if let Some(name) = path.strip_prefix("/table/") {
            return pages::TABLES.into_iter().find(|known| *known == name).map(Self::Table);
        }
        let (stem, ending) = path.strip_prefix("/picture/")?.rsplit_once('.')?;
        match ending {
            "svg" => Some(Self::Picture(stem.to_owned(), false)),
            "png" => Some(Self::Picture(stem.to_owned(), true)),
            _ => None,
        }
    }

    fn of_state(self, state: &State, shown: &simulate::Result, goes_on: bool) -> Answer {
        let found = shown.as_ref().ok();
        let answer = match self {
            // A simulation that fails is an answer: what is wrong stands on the page.
            Self::Page => Some(given(StatusCode::OK, HTML, pages::view(state, shown, goes_on))),
            Self::Part => Some(given(StatusCode::OK, HTML, pages::part(state, shown))),
            Self::Figures => found
                .map(|shown| named(CSV, "figures.csv", super::figures::csv(shown).into_bytes())),
            Self::Workbook => found.and_then(|shown| {
                let bytes = simulate::workbook(state, shown.findings.as_ref()?)?;
                Some(named(XLSX, WORKBOOK, bytes))
            }),
            Self::Table(name) => found.and_then(|shown| {
                let tables = RunFiles::tables(shown.findings.as_ref()?);
                Some(named(CSV, name, tables.get(name)?.to_vec()))
            }),
            Self::Picture(stem, as_png) => found.and_then(|shown| {
                let mut pictures = shown.pictures(state.language).iter();
                let picture = pictures.find(|of| pages::stem(of) == stem)?;
                if as_png {
                    Some(named("image/png", &format!("{stem}.png"), png(&picture.svg).ok()?))
                } else {
                    let bytes = picture.svg.clone().into_bytes();
                    Some(named("image/svg+xml", &format!("{stem}.svg"), bytes))
                }
            }),
        };
        answer.unwrap_or_else(|| no_page(state.language))
    }
}

/// Work that takes a while, on a thread of its own; nothing where it panicked.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    tokio::task::spawn_blocking(work).await.ok()
}

fn given(status: StatusCode, kind: &'static str, body: impl Into<Bytes>) -> Answer {
    let mut answer = Response::new(Whole::new(body.into()));
    *answer.status_mut() = status;
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    answer
}

/// A file to keep, under its name.
fn named(kind: &'static str, name: &str, bytes: Vec<u8>) -> Answer {
    let mut answer = given(StatusCode::OK, kind, bytes);
    let disposition = format!("attachment; filename=\"{}\"", name.replace(['"', '\\'], "-"));
    if let Ok(value) = HeaderValue::from_str(&disposition) {
        answer.headers_mut().insert(CONTENT_DISPOSITION, value);
    }
    answer
}

fn refused(status: StatusCode, message: &Message, language: Language) -> Answer {
    given(status, HTML, pages::message(message, language))
}

fn no_page(language: Language) -> Answer {
    refused(StatusCode::NOT_FOUND, &Message::new("serve-no-page"), language)
}
