//! A sequential generator over one Philox stream, for set-up work that wants the traits of `rand`.

use std::convert::Infallible;

use rand::TryRng;
use rand::rand_core::utils::fill_bytes_via_next_word;

use super::philox::{Key, philox};

/// The numbers of one stream in order. Not for draws, which are addressed by number: give it a stream
/// of its own.
#[derive(Clone, Debug)]
pub struct Generator {
    key: Key,
    stream: u64,
    /// The next counter.
    next: u64,
    /// The second half of the last counter's bits.
    spare: Option<u64>,
}

impl Generator {
    /// The generator at the start of a stream.
    #[must_use]
    pub fn new(seed: u64, stream: u64) -> Self {
        Self { key: [seed as u32, (seed >> 32) as u32], stream, next: 0, spare: None }
    }

    fn word(&mut self) -> u64 {
        if let Some(word) = self.spare.take() {
            return word;
        }
        let [low, high] = [self.next, self.stream].map(|half| [half as u32, (half >> 32) as u32]);
        let words = philox([low[0], low[1], high[0], high[1]], self.key);
        self.next = self.next.wrapping_add(1);
        self.spare = Some(u64::from(words[2]) | u64::from(words[3]) << 32);
        u64::from(words[0]) | u64::from(words[1]) << 32
    }
}

impl TryRng for Generator {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(self.word() as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(self.word())
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        fill_bytes_via_next_word(bytes, || self.try_next_u64())
    }
}

#[cfg(test)]
mod tests {
    use rand::{Rng, RngExt};

    use super::*;

    #[test]
    fn it_starts_with_the_bits_of_counter_zero() {
        // The known answer of Random123 for counter 0 and key 0.
        let mut generator = Generator::new(0, 0);
        assert_eq!(generator.next_u64(), 0xE169_C58D_6627_E8D5);
        assert_eq!(generator.next_u64(), 0x9B00_DBD8_BC57_AC4C);
        let mut bytes = [0; 3];
        Generator::new(0, 0).fill_bytes(&mut bytes);
        assert_eq!(bytes, [0xD5, 0xE8, 0x27]);
    }

    #[test]
    fn the_traits_of_rand_work_over_it() {
        let mut generator = Generator::new(401, 5);
        let mut seen = [0_u32; 6];
        for _ in 0..6000 {
            let side: usize = generator.random_range(0..6);
            seen[side] += 1;
        }
        // Binomial(6000, 1/6): sd 29; five of them.
        assert!(seen.iter().all(|&count| count.abs_diff(1000) < 145), "{seen:?}");
    }

    #[test]
    fn other_seeds_and_streams_are_other_numbers() {
        let first = |seed, stream| Generator::new(seed, stream).next_u64();
        assert_ne!(first(1, 1), first(2, 1));
        assert_ne!(first(1, 1), first(1, 2));
        assert_ne!(first(1, 0), first(1 << 32, 0));
    }
}
