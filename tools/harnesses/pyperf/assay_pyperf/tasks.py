"""What each method of a Runner measures, as a loop for chunks."""

from itertools import repeat
from time import perf_counter, perf_counter_ns

from assay_runtime.loops import calling, fresh, overhead_loop
from assay_runtime.measure import Task


def function(func, args, inner_loops):
    """pyperf binds the arguments beforehand, so that the loop calls without any."""
    if args:
        from functools import partial

        func = partial(func, *args)
    return Task(calling(func), overhead_loop(), inner_loops or 1)


def time_function(time_func, args, inner_loops):
    """The function loops and times by itself, and gives seconds."""

    def loop(steps):
        return round(time_func(steps, *args) * 1e9)

    return Task(loop, None, inner_loops or 1)


def coroutine(func, args, inner_loops, factory):
    import asyncio

    if args:
        from functools import partial

        func = partial(func, *args)

    async def empty():
        pass

    def looping(target):
        async def main(steps):
            steps = repeat(None, steps)
            start = perf_counter_ns()
            for _ in steps:
                await target()
            return perf_counter_ns() - start

        main = fresh(main)

        def loop(steps):
            events = asyncio.new_event_loop() if factory is None else factory()
            asyncio.set_event_loop(events)
            try:
                return events.run_until_complete(main(steps))
            finally:
                asyncio.set_event_loop(None)
                events.close()

        return loop

    return Task(looping(func), looping(empty), inner_loops or 1)


TEMPLATE = """
def inner(_it, _timer{init}):
    {setup}
    _t0 = _timer()
    for _i in _it:
        {stmt}
    _t1 = _timer()
    {teardown}
    return _t1 - _t0
"""


def statement(stmt, setup, teardown, inner_loops, duplicate, names):
    """The statement compiled into the loop, like the standard library's timeit and pyperf's."""
    copies = duplicate if duplicate and duplicate > 1 else 1
    inner = compiled(stmt, setup, teardown, names, copies)
    empty = compiled("pass", "pass", "pass", {}, copies)
    unit = copies * (inner_loops or 1)
    return Task(
        lambda steps: inner(repeat(None, steps), perf_counter_ns),
        lambda steps: empty(repeat(None, steps), perf_counter_ns),
        unit,
    )


def compiled(stmt, setup, teardown, names, copies):
    given = {}

    def text(part, name, indent):
        if callable(part):
            given[name] = part
            return name + "()"
        lines = part if isinstance(part, (list, tuple)) else str(part).split("\n")
        return ("\n" + " " * indent).join(lines)

    body = text(stmt, "_stmt", 8)
    filled = {
        "setup": text(setup, "_setup", 4),
        "stmt": ("\n" + " " * 8).join([body] * copies),
        "teardown": text(teardown, "_teardown", 4),
    }
    source = TEMPLATE.format(init="".join(", %s=%s" % (name, name) for name in given), **filled)
    namespace = {**(names or {}), **given}
    exec(compile(source, "<timeit>", "exec"), namespace)
    return namespace["inner"]


def command(line):
    """Wall time of whole processes; what starting one takes is part of it."""
    import subprocess

    def loop(steps):
        total = 0
        for _ in range(steps):
            start = perf_counter()
            process = subprocess.Popen(line, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
            code = process.wait()
            total += perf_counter() - start
            if code != 0:
                raise RuntimeError("the command %r failed with exit code %d" % (line, code))
        return round(total * 1e9)

    return Task(loop, None, elsewhere=True)
