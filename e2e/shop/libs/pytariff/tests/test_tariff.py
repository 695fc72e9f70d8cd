from datetime import date
from decimal import Decimal

import pytest

from shop_tariff import DateWindow, OverlapError, TariffSyntaxError, TariffTable, WindowIndex, parse_tariffs

FILE = """
# country category   rate  fee   from        to
DE        home.lamps 4.5%  0.20  2024-01-01  2024-12-31
DE        home       2%    -     2024-01-01  -
DE        *          3%    -     2020-01-01  -
FR        home       5.5%  1     2024-06-01  -   # from summer on
"""


def test_reads_every_line() -> None:
    tariffs = parse_tariffs(FILE)
    assert [(each.country, each.category, each.rate) for each in tariffs] == [
        ("DE", "home.lamps", Decimal("0.045")),
        ("DE", "home", Decimal("0.02")),
        ("DE", "*", Decimal("0.03")),
        ("FR", "home", Decimal("0.055")),
    ]
    assert tariffs[0].fee == Decimal("0.20")
    assert tariffs[1].end is None


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("DE home 2% - 2024-01-01", "line 1: 6 fields expected, 5 found"),
        ("de home 2% - 2024-01-01 -", "line 1: 'de' is not a country code"),
        ("DE home 2 - 2024-01-01 -", "line 1: the rate '2' has no percent sign"),
        ("\nDE home x% - 2024-01-01 -", "line 2: 'x' is not a number"),
        ("DE home NaN% - 2024-01-01 -", "line 1: 'NaN' is not a usable number"),
        ("DE home 2% - 2024-13-01 -", "line 1: '2024-13-01' is not a date"),
        ("DE home 2% - 2024-02-01 2024-01-01", "line 1: 2024-01-01 is before 2024-02-01"),
    ],
)
def test_refuses(line: str, message: str) -> None:
    with pytest.raises(TariffSyntaxError) as caught:
        parse_tariffs(line)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("category", "day", "rate"),
    [
        ("home.lamps", date(2024, 5, 1), "0.045"),
        ("home.lamps", date(2025, 1, 1), "0.02"),
        ("home.lamps.led", date(2024, 12, 31), "0.045"),
        ("garden", date(2024, 5, 1), "0.03"),
    ],
)
def test_falls_back_on_the_wider_category(category: str, day: date, rate: str) -> None:
    tariff = TariffTable(parse_tariffs(FILE)).find("DE", category, day)
    assert tariff is not None
    assert tariff.rate == Decimal(rate)


def test_finds_nothing_before_the_first_day() -> None:
    table = TariffTable(parse_tariffs(FILE))
    assert table.find("FR", "home", date(2024, 5, 31)) is None
    assert table.find("XX", "home", date(2024, 5, 31)) is None
    assert len(table) == 4


def test_rounds_to_the_cent() -> None:
    tariff = parse_tariffs(FILE)[0]
    assert tariff.amount(Decimal("129.90"), 3) == Decimal("18.14")


def test_windows_must_not_overlap() -> None:
    first = DateWindow(date(2024, 1, 1), date(2024, 6, 30), "a")
    second = DateWindow(date(2024, 6, 30), None, "b")
    with pytest.raises(OverlapError):
        WindowIndex([second, first])


def test_windows_may_leave_gaps() -> None:
    index = WindowIndex([DateWindow(date(2024, 1, 1), date(2024, 1, 31), "a"), DateWindow(date(2024, 3, 1), None, "b")])
    assert [index.on(date(2024, month, 15)) for month in (1, 2, 3)] == ["a", None, "b"]
