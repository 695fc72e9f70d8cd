//! The system's allocator with a counter in front of it that is switched on for some operations after the timed ones.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering::Relaxed};

/// An operation is to be counted: its timed part switches the counter on.
static ARMED: AtomicBool = AtomicBool::new(false);
static ON: AtomicBool = AtomicBool::new(false);
/// What was counted is not the operation alone.
static SPOILT: AtomicBool = AtomicBool::new(false);
static BYTES: AtomicU64 = AtomicU64::new(0);
static ALLOCATIONS: AtomicU64 = AtomicU64::new(0);
static LIVE: AtomicI64 = AtomicI64::new(0);
static PEAK: AtomicI64 = AtomicI64::new(0);

#[derive(Clone, Copy)]
pub struct Counts {
    pub bytes: u64,
    pub allocations: u64,
    /// Most that was alive at once, beyond what was alive before.
    pub peak: u64,
}

/// Counts what is allocated in the timed parts of `work`; nothing where these are not the operation alone.
pub fn counted(work: impl FnOnce()) -> Option<Counts> {
    for counter in [&BYTES, &ALLOCATIONS] {
        counter.store(0, Relaxed);
    }
    LIVE.store(0, Relaxed);
    PEAK.store(0, Relaxed);
    SPOILT.store(false, Relaxed);
    ARMED.store(true, Relaxed);
    work();
    ARMED.store(false, Relaxed);
    ON.store(false, Relaxed);
    if SPOILT.load(Relaxed) {
        return None;
    }
    Some(Counts {
        bytes: BYTES.load(Relaxed),
        allocations: ALLOCATIONS.load(Relaxed),
        peak: PEAK.load(Relaxed).max(0) as u64,
    })
}

/// The timed part begins.
#[inline]
pub fn begin() {
    if ARMED.load(Relaxed) {
        ON.store(true, Relaxed);
    }
}

/// The timed part is over.
#[inline]
pub fn end() {
    if ARMED.load(Relaxed) {
        ON.store(false, Relaxed);
    }
}

pub fn spoil() {
    SPOILT.store(true, Relaxed);
}

pub struct Counting;

fn took(bytes: usize) {
    BYTES.fetch_add(bytes as u64, Relaxed);
    let live = LIVE.fetch_add(bytes as i64, Relaxed) + bytes as i64;
    PEAK.fetch_max(live, Relaxed);
}

unsafe impl GlobalAlloc for Counting {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if ON.load(Relaxed) {
            ALLOCATIONS.fetch_add(1, Relaxed);
            took(layout.size());
        }
        System.alloc(layout)
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if ON.load(Relaxed) {
            ALLOCATIONS.fetch_add(1, Relaxed);
            took(layout.size());
        }
        System.alloc_zeroed(layout)
    }

    #[inline]
    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        if ON.load(Relaxed) {
            LIVE.fetch_sub(layout.size() as i64, Relaxed);
        }
        System.dealloc(pointer, layout)
    }

    /// A block that grows is an allocation of what it grows by.
    #[inline]
    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if ON.load(Relaxed) {
            ALLOCATIONS.fetch_add(1, Relaxed);
            if size > layout.size() {
                took(size - layout.size());
            } else {
                LIVE.fetch_sub((layout.size() - size) as i64, Relaxed);
            }
        }
        System.realloc(pointer, layout, size)
    }
}
