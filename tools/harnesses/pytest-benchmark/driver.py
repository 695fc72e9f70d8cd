"""Runs one benchmark file under pytest, in this process, as its request says: `python driver.py request.json`.

Needs pytest alone: the `benchmark` fixture is ours, so that chunks are driven and recorded our way.
"""

import gc
import os
import sys

HERE = os.path.dirname(os.path.realpath(__file__))
RUNTIME = os.path.join(os.path.dirname(os.path.dirname(HERE)), "languages", "python", "runtime")


def main():
    # Like `python -m pytest`: the project, and not the folder of this program, is first on the path.
    folders = [HERE, RUNTIME]
    sys.path[:] = [entry for entry in sys.path if os.path.realpath(entry or os.curdir) not in folders]
    sys.path[:0] = folders
    # Thousands of objects are born by the imports and none dies: collecting would only cost time.
    collecting = gc.isenabled()
    gc.disable()
    from assay_runtime.program import finish, read_request

    request, events = read_request()
    from assay_pytest.light_import import leaving_out_what_pytest_hardly_needs

    sys.path[:] = [entry for entry in sys.path if entry not in folders]
    sys.path.insert(0, os.getcwd())
    try:
        with leaving_out_what_pytest_hardly_needs(request):
            import pytest
    except ImportError as error:
        reason = "pytest cannot be imported by %s: %s" % (sys.executable, error)
        for name in request["benchmarks"]:
            events.write("failed", name=name, reason=reason)
        sys.stderr.write(reason + "\n")
        finish(events, 3)
    sys.path[:0] = folders
    from assay_pytest.run import run

    sys.path[:] = [entry for entry in sys.path if entry not in folders]
    finish(events, run(pytest, request, events, collecting))


main()
