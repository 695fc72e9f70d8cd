"""What went wrong, in one line that a reader can act on."""

import os

LIMIT = 500


def describe(error, root):
    """`ValueError: bad input (tests/test_x.py:12)`: the innermost frame inside `root`, where there is one."""
    name = type(error).__name__
    text = str(error).strip()
    line = name if not text else "%s: %s" % (name, text)
    place = innermost(error, root)
    return shorten(line) + (" (%s)" % place if place else "")


def innermost(error, root):
    found = None
    trace = getattr(error, "__traceback__", None)
    while trace is not None:
        path = os.path.realpath(trace.tb_frame.f_code.co_filename)
        if path.startswith(root + os.sep) and "site-packages" not in path:
            found = "%s:%d" % (os.path.relpath(path, root), trace.tb_lineno)
        trace = trace.tb_next
    return found


def shorten(text):
    text = " ".join(text.split())
    return text if len(text) <= LIMIT else text[: LIMIT - 1] + "\u2026"
