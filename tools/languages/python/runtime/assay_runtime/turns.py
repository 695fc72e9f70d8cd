"""This process's place where two take turns; tools/harnesses/harness.ts has the rules (`Turns`)."""

import os


class Turns:
    def __init__(self, place):
        self.place = place
        self.opened = False
        self.ends = None
        self.chunk = 0

    def meet(self):
        """Meets the other process at the beginning of a benchmark."""
        if not self.opened:
            self._open()
        self.chunk = 0
        self._give()
        self._take()

    def next(self):
        """Before each chunk: waits for the turn where one begins."""
        if self.ends is None:
            return
        begins = self.chunk % self.place["chunks"] == 0
        self.chunk += 1
        if not begins:
            return
        if self.chunk > 1:
            self._give()
        if self.chunk > 1 or not self.place["first"]:
            self._take()

    def finish(self):
        """After the last chunk, and only if there were as many as were asked for."""
        self._give()
        if self.place["first"]:
            self._take()

    def close(self):
        """The other one need not wait for this process any more."""
        self.opened = True
        ends, self.ends = self.ends, None
        for end in ends or ():
            os.close(end)

    def _open(self):
        self.opened = True
        order = ("reads", "writes") if self.place["first"] else ("writes", "reads")
        found = {}
        for which in order:
            found[which] = os.open(self.place[which], os.O_RDONLY if which == "reads" else os.O_WRONLY)
        self.ends = (found["reads"], found["writes"])

    def _give(self):
        if self.ends is None:
            return
        try:
            os.write(self.ends[1], b"\0")
        except OSError:  # the other process is gone
            self.close()

    def _take(self):
        if self.ends is None:
            return
        try:
            if not os.read(self.ends[0], 1):
                self.close()
        except OSError:
            self.close()
