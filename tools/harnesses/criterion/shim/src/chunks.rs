//! Calibrating and sampling one benchmark by chunks.

use crate::clock;
use crate::request::Request;
use std::time::Instant;

/// Nanoseconds that so many iterations take, as the benchmark's own timer sees them.
pub type Chunk<'a> = &'a mut dyn FnMut(u64) -> f64;

const MOST: u64 = 1 << 30;
/// With set-up that is not timed, a chunk may last this many times as long as what is timed of it.
const UNTIMED: f64 = 20.0;

pub struct Calibrated {
    pub iterations: u64,
    pub ns_per_op: f64,
}

/// Finds the iterations that fill a chunk: doubles until one does, then takes the best of three.
pub fn calibrate(request: &Request, chunk: Chunk) -> Result<Calibrated, String> {
    let target = request.target_chunk_ns;
    let started = Instant::now();
    let late = || started.elapsed().as_nanos() as f64 > request.max_benchmark_ns;
    let mut timed = |iterations: u64| {
        let start = Instant::now();
        let taken = chunk(iterations);
        (taken, start.elapsed().as_nanos() as f64)
    };
    let mut iterations = 1;
    let (mut taken, mut lasted) = timed(1);
    while taken < target && lasted < target * UNTIMED && iterations < MOST && !late() {
        iterations *= 2;
        let found = timed(iterations);
        taken = found.0;
        lasted = found.1;
    }
    for _ in 0..3 {
        if late() {
            break;
        }
        let again = timed(iterations);
        taken = taken.min(again.0);
        lasted = lasted.min(again.1);
    }
    let per_op = taken / iterations as f64;
    if iterations >= 1_000_000 && per_op < 0.02 {
        return Err("measured nothing: its time does not grow with the number of iterations".to_owned());
    }
    let per_op = per_op.max(1.0 / iterations as f64);
    let fitting = (target / per_op).min(target * UNTIMED / (lasted / iterations as f64).max(f64::MIN_POSITIVE));
    Ok(Calibrated { iterations: (fitting.round() as u64).clamp(1, MOST), ns_per_op: per_op })
}

pub struct Sampled {
    pub iterations: u64,
    pub warmup: Vec<f64>,
    pub chunks: Vec<f64>,
    pub parallelism: Option<f64>,
}

/// Warm-up chunks and chunks of exactly the iterations asked for, in the order taken.
pub fn sample(request: &mut Request, name: &str, chunk: Chunk) -> Sampled {
    let iterations = request.iterations.get(name).map_or(1, |asked| asked.round().max(1.0) as u64);
    let asked = request.warmup.get(name).map_or(0, |asked| *asked as usize);
    let wanted = request.chunks.max(1);
    let limit = request.max_benchmark_ns;
    let turns = &mut request.turns;
    let mut spent = 0.0; // waiting for a turn is no one's time
    let mut one = |spent: &mut f64, turns: &mut Option<crate::turns::Turns>| {
        if let Some(turns) = turns {
            turns.next();
        }
        let start = Instant::now();
        let taken = chunk(iterations);
        *spent += start.elapsed().as_nanos() as f64;
        taken
    };
    if let Some(turns) = turns {
        turns.meet();
    }
    let mut warmup = Vec::with_capacity(asked);
    while warmup.len() < asked && !(warmup.len() == (asked + 1) / 2 && spent > limit) {
        warmup.push(one(&mut spent, turns));
    }
    spent = 0.0; // warm-up has a limit of its own, looked at once
    let mut chunks = Vec::with_capacity(wanted);
    let mut later = None;
    while chunks.is_empty() || chunks.len() < wanted && spent <= limit {
        chunks.push(one(&mut spent, turns));
        if later.is_none() && turns.is_none() && (2 * chunks.len() >= wanted || spent >= limit / 2.0) {
            later = Some((spent, clock::cpu_ns()));
        }
    }
    let parallelism = match (later, clock::cpu_ns()) {
        (Some((wall, Some(before))), Some(now)) if spent > wall => Some((now - before) / (spent - wall)),
        _ => None,
    };
    if let Some(turns) = turns {
        if warmup.len() == asked && chunks.len() == wanted {
            turns.finish();
        } else {
            turns.close();
        }
    }
    Sampled { iterations, warmup, chunks, parallelism }
}

pub struct Counted {
    pub operations: u64,
    pub timed_ns: f64,
    pub untimed_ns: f64,
}

/// Exactly the warm-up operations and then those asked for, each in one go, for an instruction counter.
pub fn count(request: &Request, name: &str, chunk: Chunk) -> Counted {
    let asked = |from: &std::collections::HashMap<String, f64>| from.get(name).map_or(0, |asked| asked.round() as u64);
    let warmup = asked(&request.warmup);
    let operations = asked(&request.iterations).max(1);
    if warmup > 0 {
        chunk(warmup);
    }
    let start = Instant::now();
    let timed_ns = chunk(operations);
    let untimed_ns = (start.elapsed().as_nanos() as f64 - timed_ns).max(0.0);
    Counted { operations, timed_ns, untimed_ns }
}
