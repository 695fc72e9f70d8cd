import { globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../files/package-file.ts';
import type { ErrorRow } from './assay-error.ts';

/** Stands for any parameter: a text, a number, a list; whatever is asked of it, it answers. */
const anything: unknown = new Proxy(() => 'sample', {
  get: (_, key) => {
    if (key === Symbol.toPrimitive) return (hint: string) => (hint === 'number' ? 3 : 'sample');
    if (key === Symbol.iterator) return [][Symbol.iterator];
    if (key === 'toJSON') return () => 'sample';
    if (key === 'length') return 3;
    return anything;
  },
  apply: () => anything,
});

type Rows = Readonly<Record<string, ErrorRow<unknown>>>;
interface Row {
  readonly code: string;
  readonly room: string;
  readonly row: ErrorRow<unknown>;
}

const root = packageRoot();
const files = globSync('{tools,plugins,executors,generators}/**/errors.ts', {
  cwd: root,
  exclude: ['**/fixtures/**', '**/node_modules/**'],
}).sort();

const table: Row[] = [];
for (const file of files) {
  const exported = (await import(join(root, file))) as Record<string, unknown>;
  for (const value of Object.values(exported)) {
    const rows = (value as { rows?: Rows } | null)?.rows;
    for (const [code, row] of Object.entries(rows ?? {})) table.push({ code, room: file, row });
  }
}

describe('the error table', () => {
  it('finds the rows of every room', () => {
    expect(files).toContain(join('tools', 'kernel', 'git', 'errors.ts'));
    for (const file of files)
      expect(
        table.some(({ room }) => room === file),
        `${file} has no row`,
      ).toBe(true);
  });

  it('has each code once', () => {
    const rooms = Map.groupBy(table, ({ code }) => code);
    const twice = [...rooms]
      .filter(([, rows]) => rows.length > 1)
      .map(([code, rows]) => [code, rows.map((r) => r.room)]);
    expect(twice).toEqual([]);
  });

  it.each(table)('$code says what is wrong and what to do', ({ code, row }) => {
    expect(code).toMatch(/^[a-z][a-z0-9-]*\/[a-z0-9]+(-[a-z0-9]+)*$/);
    for (const text of [row.message(anything), row.remedy(anything)]) {
      const sentence = String(text);
      // A sentence, at whose end a parameter may stand: the words of a tool, or a remedy that it brought along.
      expect(sentence).toMatch(/^sample$|^\S.{14,}(?:[.!?)]|sample)$/s);
      expect(sentence).not.toMatch(/undefined|\[object|=>/);
    }
    expect(String(row.message(anything))).not.toBe(String(row.remedy(anything)));
  });
});
