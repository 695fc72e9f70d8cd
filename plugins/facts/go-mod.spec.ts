import { describe, expect, it } from 'vitest';
import { goImports, goModFacts, goModuleName, goWorkMembers } from './go-mod.ts';

describe('goModFacts', () => {
  it('reads blocks and single lines, comments and quotes', () => {
    const source = [
      '\uFEFFmodule example.com/shop/inventory/v2 // the service',
      'go 1.26',
      'require (',
      '\texample.com/shop/stock v0.0.0 // indirect',
      '\t"example.com/quoted" v1.2.3',
      ')',
      'require example.com/single v1.0.0',
      'replace example.com/shop/stock => ../stock',
      'replace (',
      '\texample.com/other v1.0.0 => ./vendor/other',
      '\texample.com/fork => example.com/theirs v1.0.1',
      ')',
    ].join('\r\n');
    expect(goModFacts(source)).toEqual({
      module: 'example.com/shop/inventory/v2',
      requires: ['example.com/shop/stock', 'example.com/quoted', 'example.com/single'],
      replaces: [
        { module: 'example.com/shop/stock', path: '../stock' },
        { module: 'example.com/other', path: './vendor/other' },
      ],
    });
  });

  it('takes garbage for a file without anything', () => {
    expect(goModFacts('<<<<<<< HEAD\n\0\u0001(((\n')).toEqual({ requires: [], replaces: [] });
  });
});

describe('goWorkMembers', () => {
  it('lists folders of both forms', () => {
    expect(goWorkMembers('go 1.26\nuse ./a\nuse (\n  ./b // two\n  "./c d"\n)\n')).toEqual([
      './a',
      './b',
      './c d',
    ]);
  });
});

describe('goModuleName', () => {
  it.each([
    ['example.com/shop/inventory', 'inventory'],
    ['example.com/shop/inventory/v2', 'inventory'],
    ['gopkg.in/yaml.v3', 'yaml'],
    ['v2', 'v2'],
    ['', undefined],
  ])('%s → %s', (module, name) => {
    expect(goModuleName(module)).toBe(name);
  });
});

describe('goImports', () => {
  it('reads blocks, single imports, aliases and leaves comments and later text alone', () => {
    const source = [
      '/* import "example.com/in-comment"',
      'type x */',
      'package stock',
      'import "fmt"',
      'import (',
      '  alias "example.com/a/b"',
      '  _ "example.com/c" // why',
      '  // "example.com/not"',
      ')',
      'import . `example.com/raw`',
      'var text = `',
      'import "example.com/in-string"',
      '`',
    ].join('\n');
    expect(goImports(source)).toEqual(['fmt', 'example.com/a/b', 'example.com/c', 'example.com/raw']);
  });
});
