"""Values that hold from one date to another."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

T = TypeVar("T")


class OverlapError(ValueError):
    """Two windows hold on the same day, so that a look-up could not tell which one counts."""


@dataclass(frozen=True, slots=True)
class DateWindow(Generic[T]):
    """A value from `start` to `end`, both included; no `end` means until further notice."""

    start: date
    end: date | None
    value: T

    def holds_on(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day <= self.end)


class WindowIndex(Generic[T]):
    """Windows in order, looked up by day in logarithmic time.

    Raises OverlapError where two windows share a day.
    """

    def __init__(self, windows: Iterable[DateWindow[T]]) -> None:
        self._windows = sorted(windows, key=lambda window: window.start)
        for earlier, later in zip(self._windows, self._windows[1:], strict=False):
            if earlier.end is None or earlier.end >= later.start:
                raise OverlapError(f"{earlier.start} and {later.start} overlap")
        self._starts = [window.start.toordinal() for window in self._windows]

    def __len__(self) -> int:
        return len(self._windows)

    def on(self, day: date) -> T | None:
        at = bisect_right(self._starts, day.toordinal()) - 1
        if at < 0:
            return None
        window = self._windows[at]
        return window.value if window.holds_on(day) else None
