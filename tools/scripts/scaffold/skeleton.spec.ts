import { describe, expect, it } from 'vitest';
import { kinds, skeleton } from './skeleton.ts';

describe('skeleton', () => {
  it('has one name in every room of a capability', () => {
    expect(skeleton('capability', 'size-budget').map(({ path }) => path)).toEqual([
      'docs/size-budget.md',
      'e2e/size-budget/size-budget.spec.ts',
      'executors/size-budget/executor.ts',
      'executors/size-budget/options.ts',
      'generators/size-budget/generator.ts',
      'generators/size-budget/options.ts',
      'plugins/infer/size-budget.ts',
      'tools/size-budget/config.ts',
      'tools/size-budget/judge.spec.ts',
      'tools/size-budget/judge.ts',
    ]);
  });

  it.each(kinds)('leaves no placeholder in a %s', (kind) => {
    for (const { path, text } of skeleton(kind, 'size-budget')) {
      expect(`${path}\n${text}`).not.toMatch(/__(name|camel|Pascal|title)__/);
    }
  });

  it('exports names in camel case, as the generated registries expect', () => {
    const files = new Map(skeleton('capability', 'size-budget').map(({ path, text }) => [path, text]));
    expect(files.get('plugins/infer/size-budget.ts')).toContain('export const sizeBudget: Inference');
    expect(files.get('executors/size-budget/options.ts')).toContain('export const sizeBudgetOptionsSchema');
    expect(files.get('tools/size-budget/config.ts')).toContain('export const sizeBudgetConfigSchema');
  });

  it.each(['Size', 'a b', '../x', 'x-', ''])('refuses the name %j', (name) => {
    expect(() => skeleton('harness', name)).toThrow('lower case words with dashes');
  });
});
