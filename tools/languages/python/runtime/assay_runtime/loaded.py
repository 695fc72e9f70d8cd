"""Which files the process loaded, so that code of the other side's tree is seen."""

import os
import sys


def loaded_paths():
    """Real paths of all loaded modules but the standard library's and installed ones, sorted."""
    ours = os.path.abspath(__file__)
    for _ in range(5):  # the folder tools/ of our package, where the drivers are
        ours = os.path.dirname(ours)
    ours += os.sep
    library = os.path.dirname(os.path.realpath(os.__file__))
    folders = {}
    found = set()
    for module in list(sys.modules.values()):
        path = getattr(module, "__file__", None)
        if not isinstance(path, str) or not path or path.startswith(ours):
            continue
        folder, name = os.path.split(path)
        real = folders.get(folder)
        if real is None:
            real = folders[folder] = os.path.realpath(folder)
        # Installed by symbolic link: the folder's real path shows it.
        if real == library or real.startswith(library + os.sep) or "site-packages" in real.split(os.sep):
            continue
        if "dist-packages" in real.split(os.sep) or "<" in name:
            continue
        found.add(os.path.realpath(os.path.join(real, name)))
    return sorted(found)
