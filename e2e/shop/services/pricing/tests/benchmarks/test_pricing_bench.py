"""Benchmarks of the pricing rules; inputs are made from a fixed seed."""

from __future__ import annotations

import json
import random
from datetime import date
from decimal import Decimal

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from shop_pricing import Basket, Bundle, Item, parse_coupon
from shop_pricing.coupons import check_character
from shop_pricing.server import default_engine, handle

CATEGORIES = ("office.desks", "home.lamps", "kitchen.cups", "kitchen.coffee", "garden", "office.chairs")
DAY = date(2025, 6, 30)


def coupon(body: str) -> str:
    return f"{body}-{check_character(body)}"


def basket(size: int) -> Basket:
    rng = random.Random(53)
    items = tuple(
        Item(f"S{at:03}", rng.choice(CATEGORIES), rng.randrange(1, 30), Decimal(rng.randrange(199, 90_000)) / 100)
        for at in range(size)
    )
    return Basket("DE", DAY, items, (coupon("SAVE-10P-HOME-250731"), coupon("GIFT-25F-ALL-251231")))


CODES = [coupon(f"SPRING-{amount}P-HOME_LAMPS-25{month:02}15") for amount in range(5, 15) for month in (3, 6)]
ENGINE = default_engine()


@pytest.mark.parametrize("size", [5, 25])
def test_price_basket(benchmark: BenchmarkFixture, size: int) -> None:
    priced = benchmark(ENGINE.price, basket(size))
    assert Decimal(0) < priced.total < priced.gross * 2


def test_parse_coupons(benchmark: BenchmarkFixture) -> None:
    assert len(benchmark(lambda: [parse_coupon(code) for code in CODES])) == 20


def test_bundle(benchmark: BenchmarkFixture) -> None:
    rule = Bundle("three", (("kitchen", 3), ("home", 1), ("office", 1)), Decimal("120"))
    large = basket(20)
    left = {item.sku: item.gross for item in large.items}
    assert benchmark(rule.deduction, large, left)


def test_request(benchmark: BenchmarkFixture) -> None:
    items = [
        {"sku": item.sku, "category": item.category, "quantity": item.quantity, "price": str(item.unit_price)}
        for item in basket(8).items
    ]
    body = json.dumps({"country": "DE", "day": "2025-06-30", "items": items}).encode()
    status, _ = benchmark(handle, ENGINE, "/price", body)
    assert status == 200
