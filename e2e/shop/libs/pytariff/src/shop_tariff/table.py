"""Tariffs of many countries and categories."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from shop_tariff.windows import DateWindow, WindowIndex

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Tariff:
    """A share of the price, such as 0.045, and a fixed fee for each piece."""

    country: str
    category: str
    rate: Decimal
    fee: Decimal
    start: date
    end: date | None

    def amount(self, price: Decimal, quantity: int) -> Decimal:
        exact = price * quantity * self.rate + self.fee * quantity
        return exact.quantize(CENT, rounding=ROUND_HALF_EVEN)


class TariffTable:
    """Finds the tariff of a category. A category `home.lamps` falls back on `home`, then on `*`."""

    def __init__(self, tariffs: Iterable[Tariff]) -> None:
        grouped: dict[tuple[str, str], list[DateWindow[Tariff]]] = {}
        for tariff in tariffs:
            window = DateWindow(tariff.start, tariff.end, tariff)
            grouped.setdefault((tariff.country, tariff.category), []).append(window)
        self._index = {key: WindowIndex(windows) for key, windows in grouped.items()}

    def __len__(self) -> int:
        return sum(len(index) for index in self._index.values())

    def find(self, country: str, category: str, day: date) -> Tariff | None:
        for candidate in _with_ancestors(category):
            index = self._index.get((country, candidate))
            tariff = index.on(day) if index is not None else None
            if tariff is not None:
                return tariff
        return None


def _with_ancestors(category: str) -> Iterable[str]:
    yield category
    while "." in category:
        category = category.rpartition(".")[0]
        yield category
    yield "*"
