"""The `benchmark` fixture: pytest-benchmark's interface over our chunks."""

import gc
from time import perf_counter_ns

from assay_pytest.stats import Results
from assay_runtime.loops import calling, fresh, nothing, overhead_loop
from assay_runtime.measure import Task


class FixtureAlreadyUsed(Exception):
    pass


class Benchmark:
    """What a test gets. `measure(task)` runs its chunks and gives the fields of the event to send."""

    disabled = False
    enabled = True
    cprofile = False
    cprofile_stats = None

    def __init__(self, node, measure, group, disable_gc):
        callspec = getattr(node, "callspec", None)
        self.name = node.name
        self.fullname = node.nodeid
        self.param = callspec.id if callspec is not None else None
        self.params = callspec.params if callspec is not None else None
        self.group = group
        self.extra_info = {}
        self.stats = None
        self.has_error = False
        self.skipped = False
        self.result = None
        self.hint = ""
        self._measure = measure
        self._disable_gc = disable_gc
        self._mode = None
        self._cleanups = []

    def __call__(self, function_to_benchmark, *args, **kwargs):
        self._use("benchmark(...)")
        task = Task(calling(function_to_benchmark, args, kwargs), overhead_loop(args, kwargs))
        self._run(task)
        result = function_to_benchmark(*args, **kwargs)
        if type(result).__name__ == "coroutine":
            result.close()
            self.result = None
            raise TypeError(
                "the function gives a coroutine, which nobody awaits: only making it would be measured;"
                " run it inside the function (asyncio.run, or loop.run_until_complete)"
            )
        return result

    def pedantic(
        self, target, args=(), kwargs=None, setup=None, teardown=None, rounds=1, warmup_rounds=0, iterations=1
    ):
        """A round is set-up, `iterations` timed calls and teardown. How many rounds are run is the plan's
        to say, as noise demands; what one round is, is the test's."""
        self._use("benchmark.pedantic(...)")
        for name, value, least in (
            ("iterations", iterations, 1),
            ("rounds", rounds, 1),
            ("warmup_rounds", warmup_rounds, 0),
        ):
            if not isinstance(value, int) or value < least:
                raise ValueError("Must have positive int for `%s`." % name)
        if iterations > 1 and setup:
            raise ValueError("Can't use more than 1 `iterations` with a `setup` function.")
        rounds_of = Rounds(target, args, kwargs or {}, setup, teardown, iterations)
        empty = Rounds(nothing, args, kwargs or {}, None, None, iterations)
        if warmup_rounds:
            rounds_of.loop(warmup_rounds)
        try:
            self._run(Task(rounds_of.loop, empty.loop, unit=iterations))
        except Exception:
            if rounds_of.done > 0 and not setup:
                self.hint = (
                    "; it raised in round %d: pedantic is repeated more often than its `rounds`, so a target"
                    " that can run only so often needs a `setup`" % (rounds_of.done + 1)
                )
            raise
        if setup or rounds_of.has_result:
            return rounds_of.result
        return target(*args, **(kwargs or {}))

    def weave(self, target, **kwargs):
        try:
            import aspectlib
        except ImportError as error:
            raise ImportError(error.args, "Please install aspectlib or pytest-benchmark[aspect]") from error

        def aspect(function):
            def wrapper(*args, **kwargs):
                return self(function, *args, **kwargs)

            return wrapper

        self._cleanups.append(aspectlib.weave(target, aspect, **kwargs).rollback)

    patch = weave

    def clean_up(self):
        while self._cleanups:
            self._cleanups.pop()()

    def _use(self, mode):
        if self._mode:
            self.has_error = True
            raise FixtureAlreadyUsed(
                "Fixture can only be used once. Previously it was used in %s mode." % self._mode
            )
        self._mode = mode

    def _run(self, task):
        collecting = gc.isenabled()
        if self._disable_gc:
            gc.disable()
        try:
            self.result = self._measure(task)
        except Exception:
            self.has_error = True
            raise
        finally:
            if self._disable_gc and collecting:
                gc.enable()
        self.stats = Results(self, self.result)


class Rounds:
    """pytest-benchmark's pedantic rounds: only the calls are timed."""

    def __init__(self, target, args, kwargs, setup, teardown, iterations):
        self.result = None
        self.has_result = False
        self.done = 0
        constant = None if setup else self._round(target, args, kwargs, iterations)

        def loop(rounds):
            total = 0
            for _ in range(rounds):
                if setup:
                    given = setup()
                    if given and (args or kwargs):
                        raise TypeError("Can't use `args` or `kwargs` if `setup` returns the arguments.")
                    own_args, own_kwargs = given or (args, kwargs)
                    start = perf_counter_ns()
                    result = target(*own_args, **own_kwargs)
                    total += perf_counter_ns() - start
                    self.result = result
                else:
                    own_args, own_kwargs = args, kwargs
                    total += constant(iterations)
                if teardown is not None:
                    teardown(*own_args, **own_kwargs)
                self.done += 1
            return total

        self.loop = fresh(loop)

    def _round(self, target, args, kwargs, iterations):
        if iterations > 1:
            return calling(target, args, kwargs)

        def once(_):
            start = perf_counter_ns()
            result = target(*args, **kwargs)
            taken = perf_counter_ns() - start
            self.result = result
            self.has_result = True
            return taken

        return fresh(once)
