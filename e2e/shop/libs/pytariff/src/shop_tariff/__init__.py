"""Tariffs: what share is added to the price of a category, by country and date."""

from shop_tariff.parse import TariffSyntaxError, parse_tariffs
from shop_tariff.table import Tariff, TariffTable
from shop_tariff.windows import DateWindow, OverlapError, WindowIndex

__all__ = [
    "DateWindow",
    "OverlapError",
    "Tariff",
    "TariffSyntaxError",
    "TariffTable",
    "WindowIndex",
    "parse_tariffs",
]
