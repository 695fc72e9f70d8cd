import { expect, it } from 'vitest';
import { benchmarkNeedsVitest } from './needs-vite.ts';

// In two parts, since Vitest reads such a comment wherever it finds one.
const environment = '// @vitest-' + 'environment';

it.each([
  ["vi.mock('./x')", 'it uses vi.mock'],
  ['const t = test.extend({})', 'it uses test.extend'],
  ['expect(x).toMatchSnapshot()', 'it uses expect().toMatchSnapshot'],
  ['expect(x).toEqual(expect.any(Number))', 'it uses expect.any'],
  ['import.meta.glob("./*.ts")', 'it uses import.meta.glob'],
  [`${environment} jsdom`, 'it asks for a @vitest-environment'],
  [`${environment} node`, undefined],
  ['// vi.mock("./x")\n/* expect.any */ expect(a).not.toBe(b)', undefined],
  ['bench("x", () => list.toSorted().toString())', undefined],
  ['expect(list.toSorted()).toEqual([1])', undefined],
])('%s → %s', (text, why) => {
  expect(benchmarkNeedsVitest(text)).toBe(why);
});
