import type { Random } from '../kernel/statistics/index.ts';

/** Values that stand where others belong. */
const ODD: readonly unknown[] = [
  null,
  0,
  -1,
  1e308,
  1e-320,
  -0,
  '',
  'NaN',
  'ns',
  'ms',
  true,
  [],
  {},
  [[]],
  '\u0000',
  '__proto__',
];
const ODD_TEXT = [
  'NaN',
  '0',
  '-1',
  '1e999',
  '+Inf',
  '',
  ' ',
  '\n',
  'ms/op',
  'Unit ns/op better=higher',
  'cpu: Other CPU\n',
  '"',
];

/** One to three mutations of a file: of its text, or, where it is JSON, of its values. */
export function mutate(text: string, random: Random): string {
  let mutated = text;
  const times = 1 + Math.floor(random() * 3);
  for (let i = 0; i < times; i++) {
    mutated = (random() < 0.5 ? mutateJson(mutated, random) : undefined) ?? mutateText(mutated, random);
  }
  return mutated;
}

function mutateText(text: string, random: Random): string {
  const at = Math.floor(random() * (text.length + 1));
  const to = Math.min(text.length, at + Math.floor(random() ** 3 * text.length));
  const lines = text.split('\n');
  const line = Math.floor(random() * lines.length);
  const other = Math.floor(random() * lines.length);
  switch (Math.floor(random() * 9)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(at);
    case 2:
      return text.slice(0, at) + text.slice(to);
    case 3:
      return text.slice(0, at) + pick(ODD_TEXT, random) + text.slice(at);
    case 4:
      return text.slice(0, to) + text.slice(at);
    case 5:
      return lines.toSpliced(line, 1).join('\n');
    case 6:
      return lines.toSpliced(line, 1, lines[other] ?? '').join('\n');
    case 7:
      return replaceNumber(text, random);
    default: {
      const code = Math.floor(random() * 256);
      return text.slice(0, at) + String.fromCharCode(code) + text.slice(at + 1);
    }
  }
}

function replaceNumber(text: string, random: Random): string {
  const numbers = [...text.matchAll(/\d+(?:\.\d+)?(?:e[-+]?\d+)?/g)];
  const found = numbers[Math.floor(random() * numbers.length)];
  if (found === undefined) return text;
  return text.slice(0, found.index) + pick(ODD_TEXT, random) + text.slice(found.index + found[0].length);
}

/** Undefined where the text is no JSON. */
function mutateJson(text: string, random: Random): string | undefined {
  const lines = text.trim().split('\n');
  try {
    if (text.startsWith('{"reason"') && lines.length > 1) {
      const at = Math.floor(random() * lines.length);
      return lines.with(at, JSON.stringify(mutateValue(JSON.parse(lines[at] ?? ''), random))).join('\n');
    }
    return JSON.stringify(mutateValue(JSON.parse(text), random));
  } catch {
    return undefined;
  }
}

/** Walks down to some value and puts another in its place, removes it, or doubles it. */
function mutateValue(value: unknown, random: Random): unknown {
  if (Array.isArray(value) && value.length > 0 && random() < 0.9) {
    const at = Math.floor(random() * value.length);
    const roll = random();
    if (roll < 0.1) return value.toSpliced(at, 1);
    if (roll < 0.15) return value.slice(0, at);
    if (roll < 0.2) return [...value, value[at]];
    if (roll < 0.23) return [...value].reverse();
    return value.with(at, mutateValue(value[at], random));
  }
  if (typeof value === 'object' && value !== null && random() < 0.92) {
    const keys = Object.keys(value);
    const key = keys[Math.floor(random() * keys.length)];
    if (key === undefined) return pick(ODD, random);
    const fields = { ...(value as Record<string, unknown>) };
    const roll = random();
    if (roll < 0.08) delete fields[key];
    else if (roll < 0.12) {
      fields[`${key}x`] = fields[key];
      delete fields[key];
    } else fields[key] = mutateValue(fields[key], random);
    return fields;
  }
  if (typeof value === 'number' && random() < 0.4)
    return value * pick([-1, 0, 1e3, 1e-3, 1e6, 1.05, 1e300], random);
  return pick(ODD, random);
}

function pick<T>(items: readonly T[], random: Random): T {
  return items[Math.floor(random() * items.length)] as T;
}
