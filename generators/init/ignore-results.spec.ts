import { describe, expect, it } from 'vitest';
import { ignoreResults } from './ignore-results.ts';

describe('ignoreResults', () => {
  it.each([
    ['', '.assay/\n'],
    ['dist\n', 'dist\n.assay/\n'],
    ['dist', 'dist\n.assay/\n'],
    ['dist\r\n', 'dist\r\n.assay/\r\n'],
    ['/.assay\ndist\n', '/.assay\ndist\n'],
    ['**/.assay/ \n', '**/.assay/ \n'],
    ['# .assay/\n', '# .assay/\n.assay/\n'],
    ['my.assay/\n', 'my.assay/\n.assay/\n'],
  ])('%j → %j', (before, after) => {
    expect(ignoreResults(before)).toBe(after);
  });
});
