"""What is to be priced."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Item:
    sku: str
    category: str
    quantity: int
    unit_price: Decimal

    @property
    def gross(self) -> Decimal:
        return self.unit_price * self.quantity


@dataclass(frozen=True, slots=True)
class Basket:
    country: str
    day: date
    items: tuple[Item, ...]
    coupons: tuple[str, ...] = field(default=())

    @property
    def gross(self) -> Decimal:
        return sum((item.gross for item in self.items), Decimal(0))
