//! `Criterion`: names benchmarks and groups; its settings are accepted and do nothing.

use crate::bencher::Bencher;
use crate::group::BenchmarkGroup;
use crate::id::BenchmarkId;
use crate::measurement::{Measurement, WallTime};
use crate::profiler::Profiler;
use crate::session;
use crate::settings::PlottingBackend;
use std::marker::PhantomData;
use std::path::Path;
use std::time::Duration;

pub struct Criterion<M: Measurement = WallTime> {
    measurement: PhantomData<M>,
}

impl Default for Criterion {
    fn default() -> Criterion {
        session::begin();
        Criterion { measurement: PhantomData }
    }
}

impl<M: Measurement> Criterion<M> {
    pub fn with_measurement<M2: Measurement>(self, _: M2) -> Criterion<M2> {
        Criterion { measurement: PhantomData }
    }
    #[must_use]
    pub fn with_profiler<P: Profiler + 'static>(self, _: P) -> Criterion<M> {
        self
    }
    #[must_use]
    pub fn plotting_backend(self, _: PlottingBackend) -> Criterion<M> {
        self
    }
    #[must_use]
    pub fn sample_size(self, _: usize) -> Criterion<M> {
        self
    }
    #[must_use]
    pub fn warm_up_time(self, _: Duration) -> Criterion<M> {
        self
    }
    #[must_use]
    pub fn measurement_time(self, _: Duration) -> Criterion<M> {
        self
    }
    #[must_use]
    pub fn nresamples(self, _: usize) -> Criterion<M> {
        self
    }
    #[must_use]
    pub fn noise_threshold(self, _: f64) -> Criterion<M> {
        self
    }
    #[must_use]
    pub fn confidence_level(self, _: f64) -> Criterion<M> {
        self
    }
    #[must_use]
    pub fn significance_level(self, _: f64) -> Criterion<M> {
        self
    }
    #[must_use]
    pub fn with_plots(self) -> Criterion<M> {
        self
    }
    #[must_use]
    pub fn without_plots(self) -> Criterion<M> {
        self
    }
    #[must_use]
    pub fn save_baseline(self, _: String) -> Criterion<M> {
        self
    }
    #[must_use]
    pub fn retain_baseline(self, _: String, _: bool) -> Criterion<M> {
        self
    }
    #[must_use]
    pub fn with_filter<S: Into<String>>(self, _: S) -> Criterion<M> {
        self
    }
    #[must_use]
    pub fn with_output_color(self, _: bool) -> Criterion<M> {
        self
    }
    #[must_use]
    pub fn output_directory(self, _: &Path) -> Criterion<M> {
        self
    }
    #[must_use]
    pub fn configure_from_args(self) -> Criterion<M> {
        self
    }
    /// The end of a program with a `main` of its own.
    pub fn final_summary(&self) {
        session::end();
    }
}

impl<M: Measurement + 'static> Criterion<M> {
    pub fn benchmark_group<S: Into<String>>(&mut self, group_name: S) -> BenchmarkGroup<'_, M> {
        BenchmarkGroup::new(group_name.into())
    }

    #[track_caller]
    pub fn bench_function<F>(&mut self, id: &str, mut f: F) -> &mut Criterion<M>
    where
        F: FnMut(&mut Bencher<'_, M>),
    {
        session::bench(id.to_owned(), None, &mut |iterations| Bencher::<M>::time(iterations, &mut f));
        self
    }

    #[track_caller]
    pub fn bench_with_input<F, I>(&mut self, id: BenchmarkId, input: &I, mut f: F) -> &mut Criterion<M>
    where
        F: FnMut(&mut Bencher<'_, M>, &I),
        I: ?Sized,
    {
        session::bench(id.within(None), None, &mut |iterations| {
            Bencher::<M>::time(iterations, &mut |bencher| f(bencher, input))
        });
        self
    }

    /// From before criterion 0.4.
    #[track_caller]
    pub fn bench_function_over_inputs<I, F>(&mut self, id: &str, mut f: F, inputs: I) -> &mut Criterion<M>
    where
        I: IntoIterator,
        I::Item: std::fmt::Debug + 'static,
        F: FnMut(&mut Bencher<'_, M>, &I::Item) + 'static,
    {
        for input in inputs {
            session::bench(format!("{}/{:?}", id, input), None, &mut |iterations| {
                Bencher::<M>::time(iterations, &mut |bencher| f(bencher, &input))
            });
        }
        self
    }
}
