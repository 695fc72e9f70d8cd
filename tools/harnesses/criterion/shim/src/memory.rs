//! What one operation allocates, and the peak of the process (`tools/harnesses/memory-figures.ts`).

use crate::chunks::Chunk;
use crate::counting::{counted, Counts};
use crate::global::COUNTS;

pub struct Memory {
    /// Name, unit and value.
    pub figures: Vec<(&'static str, &'static str, f64)>,
    /// Name and reason.
    pub missing: Vec<(&'static str, String)>,
}

const BYTES: &str = "allocated bytes per operation";
const ALLOCATIONS: &str = "allocations per operation";
const OPERATION: &str = "peak memory per operation";
const PEAK: &str = "peak memory";
/// Counted operations take about this long, nanoseconds; one that takes longer than the second figure is not run again.
const COUNTED: f64 = 20e6;
const SLOWEST: f64 = 1e9;

/// To be called when the timed chunks are over: it runs further operations.
pub fn memory_of(chunk: Chunk, ns_per_op: f64) -> Memory {
    let mut told = Memory { figures: Vec::new(), missing: Vec::new() };
    match peak_bytes() {
        Some(bytes) => told.figures.push((PEAK, "bytes", bytes)),
        None => told.missing.push((PEAK, "only Linux tells it".to_owned())),
    }
    match counts(chunk, ns_per_op) {
        Ok((many, operations, one)) => {
            told.figures.push((BYTES, "B/op", many.bytes as f64 / operations));
            told.figures.push((ALLOCATIONS, "allocs/op", many.allocations as f64 / operations));
            told.figures.push((OPERATION, "bytes/op", one.peak as f64));
        }
        Err(reason) => {
            for name in [BYTES, ALLOCATIONS, OPERATION] {
                told.missing.push((name, reason.to_owned()));
            }
        }
    }
    told
}

fn counts(chunk: Chunk, ns_per_op: f64) -> Result<(Counts, f64, Counts), &'static str> {
    if !COUNTS {
        return Err("a benchmark of this package, or what it uses, has a global allocator of its own");
    }
    if ns_per_op > SLOWEST {
        return Err("one operation takes longer than a second");
    }
    let operations = (COUNTED / ns_per_op.max(1.0)).clamp(1.0, 10_000.0) as u64;
    let by_itself = "it times itself (iter_custom), so that nobody can tell what of it is the operation";
    let one = counted(|| {
        chunk(1);
    }).ok_or(by_itself)?;
    let many = counted(|| {
        chunk(operations);
    }).ok_or(by_itself)?;
    Ok((many, operations as f64, one))
}

/// Largest resident set of the process so far.
fn peak_bytes() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<f64>().ok().map(|kib| kib * 1024.0)
}
