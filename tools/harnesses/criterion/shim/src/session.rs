//! What was asked of this process and what it has told, over all groups and all instances of `Criterion`.

use crate::chunks::{calibrate, count, sample, Chunk, Sampled};
use crate::clock;
use crate::events;
use crate::json::{list, number, quote};
use crate::memory::{memory_of, Memory};
use crate::panics;
use crate::request::{self, Request};
use crate::settings::Throughput;
use std::collections::HashSet;
use std::panic::Location;
use std::sync::Mutex;

struct Session {
    request: Request,
    names: HashSet<String>,
    ended: bool,
}

static SESSION: Mutex<Option<Session>> = Mutex::new(None);

fn with<T>(work: impl FnOnce(&mut Session) -> T) -> T {
    let mut held = SESSION.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    let session = held.get_or_insert_with(|| {
        let request = request::read();
        panics::install();
        Session { request, names: HashSet::new(), ended: false }
    });
    work(session)
}

/// Reads the request, so that a panic before the first benchmark is told in our way.
pub fn begin() {
    with(|_| ());
}

/// After the last benchmark.
pub fn end() {
    with(|session| {
        if !session.ended {
            session.ended = true;
            session.tell("end", None, "");
        }
    });
}

/// One benchmark of the program: listed, calibrated, sampled or passed over.
#[track_caller]
pub fn bench(name: String, throughput: Option<&Throughput>, chunk: Chunk) {
    let place = Location::caller();
    let work = with(|session| session.wanted(&name, place));
    let mut request = match work {
        Some(request) => request,
        None => return,
    };
    // The session is free meanwhile: a benchmark may itself make a Criterion, however odd.
    let outcome = panics::caught(|| match request.mode.as_str() {
        "calibrate" => calibrate(&request, chunk).map(|found| {
            format!(
                "\"iterations\":{},\"overheadNs\":{},\"resolutionNs\":{},\"nsPerOp\":{}",
                found.iterations,
                number(clock::overhead_ns()),
                number(clock::resolution_ns()),
                number(found.ns_per_op)
            )
        }),
        "count" => {
            let counted = count(&request, &name, chunk);
            Ok(format!(
                "\"operations\":{},\"timedNs\":{},\"untimedNs\":{}",
                counted.operations,
                number(counted.timed_ns),
                number(counted.untimed_ns)
            ))
        }
        _ => {
            let sampled = sample(&mut request, &name, chunk);
            let fastest = sampled.chunks.iter().copied().fold(f64::INFINITY, f64::min) / sampled.iterations as f64;
            let memory = if request.memory { Some(memory_of(chunk, fastest)) } else { None };
            Ok(told(&sampled, throughput, memory))
        }
    });
    let event = match request.mode.as_str() {
        "calibrate" => "calibrated",
        "count" => "counted",
        _ => "sampled",
    };
    if !matches!(outcome, Ok(Ok(_))) {
        if let Some(turns) = &mut request.turns {
            turns.close();
        }
    }
    with(|session| {
        session.request.turns = request.turns.take();
        match outcome {
            Ok(Ok(fields)) => session.tell(event, Some(&name), &fields),
            Ok(Err(reason)) | Err(reason) => {
                session.tell("failed", Some(&name), &format!("\"reason\":{}", quote(&reason)))
            }
        }
    });
}

impl Session {
    fn tell(&self, event: &str, name: Option<&str>, rest: &str) {
        events::write(&self.request.events_path, event, name, rest);
    }

    /// What to do with a benchmark, with the place in turns handed over; nothing where it is passed over.
    fn wanted(&mut self, name: &str, place: &Location) -> Option<Request> {
        if !self.names.insert(name.to_owned()) {
            self.tell("duplicate", Some(name), "");
            return None;
        }
        if self.request.mode == "list" {
            let here = place.file().replace('\\', "/").ends_with(&self.request.source);
            let line = if here { format!("\"line\":{}", place.line()) } else { String::new() };
            self.tell("listed", Some(name), &line);
            return None;
        }
        let asked = &self.request.benchmarks;
        if !asked.is_empty() && !asked.iter().any(|each| each == name) {
            return None;
        }
        self.tell("begin", Some(name), "");
        let turns = self.request.turns.take();
        Some(Request {
            mode: self.request.mode.clone(),
            benchmarks: Vec::new(),
            iterations: self.request.iterations.clone(),
            warmup: self.request.warmup.clone(),
            events_path: String::new(),
            source: String::new(),
            turns,
            ..self.request
        })
    }
}

fn told(sampled: &Sampled, throughput: Option<&Throughput>, memory: Option<Memory>) -> String {
    let mut fields = format!(
        "\"iterations\":{},\"warmupNs\":{},\"chunksNs\":{}",
        sampled.iterations,
        list(&sampled.warmup),
        list(&sampled.chunks)
    );
    if let Some(parallelism) = sampled.parallelism {
        fields.push_str(&format!(",\"parallelism\":{}", number(parallelism)));
    }
    let mut sorted = sampled.chunks.clone();
    sorted.sort_by(|a, b| a.total_cmp(b));
    let seconds = sorted[sorted.len() / 2] / sampled.iterations as f64 / 1e9;
    let amounts = throughput.map(Throughput::amounts).unwrap_or_default();
    let mut extra: Vec<String> = amounts
        .iter()
        .filter(|_| seconds > 0.0)
        .map(|(unit, amount)| figure("throughput", unit, amount / seconds, "higher"))
        .collect();
    let Memory { figures, missing } = memory.unwrap_or(Memory { figures: Vec::new(), missing: Vec::new() });
    extra.extend(figures.iter().map(|(name, unit, value)| figure(name, unit, *value, "lower")));
    let missing: Vec<String> = missing
        .iter()
        .map(|(name, reason)| format!("{{\"name\":{},\"reason\":{}}}", quote(name), quote(reason)))
        .collect();
    fields.push_str(&format!(",\"extra\":[{}],\"missing\":[{}]", extra.join(","), missing.join(",")));
    fields
}

fn figure(name: &str, unit: &str, value: f64, better: &str) -> String {
    let [name, unit, better] = [quote(name), quote(unit), quote(better)];
    format!("{{\"name\":{},\"unit\":{},\"value\":{},\"better\":{}}}", name, unit, number(value), better)
}
