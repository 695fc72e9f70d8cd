//! This process's place where two take turns; `tools/harnesses/harness.ts` has the rules (`Turns`).

use crate::json::Json;
use std::fs::{File, OpenOptions};
use std::io::{Read, Write};

pub struct Turns {
    reads: String,
    writes: String,
    first: bool,
    chunks: usize,
    opened: bool,
    /// Where the turn is taken from and given to; none once this process goes on without waiting.
    ends: Option<(File, File)>,
    chunk: usize,
}

impl Turns {
    pub fn from(value: &Json) -> Option<Turns> {
        Some(Turns {
            reads: value.get("reads").text()?.to_owned(),
            writes: value.get("writes").text()?.to_owned(),
            first: *value.get("first") == Json::Bool(true),
            chunks: value.get("chunks").number().unwrap_or(1.0).max(1.0) as usize,
            opened: false,
            ends: None,
            chunk: 0,
        })
    }

    /// Meets the other process at the beginning of a benchmark.
    pub fn meet(&mut self) {
        if !self.opened {
            self.open();
        }
        self.chunk = 0;
        self.give();
        self.take();
    }

    /// Before each chunk: waits for the turn where one begins.
    pub fn next(&mut self) {
        if self.ends.is_none() {
            return;
        }
        let begins = self.chunk % self.chunks == 0;
        self.chunk += 1;
        if !begins {
            return;
        }
        if self.chunk > 1 {
            self.give();
        }
        if self.chunk > 1 || !self.first {
            self.take();
        }
    }

    /// After the last chunk, and only if there were as many as were asked for.
    pub fn finish(&mut self) {
        self.give();
        if self.first {
            self.take();
        }
    }

    /// The other process need not wait for this one any more.
    pub fn close(&mut self) {
        self.opened = true;
        self.ends = None;
    }

    fn open(&mut self) {
        self.opened = true;
        let read = |path: &str| File::open(path).ok();
        let write = |path: &str| OpenOptions::new().write(true).open(path).ok();
        self.ends = if self.first {
            read(&self.reads).and_then(|taking| Some((taking, write(&self.writes)?)))
        } else {
            write(&self.writes).and_then(|giving| Some((read(&self.reads)?, giving)))
        };
    }

    fn give(&mut self) {
        let gone = match &mut self.ends {
            Some((_, giving)) => giving.write_all(&[0]).is_err(),
            None => false,
        };
        if gone {
            self.close();
        }
    }

    fn take(&mut self) {
        let gone = match &mut self.ends {
            Some((taking, _)) => !matches!(taking.read(&mut [0]), Ok(1)),
            None => false,
        };
        if gone {
            self.close();
        }
    }
}
