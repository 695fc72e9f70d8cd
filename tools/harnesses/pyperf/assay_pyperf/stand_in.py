"""A module `pyperf` that has our Runner and becomes the real one when anything else is asked of it.

Importing pyperf takes several times as long as starting Python, and a script mostly wants the Runner.
"""

import importlib.util
import sys
import time
from types import ModuleType


def find_pyperf():
    try:
        return importlib.util.find_spec("pyperf")
    except (ImportError, ValueError):
        return None


class StandIn(ModuleType):
    """Runs the real package's code in its own namespace at the first name that it does not know."""

    def __getattr__(self, name):
        if name.startswith("__") or self.__dict__.get("_assay_loaded"):
            raise AttributeError("module 'pyperf' has no attribute %r" % name)
        self._assay_loaded = True
        runner = self.Runner
        self.__spec__.loader.exec_module(self)
        self.Runner = runner
        return getattr(self, name)


def install(spec, runner):
    module = StandIn("pyperf")
    module.__spec__ = spec
    module.__loader__ = spec.loader
    module.__file__ = spec.origin
    module.__path__ = list(spec.submodule_search_locations or [])
    module.__package__ = "pyperf"
    module.Runner = runner
    module.perf_counter = time.perf_counter
    sys.modules["pyperf"] = module
