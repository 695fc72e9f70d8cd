"""The HTTP service: `POST /price` with a basket as JSON."""

from __future__ import annotations

import json
import os
from datetime import date
from decimal import Decimal, InvalidOperation
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from shop_tariff import TariffTable, parse_tariffs

from shop_pricing.basket import Basket, Item
from shop_pricing.engine import PricingEngine
from shop_pricing.rules import Bundle, Percentage, TierPrice

MAX_BODY_BYTES = 1_000_000
TARIFFS = """
DE * 3% - 2020-01-01 -
FR * 2.5% 0.10 2020-01-01 -
"""


class BadRequest(ValueError):
    """The request makes no sense; its text is shown to the caller."""


def default_engine() -> PricingEngine:
    rules = [
        TierPrice("volume", "office", ((10, Decimal("0.05")), (50, Decimal("0.12")))),
        Bundle("desk and lamp", (("office.desks", 1), ("home.lamps", 1)), Decimal("699")),
        Percentage("kitchen weeks", "kitchen", Decimal("0.08")),
    ]
    return PricingEngine(rules, TariffTable(parse_tariffs(TARIFFS)))


def basket_from_json(body: Any) -> Basket:
    """Raises BadRequest."""
    try:
        items = tuple(
            Item(str(each["sku"]), str(each["category"]), int(each["quantity"]), Decimal(str(each["price"])))
            for each in body["items"]
        )
        day = date.fromisoformat(body["day"])
        return Basket(str(body["country"]), day, items, tuple(map(str, body.get("coupons", ()))))
    except (KeyError, TypeError, ValueError, InvalidOperation) as error:
        raise BadRequest(f"not a basket: {error!r}") from error


def handle(engine: PricingEngine, path: str, body: bytes) -> tuple[int, dict[str, Any]]:
    """A request in, a status and an answer out; no socket needed."""
    if path != "/price":
        return 404, {"error": "no such route"}
    try:
        priced = engine.price(basket_from_json(json.loads(body)))
    except (BadRequest, json.JSONDecodeError) as error:
        return 400, {"error": str(error)}
    return 200, {
        "gross": str(priced.gross),
        "deductions": [
            {"rule": each.rule, "sku": each.sku, "amount": str(each.amount)} for each in priced.deductions
        ],
        "tariffs": str(priced.tariffs),
        "total": str(priced.total),
        "refused": list(priced.refused),
    }


def make_server(engine: PricingEngine, port: int) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            if length > MAX_BODY_BYTES:
                status, answer = 413, {"error": "the body is too large"}
            else:
                status, answer = handle(engine, self.path, self.rfile.read(length))
            payload = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(payload)))
            self.end_headers()
            self.wfile.write(payload)

        def log_message(self, format: str, *args: Any) -> None:
            """Quiet: the caller logs."""

    return ThreadingHTTPServer(("127.0.0.1", port), Handler)


def main() -> None:
    with make_server(default_engine(), int(os.environ.get("PORT", "3002"))) as server:
        print(f"pricing listens on http://127.0.0.1:{server.server_port}")
        server.serve_forever()


if __name__ == "__main__":
    main()
