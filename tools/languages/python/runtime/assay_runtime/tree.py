"""The base must be the base: makes a process load its own side's code.

Both sides may share one virtual environment, whose editable installs name paths of the head. Here every
such path inside the other side's checkout is replaced by the same path of this side: entries of sys.path,
what editable finders map, and the search paths of packages that are loaded already. Workspace packages that
the environment knows, editable or not, are found in this side's tree before anything installed.

Settings come as one environment variable, so that children have them too: records divided by RS (0x1e),
fields by US (0x1f). First record: own root, other root. Further ones: module name, folder to find it in.
(Not JSON: importing that would cost every process some milliseconds.)
"""

import os
import sys

VARIABLE = "ASSAY_PYTHON_TREE"
CACHE_VARIABLE = "ASSAY_PYTHON_CACHE"
THIRD_PARTY = frozenset(("site-packages", "dist-packages", ".venv", "venv", "node_modules"))
_applied = []


class Tree:
    """This side's checkout and the other one's, real paths without a separator at the end."""

    def __init__(self, own, other):
        self.own = own
        self.other = other

    def translate(self, path):
        """The same place in this side's tree; None where this side has no such place; else the path itself."""
        if not path or not os.path.isabs(path):
            return path
        real = os.path.realpath(path)
        if inside(real, self.own) or not inside(real, self.other):
            return path
        rest = real[len(self.other) :]
        # Installed in the other side's virtual environment: shared on purpose.
        if third_party(rest) or inside(real, os.path.realpath(sys.prefix)):
            return path
        own = self.own + rest
        return own if os.path.exists(own) else None


class OwnCopies:
    """Finds workspace packages in this side's tree; the first of the finders."""

    def __init__(self, roots):
        self.roots = roots

    def find_spec(self, name, path=None, target=None):
        roots = self.roots.get(name) if path is None else None
        if roots is None:
            return None
        # With what else is on the path, since a namespace may have parts elsewhere.
        finder = sys.modules["_frozen_importlib_external"].PathFinder
        return finder.find_spec(name, roots + sys.path)


def inside(path, root):
    return path == root or path.startswith(root if root.endswith(os.sep) else root + os.sep)


def third_party(path):
    return any(part in THIRD_PARTY for part in path.split(os.sep))


def apply():
    """Once a process, whoever calls first; does nothing where the variables are absent."""
    if _applied:
        return
    _applied.append(True)
    text = os.environ.get(VARIABLE)
    records = [record.split("\x1f") for record in text.split("\x1e")] if text else []
    cache = os.environ.get(CACHE_VARIABLE)
    if cache:
        keep_caches_apart(records[0][0] if records else None, cache)
    if not records:
        return
    tree = Tree(*records[0])
    if tree.own != tree.other:
        rewrite_list(tree, sys.path)
        for finder in list(sys.meta_path):
            rewrite_finder(tree, finder)
        for module in list(sys.modules.values()):
            path = getattr(module, "__path__", None)
            if isinstance(path, list):
                rewrite_list(tree, path)
    roots = {}
    for name, folder in records[1:]:
        roots.setdefault(name, []).append(folder)
    if roots:
        sys.meta_path.insert(0, OwnCopies(roots))


def rewrite_list(tree, entries):
    translated = [tree.translate(entry) if isinstance(entry, str) else entry for entry in entries]
    if translated != entries:
        entries[:] = [entry for entry in translated if entry is not None]


def rewrite_finder(tree, finder):
    """Whatever an editable install keeps in its finder, its class or its module (setuptools, editables, …)."""
    owner = finder if isinstance(finder, type) else type(finder)
    if owner.__module__.split(".")[0] in ("_frozen_importlib", "_frozen_importlib_external", "zipimport"):
        return
    module = sys.modules.get(owner.__module__)
    for namespace in (vars(module) if module else {}, vars(owner), getattr(finder, "__dict__", {})):
        for name, value in list(namespace.items()):
            if not (name.startswith("__") and name.endswith("__")):
                rewrite_container(tree, value, 3)


def rewrite_container(tree, value, depth):
    if depth == 0:
        return
    if type(value) is list:
        rewrite_list(tree, value)
        for entry in value:
            rewrite_container(tree, entry, depth - 1)
    elif type(value) is dict:
        for key, entry in list(value.items()):
            if isinstance(entry, str):
                translated = tree.translate(entry)
                if translated is None:
                    del value[key]
                elif translated != entry:
                    value[key] = translated
            else:
                rewrite_container(tree, entry, depth - 1)


def keep_caches_apart(own, folder):
    """Compiled code goes to `folder`, so that the user's tree stays untouched and yet no process compiles what
    an earlier one has. What is installed keeps the caches that it has in place: a prefix for all
    (PYTHONPYCACHEPREFIX) would compile the standard library anew."""
    external = sys.modules["_frozen_importlib_external"]
    original = external.cache_from_source
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    prefix = os.path.realpath(sys.prefix)

    def at(place, *rest, **options):
        before = sys.pycache_prefix
        sys.pycache_prefix = place
        try:
            return original(*rest, **options)
        finally:
            sys.pycache_prefix = before

    def cache_from_source(path, debug_override=None, *, optimization=None):
        place = os.fspath(path)
        checkout = own and inside(place, own) and not inside(place, prefix)
        if not (checkout and not third_party(place[len(own) :])) and not inside(place, package):
            installed = at(None, path, debug_override, optimization=optimization)
            if os.path.exists(installed):
                return installed
        return at(folder, path, debug_override, optimization=optimization)

    external.cache_from_source = cache_from_source
    # Images for continuous integration like to forbid it (PYTHONDONTWRITEBYTECODE); here it goes to scratch.
    sys.dont_write_bytecode = False
