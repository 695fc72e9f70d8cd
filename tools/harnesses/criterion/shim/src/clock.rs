//! The clock's own limits, and what all threads together have spent.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// Smallest step of the clock that was seen, nanoseconds.
pub fn resolution_ns() -> f64 {
    let mut smallest = f64::INFINITY;
    for _ in 0..2000 {
        let start = Instant::now();
        let mut step = start.elapsed();
        let mut spins = 0;
        while step == Duration::ZERO && spins < 1_000_000 {
            step = start.elapsed();
            spins += 1;
        }
        if step > Duration::ZERO {
            smallest = smallest.min(step.as_nanos() as f64);
        }
    }
    if smallest.is_finite() { smallest } else { 1e6 }
}

/// Nanoseconds of one iteration of the loop in `Bencher::iter` around nothing.
pub fn overhead_ns() -> f64 {
    const STEPS: u64 = 200_000;
    let mut best = f64::INFINITY;
    for _ in 0..7 {
        let steps = black_box(STEPS);
        let start = Instant::now();
        for _ in 0..steps {
            black_box(());
        }
        best = best.min(start.elapsed().as_nanos() as f64 / STEPS as f64);
    }
    best
}

/// CPU time of all threads, nanoseconds, as Linux tells it; nothing elsewhere.
pub fn cpu_ns() -> Option<f64> {
    let mut sum = 0.0;
    for thread in std::fs::read_dir("/proc/self/task").ok()? {
        let text = std::fs::read_to_string(thread.ok()?.path().join("schedstat")).ok()?;
        sum += text.split(' ').next()?.parse::<f64>().ok()?;
    }
    Some(sum)
}
