"""Writes what happens to the events file, one JSON object a line (tools/harnesses/protocol.ts)."""

import json
import os


class Events:
    def __init__(self, path):
        self.path = path
        self.process = os.getpid()

    def write(self, event, **fields):
        # A child that the benchmark forked and that runs on must not speak for the process.
        if os.getpid() != self.process:
            return
        line = (json.dumps({"event": event, **fields}) + "\n").encode("ascii")
        # Opened anew each time: the code under test may close, or use again, a descriptor that is not its own.
        descriptor = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            os.write(descriptor, line)
        finally:
            os.close(descriptor)
