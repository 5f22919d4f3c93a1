use dotacija::engine::{Prepared, Sink, YearOfBlock, replay};
struct Nothing;
impl Sink for Nothing {
    fn year(&mut self, _: &YearOfBlock<'_>) {}
    fn block_ends(&mut self, _: &Prepared<'_>, _: usize) {}
}
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let n: u64 = args[2].parse().unwrap();
    let opened = dotacija::scenario::open(
        std::path::Path::new("scenarios/latvia/network-592.ron"),
        &[format!("network.mode={}", args[1])],
    );
    let s = opened.scenario.unwrap();
    let t0 = std::time::Instant::now();
    let p = Prepared::new(&s);
    replay(&p, 0..64, &mut Nothing).unwrap();
    println!("first block {:?}", t0.elapsed());
    let t = std::time::Instant::now();
    replay(&p, 64..64 + n, &mut Nothing).unwrap();
    println!("{:.1} us/draw", t.elapsed().as_secs_f64() * 1e6 / n as f64);
}
