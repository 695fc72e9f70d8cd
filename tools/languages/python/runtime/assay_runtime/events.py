"""Writes what happens to the events file, one JSON object a line (tools/harnesses/protocol.ts)."""

import json
import os


class Events:
    def __init__(self, path):
        self.path = path
        self.process = os.getpid()
        self.descriptor = self._open()

    def _open(self):
        return os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)

    def write(self, event, **fields):
        # A child that the benchmark forked and that runs on must not speak for the process.
        if os.getpid() != self.process:
            return
        line = (json.dumps({"event": event, **fields}) + "\n").encode("ascii")
        try:
            os.write(self.descriptor, line)
        except OSError:  # the code under test closed what it did not open
            self.descriptor = self._open()
            os.write(self.descriptor, line)
