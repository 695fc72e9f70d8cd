//! Writes what happens, one JSON object a line.

use crate::json::quote;
use std::fs::OpenOptions;
use std::io::Write;

/// Opened anew each time: the code under test may close, or use again, a descriptor that is not its own.
pub fn write(path: &str, event: &str, name: Option<&str>, rest: &str) {
    let mut line = format!("{{\"event\":{}", quote(event));
    if let Some(name) = name {
        line.push_str(&format!(",\"name\":{}", quote(name)));
    }
    if !rest.is_empty() {
        line.push(',');
        line.push_str(rest);
    }
    line.push_str("}\n");
    let file = OpenOptions::new().append(true).create(true).open(path);
    if let Err(error) = file.and_then(|mut file| file.write_all(line.as_bytes())) {
        eprintln!("nx-assay: cannot write to {}: {}", path, error);
        std::process::exit(2);
    }
}
