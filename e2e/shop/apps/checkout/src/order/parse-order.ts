import { type CurrencyCode, currency, MoneySyntaxError, parseMoney } from '@shop/money';
import type { Order, OrderLine, TaxClass } from './order.ts';

/** What is wrong, and where: `lines[3].quantity`. */
export interface Problem {
  readonly path: string;
  readonly message: string;
}

export type ParsedOrder =
  | { readonly state: 'valid'; readonly order: Order }
  | { readonly state: 'invalid'; readonly problems: readonly Problem[] };

const SKU = /^[A-Z]{3}-\d{4}-[A-Z0-9]{2}$/;
const COUNTRY = /^[A-Z]{2}$/;
const SHARE = /^0(\.\d{1,4})?$/;
const TAX_CLASSES: readonly string[] = ['standard', 'reduced', 'exempt'] satisfies TaxClass[];
const MAX_LINES = 500;

/** Checks an order that came in as JSON; all problems are told at once, not only the first. */
export function parseOrder(input: unknown): ParsedOrder {
  const problems: Problem[] = [];
  const report = (path: string, message: string) => problems.push({ path, message });
  if (!isRecord(input)) return { state: 'invalid', problems: [{ path: '', message: 'must be an object' }] };
  const customer = text(input.customer, 'customer', report);
  const country = matching(input.country, COUNTRY, 'country', 'must be a two-letter code', report);
  const unit = typeof input.currency === 'string' ? currency(input.currency) : undefined;
  if (!unit) report('currency', 'must be a known currency');
  const discount = matching(input.discount ?? '0', SHARE, 'discount', 'must be a share below 1', report);
  const lines = parseLines(input.lines, unit?.code, report);
  if (problems.length > 0 || !unit) return { state: 'invalid', problems };
  return { state: 'valid', order: { customer, country, currency: unit.code, lines, discount } };
}

type Report = (path: string, message: string) => void;

function parseLines(input: unknown, code: CurrencyCode | undefined, report: Report): OrderLine[] {
  if (!Array.isArray(input) || input.length === 0) {
    report('lines', 'must be a list with at least one line');
    return [];
  }
  if (input.length > MAX_LINES) {
    report('lines', `must have at most ${MAX_LINES} lines`);
    return [];
  }
  const lines: OrderLine[] = [];
  const seen = new Set<string>();
  for (const [index, line] of input.entries()) {
    const parsed = parseLine(line, `lines[${index}]`, code, report);
    if (!parsed) continue;
    if (seen.has(parsed.sku)) report(`lines[${index}].sku`, `${parsed.sku} is listed twice`);
    seen.add(parsed.sku);
    lines.push(parsed);
  }
  return lines;
}

function parseLine(
  input: unknown,
  path: string,
  code: CurrencyCode | undefined,
  report: Report,
): OrderLine | undefined {
  if (!isRecord(input)) {
    report(path, 'must be an object');
    return undefined;
  }
  const sku = matching(input.sku, SKU, `${path}.sku`, 'must look like ABC-1234-XY', report);
  const { quantity, taxClass = 'standard' } = input;
  if (!Number.isSafeInteger(quantity) || (quantity as number) < 1) {
    report(`${path}.quantity`, 'must be a whole number above zero');
  }
  if (!TAX_CLASSES.includes(taxClass as string)) report(`${path}.taxClass`, 'must be a known tax class');
  const unitPrice = amount(input.unitPrice, `${path}.unitPrice`, code, report);
  if (!unitPrice) return undefined;
  return { sku, quantity: quantity as number, unitPrice, taxClass: taxClass as TaxClass };
}

function amount(input: unknown, path: string, code: CurrencyCode | undefined, report: Report) {
  if (typeof input !== 'string') {
    report(path, 'must be text, such as "12.50"');
    return undefined;
  }
  try {
    const parsed = parseMoney(input, code === undefined ? undefined : currency(code));
    if (parsed.minor < 0n) report(path, 'must not be negative');
    if (code !== undefined && parsed.currency !== code) report(path, `must be in ${code}`);
    return parsed;
  } catch (error) {
    if (!(error instanceof MoneySyntaxError)) throw error;
    report(path, error.message);
    return undefined;
  }
}

function text(input: unknown, path: string, report: Report): string {
  if (typeof input === 'string' && input.trim() !== '') return input;
  report(path, 'must not be empty');
  return '';
}

function matching(input: unknown, pattern: RegExp, path: string, message: string, report: Report): string {
  if (typeof input === 'string' && pattern.test(input)) return input;
  report(path, message);
  return '';
}

function isRecord(input: unknown): input is Record<string, unknown> {
  return typeof input === 'object' && input !== null && !Array.isArray(input);
}
