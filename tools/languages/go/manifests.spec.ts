import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ancestors, goLockfiles, localPaths } from './manifests.ts';

const work = join(import.meta.dirname, 'fixtures', 'work');

describe('goLockfiles', () => {
  it('takes the module, the go.work and what that uses', async () => {
    expect(await goLockfiles(join(work, 'apps', 'inventory'), work)).toEqual([
      'apps/inventory/go.mod',
      'go.work',
      'libs/stock/go.mod',
    ]);
  });

  it('finds nothing where there is nothing', async () => {
    expect(await goLockfiles(join(import.meta.dirname, 'fixtures'), import.meta.dirname)).toEqual([]);
  });
});

describe('localPaths', () => {
  it('reads use and replace, single and in blocks', () => {
    const text = `go 1.21

use ./one
use "./two words"

use (
	./three // why
	.
	// ./not
	/absolute
)

replace example.com/a => ../a
replace (
	example.com/b v1.0.0 => ./b
	example.com/c => example.com/c2 v1.2.3
)
`;
    expect(localPaths(text)).toEqual(['./one', './two words', './three', '.', '../a', './b']);
  });
});

describe('ancestors', () => {
  it('ends at the top and does not leave it', () => {
    expect(ancestors('/w/a/b', '/w')).toEqual(['/w/a/b', '/w/a', '/w']);
    expect(ancestors('/w', '/w')).toEqual(['/w']);
    expect(ancestors('/elsewhere/a', '/w')).toEqual(['/elsewhere/a']);
  });
});
