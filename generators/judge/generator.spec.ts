import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import { describe, expect, it } from 'vitest';
import judgeGenerator from './generator.ts';

describe('nx g nx-assay:judge', () => {
  it('writes settings, and the policy that makes the project where there is none', async () => {
    const tree = createTreeWithEmptyWorkspace();
    await judgeGenerator(tree, { margin: 0.03, controls: ['^fib'], skipFormat: true });
    expect(JSON.parse(tree.read('assay/judge.json', 'utf-8') ?? '')).toEqual({
      $schema: '../node_modules/nx-assay/schemas/judge.schema.json',
      margin: 0.03,
      controls: ['^fib'],
    });
    expect(tree.exists('assay/policy.json')).toBe(true);
  });

  it('leaves what is there', async () => {
    const tree = createTreeWithEmptyWorkspace();
    tree.write('assay/judge.json', '{ "margin": 0.2 }');
    tree.write('assay/policy.json', '{ "mode": "observe" }');
    await judgeGenerator(tree, { skipFormat: true });
    expect(tree.read('assay/judge.json', 'utf-8')).toBe('{ "margin": 0.2 }');
    expect(tree.read('assay/policy.json', 'utf-8')).toBe('{ "mode": "observe" }');
  });
});
