import { describe, expect, it } from 'vitest';
import type { ProjectFacts, WorkspaceFacts } from '../facts/project-facts.ts';
import { bench } from './bench.ts';
import { targetNameFor } from './target-name.ts';

const workspace: WorkspaceFacts = {
  namedInputs: new Set(['default', 'production']),
  fingerprintEntry: 'node_modules/nx-assay/dist/fingerprint.js',
};

function facts(changes: Partial<ProjectFacts>): ProjectFacts {
  return {
    root: 'services/pricing',
    name: 'pricing',
    manifests: [],
    benchmarks: {},
    configs: {},
    pins: {},
    looseDependencies: [],
    shadowed: new Set(),
    ...changes,
  };
}

describe('bench', () => {
  it('infers nothing where there is nothing to measure', () => {
    expect(bench.infer(facts({ manifests: ['python'] }), workspace, { name: 'bench' })).toBeUndefined();
  });

  it('infers a constant target with exact inputs', () => {
    const python = facts({
      benchmarks: { python: 'services/pricing/tests/test_rules.py' },
      pins: { python: ['pyproject.toml', 'uv.lock'] },
    });
    expect(bench.infer(python, workspace, { name: 'bench' })).toEqual({
      executor: 'nx-assay:bench',
      cache: true,
      parallelism: false,
      inputs: [
        'default',
        '!{projectRoot}/assay/**',
        '^production',
        '{workspaceRoot}/services/pricing/assay/bench.json',
        '{workspaceRoot}/services/pricing/assay/bench.baseline.json',
        '{workspaceRoot}/services/pricing/assay/accepted.json',
        '{workspaceRoot}/assay/policy.json',
        '{workspaceRoot}/assay/templates/**/*',
        '{workspaceRoot}/pyproject.toml',
        '{workspaceRoot}/uv.lock',
        { externalDependencies: [] },
        { env: 'ASSAY_BASE_PRICING_1E2EA6D9' },
        { env: 'ASSAY_ATTEMPT_PRICING_1E2EA6D9' },
        { env: 'ASSAY_BASE_FALLBACK' },
        { runtime: 'node node_modules/nx-assay/dist/fingerprint.js python' },
      ],
      outputs: ['{workspaceRoot}/.assay/bench/pricing'],
      metadata: {
        description:
          'Measures the benchmarks of this project, compares them with the base and judges the difference.',
        technologies: ['python'],
        help: {
          command: 'npx nx run pricing:bench --help',
          example: { options: { base: 'main', filter: '<regular expression>' } },
        },
      },
    });
  });

  it('keeps npm in the key of anything with TypeScript', () => {
    const both = facts({ benchmarks: { go: 'a_test.go', typescript: 'a.bench.ts' } });
    const target = bench.infer(both, workspace, { name: 'bench' });
    expect(target?.inputs).not.toContainEqual({ externalDependencies: [] });
    expect(target?.metadata?.technologies).toEqual(['go', 'typescript']);
  });

  it('writes config inputs of the root project without its dot', () => {
    const root = facts({ root: '.', benchmarks: { typescript: 'a.bench.ts' } });
    expect(bench.infer(root, workspace, { name: 'bench' })?.inputs).toContain(
      '{workspaceRoot}/assay/bench.json',
    );
  });

  it('asks the named harness, else the manifests, for the language', () => {
    const technologies = (changes: Partial<ProjectFacts>) =>
      bench.infer(facts(changes), workspace, { name: 'bench' })?.metadata?.technologies;
    const config = { enabled: true, hasCommands: false };
    expect(technologies({ configs: { bench: { ...config, harness: 'pyperf' } } })).toEqual(['python']);
    expect(technologies({ configs: { bench: config }, manifests: ['go'] })).toEqual(['go']);
    expect(technologies({ configs: { bench: config } })).toEqual([]);
  });

  it('follows `default` where the workspace defines no production inputs', () => {
    const plain = { ...workspace, namedInputs: new Set<string>() };
    const target = bench.infer(facts({ benchmarks: { go: 'a_test.go' } }), plain, { name: 'bench' });
    expect(target?.inputs?.slice(0, 3)).toEqual(['default', '!{projectRoot}/assay/**', '^default']);
  });
});

describe('targetNameFor', () => {
  it.each([
    [undefined, [], { name: 'bench' }],
    [undefined, ['bench'], { name: 'assay-bench', displaced: 'bench' }],
    [undefined, ['bench', 'assay-bench'], { name: 'assay-bench-2', displaced: 'bench' }],
    [{ bench: 'perf' }, ['bench'], { name: 'perf' }],
    [{ bench: 'perf' }, ['perf'], { name: 'assay-perf', displaced: 'perf' }],
    [{ bench: ' ' }, [], { name: 'bench' }],
  ])('options %j, taken %j', (options, taken, expected) => {
    expect(targetNameFor('bench', options, new Set(taken))).toEqual(expected);
  });
});
