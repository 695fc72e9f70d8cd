"""Calibrating and sampling one benchmark by chunks, for every harness in Python."""

from time import perf_counter_ns

from assay_runtime.loops import resolution_ns

MOST_STEPS = 1 << 30


class Task:
    """One benchmark. `loop(steps)` and `empty(steps)` give nanoseconds; a step is `unit` operations."""

    def __init__(self, loop, empty, unit=1):
        self.loop = loop
        self.empty = empty
        self.unit = unit


def calibrate(task, request):
    """Finds the iterations that fill a chunk: doubles until one does, then takes the best of three."""
    target = request["targetChunkNs"]
    deadline = perf_counter_ns() + request["maxBenchmarkMs"] * 1e6
    steps = 1
    taken = task.loop(1)
    while taken < target and steps < MOST_STEPS and perf_counter_ns() < deadline:
        steps *= 2
        taken = task.loop(steps)
    for _ in range(3):
        if perf_counter_ns() > deadline:
            break
        taken = min(taken, task.loop(steps))
    per_step = max(taken, 1) / steps
    fitting = max(1, min(MOST_STEPS, round(target / per_step)))
    return {
        "iterations": fitting * task.unit,
        "overheadNs": overhead(task),
        "resolutionNs": resolution_ns(),
        "nsPerOp": per_step / task.unit,
    }


def overhead(task):
    """Nanoseconds of one operation of the same loop around nothing."""
    if task.empty is None:
        return 0
    steps = 2000
    return min(task.empty(steps) for _ in range(3)) / steps / task.unit


def sample(task, name, request):
    """Warm-up chunks and chunks of exactly the iterations asked for, in the order taken.

    A figure that is no multiple of the unit is rounded to the next; what was run is what is reported.
    """
    steps = max(1, round(request["iterations"].get(name, 1) / task.unit))
    limit = request["maxBenchmarkMs"] * 1e6
    start = perf_counter_ns()
    warmup = []
    for _ in range(request["warmup"].get(name, 0)):
        if perf_counter_ns() - start > limit:
            break
        warmup.append(task.loop(steps))
    chunks = []
    for _ in range(max(1, request["chunks"])):
        if chunks and perf_counter_ns() - start > limit:
            break
        chunks.append(task.loop(steps))
    return {"iterations": steps * task.unit, "warmupNs": warmup, "chunksNs": chunks}
