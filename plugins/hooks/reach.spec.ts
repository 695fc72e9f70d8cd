import { describe, expect, it } from 'vitest';
import type { CachedGraph, CachedTarget } from '../../tools/nx/cached-graph.ts';
import { baseVariable } from '../../tools/nx/environment-variables.ts';
import { parseInvocation } from './argv.ts';
import { comparingTargets } from './reach.ts';

const comparing = (project: string): CachedTarget => ({
  inputs: ['default', { env: baseVariable(project) }],
});

const graph: CachedGraph = {
  nodes: {
    a: {
      data: {
        root: 'a',
        targets: {
          bench: comparing('a'),
          build: {},
          verify: { dependsOn: ['^check', { target: 'build' }] },
          all: { dependsOn: ['*'] },
        },
      },
    },
    b: { data: { root: 'b', targets: { 'assay-bench': comparing('b'), check: { dependsOn: ['b:bench'] } } } },
  },
  dependencies: {},
};

const reached = (line: string) =>
  comparingTargets(graph, parseInvocation(['node', 'nx', ...line.split(' ')])).map(
    ({ project, name }) => `${project}:${name}`,
  );

describe('comparingTargets', () => {
  it.each([
    ['run a:bench', ['a:bench']],
    ['run b:assay-bench', ['b:assay-bench']],
    ['run-many -t build', []],
    ['run-many -t build bench', ['a:bench']],
    ['run-many -t bui*', ['a:bench', 'b:assay-bench']],
    ['affected -t verify', ['a:bench']],
    ['run a:all', ['a:bench', 'b:assay-bench']],
    ['some-command-of-tomorrow', ['a:bench', 'b:assay-bench']],
  ])('%s → %j', (line, expected) => {
    expect(reached(line)).toEqual(expected);
  });
});
