//! The page for what-if questions: a web site of this machine alone, for the scenarios and runs of a folder.
//!
//! ```text
//! request ─► guard ─► site ─► state (address ─► shelf ─► book) ─► workshop ─► simulate ─► pages ─► answer
//!            host,    which   what is shown, checked              each once,  Findings,   HTML,
//!            method   page                                        few at once pictures    CSV, SVG, PNG
//! ```
//! Only GET is answered and nothing that is asked changes anything. An address names what it shows from a
//! list that the server makes, and holds all of the state, so that a link shows the same again. Figures and
//! pictures come from the same code as those of `run` and `compare`.

mod address;
mod book;
mod figures;
mod guard;
mod in_memory;
mod pages;
#[cfg(test)]
mod pseudo;
mod shelf;
mod simulate;
mod site;
mod state;
mod turned;
mod words;
mod workshop;

pub use in_memory::InMemory;
pub use workshop::Statistics;

use self::site::Site;
use hyper::rt::{Read, Write};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// The most connections at a time; others wait until one ends.
const MOST_CONNECTIONS: usize = 512;
/// The most bytes of a request's line and headers.
const MOST_BYTES: usize = 16 << 10;
/// The most headers of a request.
const MOST_HEADERS: usize = 64;
/// So long a request may take to arrive, and a connection may stand idle.
const ARRIVAL: Duration = Duration::from_secs(20);
/// No connection lasts longer.
const LIFETIME: Duration = Duration::from_mins(30);
/// Pages are read and written by so many threads, beside those that simulate.
const WRITERS: usize = 4;

/// A site that is about to be served.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    site: Arc<Site>,
}

impl Server {
    /// Takes a port of this machine's own address, 127.0.0.1, which no other machine reaches; 0 takes any
    /// that is free.
    ///
    /// # Errors
    /// The port is taken, or the threads cannot be started.
    pub fn bind(folder: &Path, port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let site = Arc::new(Site::new(folder, address.port())?);
        Ok(Self { listener, address, site })
    }

    /// Where it is served.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// A view on what is done, for whoever watches.
    pub fn statistics(&self) -> impl Fn() -> Statistics + Send + Sync + 'static {
        let site = Arc::clone(&self.site);
        move || site.statistics()
    }

    /// Serves until the process ends.
    ///
    /// # Errors
    /// The system gives no more of what it needs.
    pub fn serve(self) -> io::Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_io()
            .enable_time()
            .max_blocking_threads(WRITERS)
            .build()?;
        runtime.block_on(self.accept())
    }

    async fn accept(self) -> io::Result<()> {
        let listener = tokio::net::TcpListener::from_std(self.listener)?;
        let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
        loop {
            let place = Arc::clone(&places).acquire_owned().await.map_err(io::Error::other)?;
            let stream = match listener.accept().await {
                Ok((stream, peer)) if peer.ip().is_loopback() => stream,
                Ok(_) => continue,
                Err(_) => {
                    // Too many files are open, or the other side is gone already.
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            };
            let site = Arc::clone(&self.site);
            tokio::spawn(async move {
                converse(&protocol(), site, TokioIo::new(stream)).await;
                drop(place);
            });
        }
    }
}

/// What is understood of HTTP, and within which bounds.
fn protocol() -> http1::Builder {
    let mut protocol = http1::Builder::new();
    protocol
        .timer(TokioTimer::new())
        .header_read_timeout(ARRIVAL)
        .max_buf_size(MOST_BYTES)
        .max_headers(MOST_HEADERS);
    protocol
}

/// Answers what comes in until either side ends.
async fn converse<T: Read + Write + Unpin>(protocol: &http1::Builder, site: Arc<Site>, with: T) {
    let answer = service_fn(|request| {
        let site = Arc::clone(&site);
        async move { Ok::<_, Infallible>(site.answer(request).await) }
    });
    // A connection that breaks is the other side's matter.
    let _ = tokio::time::timeout(LIFETIME, protocol.serve_connection(with, answer)).await;
}
