"""Timed loops. A loop takes a number of steps and gives the nanoseconds that they took."""

from itertools import repeat
from time import perf_counter_ns
from types import FunctionType


def fresh(function):
    """A copy with its own code object: CPython specialises bytecode in place, and a loop that has seen
    another benchmark's function would run differently from one that has not."""
    return FunctionType(
        function.__code__.replace(),
        function.__globals__,
        function.__name__,
        function.__defaults__,
        function.__closure__,
    )


def calling(fn, args=(), kwargs=None):
    """Calls fn(*args, **kwargs) once a step."""
    if kwargs:

        def loop(steps):
            steps = repeat(None, steps)
            start = perf_counter_ns()
            for _ in steps:
                fn(*args, **kwargs)
            return perf_counter_ns() - start

    elif len(args) == 0:

        def loop(steps):
            steps = repeat(None, steps)
            start = perf_counter_ns()
            for _ in steps:
                fn()
            return perf_counter_ns() - start

    elif len(args) == 1:
        first = args[0]

        def loop(steps):
            steps = repeat(None, steps)
            start = perf_counter_ns()
            for _ in steps:
                fn(first)
            return perf_counter_ns() - start

    else:

        def loop(steps):
            steps = repeat(None, steps)
            start = perf_counter_ns()
            for _ in steps:
                fn(*args)
            return perf_counter_ns() - start

    return fresh(loop)


def overhead_loop(args=(), kwargs=None):
    """The same loop around a function that does nothing."""
    if kwargs or len(args) > 1:
        return calling(nothing, args, kwargs)
    return calling((lambda _: None) if args else (lambda: None), args)


def nothing(*args, **kwargs):
    """Does nothing with whatever it is given."""


def resolution_ns():
    """Smallest step of the clock that was seen."""
    smallest = None
    for _ in range(200):
        start = perf_counter_ns()
        end = perf_counter_ns()
        while end == start:
            end = perf_counter_ns()
        if smallest is None or end - start < smallest:
            smallest = end - start
    return smallest
