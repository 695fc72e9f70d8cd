import { describe, expect, it } from 'vitest';
import { memoryReader } from '../facts/memory-reader.ts';
import { bench } from '../infer/bench.ts';
import type { PluginOptions } from '../options.ts';
import { planNodes } from './plan.ts';

const GO_BENCH = 'package x\nfunc BenchmarkX(b *testing.B) {}\n';
const PY_BENCH = 'def test_x(benchmark):\n    pass\n';
const BENCH = 'export {};';

/** Plans a workspace given as path → text. */
function plan(files: Record<string, string>, options: PluginOptions = {}) {
  const warnings: string[] = [];
  const nodes = planNodes({
    files: Object.keys(files),
    options,
    workspaceRoot: process.cwd(),
    workspace: { namedInputs: new Set(['default']), fingerprintEntry: 'fingerprint.js' },
    inferences: [bench],
    reader: memoryReader(files),
    warn: (message) => warnings.push(message),
  });
  const projects = Object.assign({}, ...nodes.map(([, result]) => result.projects)) as Record<
    string,
    { name?: string; targets: Record<string, unknown> }
  >;
  return { projects, warnings, sources: nodes.map(([source]) => source) };
}

/** Root → name (undefined where Nx names it) and target names. */
function shape(files: Record<string, string>, options?: PluginOptions) {
  const { projects } = plan(files, options);
  return Object.fromEntries(
    Object.entries(projects).map(([root, { name, targets }]) => [root, [name, ...Object.keys(targets)]]),
  );
}

describe('TypeScript projects', () => {
  const root = { 'package.json': '{"name":"root","workspaces":["packages/*"]}' };

  it('gives workspace packages with benchmarks a target, and no name', () => {
    expect(
      shape({
        ...root,
        'packages/a/package.json': '{"name":"a"}',
        'packages/a/src/x.bench.ts': BENCH,
        'packages/b/package.json': '{"name":"b"}',
      }),
    ).toEqual({ 'packages/a': [undefined, 'bench'] });
  });

  it('makes no node where a package.json is no workspace package', () => {
    expect(shape({ ...root, 'tools/package.json': '{"name":"t"}', 'tools/x.bench.ts': BENCH })).toEqual({});
  });

  it('makes no node of a root package.json that Nx takes for no project', () => {
    expect(shape({ ...root, 'x.bench.ts': BENCH })).toEqual({});
    expect(shape({ 'package.json': '{"name":"root","nx":{}}', 'x.bench.ts': BENCH })).toEqual({
      '.': [undefined, 'bench'],
    });
    expect(shape({ 'package.json': '{"nx":{}}', 'x.bench.ts': BENCH })).toEqual({});
  });

  it('takes project.json for a project, with or without a name', () => {
    expect(shape({ 'libs/x/project.json': '{}', 'libs/x/x.bench.mts': BENCH })).toEqual({
      'libs/x': [undefined, 'bench'],
    });
  });

  it('leaves fixtures, dependencies and other packages to others', () => {
    const files = {
      ...root,
      'packages/a/package.json': '{"name":"a"}',
      'packages/a/fixtures/x.bench.ts': BENCH,
      'packages/a/node_modules/y/x.bench.ts': BENCH,
      'packages/a/example/package.json': '{"name":"example"}',
      'packages/a/example/x.bench.ts': BENCH,
    };
    expect(shape(files)).toEqual({});
    expect(shape({ ...files, 'packages/a/example/package.json': '{"type":"module"}' })).toEqual({
      'packages/a': [undefined, 'bench'],
    });
  });
});

describe('assay/bench.json', () => {
  const project = { 'libs/x/project.json': '{"name":"x"}' };

  it('is the target where it lies, and takes it away with enabled: false', () => {
    expect(shape({ ...project, 'libs/x/assay/bench.json': '{}' })).toEqual({
      'libs/x': [undefined, 'bench'],
    });
    expect(
      shape({ ...project, 'libs/x/assay/bench.json': '{"enabled":false}', 'libs/x/x.bench.ts': BENCH }),
    ).toEqual({});
  });

  it('stays the target where it is malformed: the run says what is wrong', () => {
    expect(shape({ ...project, 'libs/x/assay/bench.json': '<<<<<<< HEAD' })).toEqual({
      'libs/x': [undefined, 'bench'],
    });
  });

  it('makes no target of a baseline alone', () => {
    expect(shape({ ...project, 'libs/x/assay/bench.baseline.json': '{}' })).toEqual({});
  });
});

describe('Python and Go folders', () => {
  const pricing = {
    'services/pricing/pyproject.toml': '[project]\nname = "pricing"\n',
    'services/pricing/tests/test_rules.py': PY_BENCH,
  };
  const inventory = {
    'services/inventory/go.mod': 'module example.com/shop/inventory/v2\n',
    'services/inventory/stock_test.go': GO_BENCH,
  };

  it('become projects where the globs choose them', () => {
    expect(shape({ ...pricing, ...inventory }, { projects: ['services/*'] })).toEqual({
      'services/pricing': ['pricing', 'bench'],
      'services/inventory': ['inventory', 'bench'],
    });
    expect(shape({ ...pricing, ...inventory })).toEqual({});
    expect(shape({ ...pricing, ...inventory }, { projects: ['services/*', '!services/pricing'] })).toEqual({
      'services/inventory': ['inventory', 'bench'],
    });
  });

  it('become none without anything to measure', () => {
    const files = { ...inventory, 'services/inventory/stock_test.go': 'package x\n' };
    expect(shape(files, { projects: ['**'] })).toEqual({});
  });

  it('become projects also where something measured depends on them', () => {
    const files = {
      ...pricing,
      'services/pricing/pyproject.toml': '[project]\nname = "pricing"\ndependencies = ["shop-rules"]\n',
      'libs/rules/pyproject.toml': '[project]\nname = "shop_rules"\n',
      'libs/unused/pyproject.toml': '[project]\nname = "unused"\n',
    };
    expect(shape(files, { projects: ['services/*', 'libs/*'] })).toEqual({
      'services/pricing': ['pricing', 'bench'],
      'libs/rules': ['shop_rules'],
    });
  });

  it('hash the packages that they need and that no project owns', () => {
    const files = {
      'services/pricing/pyproject.toml': '[project]\nname = "pricing"\ndependencies = ["rules"]\n',
      'services/pricing/tests/test_rules.py': PY_BENCH,
      'libs/rules/pyproject.toml': '[project]\nname = "rules"\ndependencies = ["money", "pricing"]\n',
      'libs/money/pyproject.toml': '[project]\nname = "money"\n',
      'libs/unused/pyproject.toml': '[project]\nname = "unused"\n',
    };
    const target = plan(files, { projects: ['services/*'] }).projects['services/pricing']?.targets.bench;
    expect((target as { inputs: unknown[] }).inputs.slice(2, 5)).toEqual([
      '^default',
      '{workspaceRoot}/libs/money/**/*',
      '{workspaceRoot}/libs/rules/**/*',
    ]);
  });

  it('get their paths for names where two are equal, in any order, with a warning', () => {
    const files = {
      'a/x/go.mod': 'module example.com/a/x\n',
      'a/x/x_test.go': GO_BENCH,
      'b/x/go.mod': 'module example.com/b/x\n',
      'b/x/x_test.go': GO_BENCH,
      ...pricing,
      'apps/pricing/project.json': '{}',
    };
    const { projects, warnings } = plan(files, { projects: ['**'] });
    expect(Object.entries(projects).map(([root, { name }]) => [root, name])).toEqual([
      ['a/x', 'a-x'],
      ['b/x', 'b-x'],
      ['services/pricing', 'services-pricing'],
    ]);
    expect(warnings).toHaveLength(3);
    expect(warnings[2]).toContain("'pricing' of services/pricing/pyproject.toml");
  });

  it('keep the name of a project that another plugin makes', () => {
    expect(shape(inventory, { attach: { './services/inventory/': 'inv' }, projects: ['**'] })).toEqual({
      'services/inventory': ['inv', 'bench'],
    });
    expect(shape(inventory, { attach: { 'services/gone': 'gone' } })).toEqual({});
  });

  it('survive malformed manifests with a warning', () => {
    const { projects, warnings } = plan(
      {
        ...inventory,
        'services/pricing/pyproject.toml': '<<<<<<< HEAD\n[project\n',
        'services/pricing/tests/test_rules.py': PY_BENCH,
        'libs/x/project.json': '{',
        'libs/x/x.bench.ts': BENCH,
        'package.json': 'not json',
      },
      { projects: ['**'] },
    );
    expect(Object.keys(projects)).toEqual(['services/inventory']);
    expect(warnings.map((warning) => warning.split(' ', 1)[0]).sort()).toEqual([
      'libs/x/project.json',
      'package.json',
      'services/pricing/pyproject.toml',
    ]);
  });
});

describe('target names', () => {
  it('gives way to a script of the same name and says so', () => {
    const { projects } = plan({
      'package.json': '{"name":"root","workspaces":["a"]}',
      'a/package.json': '{"name":"a","scripts":{"bench":"vitest bench"}}',
      'a/x.bench.ts': BENCH,
    });
    const target = projects.a?.targets['assay-bench'] as { metadata: { description: string } };
    expect(target.metadata.description).toContain("a target or script 'bench' of its own");
  });

  it('takes a name from the options', () => {
    expect(
      shape({ 'x/project.json': '{}', 'x/x.bench.ts': BENCH }, { targetNames: { bench: 'perf' } }),
    ).toEqual({ x: [undefined, 'perf'] });
  });
});

describe('the workspace project', () => {
  const policy = { 'assay/policy.json': '{}' };

  it('is made where the policy lies', () => {
    expect(shape(policy)).toEqual({ assay: ['assay'] });
    expect(shape(policy, { workspaceProject: 'quality' })).toEqual({ assay: ['quality'] });
    expect(shape({ ...policy, 'assay/project.json': '{"name":"assay"}' })).toEqual({});
  });

  it('avoids the name of another project', () => {
    const { projects, warnings } = plan({ ...policy, 'libs/x/project.json': '{"name":"assay"}' });
    expect(projects.assay?.name).toBe('assay-workspace');
    expect(warnings[0]).toContain('workspaceProject');
  });

  it('lives beside the root project of a standalone workspace', () => {
    expect(
      shape({
        ...policy,
        'package.json': '{"name":"app","nx":{}}',
        'src/x.bench.ts': BENCH,
        'assay/bench.json': '{}',
      }),
    ).toEqual({ assay: ['assay'], '.': [undefined, 'bench'] });
  });
});

describe('the plan', () => {
  it('does not depend on the order of files', () => {
    const files = {
      'package.json': '{"name":"root","workspaces":["p/*"]}',
      'p/a/package.json': '{"name":"a"}',
      'p/a/x.bench.ts': BENCH,
      'p/b/package.json': '{"name":"b"}',
      'p/b/assay/bench.json': '{}',
      'assay/policy.json': '{}',
    };
    const reversed = Object.fromEntries(Object.entries(files).reverse());
    expect(JSON.stringify(plan(reversed))).toBe(JSON.stringify(plan(files)));
  });
});
