//! temporary
use super::*;
use crate::numeric::normal_cdf;
pub(super) const ENTRY: Entry = Entry { name: "Fixed", about: "temporary", parameters: &[ParameterSet::These(&[Parameter::required("value")])], examples: &["Fixed(value: 3)"], build: |p| Ok(Box::new(Fixed { value: p.number("value")? })) };
/// temporary
#[derive(Debug)]
pub struct Fixed {
    value: f64,
}
impl Distribution for Fixed {
    fn at_score(&self, z: f64) -> f64 { let _ = normal_cdf; let _ = z; self.value }
    fn at_scores(&self, scores: &Lanes, out: &mut Lanes) { for (o, z) in out.iter_mut().zip(scores) { *o = self.at_score(*z); } }
    fn mean(&self) -> f64 { self.value }
    fn sd(&self) -> f64 { 0.0 }
}
