import type { CreateDependenciesContext } from '@nx/devkit';
import { describe, expect, it } from 'vitest';
import { manifestIndex } from '../facts/manifest-index.ts';
import { memoryReader } from '../facts/memory-reader.ts';
import { dependenciesOf } from './dependencies.ts';
import { folderOfImport, goImportEdges } from './go-import-edges.ts';
import { manifestEdges } from './manifest-edges.ts';
import { ownerLookup } from './owners.ts';

function index(files: Record<string, string>) {
  return manifestIndex(Object.keys(files), memoryReader(files));
}

describe('manifestEdges', () => {
  it('follows uv sources, Poetry paths and names of packages here', () => {
    const files = {
      'services/pricing/pyproject.toml':
        '[project]\nname="pricing"\ndependencies=["Shop.Rules>=1","httpx","money"]\n' +
        '[tool.uv.sources]\nmoney = { path = "../../libs/money" }\n',
      'services/tax/pyproject.toml':
        '[tool.poetry]\nname="tax"\n[tool.poetry.dependencies]\nmoney = { path = "../../libs/money" }\nout = { path = "../../../out" }\n',
      'libs/rules/pyproject.toml': '[project]\nname="shop-rules"\n',
      'libs/money/pyproject.toml': '[project]\nname="money"\n',
    };
    const ownerOf = ownerLookup({
      pricing: { root: 'services/pricing' },
      tax: { root: 'services/tax' },
      rules: { root: 'libs/rules' },
      money: { root: 'libs/money' },
    });
    const file = 'services/pricing/pyproject.toml';
    expect(manifestEdges(index(files), ownerOf, new Map())).toEqual([
      { source: 'pricing', target: 'money', file },
      { source: 'pricing', target: 'rules', file },
      { source: 'tax', target: 'money', file: 'services/tax/pyproject.toml' },
    ]);
  });

  it("lets a Python project without a manifest use its ancestor's", () => {
    const files = {
      'pyproject.toml': '[project]\nname="all"\ndependencies=["money"]\n',
      'libs/money/pyproject.toml': '[project]\nname="money"\n',
    };
    const ownerOf = ownerLookup({ batch: { root: 'jobs/batch' }, money: { root: 'libs/money' } });
    expect(manifestEdges(index(files), ownerOf, new Map([['jobs/batch', 'batch']]))).toEqual([
      { source: 'batch', target: 'money' },
    ]);
  });

  it('follows replace and require of go.mod', () => {
    const files = {
      'services/inventory/go.mod':
        'module example.com/inventory\nrequire (\n example.com/stock v0.0.0\n example.com/log v1.0.0\n example.com/else v1.0.0\n)\nreplace example.com/stock => ../../libs/stock\n',
      'libs/stock/go.mod': 'module example.com/stock\n',
      'libs/log/go.mod': 'module example.com/log\n',
    };
    const ownerOf = ownerLookup({
      inventory: { root: 'services/inventory' },
      stock: { root: 'libs/stock' },
      log: { root: 'libs/log' },
    });
    const file = 'services/inventory/go.mod';
    expect(manifestEdges(index(files), ownerOf, new Map())).toEqual([
      { source: 'inventory', target: 'stock', file },
      { source: 'inventory', target: 'log', file },
    ]);
  });

  it('never points a project at itself', () => {
    const files = {
      'app/pyproject.toml': '[project]\nname="app"\ndependencies=["core"]\n',
      'app/core/pyproject.toml': '[project]\nname="core"\n',
    };
    expect(manifestEdges(index(files), ownerLookup({ app: { root: 'app' } }), new Map())).toEqual([]);
  });
});

describe('goImportEdges', () => {
  it('finds projects of one module and of others by the longest module path', () => {
    const files = {
      'go.mod': 'module example.com/shop\n',
      'libs/stock/go.mod': 'module example.com/shop/stock\n',
      'cmd/api/main.go':
        'package main\nimport (\n"example.com/shop/internal/tax"\n"example.com/shop/stock/rules"\n"fmt"\n)\n',
      'internal/tax/tax.go': 'package tax\nimport "example.com/shop/cmd/api"\n',
    };
    const projects = {
      api: { root: 'cmd/api' },
      tax: { root: 'internal/tax' },
      stock: { root: 'libs/stock' },
    };
    const edges = goImportEdges(
      {
        api: [{ file: 'cmd/api/main.go' }],
        tax: [{ file: 'internal/tax/tax.go' }],
        stock: [{ file: 'libs/stock/go.mod' }],
      },
      index(files),
      ownerLookup(projects),
      memoryReader(files),
    );
    expect(edges).toEqual([
      { source: 'api', target: 'tax', file: 'cmd/api/main.go' },
      { source: 'api', target: 'stock', file: 'cmd/api/main.go' },
      { source: 'tax', target: 'api', file: 'internal/tax/tax.go' },
    ]);
  });

  it('resolves import paths at part borders only', () => {
    const modules = new Map([['example.com/shop', '.']]);
    expect(folderOfImport('example.com/shop', modules)).toBe('.');
    expect(folderOfImport('example.com/shop/a/b', modules)).toBe('a/b');
    expect(folderOfImport('example.com/shopping', modules)).toBeUndefined();
    expect(folderOfImport('fmt', modules)).toBeUndefined();
  });
});

describe('dependenciesOf', () => {
  const projects = { a: { root: 'a' }, b: { root: 'b' } } as never;
  const map = (...files: string[]) => ({
    projectFileMap: { a: files.map((file) => ({ file, hash: '1' })) },
    nonProjectFiles: [],
  });
  const context = (processed: string[]): CreateDependenciesContext =>
    ({ projects, fileMap: map('a/go.mod', 'a/x.go'), filesToProcess: map(...processed) }) as never;
  const edge = { source: 'a', target: 'b', file: 'a/x.go' };

  it('ties an edge to its file while Nx listens, and after it has heard', () => {
    const first = dependenciesOf([edge], context(['a/x.go']), {});
    expect(first.dependencies).toEqual([{ source: 'a', target: 'b', type: 'static', sourceFile: 'a/x.go' }]);
    expect(dependenciesOf([edge], context([]), first.record)).toEqual(first);
  });

  it('says an edge that an unchanged file gained as implicit, again and again', () => {
    const second = dependenciesOf([edge], context([]), {});
    expect(second.dependencies).toEqual([{ source: 'a', target: 'b', type: 'implicit' }]);
    expect(dependenciesOf([edge], context([]), second.record)).toEqual(second);
  });

  it("says what an ancestor's manifest declares, or a file of another project, as implicit", () => {
    const { dependencies } = dependenciesOf(
      [
        { source: 'a', target: 'b', file: 'pyproject.toml' },
        { source: 'a', target: 'b' },
      ],
      context(['pyproject.toml']),
      {},
    );
    expect(dependencies).toEqual([{ source: 'a', target: 'b', type: 'implicit' }]);
  });

  it('leaves out projects that do not exist', () => {
    expect(dependenciesOf([{ source: 'a', target: 'gone' }], context([]), {}).dependencies).toEqual([]);
  });
});
