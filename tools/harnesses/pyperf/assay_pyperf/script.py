"""Executes the script as `python script.py` would, with the stand-in for pyperf in place."""

import os
import sys
import traceback
from importlib.util import find_spec
from time import perf_counter
from types import ModuleType

from assay_pyperf.runner import Session, runner_class
from assay_runtime.lazy_module import delay
from assay_runtime.reasons import describe, shorten


def run_script(request, events):
    """Gives the exit code: 0, 1 where the script failed as a whole, 3 where pyperf is missing."""
    spec = find_pyperf()
    session = Session(request, events)
    if spec is None:
        reason = "pyperf cannot be imported by %s" % sys.executable
        session.fail_rest(reason)
        sys.stderr.write(reason + "\n")
        return 3
    # Importing pyperf takes several times as long as starting Python, and scripts mostly want the Runner.
    delay(spec, Runner=runner_class(session), perf_counter=perf_counter)
    target = request["target"]
    sys.argv[:] = [target]
    sys.path.insert(0, os.path.dirname(target))
    if os.getcwd() not in sys.path:
        sys.path.append(os.getcwd())
    module = ModuleType("__main__")
    module.__file__ = target
    module.__builtins__ = __builtins__
    sys.modules["__main__"] = module
    reason = None
    try:
        exec(compiled(target), module.__dict__)
    except SystemExit as error:
        if error.code not in (None, 0):
            reason = "the script ended itself: SystemExit: %s" % shorten(str(error.code))
    except BaseException as error:
        traceback.print_exc()
        reason = describe(error, request["root"])
    if reason is None:
        return 0
    session.fail_rest(reason)
    sys.stderr.write("\n" + reason + "\n")
    return 1


def find_pyperf():
    try:
        return find_spec("pyperf")
    except (ImportError, ValueError):
        return None


def compiled(target):
    """The script's code, kept in the side's cache like that of a module."""
    from importlib.machinery import SourceFileLoader

    return SourceFileLoader("__main__", target).get_code("__main__")
