"""Keeps the user's pytest configuration, without what would disturb or break a measurement."""

import os
import shlex

# Plugins that would replace the fixture, run tests elsewhere or in another order, trace, stop or retry them.
BLOCKED = (
    "benchmark",
    "pytest_benchmark.plugin",
    "codspeed",
    "xdist",
    "xdist.looponfail",
    "pytest_cov",
    "randomly",
    "random_order",
    "timeout",
    "rerunfailures",
    "flaky",
    "testmon",
    "picked",
    "sugar",
    "html",
    "instafail",
    "cacheprovider",
    "stepwise",
    "unraisableexception",
    "threadexception",
    "junitxml",
    "pastebin",
)

# Options in `addopts` that belong to those, select tests or only change what is printed.
WITHOUT_VALUE = {
    "--lf", "--last-failed", "--ff", "--failed-first", "--nf", "--new-first", "--sw", "--stepwise",
    "--sw-skip", "--stepwise-skip", "--sw-reset", "--stepwise-reset", "--cache-clear", "--cov",
    "--no-cov", "--no-cov-on-fail", "--cov-append", "--cov-branch", "--cov-reset", "--no-flaky-report",
    "-x", "--exitfirst", "--pdb", "--trace", "--co", "--collect-only", "--loadscope", "--testmon",
    "--randomly-dont-reset-seed", "--randomly-dont-reorganize", "--instafail", "--self-contained-html",
    "--setup-only", "--setup-plan", "--setup-show", "--doctest-modules", "--codspeed", "--old-summary",
    "--benchmark-only", "--benchmark-skip", "--benchmark-disable", "--benchmark-enable",
    "--benchmark-autosave", "--benchmark-save-data", "--benchmark-quiet", "--benchmark-verbose",
    "--benchmark-disable-gc",
}  # fmt: skip
WITH_VALUE = {
    "-k", "-m", "-n", "--numprocesses", "--dist", "--maxprocesses", "--maxfail", "--junitxml", "--junit-xml",
    "--junit-prefix", "--junit-suite-name", "--html", "--css", "--durations", "--durations-min",
    "--reruns", "--reruns-delay", "--timeout", "--timeout-method", "--timeout_method", "--deselect",
    "--max-worker-restart", "--random-order-bucket", "--random-order-seed", "--doctest-glob",
    "--lfnf", "--last-failed-no-failures", "--pastebin", "--tb", "--capture", "--color", "--assert",
}  # fmt: skip
PREFIXES = ("--cov-", "--benchmark-", "--codspeed-", "--randomly-", "--testmon-", "--random-order", "--tx")

# Settings of those plugins that a conftest may ask for.
SETTINGS = (
    "cache_dir", "timeout", "timeout_method", "timeout_func_only", "junit_suite_name", "junit_logging",
    "junit_log_passing_tests", "junit_duration_report", "junit_family", "reruns", "reruns_delay",
    "render_collapsed", "looponfailroots",
)  # fmt: skip
MARKERS = (
    "benchmark(**settings): settings of a benchmark",
    "timeout(seconds): a time limit",
    "flaky(**settings): a test to try again",
    "codspeed_benchmark: measured whole by another tool",
    "no_cover: without coverage",
    "random_order(**settings): order of tests",
    "xdist_group(name): tests to run in one process",
)


def filtered(arguments):
    """`addopts` without what a measurement must not have. Pure."""
    kept = []
    skip = False
    for position, argument in enumerate(arguments):
        if skip:
            skip = False
            continue
        name, has_value, _ = argument.partition("=")
        following = arguments[position + 1] if position + 1 < len(arguments) else None
        if name in WITH_VALUE:
            skip = not has_value
        elif name in WITHOUT_VALUE:
            continue
        elif name.startswith(PREFIXES):
            skip = not has_value and following is not None and not following.startswith("-")
        elif argument[:2] in ("-n", "-k", "-m", "-r") and not argument.startswith("--"):
            continue  # joined to its value: -n4, -rA
        elif argument == "-p" and following is not None and following in BLOCKED:
            skip = True
        else:
            kept.append(argument)
    return kept


def quieten(request):
    """Filters `addopts`, in whichever file they are, and PYTEST_ADDOPTS; no plugin is required."""
    from _pytest.config import Config

    original = Config.getini

    def getini(self, name):
        value = original(self, name)
        if name == "addopts":
            if "--benchmark-disable-gc" in value:
                request["disableGc"] = True
            return filtered(value)
        return [] if name == "required_plugins" else value

    Config.getini = getini
    if hasattr(Config, "_get_unknown_ini_keys"):  # settings of plugins that are left out
        Config._get_unknown_ini_keys = lambda self: set()
    inherited = os.environ.get("PYTEST_ADDOPTS")
    if inherited:
        os.environ["PYTEST_ADDOPTS"] = " ".join(map(shlex.quote, filtered(shlex.split(inherited))))


def register(parser):
    """What pytest must know although the plugin that defines it is not there."""
    for name in SETTINGS:
        try:
            parser.addini(name, "of a plugin that is left out of measurements")
        except (ValueError, AssertionError):
            pass
    group = parser.getgroup("benchmark")
    for name in ("only", "skip", "disable", "enable", "disable-gc"):
        group.addoption("--benchmark-" + name, action="store_true", default=False)
