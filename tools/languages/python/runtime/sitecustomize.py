"""Runs at the start of every Python process of a measured side, its children included.

The folder of this file is on PYTHONPATH of a measured side. It makes the process load the side's own code
(see assay_runtime/tree.py), takes itself off the path again, and hands over to the user's sitecustomize.
"""

import os
import sys


def _start():
    here = os.path.dirname(os.path.abspath(__file__))
    try:
        if sys.version_info >= (3, 6):  # a child may be another Python
            from assay_runtime import tree

            tree.apply()
    finally:
        sys.path[:] = [entry for entry in sys.path if os.path.abspath(entry or os.curdir) != here]
    own = sys.modules.pop("sitecustomize")
    try:
        import sitecustomize  # noqa: F401  the one that ours hides
    except ImportError as error:
        sys.modules["sitecustomize"] = own
        if error.name != "sitecustomize":
            raise


_start()
