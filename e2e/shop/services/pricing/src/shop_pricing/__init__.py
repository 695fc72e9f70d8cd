"""Prices baskets: tiers, bundles, promotions and coupons, and the tariffs on top."""

from shop_pricing.basket import Basket, Item
from shop_pricing.coupons import Coupon, CouponSyntaxError, parse_coupon
from shop_pricing.engine import Deduction, PricedBasket, PricingEngine
from shop_pricing.rules import Bundle, Percentage, Rule, TierPrice

__all__ = [
    "Basket",
    "Bundle",
    "Coupon",
    "CouponSyntaxError",
    "Deduction",
    "Item",
    "Percentage",
    "PricedBasket",
    "PricingEngine",
    "Rule",
    "TierPrice",
    "parse_coupon",
]
