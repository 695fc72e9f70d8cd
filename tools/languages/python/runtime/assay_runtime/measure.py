"""Calibrating and sampling one benchmark by chunks, for every harness in Python."""

from time import perf_counter_ns, process_time_ns

from assay_runtime.loops import resolution_ns
from assay_runtime.memory import begin_peak, memory_of
from assay_runtime.turns import Turns

MOST_STEPS = 1 << 30

# With set-up that is not timed, a chunk may last this many times as long as what is timed of it.
UNTIMED = 20


class Task:
    """One benchmark. `loop(steps)` and `empty(steps)` give nanoseconds; a step is `unit` operations."""

    def __init__(self, loop, empty, unit=1, elsewhere=False):
        self.loop = loop
        self.empty = empty
        self.unit = unit
        # Its work is done by other processes.
        self.elsewhere = elsewhere


def calibrate(task, request):
    """Finds the iterations that fill a chunk: doubles until one does, then takes the best of three."""
    target = request["targetChunkNs"]
    deadline = perf_counter_ns() + request["maxBenchmarkMs"] * 1e6
    steps = 1
    taken, elapsed = timed(task, 1)
    while taken < target and elapsed < target * UNTIMED and steps < MOST_STEPS:
        if perf_counter_ns() > deadline:
            break
        steps *= 2
        taken, elapsed = timed(task, steps)
    for _ in range(3):
        if perf_counter_ns() > deadline:
            break
        again, lasted = timed(task, steps)
        taken, elapsed = min(taken, again), min(elapsed, lasted)
    per_step = max(taken, 1) / steps
    fitting = round(min(target / per_step, target * UNTIMED / max(elapsed / steps, 1)))
    fitting = max(1, min(MOST_STEPS, fitting))
    return {
        "iterations": fitting * task.unit,
        "overheadNs": overhead(task),
        "resolutionNs": resolution_ns(),
        "nsPerOp": per_step / task.unit,
    }


def timed(task, steps):
    """Nanoseconds that count, and nanoseconds that passed."""
    start = perf_counter_ns()
    taken = task.loop(steps)
    return taken, perf_counter_ns() - start


def overhead(task):
    """Nanoseconds of one operation of the same loop around nothing."""
    if task.empty is None:
        return 0
    steps = 2000
    return min(task.empty(steps) for _ in range(3)) / steps / task.unit


def sample(task, name, request):
    """Chunks and, where the request asks for it, what they and further operations say of memory."""
    if not request.get("memory"):
        return sample_chunks(task, name, request)
    begin_peak()
    told = sample_chunks(task, name, request)
    return {**told, **memory_of(task, told["iterations"] // task.unit, min(told["chunksNs"]))}


def sample_chunks(task, name, request):
    """Warm-up chunks and chunks of exactly the iterations asked for, in the order taken.

    A figure that is no multiple of the unit is rounded to the next; what was run is what is reported.
    """
    steps = max(1, round(request["iterations"].get(name, 1) / task.unit))
    limit = request["maxBenchmarkMs"] * 1e6
    asked = request["warmup"].get(name, 0)
    half = (asked + 1) // 2
    if "turns" in request:
        return sample_in_turns(task, steps, asked, limit, request)
    start = perf_counter_ns()
    warmup = []
    for taken in range(asked):
        if taken == half and perf_counter_ns() - start > limit:
            break
        warmup.append(task.loop(steps))
    start = perf_counter_ns()  # warm-up has a limit of its own, looked at once
    chunks = []
    later = None
    now = start
    for _ in range(max(1, request["chunks"])):
        if chunks and now - start > limit:
            break
        chunks.append(task.loop(steps))
        now = perf_counter_ns()
        if later is None and (len(chunks) >= request["chunks"] / 2 or now - start >= limit / 2):
            later = (now, process_time_ns(), queued_ns())
    told = {"iterations": steps * task.unit, "warmupNs": warmup, "chunksNs": chunks}
    if later is not None and now > later[0]:
        told["parallelism"] = (process_time_ns() - later[1]) / (now - later[0])
        queued = queued_ns()
        if queued is not None and later[2] is not None:
            told["delayed"] = (queued - later[2]) / (now - later[0])
    return told


def queued_ns():
    """For how long the main thread was ready to run and had no core, as Linux tells it."""
    try:
        with open("/proc/self/schedstat", "rb") as file:
            return int(file.read().split()[1])
    except (OSError, ValueError, IndexError):
        return None


def count(task, name, request):
    """Exactly the warm-up operations and then those asked for, each in one go, for an instruction counter."""
    if task.elsewhere:
        raise RuntimeError("it runs other processes, whose instructions are not its own")
    warmup = round(request["warmup"].get(name, 0) / task.unit)
    steps = max(1, round(request["iterations"].get(name, 1) / task.unit))
    if warmup:
        task.loop(warmup)
    taken, elapsed = timed(task, steps)
    operations = steps * task.unit
    return {
        "operations": operations,
        "timedNs": taken,
        "untimedNs": max(0, elapsed - taken),
        "iterations": operations,
        "nsPerOp": taken / operations,
    }


def sample_in_turns(task, steps, asked, limit, request):
    """The same, running only while the other side's process waits; one place for all benchmarks of the file."""
    global turns
    if turns is None:
        turns = Turns(request["turns"])
    warmup = []
    chunks = []
    half = (asked + 1) // 2

    def chunk(into):
        turns.next()
        start = perf_counter_ns()
        into.append(task.loop(steps))
        return perf_counter_ns() - start

    try:
        turns.meet()
        spent = 0
        while len(warmup) < asked and not (len(warmup) == half and spent > limit):
            spent += chunk(warmup)
        spent = 0
        while not chunks or (len(chunks) < request["chunks"] and spent <= limit):
            spent += chunk(chunks)
        complete = len(warmup) == asked and len(chunks) == max(1, request["chunks"])
        turns.finish() if complete else turns.close()
    except BaseException:
        turns.close()
        raise
    return {"iterations": steps * task.unit, "warmupNs": warmup, "chunksNs": chunks}


turns = None
