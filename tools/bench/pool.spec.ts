import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { dropPool, pairKey, readPool } from './pool.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bench-pool-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const pool = { schema: 'nx-assay/bench-pool@1', pair: 'p', attempts: 2, samples: [] };

it('gives a pool to its own pair alone', async () => {
  const path = join(folder, 'pool.json');
  writeFileSync(path, JSON.stringify(pool));
  expect(await readPool(path, 'p')).toEqual(pool);
  expect(await readPool(path, 'q')).toBeUndefined();
  await dropPool(path);
  await dropPool(path);
  expect(await readPool(path, 'p')).toBeUndefined();
});

it.each([
  '',
  '{"schema":"nx-assay/bench-pool@1","pair":"p","att',
  '[]',
  'null',
  JSON.stringify({ ...pool, schema: 'x@9' }),
])('takes %j for no pool', async (text) => {
  const path = join(folder, 'pool.json');
  writeFileSync(path, text);
  expect(await readPool(path, 'p')).toBeUndefined();
});

it('tells pairs apart by any part', () => {
  const parts = { base: 'a', head: 'b', dirty: {}, judge: { margin: 0.05 } };
  expect(pairKey(parts)).toBe(pairKey({ ...parts }));
  expect(pairKey(parts)).not.toBe(pairKey({ ...parts, dirty: { 'x.ts': '1' } }));
  expect(pairKey(parts)).not.toBe(pairKey({ ...parts, judge: { margin: 0.06 } }));
});
