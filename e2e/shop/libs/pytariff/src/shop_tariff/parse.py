"""The tariff file: one tariff a line.

    # country category      rate    fee    from        to
    DE        home.lamps    4.5%    0.20   2024-01-01  2024-12-31
    DE        *             3%      -      2020-01-01  -
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation

from shop_tariff.table import Tariff

HUNDRED = Decimal(100)


class TariffSyntaxError(ValueError):
    """A line of the file makes no sense; says which, and why."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line = line


def parse_tariffs(text: str) -> list[Tariff]:
    """All tariffs of a file, in its order. Raises TariffSyntaxError."""
    return list(_tariffs(text))


def _tariffs(text: str) -> Iterator[Tariff]:
    for number, line in enumerate(text.splitlines(), start=1):
        fields = line.partition("#")[0].split()
        if not fields:
            continue
        if len(fields) != 6:
            raise TariffSyntaxError(number, f"6 fields expected, {len(fields)} found")
        yield _tariff(number, *fields)


def _tariff(
    number: int, country: str, category: str, rate: str, fee: str, start: str, end: str
) -> Tariff:
    if len(country) != 2 or not country.isupper():
        raise TariffSyntaxError(number, f"'{country}' is not a country code")
    if not rate.endswith("%"):
        raise TariffSyntaxError(number, f"the rate '{rate}' has no percent sign")
    first = _date(number, start)
    last = None if end == "-" else _date(number, end)
    if last is not None and last < first:
        raise TariffSyntaxError(number, f"{end} is before {start}")
    return Tariff(
        country=country,
        category=category,
        rate=_number(number, rate[:-1]) / HUNDRED,
        fee=Decimal(0) if fee == "-" else _number(number, fee),
        start=first,
        end=last,
    )


def _number(line: int, text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise TariffSyntaxError(line, f"'{text}' is not a number") from None
    if not value.is_finite() or value < 0:
        raise TariffSyntaxError(line, f"'{text}' is not a usable number")
    return value


def _date(line: int, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise TariffSyntaxError(line, f"'{text}' is not a date") from None
