//! Under which numbers the scores of an input are drawn.

use super::dependence;
use super::design::Futures;
use crate::expression::Extent;
use crate::model::{Common, Scenario};
use crate::numeric::Lanes;
use crate::random::{self, Sequence};

/// The stream of every score that an input needs, made once per run.
#[derive(Clone, Debug, Default)]
pub struct Streams {
    /// By year.
    pub(super) nation: Vec<u64>,
    /// Whether it is drawn for the nation.
    pub(super) is_national: bool,
    /// By year: the national scores under the run's plan, its own where it is drawn for the nation, else
    /// those that it shares.
    pub(super) planned: Vec<Sequence>,
    /// By year, then municipality.
    pub(super) municipality: Vec<Vec<u64>>,
    /// By year, then row of the input's extent.
    pub(super) own: Vec<Vec<u64>>,
}

impl Streams {
    /// Names the streams of an input: its own, and the shared ones where it has common variance, or an
    /// input that it is tied to. `dimensions` are those of its national scores under the run's plan, by
    /// simulated year.
    pub fn new(
        scenario: &Scenario,
        index: usize,
        years: &[i32],
        dimensions: &[Option<usize>],
    ) -> Self {
        let input = &scenario.inputs[index];
        let years: Vec<Option<i32>> =
            if input.is_yearly() { years.iter().copied().map(Some).collect() } else { vec![None] };
        let codes = |prefix: &str, codes: &[String]| -> Vec<String> {
            codes.iter().map(|code| format!("{prefix}:{code}")).collect()
        };
        let municipalities = codes("municipality", scenario.municipalities.table.drawn_as());
        let own = match input.extent {
            Extent::Nation => vec!["nation".to_owned()],
            Extent::Municipality => municipalities.clone(),
            Extent::Point => codes("point", scenario.points.table.drawn_as()),
        };
        let all = |codes: &[String], part: &str| -> Vec<Vec<u64>> {
            let name = format!("{}{part}", input.name);
            years
                .iter()
                .map(|&year| codes.iter().map(|code| random::stream(&name, code, year)).collect())
                .collect()
        };
        let Common { nation, municipality } = dependence::parts(scenario, index);
        let own = all(&own, "");
        let nation =
            if nation > 0.0 { all(&["nation".to_owned()], "/common").concat() } else { Vec::new() };
        let is_national = input.extent == Extent::Nation;
        let national = if is_national { own.concat() } else { nation.clone() };
        let sampling = scenario.run.sampling();
        // Years of the world before the first simulated one have no dimension.
        let past = national.len().saturating_sub(dimensions.len());
        let planned = national.into_iter().enumerate().map(|(year, stream)| {
            let simulated = year.checked_sub(past);
            sampling
                .sequence(stream, simulated.and_then(|at| dimensions.get(at).copied().flatten()))
        });
        Self {
            is_national,
            planned: planned.collect(),
            nation,
            municipality: if municipality > 0.0 {
                all(&municipalities, "/common")
            } else {
                Vec::new()
            },
            own,
        }
    }

    /// The national scores of a year, under the run's plan.
    pub(super) fn national(&self, year: usize, futures: Futures, out: &mut Lanes) {
        if let Some(sequence) = self.planned.get(year) {
            futures.planned(sequence, out);
        }
    }

    /// Every stream, to look for collisions.
    pub fn all(&self) -> impl Iterator<Item = u64> {
        self.nation
            .iter()
            .chain(self.municipality.iter().flatten())
            .chain(self.own.iter().flatten())
            .copied()
    }
}
