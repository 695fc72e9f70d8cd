/** An exact decimal number: `units / 10^scale`. */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

/** What happens to digits that are cut off. */
export type Rounding = 'half-even' | 'half-up' | 'up' | 'down';

const SYNTAX = /^([+-]?)(\d+)(?:\.(\d+))?$/;

/**
 * Reads a plain decimal number, such as `-12.50`.
 *
 * @throws RangeError for anything else
 */
export function decimal(text: string): Decimal {
  const match = SYNTAX.exec(text.trim());
  if (!match) throw new RangeError(`'${text}' is not a decimal number.`);
  const fraction = match[3] ?? '';
  const units = BigInt(match[2]! + fraction);
  return { units: match[1] === '-' ? -units : units, scale: fraction.length };
}

export function add(a: Decimal, b: Decimal): Decimal {
  if (a.scale === b.scale) return { units: a.units + b.units, scale: a.scale };
  const scale = Math.max(a.scale, b.scale);
  return { units: unitsAt(a, scale) + unitsAt(b, scale), scale };
}

export function multiply(a: Decimal, b: Decimal): Decimal {
  return { units: a.units * b.units, scale: a.scale + b.scale };
}

/**
 * `a / b`, rounded to `scale` digits after the point.
 *
 * @throws RangeError where `b` is zero
 */
export function divide(a: Decimal, b: Decimal, scale: number, rounding: Rounding = 'half-even'): Decimal {
  if (b.units === 0n) throw new RangeError('Division by zero.');
  const shift = scale + b.scale - a.scale;
  const dividend = shift >= 0 ? a.units * power(shift) : a.units;
  const divisor = shift >= 0 ? b.units : b.units * power(-shift);
  return { units: quotient(dividend, divisor, rounding), scale };
}

/** The same number with `scale` digits after the point. */
export function round(value: Decimal, scale: number, rounding: Rounding = 'half-even'): Decimal {
  if (value.scale <= scale) return { units: unitsAt(value, scale), scale };
  return { units: quotient(value.units, power(value.scale - scale), rounding), scale };
}

/** Below zero, zero or above, as `a` is less than, equal to or greater than `b`. */
export function compare(a: Decimal, b: Decimal): number {
  const scale = Math.max(a.scale, b.scale);
  const difference = unitsAt(a, scale) - unitsAt(b, scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function write(value: Decimal): string {
  const negative = value.units < 0n;
  const digits = (negative ? -value.units : value.units).toString().padStart(value.scale + 1, '0');
  const point = digits.length - value.scale;
  const text = value.scale === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`;
  return negative ? `-${text}` : text;
}

/** Integer division that rounds as told, away from the truncation that bigint does by itself. */
export function quotient(dividend: bigint, divisor: bigint, rounding: Rounding): bigint {
  const whole = dividend / divisor;
  const rest = dividend % divisor;
  if (rest === 0n || rounding === 'down') return whole;
  const away = dividend < 0n === divisor < 0n ? 1n : -1n;
  if (rounding === 'up') return whole + away;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  const size = divisor < 0n ? -divisor : divisor;
  if (twice > size) return whole + away;
  if (twice < size) return whole;
  return rounding === 'half-up' || whole % 2n !== 0n ? whole + away : whole;
}

const powers: bigint[] = Array.from({ length: 32 }, (_, exponent) => 10n ** BigInt(exponent));

function power(exponent: number): bigint {
  return powers[exponent] ?? 10n ** BigInt(exponent);
}

function unitsAt(value: Decimal, scale: number): bigint {
  return value.scale === scale ? value.units : value.units * power(scale - value.scale);
}
