import json
import threading
import urllib.error
import urllib.request
from datetime import date
from decimal import Decimal

import pytest

from shop_pricing import Basket, Bundle, CouponSyntaxError, Item, Percentage, PricingEngine, TierPrice, parse_coupon
from shop_pricing.coupons import check_character
from shop_pricing.rules import in_category
from shop_pricing.server import default_engine, make_server
from shop_tariff import TariffTable, parse_tariffs

DAY = date(2025, 6, 30)
NO_TARIFFS = TariffTable([])
DESK = Item("D1", "office.desks", 1, Decimal("649.00"))
LAMP = Item("L1", "home.lamps", 2, Decimal("129.90"))
MUGS = Item("M1", "kitchen.cups", 12, Decimal("14.50"))


def code(body: str) -> str:
    return f"{body}-{check_character(body)}"


def basket(*items: Item, coupons: tuple[str, ...] = (), day: date = DAY) -> Basket:
    return Basket("DE", day, items, coupons)


@pytest.mark.parametrize(("category", "wanted", "expected"), [
    ("home.lamps", "home", True),
    ("home", "home", True),
    ("homeware", "home", False),
    ("home", "home.lamps", False),
    ("anything", "*", True),
])
def test_categories(category: str, wanted: str, expected: bool) -> None:
    assert in_category(category, wanted) is expected


@pytest.mark.parametrize(("quantity", "share"), [(9, "0"), (10, "0.05"), (49, "0.05"), (50, "0.12")])
def test_tiers(quantity: int, share: str) -> None:
    rule = TierPrice("volume", "*", ((10, Decimal("0.05")), (50, Decimal("0.12"))))
    assert rule.share_for(quantity) == Decimal(share)


def test_bundle_is_spread_over_its_parts() -> None:
    rule = Bundle("desk and lamp", (("office.desks", 1), ("home.lamps", 1)), Decimal("699"))
    priced = PricingEngine([rule], NO_TARIFFS).price(basket(DESK, LAMP))
    assert {each.sku: each.amount for each in priced.deductions} == {
        "D1": Decimal("66.57"),
        "L1": Decimal("13.33"),
    }
    assert priced.total == Decimal("828.90")


def test_a_bundle_that_costs_more_is_left_out() -> None:
    rule = Bundle("bad", (("office.desks", 1),), Decimal("700"))
    assert PricingEngine([rule], NO_TARIFFS).price(basket(DESK)).deductions == ()


def test_rules_see_what_earlier_ones_left() -> None:
    rules = [Percentage("second", "*", Decimal("0.5"), 60), Percentage("first", "*", Decimal("0.5"), 40)]
    priced = PricingEngine(rules, NO_TARIFFS).price(basket(MUGS))
    assert [(each.rule, each.amount) for each in priced.deductions] == [
        ("first", Decimal("87.00")),
        ("second", Decimal("43.50")),
    ]


def test_tariffs_come_on_top() -> None:
    table = TariffTable(parse_tariffs("DE kitchen 10% 0.50 2025-01-01 -"))
    priced = PricingEngine([], table).price(basket(MUGS, LAMP))
    assert priced.tariffs == Decimal("23.40")
    assert priced.total == Decimal("174.00") + Decimal("259.80") + Decimal("23.40")


def test_coupons() -> None:
    percent = parse_coupon(f" {code('SAVE-10P-HOME_LAMPS-250630').lower()} ")
    assert (percent.scope, percent.share, percent.until) == ("home.lamps", Decimal("0.1"), DAY)
    fixed = code("GIFT-20F-ALL-250630")
    priced = PricingEngine([], NO_TARIFFS).price(basket(LAMP, MUGS, coupons=(fixed, fixed)))
    assert sum(each.amount for each in priced.deductions) == Decimal("20")
    late = basket(LAMP, coupons=(fixed,), day=date(2025, 7, 1))
    assert PricingEngine([], NO_TARIFFS).price(late).deductions == ()


@pytest.mark.parametrize(("text", "reason"), [
    ("HELLO", "is not a coupon code"),
    (code("SAVE-10P-HOME-250630")[:-1] + "?", "is not a coupon code"),
    (code("SAVE-10P-HOME-250631"), "a day that does not exist"),
    (code("SAVE-101P-HOME-250630"), "more than everything"),
    ("SAVE-01P-HOME-250630-" + check_character("SAVE-10P-HOME-250630"), "has a typing error"),
])
def test_refused_coupons(text: str, reason: str) -> None:
    with pytest.raises(CouponSyntaxError, match=reason):
        parse_coupon(text)
    priced = PricingEngine([], NO_TARIFFS).price(basket(LAMP, coupons=(text,)))
    assert len(priced.refused) == 1


def test_the_service_answers() -> None:
    server = make_server(default_engine(), 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    body = {
        "country": "DE",
        "day": "2025-06-30",
        "items": [{"sku": "M1", "category": "kitchen.cups", "quantity": 2, "price": "14.50"}],
    }
    try:
        with urllib.request.urlopen(f"{url}/price", json.dumps(body).encode()) as response:
            assert json.load(response) == {
                "gross": "29.00",
                "deductions": [{"rule": "kitchen weeks", "sku": "M1", "amount": "2.32"}],
                "tariffs": "0.80",
                "total": "27.48",
                "refused": [],
            }
        for path, payload, status in [("/price", b"{", 400), ("/price", b"{}", 400), ("/x", b"", 404)]:
            with pytest.raises(urllib.error.HTTPError) as caught:
                urllib.request.urlopen(url + path, payload)
            assert caught.value.code == status
            caught.value.close()
    finally:
        server.shutdown()
        server.server_close()
