//! A keyed permutation of 0 … n − 1, computed element by element.
//!
//! A number below a·b is a pair (below a, below b), and rounds add to one half a hash of the other: a
//! Feistel network on a domain of any size, walked again where it leaves 0 … n − 1 (Black & Rogaway
//! 2002, "Ciphers with arbitrary finite domains", doi:10.1007/3-540-45760-7_9). With a and b close to √n
//! at most one number in √n leaves.

/// Rounds that change each half.
const ROUNDS: usize = 3;

/// What selects a permutation: a random word for each round.
pub type Key = [u32; 2 * ROUNDS];

/// The size of what is permuted, split into halves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    n: u32,
    high: u32,
    low: u32,
}

impl Size {
    /// n elements, at least one.
    pub fn new(n: u32) -> Self {
        let n = n.max(1);
        let high = (f64::from(n).sqrt().ceil() as u32).max(1);
        Self { n, high, low: n.div_ceil(high) }
    }

    /// How many elements there are.
    pub fn count(self) -> u32 {
        self.n
    }

    /// The halves of an element; numbers from n on begin again at 0.
    pub fn split(self, element: u32) -> [u32; 2] {
        let element = element % self.n;
        [element / self.low, element % self.low]
    }

    /// Where a permutation puts the element of these halves, unless it leaves 0 … n − 1.
    #[inline(always)]
    pub fn once(self, halves: [u32; 2], key: Key) -> u32 {
        let [high, low] = self.rounds(halves, key);
        high * self.low + low
    }

    /// Where a permutation puts what `once` has put outside.
    pub fn walk(self, mut place: u32, key: Key) -> u32 {
        while place >= self.n {
            place = self.once([place / self.low, place % self.low], key);
        }
        place
    }

    #[inline(always)]
    fn rounds(self, [mut high, mut low]: [u32; 2], key: Key) -> [u32; 2] {
        for round in 0..ROUNDS {
            high = shifted(high, low, key[2 * round], self.high);
            low = shifted(low, high, key[2 * round + 1], self.low);
        }
        [high, low]
    }
}

/// A half moved on by a hash of the other, round a circle of `size`.
#[inline(always)]
fn shifted(half: u32, other: u32, key: u32, size: u32) -> u32 {
    let by = (u64::from(mixed(other.wrapping_add(key))) * u64::from(size)) >> 32;
    let moved = half + by as u32;
    if moved >= size { moved - size } else { moved }
}

/// A mixing bijection of 32 bits: C. Wellons, "Hash Prospector" (2018, 2023).
#[inline(always)]
fn mixed(mut word: u32) -> u32 {
    word ^= word >> 16;
    word = word.wrapping_mul(0x21F0_AAAD);
    word ^= word >> 15;
    word = word.wrapping_mul(0xD35A_2D97);
    word ^ word >> 15
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::philox;

    fn key(number: u32) -> Key {
        let [a, b, c, d] = philox([number, 0, 0, 0], [7, 0]);
        let [e, f, ..] = philox([number, 1, 0, 0], [7, 0]);
        [a, b, c, d, e, f]
    }

    fn place(size: Size, element: u32, key: Key) -> u32 {
        size.walk(size.once(size.split(element), key), key)
    }

    #[test]
    fn every_element_has_a_place_of_its_own() {
        for n in (1..=70).chain([625, 1000, 4097]) {
            let size = Size::new(n);
            let mut places: Vec<u32> = (0..n).map(|element| place(size, element, key(n))).collect();
            places.sort_unstable();
            assert_eq!(places, (0..n).collect::<Vec<u32>>());
        }
    }

    #[test]
    fn every_place_is_equally_likely_for_every_element_and_pair() {
        // n = 7 over 8,400 keys: each of 49 (element, place) is expected 1,200 times, sd √(1200·6/7) = 32;
        // each of 42 pairs of places of elements 0 and 1 200 times, sd 14. Five of them.
        let size = Size::new(7);
        let (mut singles, mut pairs) = ([[0_i32; 7]; 7], [[0_i32; 7]; 7]);
        for number in 0..8400 {
            let places: Vec<usize> =
                (0..7).map(|element| place(size, element, key(number)) as usize).collect();
            for (element, &place) in places.iter().enumerate() {
                singles[element][place] += 1;
            }
            pairs[places[0]][places[1]] += 1;
        }
        assert!(singles.iter().flatten().all(|count| (count - 1200).abs() < 160), "{singles:?}");
        for (first, row) in pairs.iter().enumerate() {
            for (second, count) in row.iter().enumerate() {
                let expected = if first == second { 0 } else { 200 };
                assert!((count - expected).abs() < 70, "{pairs:?}");
            }
        }
    }

    #[test]
    fn no_size_overflows() {
        for n in [0, 1, u32::MAX - 1, u32::MAX] {
            let size = Size::new(n);
            assert!(place(size, u32::MAX, key(1)) < size.count());
        }
    }
}
