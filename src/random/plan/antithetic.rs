//! Antithetic pairs: draw 2k is that of independent draws, draw 2k + 1 its mirror image.
//!
//! Hammersley & Morton (1956), doi:10.1017/S0305004100031455.

use crate::numeric::{LANES, Lanes};
use crate::random::stream;

/// Scores: z and exactly −z.
pub fn scores(seed: u64, stream: u64, first_draw: u64, out: &mut Lanes) {
    stream::scores(seed, stream, even(first_draw), out);
    mirror(first_draw, out, |score| -score, |draw| stream::score(seed, stream, draw));
}

/// Uniform numbers: u and exactly 1 − u (both are odd multiples of 2⁻⁵³).
pub fn uniforms(seed: u64, stream: u64, first_draw: u64, out: &mut Lanes) {
    stream::uniforms(seed, stream, even(first_draw), out);
    mirror(first_draw, out, |uniform| 1.0 - uniform, |draw| stream::uniform(seed, stream, draw));
}

fn even(draw: u64) -> u64 {
    draw & !1
}

/// Turns a block that starts with an even draw into one of pairs that starts with `first_draw`, the
/// even draw or the one behind it.
fn mirror(
    first_draw: u64,
    block: &mut Lanes,
    image: impl Fn(f64) -> f64,
    single: impl Fn(u64) -> f64,
) {
    for pair in block.chunks_exact_mut(2) {
        pair[1] = image(pair[0]);
    }
    if first_draw % 2 == 1 {
        block.copy_within(1.., 0);
        block[LANES - 1] = single(even(first_draw).wrapping_add(LANES as u64));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_exact_mirror_images_wherever_a_block_starts() {
        for first in [0, 1, 6, 777] {
            let (mut at_score, mut at_share) = ([0.0; LANES], [0.0; LANES]);
            scores(3, 9, first, &mut at_score);
            uniforms(3, 9, first, &mut at_share);
            for lane in 0..LANES {
                let draw = first + lane as u64;
                let (score, share) =
                    (stream::score(3, 9, draw & !1), stream::uniform(3, 9, draw & !1));
                let expected =
                    if draw.is_multiple_of(2) { (score, share) } else { (-score, 1.0 - share) };
                assert_eq!((at_score[lane], at_share[lane]), expected);
                assert!(draw.is_multiple_of(2) || at_share[lane] + share == 1.0);
            }
        }
    }
}
