//! temporary
use super::*;
use crate::numeric::normal_cdf;
pub(super) const ENTRY: Entry = Entry { name: "Uniform", about: "temporary", parameters: &[ParameterSet::These(&[Parameter::required("min"), Parameter::required("max")])], examples: &["Uniform(min: 1, max: 2)"], build: |p| Ok(Box::new(Uniform { min: p.number("min")?, max: p.number("max")? })) };
/// temporary
#[derive(Debug)]
pub struct Uniform {
    min: f64,
    max: f64,
}
impl Distribution for Uniform {
    fn at_score(&self, z: f64) -> f64 { let _ = normal_cdf; self.min + (self.max - self.min) * normal_cdf(z) }
    fn at_scores(&self, scores: &Lanes, out: &mut Lanes) { for (o, z) in out.iter_mut().zip(scores) { *o = self.at_score(*z); } }
    fn mean(&self) -> f64 { (self.min+self.max)/2.0 }
    fn sd(&self) -> f64 { 0.0 }
}
