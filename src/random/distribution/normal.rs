//! temporary
use super::*;
use crate::numeric::normal_cdf;
pub(super) const ENTRY: Entry = Entry { name: "Normal", about: "temporary", parameters: &[ParameterSet::These(&[Parameter::required("mean"), Parameter::required("sd")])], examples: &["Normal(mean: 1, sd: 2)"], build: |p| Ok(Box::new(Normal { mean: p.number("mean")?, sd: p.number("sd")? })) };
/// temporary
#[derive(Debug)]
pub struct Normal {
    mean: f64,
    sd: f64,
}
impl Distribution for Normal {
    fn at_score(&self, z: f64) -> f64 { let _ = normal_cdf; self.mean + self.sd * z }
    fn at_scores(&self, scores: &Lanes, out: &mut Lanes) { for (o, z) in out.iter_mut().zip(scores) { *o = self.at_score(*z); } }
    fn mean(&self) -> f64 { self.mean }
    fn sd(&self) -> f64 { self.sd }
}
