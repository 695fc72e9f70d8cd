"""What the drivers share: reading the request, ending well."""

import json
import os
import sys

from assay_runtime import tree
from assay_runtime.events import Events
from assay_runtime.loaded import loaded_paths


def read_request():
    """The request, and the channel for events. The path of the request is the program's only argument."""
    with open(sys.argv[1], encoding="utf-8") as file:
        request = json.load(file)
    tree.apply()
    return request, Events(request["eventsPath"])


def finish(events, code):
    """Says what was loaded, runs what the process would run at its end, and leaves without tearing down."""
    events.write("loaded", paths=loaded_paths())
    events.write("end")
    import atexit
    import threading

    # Threads are not waited for, and what is registered for the end has two seconds.
    watchdog = threading.Timer(2, os._exit, [code])
    watchdog.daemon = True
    watchdog.start()
    try:
        atexit._run_exitfuncs()
    except Exception:
        pass
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:
            pass
    os._exit(code)
