"""Benchmarks of the tariff library; inputs are made from a fixed seed."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from shop_tariff import DateWindow, TariffTable, WindowIndex, parse_tariffs

COUNTRIES = ("AT", "CH", "DE", "FR", "GB", "SE")
CATEGORIES = ("*", "home", "home.lamps", "home.lamps.led", "garden", "kitchen", "kitchen.coffee")


def tariff_file() -> str:
    rng = random.Random(41)
    lines = []
    for country in COUNTRIES:
        for category in CATEGORIES:
            rate = rng.randrange(0, 300) / 10
            lines.append(f"{country} {category} {rate}% 0.{rng.randrange(10, 99)} 2024-01-01 2024-12-31")
            lines.append(f"{country} {category} {rate + 1}% - 2025-01-01 -")
    return "\n".join(lines)


TEXT = tariff_file()
TABLE = TariffTable(parse_tariffs(TEXT))


def queries() -> list[tuple[str, str, date]]:
    rng = random.Random(43)
    leaves = [*CATEGORIES[1:], "garden.tools.small", "toys"]
    day = date(2024, 1, 1)
    return [
        (rng.choice(COUNTRIES), rng.choice(leaves), day + timedelta(days=rng.randrange(700)))
        for _ in range(60)
    ]


QUERIES = queries()


def test_parse_file(benchmark: BenchmarkFixture) -> None:
    assert len(benchmark(parse_tariffs, TEXT)) == 84


def test_find(benchmark: BenchmarkFixture) -> None:
    def find_all() -> int:
        return sum(TABLE.find(*query) is not None for query in QUERIES)

    assert benchmark(find_all) == 60


@pytest.mark.parametrize("count", [50, 200])
def test_index_windows(benchmark: BenchmarkFixture, count: int) -> None:
    rng = random.Random(47)
    start = date(2000, 1, 1)
    windows = [
        DateWindow(start + timedelta(days=30 * at), start + timedelta(days=30 * at + 20), at) for at in range(count)
    ]
    rng.shuffle(windows)
    assert len(benchmark(WindowIndex, windows)) == count
