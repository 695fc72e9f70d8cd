export { allocate, split } from './allocate.ts';
export { type Currency, type CurrencyCode, currency } from './currency.ts';
export {
  add as addDecimals,
  compare as compareDecimals,
  type Decimal,
  decimal,
  divide,
  multiply,
  type Rounding,
  round,
  write as writeDecimal,
} from './decimal.ts';
export { format, type Notation } from './format.ts';
export { add, compare, isZero, type Money, money, negate, subtract, sum, times, zero } from './money.ts';
export { MoneySyntaxError, parseMoney } from './parse.ts';
