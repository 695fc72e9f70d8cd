"""Rules that make a basket cheaper. Each is data and one pure function."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Protocol

from shop_pricing.basket import Basket, Item

CENT = Decimal("0.01")


class Rule(Protocol):
    """Something that takes money off; `priority` orders rules, the smallest first."""

    name: str
    priority: int

    def deduction(self, basket: Basket, left: dict[str, Decimal]) -> dict[str, Decimal]:
        """What to take off each SKU, given what is left to pay for it."""
        ...


def in_category(category: str, wanted: str) -> bool:
    """True for the category itself and for those below it: `home.lamps` is in `home`."""
    return wanted == "*" or category == wanted or category.startswith(f"{wanted}.")


def cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, rounding=ROUND_HALF_EVEN)


@dataclass(frozen=True, slots=True)
class Percentage:
    """A share off a whole category."""

    name: str
    category: str
    share: Decimal
    priority: int = 50

    def deduction(self, basket: Basket, left: dict[str, Decimal]) -> dict[str, Decimal]:
        return {
            item.sku: cents(left[item.sku] * self.share)
            for item in basket.items
            if in_category(item.category, self.category)
        }


@dataclass(frozen=True, slots=True)
class TierPrice:
    """The more pieces of one article, the larger the share off: `((10, 0.05), (50, 0.10))`."""

    name: str
    category: str
    tiers: tuple[tuple[int, Decimal], ...]
    priority: int = 10

    def share_for(self, quantity: int) -> Decimal:
        at = bisect_right(self.tiers, quantity, key=lambda tier: tier[0]) - 1
        return self.tiers[at][1] if at >= 0 else Decimal(0)

    def deduction(self, basket: Basket, left: dict[str, Decimal]) -> dict[str, Decimal]:
        off: dict[str, Decimal] = {}
        for item in basket.items:
            share = self.share_for(item.quantity)
            if share and in_category(item.category, self.category):
                off[item.sku] = cents(left[item.sku] * share)
        return off


@dataclass(frozen=True, slots=True)
class Bundle:
    """Pieces of several categories together for a fixed price, as many times as the basket has them."""

    name: str
    parts: tuple[tuple[str, int], ...]
    price: Decimal
    priority: int = 30

    def deduction(self, basket: Basket, left: dict[str, Decimal]) -> dict[str, Decimal]:
        dearest_first = sorted(basket.items, key=lambda item: (-item.unit_price, item.sku))
        available = {item.sku: item.quantity for item in basket.items}
        off: dict[str, Decimal] = {}
        while (picked := self._pick(dearest_first, available)) is not None:
            regular = sum((item.unit_price * count for item, count in picked), Decimal(0))
            saving = regular - self.price
            if saving <= 0:
                break
            for item, count in picked:
                available[item.sku] -= count
                part = cents(saving * (item.unit_price * count) / regular)
                off[item.sku] = off.get(item.sku, Decimal(0)) + part
        return {sku: min(amount, left[sku]) for sku, amount in off.items()}

    def _pick(self, items: list[Item], available: dict[str, int]) -> list[tuple[Item, int]] | None:
        picked: list[tuple[Item, int]] = []
        taken: dict[str, int] = {}
        for category, needed in self.parts:
            for item in items:
                if needed == 0:
                    break
                free = available[item.sku] - taken.get(item.sku, 0)
                if free <= 0 or not in_category(item.category, category):
                    continue
                count = min(free, needed)
                taken[item.sku] = taken.get(item.sku, 0) + count
                picked.append((item, count))
                needed -= count
            if needed > 0:
                return None
        return picked
