import { cpSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import criterion from './index.ts';

const fixture = join(import.meta.dirname, 'fixtures', 'shapes');
const root = realpathSync(mkdtempSync(join(tmpdir(), 'assay-criterion-files-')));
const options = { processTimeoutMs: 60_000 };
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('discovery', () => {
  it('finds targets with a main of their own that name criterion', async () => {
    expect(await criterion.discover(join(fixture, 'text'), options)).toEqual([
      'benches/allocator.rs',
      'benches/broken.rs',
      'benches/grouped/main.rs',
      'benches/ill.rs',
      'benches/well.rs',
    ]);
    expect(await criterion.discover(join(fixture, 'text'), { ...options, files: ['**/w*.rs'] })).toEqual([
      'benches/well.rs',
    ]);
    for (const none of [fixture, join(fixture, 'core'), join(fixture, 'no-such-folder')]) {
      expect(await criterion.discover(none, options)).toEqual([]);
    }
  });

  it('lends what lies beside the benchmarks, and nothing that the product uses', async () => {
    const at = join(root, 'lent');
    cpSync(join(fixture, 'text'), at, { recursive: true });
    writeFileSync(join(at, 'benches/table.txt'), '');
    writeFileSync(join(at, 'src/table.rs'), 'pub const T: &str = include_str!("../benches/table.txt");');
    expect(await criterion.overlay(at, ['benches/well.rs'])).toEqual([
      ...['benches/allocator.rs', 'benches/broken.rs', 'benches/common/mod.rs', 'benches/grouped/main.rs'],
      'benches/ill.rs',
      ...['benches/other.rs', 'benches/well.rs'],
    ]);
  });
});
