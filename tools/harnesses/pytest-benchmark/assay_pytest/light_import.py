"""Makes `import pytest` a fifth cheaper: every process of a measurement pays for it."""

import importlib.util
import os
import sys
from contextlib import contextmanager
from types import ModuleType

from assay_runtime.lazy_module import delay

# Syntax colours for tracebacks, which go to no terminal here (--color=no).
COLOURS = (
    "pygments",
    "pygments.formatters",
    "pygments.formatters.terminal",
    "pygments.lexer",
    "pygments.lexers",
    "pygments.lexers.diff",
    "pygments.lexers.python",
    "pygments.util",
)


class Colourless(ModuleType):
    __path__ = []

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (), {})


@contextmanager
def leaving_out_what_pytest_hardly_needs(request):
    """Stands in for pygments while pytest is imported (the code under test gets the real one afterwards), and
    delays importlib.metadata until somebody uses it, where the installed plugins are known already."""
    added = [] if "pygments" in sys.modules else list(COLOURS)
    for name in added:
        sys.modules[name] = Colourless(name)
    if os.path.exists(request.get("pluginsPath") or "") and request["mode"] != "list":
        if "importlib.metadata" not in sys.modules:
            delay(importlib.util.find_spec("importlib.metadata"))
    try:
        yield
    finally:
        for name in added:
            sys.modules.pop(name, None)
