//! Nested uniform (Owen) scrambling by a hash.
//!
//! A scramble turns each binary digit of a point over or not, by a coin that belongs to the digits
//! before it (Owen 1995, doi:10.1007/978-1-4612-2552-2_19). The coins are not kept but computed: in a
//! number whose first digit stands lowest, additions and multiplications carry only towards digits that
//! count less (Laine & Karras 2011, doi:10.1111/j.1467-8659.2011.01998.x; Burley, "Practical hash-based
//! Owen scrambling", Journal of Computer Graphics Techniques 9(4), 2020). The multipliers are N.
//! Vegdahl's ("Building a better LK hash", 2021); there are two rounds with words of their own, since
//! after one round with a key of 32 bits coins of neighbouring digits, taken four by four, are dependent.

/// What selects a scramble: four random words.
pub type Key = [u32; 4];

/// Scrambles the digits of a point; the first digit is the lowest, before and after.
#[inline(always)]
pub fn scramble(reversed: u32, key: Key) -> u32 {
    let mut digits = reversed;
    digits ^= digits.wrapping_mul(0x3D20_ADEA);
    digits = digits.wrapping_add(key[0]);
    digits = digits.wrapping_mul(key[1] | 1);
    digits ^= digits.wrapping_mul(0x0552_6C56);
    digits ^= digits.wrapping_mul(0x53A2_2864);
    digits = digits.wrapping_add(key[2]);
    digits = digits.wrapping_mul(key[3] | 1);
    digits ^= digits.wrapping_mul(0x3D20_ADEA);
    digits ^= digits.wrapping_mul(0x0552_6C56);
    digits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::philox;

    const KEYS: u32 = 4096;

    fn key(number: u32) -> Key {
        philox([number, 0, 0, 0], [5, 0])
    }

    #[test]
    fn a_digit_depends_on_no_later_digit_and_none_is_lost() {
        for number in 0..64 {
            for digit in 0..32 {
                let (point, later) = (number * 0x0123_4567 + 1, 0x89AB_CDEF << digit);
                let changed = scramble(point, key(number)) ^ scramble(point ^ later, key(number));
                // The lowest digit that differs before is the lowest that differs after.
                assert_eq!(changed.trailing_zeros(), later.trailing_zeros());
            }
        }
    }

    #[test]
    fn the_coins_of_all_first_digits_are_fair_and_pairwise_independent() {
        // Seven digits have 1 + 2 + … + 64 = 127 coins. Over 4,096 keys the mean of a coin of ±1 and the
        // mean product of two have a standard deviation of 1/64. Of 127 and 8,001 such numbers the
        // largest lies beyond 5.5 of them by a chance of 3 in 10,000.
        let coins: Vec<Vec<i32>> = (0..KEYS)
            .map(|number| {
                let coin = |digit: u32, before: u32| {
                    1 - 2 * (scramble(before, key(number)) >> digit & 1) as i32
                };
                (0..7)
                    .flat_map(|digit| (0..1 << digit).map(move |before| coin(digit, before)))
                    .collect()
            })
            .collect();
        let bound = 5.5 * f64::from(KEYS).sqrt();
        for first in 0..127 {
            let sum: i32 = coins.iter().map(|coins| coins[first]).sum();
            assert!(f64::from(sum.abs()) < bound, "coin {first}: {sum}");
            for second in 0..first {
                let sum: i32 = coins.iter().map(|coins| coins[first] * coins[second]).sum();
                assert!(f64::from(sum.abs()) < bound, "coins {first}, {second}: {sum}");
            }
        }
    }
}
