//! Left empty where the benchmarks or what they use have a global allocator of their own.

#[global_allocator]
static ALLOCATOR: crate::counting::Counting = crate::counting::Counting;

pub const COUNTS: bool = true;
