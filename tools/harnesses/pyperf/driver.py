"""Runs a pyperf script in this process, with a Runner of ours: `python driver.py request.json`.

The script sees the installed pyperf; only its Runner is another, which drives chunks as the request says.
"""

import os
import sys

HERE = os.path.dirname(os.path.realpath(__file__))
RUNTIME = os.path.join(os.path.dirname(os.path.dirname(HERE)), "languages", "python", "runtime")


def main():
    folders = [HERE, RUNTIME]
    sys.path[:] = [entry for entry in sys.path if os.path.realpath(entry or os.curdir) not in folders]
    sys.path[:0] = folders
    from assay_pyperf.script import run_script
    from assay_runtime.program import finish, read_request

    request, events = read_request()
    sys.path[:] = [entry for entry in sys.path if entry not in folders]
    finish(events, run_script(request, events))


main()
