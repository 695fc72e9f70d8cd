//! What a panic said, in one line, so that it can be told which benchmark failed and why.

use std::panic::{self, AssertUnwindSafe};
use std::sync::Mutex;

static LAST: Mutex<String> = Mutex::new(String::new());

/// The last line that a panicking process prints is then the one that says why.
pub fn install() {
    panic::set_hook(Box::new(|info| {
        let payload = info.payload();
        let message = payload
            .downcast_ref::<&str>()
            .map(|text| (*text).to_owned())
            .or_else(|| payload.downcast_ref::<String>().cloned())
            .unwrap_or_else(|| "a panic without a message".to_owned());
        let message = message.replace('\n', " ");
        let line = match info.location() {
            // Ours says by itself what is wrong with the benchmark.
            Some(place) if !place.file().contains(".nx-assay-criterion") => {
                format!("panicked at {}:{}: {}", place.file(), place.line(), message)
            }
            _ => message,
        };
        eprintln!("{}", line);
        if let Ok(mut last) = LAST.lock() {
            *last = line;
        }
    }));
}

/// Runs something that may panic; gives what the panic said.
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    panic::catch_unwind(AssertUnwindSafe(work)).map_err(|_| {
        let said = LAST.lock().map(|last| last.chars().take(600).collect()).unwrap_or_default();
        if String::is_empty(&said) { "it panicked".to_owned() } else { said }
    })
}
