"""Coupon codes: `SAVE-10P-HOME-250630-K` takes 10 percent off `home` until 30 June 2025."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shop_pricing.basket import Basket
from shop_pricing.rules import cents, in_category

_CODE = re.compile(
    r"(?P<campaign>[A-Z]{3,12})-(?P<amount>\d{1,4})(?P<kind>[PF])-(?P<scope>[A-Z]+(?:_[A-Z]+)*|ALL)"
    r"-(?P<until>\d{6})-(?P<check>[A-Z0-9])"
)
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class CouponSyntaxError(ValueError):
    """A code that cannot be read, or whose check character is wrong."""


@dataclass(frozen=True, slots=True)
class Coupon:
    code: str
    scope: str
    until: date
    share: Decimal | None
    fixed: Decimal | None
    priority: int = 90

    @property
    def name(self) -> str:
        return f"coupon {self.code}"

    def deduction(self, basket: Basket, left: dict[str, Decimal]) -> dict[str, Decimal]:
        skus = [item.sku for item in basket.items if in_category(item.category, self.scope)]
        if basket.day > self.until or not skus:
            return {}
        if self.share is not None:
            return {sku: cents(left[sku] * self.share) for sku in skus}
        return _spread(self.fixed or Decimal(0), {sku: left[sku] for sku in skus})


def check_character(body: str) -> str:
    """Weighted sum modulo 36, so that a swapped pair of neighbours does not go unseen."""
    total = sum(
        weight * _ALPHABET.index(char)
        for weight, char in enumerate((char for char in body if char in _ALPHABET), start=3)
    )
    return _ALPHABET[total % 36]


def parse_coupon(code: str) -> Coupon:
    """Reads a code as customers type it: any case, spaces around. Raises CouponSyntaxError."""
    text = code.strip().upper()
    match = _CODE.fullmatch(text)
    if match is None:
        raise CouponSyntaxError(f"'{code}' is not a coupon code")
    if check_character(text[:-2]) != match["check"]:
        raise CouponSyntaxError(f"'{code}' has a typing error")
    until = match["until"]
    try:
        last_day = date(2000 + int(until[:2]), int(until[2:4]), int(until[4:]))
    except ValueError:
        raise CouponSyntaxError(f"'{code}' ends on a day that does not exist") from None
    amount = Decimal(match["amount"])
    percent = match["kind"] == "P"
    if percent and amount > 100:
        raise CouponSyntaxError(f"'{code}' takes off more than everything")
    return Coupon(
        code=text,
        scope="*" if match["scope"] == "ALL" else match["scope"].lower().replace("_", "."),
        until=last_day,
        share=amount / 100 if percent else None,
        fixed=None if percent else amount,
    )


def _spread(amount: Decimal, over: dict[str, Decimal]) -> dict[str, Decimal]:
    """Divides a fixed sum in proportion; the last article takes what rounding left."""
    total = sum(over.values(), Decimal(0))
    if total == 0:
        return {}
    rest = min(amount, total)
    shares: dict[str, Decimal] = {}
    for position, (sku, value) in enumerate(over.items(), start=1):
        exact = rest if position == len(over) else cents(min(amount, total) * value / total)
        shares[sku] = min(exact, value)
        rest -= shares[sku]
    return shares
