"""Applies the rules in order and adds the tariffs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from shop_tariff import TariffTable

from shop_pricing.basket import Basket
from shop_pricing.coupons import CouponSyntaxError, parse_coupon
from shop_pricing.rules import Rule


@dataclass(frozen=True, slots=True)
class Deduction:
    rule: str
    sku: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class PricedBasket:
    gross: Decimal
    deductions: tuple[Deduction, ...]
    tariffs: Decimal
    total: Decimal
    refused: tuple[str, ...]


class PricingEngine:
    """Rules in the order of their priority; each sees what those before it left to pay."""

    def __init__(self, rules: Iterable[Rule], tariffs: TariffTable) -> None:
        self._rules = tuple(sorted(rules, key=lambda rule: (rule.priority, rule.name)))
        self._tariffs = tariffs

    def price(self, basket: Basket) -> PricedBasket:
        coupons, refused = _coupons(basket.coupons)
        left = {item.sku: item.gross for item in basket.items}
        deductions: list[Deduction] = []
        for rule in (*self._rules, *coupons):
            for sku, amount in rule.deduction(basket, left).items():
                if amount <= 0:
                    continue
                left[sku] -= amount
                deductions.append(Deduction(rule.name, sku, amount))
        tariffs = self._tariffs_on(basket, left)
        return PricedBasket(
            gross=basket.gross,
            deductions=tuple(deductions),
            tariffs=tariffs,
            total=sum(left.values(), tariffs),
            refused=refused,
        )

    def _tariffs_on(self, basket: Basket, left: dict[str, Decimal]) -> Decimal:
        total = Decimal(0)
        for item in basket.items:
            tariff = self._tariffs.find(basket.country, item.category, basket.day)
            if tariff is not None and item.quantity > 0:
                total += tariff.amount(left[item.sku] / item.quantity, item.quantity)
        return total


def _coupons(codes: tuple[str, ...]) -> tuple[list[Rule], tuple[str, ...]]:
    coupons: list[Rule] = []
    refused: list[str] = []
    for code in dict.fromkeys(code.strip().upper() for code in codes):
        try:
            coupons.append(parse_coupon(code))
        except CouponSyntaxError as error:
            refused.append(str(error))
    return coupons, tuple(refused)
