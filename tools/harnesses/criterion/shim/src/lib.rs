//! Stands in for the crate `criterion` while nx-assay measures: the same names and types, so that a crate's benchmarks
//! compile unchanged, over chunks of exactly N iterations (`tools/harnesses/protocol.ts`). It depends on nothing but the
//! standard library, unless a benchmark asks for an asynchronous runtime by criterion's own features.
//!
//! What only steers criterion's own measuring and reporting (sample size, plots, confidence) is accepted and does
//! nothing: nx-assay plans that for both versions of the code alike.

#![allow(clippy::all)]

mod async_bencher;
pub mod async_executor;
mod bencher;
mod chunks;
mod clock;
mod counting;
mod criterion;
mod events;
mod global;
mod group;
mod id;
mod json;
pub mod measurement;
mod memory;
mod panics;
pub mod profiler;
mod request;
mod session;
mod settings;
mod turns;

pub use crate::async_bencher::AsyncBencher;
pub use crate::bencher::Bencher;
pub use crate::criterion::Criterion;
pub use crate::group::BenchmarkGroup;
pub use crate::id::{BenchmarkId, IntoBenchmarkId};
pub use crate::settings::{AxisScale, Baseline, BatchSize, PlotConfiguration, PlottingBackend, SamplingMode, Throughput};
pub use std::hint::black_box;

/// For `criterion_main!` alone.
#[doc(hidden)]
pub fn __assay_end() {
    session::end();
}

/// Groups benchmark functions, in both of criterion's forms.
#[macro_export]
macro_rules! criterion_group {
    (name = $name:ident; config = $config:expr; targets = $($target:path),+ $(,)*) => {
        pub fn $name() {
            let mut criterion: $crate::Criterion<_> = $config.configure_from_args();
            $($target(&mut criterion);)+
        }
    };
    ($name:ident, $($target:path),+ $(,)*) => {
        $crate::criterion_group! {
            name = $name;
            config = $crate::Criterion::default();
            targets = $($target),+
        }
    };
}

/// The program: all groups in order.
#[macro_export]
macro_rules! criterion_main {
    ($($group:path),+ $(,)*) => {
        fn main() {
            $($group();)+
            $crate::__assay_end();
        }
    };
}
