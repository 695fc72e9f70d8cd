"""What one operation allocates, counted in a copy of the process that is made for it and then thrown away.

The copy (os.fork) is where operations run that are not timed: whatever they leave behind, nothing of it reaches the
benchmarks that follow. In it nothing is freed any more: the allocators' `free` is replaced by a function of Python's
own that does nothing. So all that is allocated adds up, in the blocks that sys.getallocatedblocks() counts and in the
bytes that tracemalloc does, exactly, and without a line of native code. A block that grows counts with its last size.
"""

import os
import sys
import time

# Operations of one window fill about this long untraced, and an operation that takes longer runs alone.
WINDOW_NS = 500_000
# An operation that takes longer is not run again for its memory.
SLOWEST_NS = 100_000_000
# The copy has this long, and so many times what an operation takes.
MOST_SECONDS = 0.5
MOST_OPERATIONS = 40
# What it may hold beyond what the process holds already.
MOST_BYTES = 1 << 30

BYTES = "allocated bytes per operation"
ALLOCATIONS = "allocations per operation"
PEAK_OF_OPERATION = "peak memory per operation"
PEAK = "peak memory"


def memory_of(task, steps, chunk_ns):
    """The figures and what is missing, as fields of an event. To be called when the timed chunks are over.

    `steps` took about `chunk_ns`.
    """
    extra, missing = [], []
    peak = None if task.elsewhere else peak_bytes()
    if peak is not None:
        extra.append(figure(PEAK, "bytes", peak))
    why = why_not(task, chunk_ns / steps)
    found = {"reason": why} if why else in_a_copy(
        lambda: per_operation(task, steps, chunk_ns), MOST_SECONDS + MOST_OPERATIONS * chunk_ns / steps / 1e9
    )
    for name, unit in ((BYTES, "B/op"), (ALLOCATIONS, "allocs/op"), (PEAK_OF_OPERATION, "bytes/op")):
        if name in found:
            extra.append(figure(name, unit, found[name]))
        else:
            missing.append({"name": name, "reason": found["reason"]})
    return {"extra": extra, "missing": missing}


def figure(name, unit, value):
    return {"name": name, "unit": unit, "value": value, "better": "lower"}


def why_not(task, step_ns):
    if sys.implementation.name != "cpython":
        return "only CPython tells what it allocates"
    if not getattr(sys, "_is_gil_enabled", lambda: True)():
        return "a free-threaded Python does not tell what it allocates"
    if task.elsewhere:
        return "other processes do its work"
    if not hasattr(os, "fork"):
        return "this system cannot copy a process"
    if step_ns > SLOWEST_NS:
        return "one operation takes longer than %d ms" % (SLOWEST_NS // 1_000_000)
    if sys.getallocatedblocks() == 0:
        return "PYTHONMALLOC is set to an allocator that counts nothing"
    if sockets() - INHERITED:
        return "the process has connections open, which a copy of it must not use"
    return None


def sockets():
    """Sockets of this process, as Linux names them."""
    found = set()
    try:
        for descriptor in os.listdir("/proc/self/fd"):
            try:
                name = os.readlink("/proc/self/fd/" + descriptor)
            except OSError:
                continue
            if name.startswith("socket:"):
                found.add(name)
    except OSError:
        pass
    return found


# What it was started with: its output may go to sockets.
INHERITED = sockets()


def in_a_copy(work, seconds):
    """What `work` returns in a copy of this process within the time, or the reason why it does not."""
    import json
    import signal
    import warnings

    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of threads that the copy lacks
        try:
            child = os.fork()
        except OSError as error:
            os.close(reading)
            os.close(writing)
            return {"reason": "the process cannot be copied: %s" % error}
    if child == 0:
        try:
            text = json.dumps(work())
        except BaseException as error:
            text = json.dumps({"reason": "it raised %s when run again" % type(error).__name__})
        try:
            os.write(writing, text.encode("ascii"))
        finally:
            os._exit(0)
    os.close(writing)
    try:
        text = until_closed(reading, time.monotonic() + seconds)
    finally:
        os.close(reading)
        try:
            os.kill(child, signal.SIGKILL)
        except OSError:
            pass
        os.waitpid(child, 0)
    try:
        return json.loads(text)
    except ValueError:
        return {"reason": "a copy of the process did not get through it"}


def until_closed(descriptor, deadline):
    import select

    parts = []
    while True:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([descriptor], [], [], left)[0]:
            return b""
        part = os.read(descriptor, 65536)
        if not part:
            return b"".join(parts)
        parts.append(part)


def per_operation(task, steps, chunk_ns):
    import gc
    import tracemalloc

    limit_memory()
    gc.disable()
    step_ns = max(1, chunk_ns / steps)
    count = int(max(1, min(steps, WINDOW_NS / step_ns)))
    slow = step_ns > WINDOW_NS
    tracemalloc.stop()
    tracemalloc.start(1)
    if not slow:
        task.loop(1)
    # The loop around it has some 100 bytes of this.
    peak = peak_of(task.loop, 1, tracemalloc)
    never_free()
    if slow:
        loop = growth(task.loop, 1, tracemalloc)
        empty = growth(task.empty, 1, tracemalloc) if task.empty is not None else (0, 0)
        found = [(loop[i] - empty[i]) / task.unit for i in (0, 1)]
    else:
        growth(task.loop, 1, tracemalloc)
        once, twice = growth(task.loop, count, tracemalloc), growth(task.loop, 2 * count, tracemalloc)
        found = [(twice[i] - once[i]) / count / task.unit for i in (0, 1)]
    blocks, size = (rounded(max(0, value)) for value in found)
    return {BYTES: size, ALLOCATIONS: blocks, PEAK_OF_OPERATION: peak}


def rounded(value):
    return round(value) if value >= 100 else round(value, 2)


def peak_of(loop, steps, tracemalloc):
    tracemalloc.reset_peak()
    before = tracemalloc.get_traced_memory()[0]
    loop(steps)
    return tracemalloc.get_traced_memory()[1] - before


def growth(loop, steps, tracemalloc):
    """Blocks and bytes by which the process grew."""
    blocks, size = sys.getallocatedblocks(), tracemalloc.get_traced_memory()[0]
    loop(steps)
    return sys.getallocatedblocks() - blocks, tracemalloc.get_traced_memory()[0] - size


def never_free():
    """Puts a function that does nothing in place of `free` in the allocators of memory and of objects.

    PyMem_GetAllocator and PyMem_SetAllocator are of CPython's stable documentation; a C function that takes no
    arguments may be called with any.
    """
    import ctypes

    class Allocator(ctypes.Structure):
        _fields_ = [(name, ctypes.c_void_p) for name in ("context", "malloc", "calloc", "realloc", "free")]

    api = ctypes.pythonapi
    nothing = ctypes.cast(api.Py_IsInitialized, ctypes.c_void_p).value
    for act in (api.PyMem_GetAllocator, api.PyMem_SetAllocator):
        act.argtypes, act.restype = [ctypes.c_int, ctypes.c_void_p], None
    for domain in (1, 2):  # PYMEM_DOMAIN_MEM, PYMEM_DOMAIN_OBJ
        allocator = Allocator()
        api.PyMem_GetAllocator(domain, ctypes.addressof(allocator))
        allocator.free = nothing
        api.PyMem_SetAllocator(domain, ctypes.addressof(allocator))


def limit_memory():
    """What nobody frees must not take the machine's memory."""
    try:
        import resource

        with open("/proc/self/statm") as file:
            now = int(file.read().split()[0]) * resource.getpagesize()
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (now + MOST_BYTES, hard))
    except (ImportError, OSError, ValueError):
        pass


def begin_peak():
    """Sets the peak of this process back to what it holds now, where the system can."""
    try:
        descriptor = os.open("/proc/self/clear_refs", os.O_WRONLY)
    except OSError:
        return
    try:
        os.write(descriptor, b"5")
    except OSError:
        pass
    finally:
        os.close(descriptor)


def peak_bytes():
    """Largest resident set. Linux tells it of the program itself; what getrusage tells there may be that of the
    process which started this one."""
    try:
        with open("/proc/self/status") as file:
            for line in file:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) * 1024
    except (OSError, ValueError, IndexError):
        pass
    try:
        import resource

        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak if sys.platform == "darwin" else peak * 1024
    except ImportError:
        return None
