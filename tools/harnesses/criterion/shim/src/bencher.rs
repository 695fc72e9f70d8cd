//! `Bencher`: runs a routine exactly as often as the chunk asks, and times it as criterion does.

use crate::async_bencher::AsyncBencher;
use crate::async_executor::AsyncExecutor;
use crate::counting;
use crate::measurement::{Measurement, WallTime};
use crate::settings::BatchSize;
use std::any::TypeId;
use std::hint::black_box;
use std::marker::PhantomData;
use std::time::{Duration, Instant};

pub struct Bencher<'a, M: Measurement = WallTime> {
    pub(crate) iterations: u64,
    /// Nanoseconds of the iterations; none until one of the methods below has run.
    pub(crate) elapsed: Option<f64>,
    measurement: PhantomData<&'a M>,
}

impl<'a, M: Measurement + 'static> Bencher<'a, M> {
    /// Runs what the benchmark does with its bencher. Gives nanoseconds.
    pub(crate) fn time<F: FnMut(&mut Bencher<'_, M>) + ?Sized>(iterations: u64, f: &mut F) -> f64 {
        let mut bencher = Bencher { iterations, elapsed: None, measurement: PhantomData };
        f(&mut bencher);
        match bencher.elapsed {
            Some(elapsed) => elapsed,
            None => panic!("the benchmark never calls Bencher::iter or one of its kin"),
        }
    }

    /// What a routine that times itself has found, in nanoseconds.
    pub(crate) fn own_time(value: M::Value) -> f64 {
        counting::spoil();
        if TypeId::of::<M>() != TypeId::of::<WallTime>() {
            panic!("it times itself with a measurement that is not WallTime: nx-assay compares times");
        }
        // M is WallTime, whose values are durations.
        let value = std::mem::ManuallyDrop::new(value);
        let duration: Duration = unsafe { std::ptr::read(&*value as *const M::Value as *const Duration) };
        duration.as_nanos() as f64
    }
}

impl<'a, M: Measurement + 'static> Bencher<'a, M> {
    #[inline(never)]
    pub fn iter<O, R: FnMut() -> O>(&mut self, mut routine: R) {
        let start = start();
        for _ in 0..self.iterations {
            black_box(routine());
        }
        self.elapsed = Some(nanoseconds(start));
    }

    #[inline(never)]
    pub fn iter_custom<R: FnMut(u64) -> M::Value>(&mut self, mut routine: R) {
        self.elapsed = Some(Self::own_time(routine(self.iterations)));
    }

    #[inline(never)]
    pub fn iter_with_setup<I, O, S: FnMut() -> I, R: FnMut(I) -> O>(&mut self, setup: S, routine: R) {
        self.iter_batched(setup, routine, BatchSize::PerIteration);
    }

    pub fn iter_with_large_drop<O, R: FnMut() -> O>(&mut self, mut routine: R) {
        self.iter_batched(|| (), |()| routine(), BatchSize::SmallInput);
    }

    pub fn iter_with_large_setup<I, O, S: FnMut() -> I, R: FnMut(I) -> O>(&mut self, setup: S, routine: R) {
        self.iter_batched(setup, routine, BatchSize::NumBatches(1));
    }

    #[inline(never)]
    pub fn iter_batched<I, O, S: FnMut() -> I, R: FnMut(I) -> O>(
        &mut self,
        mut setup: S,
        mut routine: R,
        size: BatchSize,
    ) {
        let batch = size.iterations_per_batch(self.iterations);
        let mut elapsed = 0.0;
        let mut left = self.iterations;
        while left > 0 {
            let now = batch.min(left);
            if now == 1 {
                let input = black_box(setup());
                let start = start();
                let output = routine(input);
                elapsed += nanoseconds(start);
                drop(black_box(output));
            } else {
                let inputs = black_box((0..now).map(|_| setup()).collect::<Vec<_>>());
                let mut outputs = Vec::with_capacity(now as usize);
                let start = start();
                outputs.extend(inputs.into_iter().map(&mut routine));
                elapsed += nanoseconds(start);
                black_box(outputs);
            }
            left -= now;
        }
        self.elapsed = Some(elapsed);
    }

    #[inline(never)]
    pub fn iter_batched_ref<I, O, S: FnMut() -> I, R: FnMut(&mut I) -> O>(
        &mut self,
        mut setup: S,
        mut routine: R,
        size: BatchSize,
    ) {
        let batch = size.iterations_per_batch(self.iterations);
        let mut elapsed = 0.0;
        let mut left = self.iterations;
        while left > 0 {
            let now = batch.min(left);
            if now == 1 {
                let mut input = black_box(setup());
                let start = start();
                let output = routine(&mut input);
                elapsed += nanoseconds(start);
                drop(black_box(output));
                drop(black_box(input));
            } else {
                let mut inputs = black_box((0..now).map(|_| setup()).collect::<Vec<_>>());
                let mut outputs = Vec::with_capacity(now as usize);
                let start = start();
                outputs.extend(inputs.iter_mut().map(&mut routine));
                elapsed += nanoseconds(start);
                black_box(outputs);
                black_box(inputs);
            }
            left -= now;
        }
        self.elapsed = Some(elapsed);
    }

    pub fn to_async<'b, A: AsyncExecutor>(&'b mut self, runner: A) -> AsyncBencher<'a, 'b, A, M> {
        AsyncBencher { bencher: self, runner }
    }
}

/// The timed part begins; an allocation from here on is the operation's.
#[inline]
pub(crate) fn start() -> Instant {
    counting::begin();
    Instant::now()
}

#[inline]
pub(crate) fn nanoseconds(start: Instant) -> f64 {
    let elapsed = start.elapsed();
    counting::end();
    elapsed.as_nanos() as f64
}
