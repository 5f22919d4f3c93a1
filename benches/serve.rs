//! `serve`: from a slider that was moved to the last byte of what is redrawn, the national scenario with its
//! four policies, another value of a lever each time.

use criterion::{Criterion, criterion_group, criterion_main};
use dotacija::serve::Server;
use std::hint::black_box;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;

fn asked(address: SocketAddr, path: &str) -> usize {
    let mut bytes = Vec::new();
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    let answered = TcpStream::connect(address).and_then(|mut stream| {
        stream.write_all(request.as_bytes())?;
        stream.read_to_end(&mut bytes)
    });
    let is_whole = answered.is_ok() && bytes.starts_with(b"HTTP/1.1 200");
    assert!(is_whole, "{}", String::from_utf8_lossy(&bytes));
    bytes.len()
}

fn redraw(criterion: &mut Criterion) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/latvia");
    let Ok(server) = Server::bind(&folder, 0) else { return };
    let address = server.address();
    std::thread::spawn(move || server.serve());
    let mut group = criterion.benchmark_group("serve");
    group.sample_size(20);
    let mut moved = 0;
    group.bench_function("a slider moved, 64 draws", |bencher| {
        bencher.iter(|| {
            moved += 1;
            // From 100 % on in hundredths of a per cent: never the same state twice.
            let percent = 100.0 + f64::from(moved) / 100.0;
            black_box(asked(
                address,
                &format!("/part?of=network-592.ron&pot.maintenance={percent}&draws=64"),
            ))
        });
    });
    group.finish();
}

criterion_group!(benches, redraw);
criterion_main!(benches);
