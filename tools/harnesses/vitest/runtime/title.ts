import { format, inspect } from 'node:util';

/**
 * Title of one case of `test.each` or `describe.each`, as Vitest writes it: `%s %d %i %f %j %o %O`,
 * `%#` (index from 0), `%$` (from 1), `%%`, and `$key.path` where the case is an object.
 */
export function caseTitle(template: string, args: readonly unknown[], index: number): string {
  const numbered = template
    .replace(/%%/g, '\0')
    .replace(/%#/g, String(index))
    .replace(/%\$/g, String(index + 1));
  const places = numbered.match(/%[sdifjoOc]/g)?.length ?? 0;
  const printed = (places > 0 ? format(numbered, ...args.slice(0, places)) : numbered).replace(/\0/g, '%');
  const [first] = args;
  if (typeof first !== 'object' || first === null) return printed;
  return printed.replace(/\$([$\w]+(?:\.[$\w]+)*)/g, (whole, path: string) => {
    const found = lookUp(first, path.split('.'));
    if (!found.there) return whole;
    return typeof found.value === 'string'
      ? found.value
      : inspect(found.value, { depth: 1, breakLength: 120 });
  });
}

function lookUp(start: object, path: readonly string[]): { there: boolean; value?: unknown } {
  let value: unknown = start;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !(key in value)) return { there: false };
    value = (value as Record<string, unknown>)[key];
  }
  return { there: true, value };
}

/** Rows of a tagged template table (`each` followed by a template with `a | b` as its first line). */
export function tableCases(
  strings: readonly string[],
  values: readonly unknown[],
): Record<string, unknown>[] {
  const header = (strings[0] ?? '').trim().split('\n')[0] ?? '';
  const keys = header.split('|').map((key) => key.trim());
  const rows: Record<string, unknown>[] = [];
  for (let at = 0; at + keys.length <= values.length; at += keys.length) {
    rows.push(Object.fromEntries(keys.map((key, i) => [key, values[at + i]])));
  }
  return rows;
}
