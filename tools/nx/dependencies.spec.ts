import { expect, it } from 'vitest';
import { dependenciesOf } from './dependencies.ts';

const graph = {
  nodes: Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [name, { data: { root: `libs/${name}` } }])),
  dependencies: {
    a: [{ target: 'b' }, { target: 'npm:react' }],
    b: [{ target: 'c' }],
    c: [{ target: 'a' }],
    d: [{ target: 'a' }],
  },
};

it('walks dependencies, through a cycle and past packages from outside', () => {
  expect(dependenciesOf(graph, 'a')).toEqual([
    { name: 'b', root: 'libs/b' },
    { name: 'c', root: 'libs/c' },
  ]);
});

it('knows nothing of a project that is not there', () => {
  expect(dependenciesOf(graph, 'nobody')).toEqual([]);
});
