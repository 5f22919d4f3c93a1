//! The page without a socket: bytes of requests in, bytes of answers out. For tests and fuzzers.

use super::site::Site;
use super::{WRITERS, converse, protocol};
use hyper::rt::{Read, ReadBufCursor, Write};
use std::io;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tokio::runtime::{Builder, Runtime};

/// A site that nobody else reaches.
#[derive(Debug)]
pub struct InMemory {
    site: Arc<Site>,
    runtime: Runtime,
}

impl InMemory {
    /// The site of a folder, as if it were served at a port.
    ///
    /// # Errors
    /// The threads cannot be started.
    pub fn new(folder: &Path, port: u16) -> io::Result<Self> {
        let site = Arc::new(Site::new(folder, port)?);
        let mut runtime = Builder::new_current_thread();
        let runtime = runtime.enable_time().max_blocking_threads(WRITERS).build()?;
        Ok(Self { site, runtime })
    }

    /// What a connection sends back that has sent these bytes and nothing more.
    pub fn answer(&self, sent: &[u8]) -> Vec<u8> {
        let mut protocol = protocol();
        // The other side goes on to listen, and the same is answered by the same.
        protocol.half_close(true).auto_date_header(false);
        let mut wire = Wire { sent, answered: Vec::new() };
        self.runtime.block_on(converse(&protocol, Arc::clone(&self.site), &mut wire));
        wire.answered
    }
}

/// Both directions of a connection.
struct Wire<'a> {
    sent: &'a [u8],
    answered: Vec<u8>,
}

impl Read for Wire<'_> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        mut into: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        let (now, later) = self.sent.split_at(self.sent.len().min(into.remaining()));
        into.put_slice(now);
        self.sent = later;
        Poll::Ready(Ok(()))
    }
}

impl Write for Wire<'_> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.answered.extend_from_slice(bytes);
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_connection_is_answered_request_by_request_until_it_breaks() {
        let place = tempfile::tempdir().unwrap();
        let site = InMemory::new(place.path(), 8_080).unwrap();
        let asked = "GET /style.css HTTP/1.1\r\nHost: localhost:8080\r\n\r\n\
            GET / HTTP/1.1\r\nHost: evil.example\r\n\r\nnonsense";
        let answered = String::from_utf8(site.answer(asked.as_bytes())).unwrap();
        assert!(answered.starts_with("HTTP/1.1 200 OK\r\n"), "{answered}");
        assert_eq!(answered.matches("\r\ncontent-security-policy: ").count(), 2);
        assert!(answered.contains("HTTP/1.1 403 Forbidden\r\n"), "{answered}");
        assert_eq!(site.answer(b""), b"");
    }
}
