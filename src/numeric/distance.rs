//! Distance on the globe.

use super::{asin, cos, sin};

/// Mean radius R₁ of the Earth in kilometres (Moritz 2000, doi:10.1007/s001900050278).
pub const EARTH_RADIUS_KM: f64 = 6_371.008_8;

/// Kilometres along the great circle between two places, each (latitude, longitude) in degrees.
///
/// The haversine form (Sinnott 1984, Sky and Telescope 68:159), which keeps its digits for near
/// places; nearly opposite places are measured from the antipode. NaN if a coordinate is not finite.
#[must_use]
pub fn great_circle_km(from: (f64, f64), to: (f64, f64)) -> f64 {
    let (from_latitude, to_latitude) = (from.0.to_radians(), to.0.to_radians());
    let rise = sin(0.5 * (to.0 - from.0).to_radians());
    let turn = (0.5 * (to.1 - from.1)).to_radians();
    let cosines = cos(from_latitude) * cos(to_latitude);
    let near = rise * rise + cosines * sin(turn) * sin(turn);
    if near <= 0.5 {
        return 2.0 * EARTH_RADIUS_KM * asin(near.sqrt());
    }
    // 1 − near without cancellation: sin²((φ₁ + φ₂)/2) + cos φ₁ cos φ₂ cos²(Δλ/2).
    let meeting = sin(0.5 * (from_latitude + to_latitude));
    let far = (meeting * meeting + cosines * cos(turn) * cos(turn)).clamp(0.0, 1.0);
    2.0 * EARTH_RADIUS_KM * (std::f64::consts::FRAC_PI_2 - asin(far.sqrt()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_and_a_half_of_the_globe() {
        let quarter = std::f64::consts::FRAC_PI_2 * EARTH_RADIUS_KM;
        assert!((great_circle_km((0.0, 0.0), (90.0, 123.0)) - quarter).abs() < 1e-9);
        assert!((great_circle_km((0.0, 10.0), (0.0, 100.0)) - quarter).abs() < 1e-9);
        assert!((great_circle_km((90.0, 0.0), (-90.0, 7.0)) - 2.0 * quarter).abs() < 1e-9);
        assert!((great_circle_km((57.0, 24.0), (-57.0, -156.0)) - 2.0 * quarter).abs() < 1e-9);
        assert!((great_circle_km((0.0, 0.0), (0.0, 181.0)) - 179.0 / 90.0 * quarter).abs() < 1e-8);
    }

    #[test]
    fn riga_to_daugavpils() {
        // Spherical law of cosines at 60 digits (mpmath): R·acos(sin φ₁ sin φ₂ + cos φ₁ cos φ₂ cos Δλ).
        let distance = great_circle_km((56.9496, 24.1052), (55.8714, 26.5161));
        assert!((distance - 190.690_833_141_896_1).abs() < 1e-10, "{distance}");
        assert_eq!(great_circle_km((56.5, 24.5), (56.5, 24.5)), 0.0);
    }

    #[test]
    fn a_metre_keeps_its_digits() {
        // 10⁻⁵ degrees of latitude: R · 10⁻⁵ · π / 180 km; the degrees themselves hold 7e-15.
        let expected = EARTH_RADIUS_KM * 1e-5_f64.to_radians();
        let distance = great_circle_km((56.0, 24.0), (56.000_01, 24.0));
        assert!((distance / expected - 1.0).abs() < 1e-9);
        assert!(great_circle_km((f64::NAN, 0.0), (0.0, 0.0)).is_nan());
    }
}
