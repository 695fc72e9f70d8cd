//! `Bencher::to_async`: the same for routines that are futures.

use crate::async_executor::AsyncExecutor;
use crate::bencher::{nanoseconds, start, Bencher};
use crate::measurement::{Measurement, WallTime};
use crate::settings::BatchSize;
use std::future::Future;
use std::hint::black_box;

pub struct AsyncBencher<'a, 'b, A: AsyncExecutor, M: Measurement = WallTime> {
    pub(crate) bencher: &'b mut Bencher<'a, M>,
    pub(crate) runner: A,
}

impl<'a, 'b, A: AsyncExecutor, M: Measurement + 'static> AsyncBencher<'a, 'b, A, M> {
    #[inline(never)]
    pub fn iter<O, R, F>(&mut self, mut routine: R)
    where
        R: FnMut() -> F,
        F: Future<Output = O>,
    {
        let AsyncBencher { bencher, runner } = self;
        runner.block_on(async {
            let start = start();
            for _ in 0..bencher.iterations {
                black_box(routine().await);
            }
            bencher.elapsed = Some(nanoseconds(start));
        });
    }

    #[inline(never)]
    pub fn iter_custom<R, F>(&mut self, mut routine: R)
    where
        R: FnMut(u64) -> F,
        F: Future<Output = M::Value>,
    {
        let AsyncBencher { bencher, runner } = self;
        runner.block_on(async {
            bencher.elapsed = Some(Bencher::<M>::own_time(routine(bencher.iterations).await));
        });
    }

    pub fn iter_with_setup<I, O, S, R, F>(&mut self, setup: S, routine: R)
    where
        S: FnMut() -> I,
        R: FnMut(I) -> F,
        F: Future<Output = O>,
    {
        self.iter_batched(setup, routine, BatchSize::PerIteration);
    }

    pub fn iter_with_large_drop<O, R, F>(&mut self, mut routine: R)
    where
        R: FnMut() -> F,
        F: Future<Output = O>,
    {
        self.iter_batched(|| (), |()| routine(), BatchSize::SmallInput);
    }

    pub fn iter_with_large_setup<I, O, S, R, F>(&mut self, setup: S, routine: R)
    where
        S: FnMut() -> I,
        R: FnMut(I) -> F,
        F: Future<Output = O>,
    {
        self.iter_batched(setup, routine, BatchSize::NumBatches(1));
    }

    #[inline(never)]
    pub fn iter_batched<I, O, S, R, F>(&mut self, mut setup: S, mut routine: R, size: BatchSize)
    where
        S: FnMut() -> I,
        R: FnMut(I) -> F,
        F: Future<Output = O>,
    {
        let AsyncBencher { bencher, runner } = self;
        runner.block_on(async {
            let batch = size.iterations_per_batch(bencher.iterations);
            let mut elapsed = 0.0;
            let mut left = bencher.iterations;
            while left > 0 {
                let now = batch.min(left);
                let inputs = black_box((0..now).map(|_| setup()).collect::<Vec<_>>());
                let mut outputs = Vec::with_capacity(now as usize);
                let start = start();
                for input in inputs {
                    outputs.push(routine(input).await);
                }
                elapsed += nanoseconds(start);
                black_box(outputs);
                left -= now;
            }
            bencher.elapsed = Some(elapsed);
        });
    }

    #[inline(never)]
    pub fn iter_batched_ref<I, O, S, R, F>(&mut self, mut setup: S, mut routine: R, size: BatchSize)
    where
        S: FnMut() -> I,
        R: FnMut(&mut I) -> F,
        F: Future<Output = O>,
    {
        let AsyncBencher { bencher, runner } = self;
        runner.block_on(async {
            let batch = size.iterations_per_batch(bencher.iterations);
            let mut elapsed = 0.0;
            let mut left = bencher.iterations;
            while left > 0 {
                let now = batch.min(left);
                let mut inputs = black_box((0..now).map(|_| setup()).collect::<Vec<_>>());
                let mut outputs = Vec::with_capacity(now as usize);
                let start = start();
                for input in inputs.iter_mut() {
                    outputs.push(routine(input).await);
                }
                elapsed += nanoseconds(start);
                black_box(outputs);
                black_box(inputs);
                left -= now;
            }
            bencher.elapsed = Some(elapsed);
        });
    }
}
