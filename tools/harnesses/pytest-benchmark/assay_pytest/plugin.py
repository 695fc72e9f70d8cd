"""The plugin: selects what was asked for, provides the fixture, and turns reports into events."""

import os

import pytest

from assay_pytest import options
from assay_pytest.fixture import Benchmark
from assay_runtime.measure import calibrate, count, sample
from assay_runtime.reasons import describe, shorten


class Hooks:
    """Hooks of pytest-benchmark that a conftest may implement; nobody calls them here."""

    def pytest_benchmark_scale_unit(config, unit, benchmarks, best, worst, sort): ...
    def pytest_benchmark_generate_machine_info(config): ...
    def pytest_benchmark_update_machine_info(config, machine_info): ...
    def pytest_benchmark_generate_commit_info(config): ...
    def pytest_benchmark_update_commit_info(config, commit_info): ...
    def pytest_benchmark_group_stats(config, benchmarks, group_by): ...
    def pytest_benchmark_generate_json(config, benchmarks, include_data, machine_info, commit_info): ...
    def pytest_benchmark_update_json(config, benchmarks, output_json): ...
    def pytest_benchmark_compare_machine_info(config, benchmarksession, machine_info, compared_benchmark): ...


class Plugin:
    def __init__(self, request, events):
        self.request = request
        self.events = events
        self.root = request["root"]
        self.file_failure = None
        self.told = set()
        self.current = None
        self.problem = None

    # -- what a file as a whole suffers ------------------------------------------------------------------

    def fail_file(self, reason):
        if self.file_failure is None:
            self.file_failure = shorten(reason)

    def fail_rest(self):
        for name in self.request["benchmarks"]:
            if name not in self.told:
                self.tell("failed", name, reason=self.file_failure)

    def tell(self, event, name, **fields):
        self.told.add(name)
        self.events.write(event, name=name, **fields)

    # -- set-up ------------------------------------------------------------------------------------------

    def pytest_addhooks(self, pluginmanager):
        pluginmanager.add_hookspecs(Hooks)

    def pytest_addoption(self, parser):
        options.register(parser)

    @pytest.hookimpl(hookwrapper=True)
    def pytest_load_initial_conftests(self):
        outcome = yield
        if outcome.excinfo:
            error = outcome.excinfo[1]
            cause = getattr(error, "cause", None) or error.__cause__ or error
            self.fail_file("conftest: " + describe(cause, self.root))

    def pytest_configure(self, config):
        for marker in options.MARKERS:
            config.addinivalue_line("markers", marker)

    def pytest_exception_interact(self, node, call):
        if call.when == "collect":
            error = call.excinfo.value
            self.fail_file(describe(error.__cause__ or error, self.root))

    def pytest_collectreport(self, report):
        if report.failed:
            self.fail_file("the file cannot be collected: %s" % str(report.longrepr)[-400:])
        elif report.skipped and isinstance(report.longrepr, tuple):
            self.fail_file("the file is skipped: %s" % report.longrepr[2])

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items):
        found = {}
        for item in items:
            if "benchmark" not in getattr(item, "fixturenames", ()) or self.is_foreign(item):
                continue
            name = name_of(item)
            if name in found:
                self.events.write("duplicate", name=name)
            else:
                found[name] = item
        if self.request["mode"] == "list":
            for name, item in found.items():
                self.tell("listed", name, **described(item))
            items[:] = []
            return
        asked = self.request["benchmarks"] or list(found)
        items[:] = [found[name] for name in asked if name in found]

    def is_foreign(self, item):
        return os.path.realpath(str(item.fspath)) != os.path.realpath(self.request["target"])

    # -- running -----------------------------------------------------------------------------------------

    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item):
        name = name_of(item)
        self.current, self.problem = None, None
        self.events.write("begin", name=name)
        outcome = yield
        if outcome.excinfo and self.problem is None:
            self.problem = describe(outcome.excinfo[1], self.root)
        result = getattr(self.current, "result", None)
        if self.problem is None and self.current is None:
            self.problem = "measured nothing: the `benchmark` fixture was replaced by another one"
        if self.problem is None and result is None:
            self.problem = "measured nothing: the test takes `benchmark` and never calls it"
        if self.problem is not None:
            self.tell("failed", name, reason=self.problem)
        elif self.request["mode"] == "calibrate":
            self.tell("calibrated", name, **result)
        elif self.request["mode"] == "count":
            self.tell("counted", name, **result)
        else:
            self.tell("sampled", name, **result)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item, call):
        if call.excinfo is None or self.problem is not None:
            return
        error = call.excinfo.value
        if call.excinfo.errisinstance(pytest.skip.Exception):
            self.problem = "skipped: %s" % shorten(str(error) or "no reason given")
        else:
            where = "" if call.when == "call" else "in %s: " % call.when
            hint = self.current.hint if self.current is not None else ""
            missing = getattr(error, "argname", None)  # of a FixtureLookupError, whose text is a tuple
            text = "fixture %r not found" % missing if missing else describe(error, self.root)
            self.problem = where + text + hint

    @pytest.fixture
    def benchmark(self, request):
        name = name_of(request.node)
        marker = request.node.get_closest_marker("benchmark")
        settings = dict(marker.kwargs) if marker else {}

        def measure(task):
            if self.request["mode"] == "calibrate":
                return calibrate(task, self.request)
            if self.request["mode"] == "count":
                return count(task, name, self.request)
            return sample(task, name, self.request)

        disable_gc = settings.get("disable_gc", self.request.get("disableGc", False))
        self.current = Benchmark(request.node, measure, settings.get("group"), disable_gc)
        yield self.current
        self.current.clean_up()

    @pytest.fixture
    def benchmark_weave(self, benchmark):
        return benchmark.weave


def name_of(item):
    """`Class \u203a test_name [param-id]`, unique within a file."""
    classes = [node.name for node in item.listchain() if isinstance(node, pytest.Class)]
    callspec = getattr(item, "callspec", None)
    own = getattr(item, "originalname", None) or item.name
    if callspec is not None and callspec.id:
        own = "%s [%s]" % (own, callspec.id)
    elif callspec is not None:
        own = item.name
    return " \u203a ".join(classes + [own])


def described(item):
    """Line of the definition, and why it would be skipped."""
    fields = {}
    line = item.location[1]
    if line is not None:
        fields["line"] = line + 1
    try:
        from _pytest.skipping import evaluate_skip_marks

        skipped = evaluate_skip_marks(item)
        if skipped:
            fields["skipped"] = shorten(skipped.reason or "no reason given")
    except Exception:
        pass
    return fields
