"""A module whose code runs when a name that it lacks is asked for the first time.

Not importlib's LazyLoader: that one runs the code at the first `import` already, which looks at __spec__.
"""

import sys
from _thread import RLock
from types import ModuleType


class LazyModule(ModuleType):
    def __getattr__(self, name):
        lazy = self.__dict__.get("_assay_lazy")
        if lazy is None or (name.startswith("__") and name.endswith("__")):
            raise AttributeError("module %r has no attribute %r" % (self.__name__, name))
        lock, lasting, running = lazy
        with lock:
            if not running:
                running.append(True)
                self.__spec__.loader.exec_module(self)
                self.__dict__.update(lasting)
                self.__dict__.pop("_assay_lazy", None)
        try:
            return self.__dict__[name]
        except KeyError:
            raise AttributeError("module %r has no attribute %r" % (self.__name__, name)) from None


def delay(spec, **lasting):
    """Puts the module of a spec into sys.modules unexecuted; `lasting` names are set from the start and win
    over the module's own."""
    module = LazyModule(spec.name)
    module.__spec__ = spec
    module.__loader__ = spec.loader
    module.__file__ = spec.origin
    module.__package__ = spec.parent
    if spec.submodule_search_locations is not None:
        module.__path__ = list(spec.submodule_search_locations)
    module.__dict__.update(lasting)
    module._assay_lazy = (RLock(), lasting, [])
    sys.modules[spec.name] = module
    parent, _, child = spec.name.rpartition(".")
    if parent:
        setattr(sys.modules[parent], child, module)
