//! What this process shall do: `--assay-request <file>` among its arguments.

use crate::json::{self, Json};
use crate::turns::Turns;
use std::collections::HashMap;

pub struct Request {
    pub mode: String,
    pub benchmarks: Vec<String>,
    pub iterations: HashMap<String, f64>,
    pub warmup: HashMap<String, f64>,
    pub chunks: usize,
    pub target_chunk_ns: f64,
    pub max_benchmark_ns: f64,
    pub events_path: String,
    /// Benchmark file as the compiler names it at its end: `benches/parse.rs`.
    pub source: String,
    pub memory: bool,
    pub turns: Option<Turns>,
}

/// Ends the process where there is no request: this program measures for nx-assay alone.
pub fn read() -> Request {
    let mut arguments = std::env::args().skip_while(|argument| argument != "--assay-request").skip(1);
    let path = match arguments.next() {
        Some(path) => path,
        None => stop("it was built by nx-assay with a stand-in for criterion, and runs only there"),
    };
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) => stop(&format!("cannot read the request {}: {}", path, error)),
    };
    match json::parse(&text) {
        Some(value) => from(&value),
        None => stop(&format!("the request {} is no JSON", path)),
    }
}

fn from(value: &Json) -> Request {
    let text = |name: &str| value.get(name).text().unwrap_or("").to_owned();
    let number = |name: &str| value.get(name).number().unwrap_or(0.0);
    Request {
        mode: text("mode"),
        benchmarks: value.get("benchmarks").list().iter().filter_map(|name| name.text().map(str::to_owned)).collect(),
        iterations: value.get("iterations").numbers(),
        warmup: value.get("warmup").numbers(),
        chunks: number("chunks") as usize,
        target_chunk_ns: number("targetChunkNs").max(1.0),
        max_benchmark_ns: number("maxBenchmarkMs") * 1e6,
        events_path: text("eventsPath"),
        source: text("source"),
        memory: *value.get("memory") == Json::Bool(true),
        turns: Turns::from(value.get("turns")),
    }
}

fn stop(reason: &str) -> ! {
    eprintln!("nx-assay: {}", reason);
    std::process::exit(2)
}
