"""Starts pytest on one file with as little of it as is safe to leave out."""

import gc
import os
import sys

from assay_pytest.options import BLOCKED, quieten
from assay_pytest.entry_points import remember_entry_points
from assay_pytest.plugin import Plugin


def run(pytest, request, events, collecting):
    """Gives the exit code of the process: 0, or 1 where something is wrong with the file as a whole."""
    quieten(request)
    if request.get("pluginsPath"):
        remember_entry_points(request["pluginsPath"], request["mode"] == "list")
    plugin = Plugin(request, events)
    arguments = ["-qq", "-s", "--no-header", "--no-summary", "--show-capture=no", "--color=no", "--tb=short"]
    # Without assertion rewriting: what a benchmark file asserts inside its loop stays as cheap as it is.
    arguments += ["--assert=plain"]
    for name in BLOCKED:
        arguments += ["-p", "no:" + name]
    arguments.append(request["target"])
    if collecting:
        gc.enable()
    code = 1
    try:
        code = int(pytest.main(arguments, plugins=[plugin]))
    except SystemExit as error:
        plugin.fail_file("SystemExit: %s while pytest was at work" % error.code)
    except BaseException as error:
        plugin.fail_file("%s: %s" % (type(error).__name__, error))
    if code in (3, 4) and plugin.file_failure is None:
        plugin.fail_file("pytest refused to start (exit code %d); the end of its output says why" % code)
    if code == 2 and plugin.file_failure is None:
        plugin.fail_file("pytest was interrupted")
    if plugin.file_failure is None:
        return 0
    plugin.fail_rest()
    sys.stdout.flush()
    sys.stderr.write(os.linesep + plugin.file_failure + os.linesep)
    return 1
