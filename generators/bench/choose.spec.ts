import { describe, expect, it } from 'vitest';
import { chooseFunctions } from './choose.ts';
import type { ExportedFunction, Shape } from './exported-function.ts';

const text: Shape = { kind: 'string' };
const unknown: Shape = { kind: 'unknown', text: 'Socket' };

function fn(local: string, shapes: readonly Shape[], more: Partial<ExportedFunction> = {}): ExportedFunction {
  const parameters = shapes.map((shape, index) => ({
    name: `p${index}`,
    shape,
    optional: false,
    keyword: false,
    rest: false,
  }));
  const base = {
    name: local,
    local,
    module: 'm.ts',
    line: 1,
    parameters,
    async: false,
    bodyLines: 3,
    loops: false,
  };
  return { ...base, ...more };
}

const chosen = (functions: readonly ExportedFunction[], count = 5): readonly string[] =>
  chooseFunctions(functions, count).map(({ local }) => local);

describe('chooseFunctions', () => {
  it('prefers work and wide inputs, and keeps the order of equals', () => {
    const list: Shape = { kind: 'list', of: text };
    expect(
      chosen([fn('a', [text]), fn('b', [text]), fn('loops', [text], { loops: true }), fn('wide', [list])]),
    ).toEqual(['loops', 'wide', 'a', 'b']);
  });

  it('leaves out what starts, ends or sends something', () => {
    const names = [
      'main',
      'startServer',
      'Listen',
      'send',
      'deleteUser',
      'createApp',
      'sender',
      'initials',
      'opening',
    ];
    expect(chosen(names.map((name) => fn(name, [text])))).toEqual(['sender', 'initials', 'opening']);
  });

  it('fills up to three, and no further, with what needs a human', () => {
    const open = ['x', 'y', 'z'].map((name) => fn(name, [unknown]));
    expect(chosen([...open, fn('a', [text])])).toEqual(['a', 'x', 'y']);
    expect(chosen([...open, fn('a', [text]), fn('b', [text]), fn('c', [text])])).toEqual(['a', 'b', 'c']);
    expect(chosen([fn('none', []), ...open, fn('a', [text])])).toEqual(['a', 'none', 'x']);
    expect(chosen([...open, fn('a', [text])], 1)).toEqual(['a']);
  });
});
