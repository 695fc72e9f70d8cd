"""pyperf's Runner over our chunks: the same methods, one process, no workers."""

from assay_pyperf import tasks
from assay_runtime.measure import calibrate, count, sample
from assay_runtime.reasons import describe

# What scripts read from the parsed arguments, as a pyperf worker has it.
ARGUMENTS = {
    "rigorous": False, "fast": False, "debug_single_value": False, "processes": 1, "values": 1, "warmups": 0,
    "loops": 1, "verbose": False, "quiet": True, "pipe": None, "output": None, "append": None,
    "min_time": 0.1, "timeout": None, "worker": True, "worker_task": None, "calibrate_loops": False,
    "recalibrate_loops": False, "calibrate_warmups": False, "recalibrate_warmups": False, "dump": False,
    "metadata": False, "hist": False, "stats": False, "affinity": None, "inherit_environ": None,
    "copy_env": False, "locale": True, "compare_to": None, "python_names": None, "profile": None,
    "hook": None, "tracemalloc": False, "track_memory": False,
}  # fmt: skip


class Session:
    """What was asked for and what was told, over all Runners of the script."""

    def __init__(self, request, events):
        self.request = request
        self.events = events
        self.asked = set(request["benchmarks"])
        self.names = set()
        self.told = set()

    def tell(self, event, name, **fields):
        self.told.add(name)
        self.events.write(event, name=name, **fields)

    def fail_rest(self, reason):
        for name in self.request["benchmarks"]:
            if name not in self.told:
                self.tell("failed", name, reason=reason)

    def bench(self, name, line, make_task):
        if name in self.names:
            self.events.write("duplicate", name=name)
            return
        self.names.add(name)
        mode = self.request["mode"]
        if mode == "list":
            self.tell("listed", name, **({} if line is None else {"line": line}))
            return
        if self.asked and name not in self.asked:
            return
        self.events.write("begin", name=name)
        try:
            task = make_task()
            if mode == "calibrate":
                self.tell("calibrated", name, **calibrate(task, self.request))
            elif mode == "count":
                self.tell("counted", name, **count(task, name, self.request))
            else:
                self.tell("sampled", name, **sample(task, name, self.request))
        except (Exception, SystemExit) as error:
            self.tell("failed", name, reason=describe(error, self.request["root"]))


def runner_class(session):
    """A class, since scripts may derive their own."""

    class Runner:
        def __init__(self, values=None, processes=None, loops=0, min_time=0.1, metadata=None, show_name=True,
                     program_args=None, add_cmdline_args=None, _argparser=None, warmups=1):  # fmt: skip
            self.metadata = {} if metadata is None else metadata
            self.args = None
            self._argparser = _argparser

        @property
        def argparser(self):
            if self._argparser is None:
                import argparse

                self._argparser = argparse.ArgumentParser(description="Benchmark")
            return self._argparser

        def parse_args(self, args=None):
            if self.args is None:
                from types import SimpleNamespace

                own = vars(self._argparser.parse_args(args or [])) if self._argparser is not None else {}
                import sys

                self.args = SimpleNamespace(python=sys.executable, **{**ARGUMENTS, **own})
            return self.args

        def bench_func(self, name, func, *args, **kwargs):
            inner_loops = taken(kwargs, "inner_loops")
            session.bench(name, caller_line(session), lambda: tasks.function(func, args, inner_loops))

        def bench_time_func(self, name, time_func, *args, **kwargs):
            inner_loops = taken(kwargs, "inner_loops")
            session.bench(name, caller_line(session), lambda: tasks.time_function(time_func, args, inner_loops))

        def bench_async_func(self, name, func, *args, **kwargs):
            factory = kwargs.pop("loop_factory", None)
            inner_loops = taken(kwargs, "inner_loops")
            session.bench(
                name, caller_line(session), lambda: tasks.coroutine(func, args, inner_loops, factory)
            )

        def timeit(self, name, stmt=None, setup="pass", teardown="pass", inner_loops=None, duplicate=None,
                   metadata=None, globals=None):  # fmt: skip
            session.bench(
                name,
                caller_line(session),
                lambda: tasks.statement(
                    name if stmt is None else stmt, setup, teardown, inner_loops, duplicate, globals
                ),
            )

        def bench_command(self, name, command):
            session.bench(name, caller_line(session), lambda: tasks.command(command))

    return Runner


def taken(kwargs, name):
    """The one setting that matters, after those that only describe; anything else is a mistake."""
    kwargs.pop("metadata", None)
    value = kwargs.pop(name, None)
    if kwargs:
        raise TypeError("unexpected keyword argument %s" % ", ".join(map(repr, sorted(kwargs))))
    return value


def caller_line(session):
    """Line of the script that named the benchmark; only listing tells it."""
    if session.request["mode"] != "list":
        return None
    import sys

    frame = sys._getframe(1)
    while frame is not None and frame.f_code.co_filename != session.request["target"]:
        frame = frame.f_back
    return None if frame is None else frame.f_lineno
