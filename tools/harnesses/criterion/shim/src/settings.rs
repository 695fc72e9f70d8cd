//! Criterion's enumerations. Most of them steer what nx-assay does itself.

/// How many inputs `iter_batched` holds at once.
#[derive(Debug, Eq, PartialEq, Copy, Hash, Clone)]
pub enum BatchSize {
    SmallInput,
    LargeInput,
    PerIteration,
    NumBatches(u64),
    NumIterations(u64),
}

impl BatchSize {
    /// Iterations of one batch, as criterion counts them.
    pub(crate) fn iterations_per_batch(self, iterations: u64) -> u64 {
        let size = match self {
            BatchSize::SmallInput => (iterations + 9) / 10,
            BatchSize::LargeInput => (iterations + 999) / 1000,
            BatchSize::PerIteration => 1,
            BatchSize::NumBatches(batches) => (iterations + batches.max(1) - 1) / batches.max(1),
            BatchSize::NumIterations(size) => size,
        };
        size.max(1)
    }
}

/// What one iteration processes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Throughput {
    Bits(u64),
    Bytes(u64),
    BytesDecimal(u64),
    Elements(u64),
    ElementsAndBytes { elements: u64, bytes: u64 },
}

impl Throughput {
    /// What it is counted in, by amount in one iteration.
    pub(crate) fn amounts(&self) -> Vec<(&'static str, f64)> {
        let megabytes = |bytes: u64| ("MB/s", bytes as f64 / 1e6);
        match *self {
            Throughput::Bits(bits) => vec![("Mbit/s", bits as f64 / 1e6)],
            Throughput::Bytes(bytes) | Throughput::BytesDecimal(bytes) => vec![megabytes(bytes)],
            Throughput::Elements(elements) => vec![("elements/s", elements as f64)],
            Throughput::ElementsAndBytes { elements, bytes } => {
                vec![("elements/s", elements as f64), megabytes(bytes)]
            }
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AxisScale {
    Linear,
    Logarithmic,
}

#[derive(Debug, Default, Clone)]
pub struct PlotConfiguration {}

impl PlotConfiguration {
    #[must_use]
    pub fn summary_scale(self, _: AxisScale) -> PlotConfiguration {
        self
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlottingBackend {
    Gnuplot,
    Plotters,
    None,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SamplingMode {
    #[default]
    Auto,
    Linear,
    Flat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Baseline {
    CompareLenient,
    CompareStrict,
    Save,
    Discard,
}
