import { test } from 'vitest';
import type { CachedGraph } from '../../tools/nx/cached-graph.ts';
import { contentKeys } from './content-key.ts';
import { parseTree } from './tree.ts';

/** A thousand projects of ten files; each depends on the one before its tenth neighbour. */
const rows: string[] = [];
const nodes: Record<string, CachedGraph['nodes'][string]> = {};
const dependencies: Record<string, { target: string }[]> = {};
for (let index = 0; index < 1000; index++) {
  nodes[`p${index}`] = { data: { root: `libs/p${index}` } };
  dependencies[`p${index}`] = index >= 10 ? [{ target: `p${index - 10}` }] : [];
  for (let file = 0; file < 10; file++) {
    rows.push(`100644 blob ${'0'.repeat(40)}\tlibs/p${index}/src/file${file}.ts`);
  }
}
const output = `${rows.join('\0')}\0`;
const graph: CachedGraph = { nodes, dependencies };
const inputs = ['default', '^production', '{workspaceRoot}/go.work', { externalDependencies: [] }];

test('content key', async ({ bench }) => {
  await bench('keys of 1,000 projects at a commit', () => {
    const request = { graph, namedInputs: undefined, workspaceRoot: process.cwd() };
    const keyOf = contentKeys(parseTree(output), request);
    for (const project of Object.keys(nodes)) {
      if (keyOf({ project, name: 'bench', target: { inputs } }).length !== 40) throw new Error('no key');
    }
  }).run();
});
