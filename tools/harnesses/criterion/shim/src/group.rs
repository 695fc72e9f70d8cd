//! `BenchmarkGroup`: benchmarks under one name, with a throughput.

use crate::bencher::Bencher;
use crate::id::IntoBenchmarkId;
use crate::measurement::{Measurement, WallTime};
use crate::session;
use crate::settings::{PlotConfiguration, SamplingMode, Throughput};
use std::marker::PhantomData;
use std::time::Duration;

pub struct BenchmarkGroup<'a, M: Measurement = WallTime> {
    name: String,
    throughput: Option<Throughput>,
    criterion: PhantomData<&'a mut M>,
}

impl<'a, M: Measurement + 'static> BenchmarkGroup<'a, M> {
    pub(crate) fn new(name: String) -> BenchmarkGroup<'a, M> {
        BenchmarkGroup { name, throughput: None, criterion: PhantomData }
    }

    pub fn throughput(&mut self, throughput: Throughput) -> &mut Self {
        self.throughput = Some(throughput);
        self
    }
    pub fn sample_size(&mut self, _: usize) -> &mut Self {
        self
    }
    pub fn warm_up_time(&mut self, _: Duration) -> &mut Self {
        self
    }
    pub fn measurement_time(&mut self, _: Duration) -> &mut Self {
        self
    }
    pub fn nresamples(&mut self, _: usize) -> &mut Self {
        self
    }
    pub fn noise_threshold(&mut self, _: f64) -> &mut Self {
        self
    }
    pub fn confidence_level(&mut self, _: f64) -> &mut Self {
        self
    }
    pub fn significance_level(&mut self, _: f64) -> &mut Self {
        self
    }
    pub fn plot_config(&mut self, _: PlotConfiguration) -> &mut Self {
        self
    }
    pub fn sampling_mode(&mut self, _: SamplingMode) -> &mut Self {
        self
    }

    #[track_caller]
    pub fn bench_function<ID: IntoBenchmarkId, F>(&mut self, id: ID, mut f: F) -> &mut Self
    where
        F: FnMut(&mut Bencher<'_, M>),
    {
        let name = id.into_benchmark_id().within(Some(&self.name));
        session::bench(name, self.throughput.as_ref(), &mut |iterations| {
            Bencher::<M>::time(iterations, &mut f)
        });
        self
    }

    #[track_caller]
    pub fn bench_with_input<ID: IntoBenchmarkId, F, I>(&mut self, id: ID, input: &I, mut f: F) -> &mut Self
    where
        F: FnMut(&mut Bencher<'_, M>, &I),
        I: ?Sized,
    {
        let name = id.into_benchmark_id().within(Some(&self.name));
        session::bench(name, self.throughput.as_ref(), &mut |iterations| {
            Bencher::<M>::time(iterations, &mut |bencher| f(bencher, input))
        });
        self
    }

    pub fn finish(self) {}
}
