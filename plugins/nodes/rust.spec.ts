import { describe, expect, it } from 'vitest';
import { manifestEdges } from '../edges/manifest-edges.ts';
import { ownerLookup } from '../edges/owners.ts';
import { manifestIndex } from '../facts/manifest-index.ts';
import { memoryReader } from '../facts/memory-reader.ts';
import { bench } from '../infer/bench.ts';
import { planNodes } from './plan.ts';

const member = (name: string, rest = '') => `[package]\nname = "${name}"\nversion = "0.1.0"\n${rest}`;
const measured =
  '[dev-dependencies]\ncriterion = { workspace = true }\n[[bench]]\nname = "x"\nharness = false\n';

const files: Record<string, string> = {
  'Cargo.toml':
    '[workspace]\nmembers = ["crates/*"]\n[workspace.dependencies]\nmoney = { path = "crates/money" }\ncriterion = "0.5"\n' +
    '[patch.crates-io]\nparser = { path = "vendored/parser" }\n',
  'Cargo.lock': '',
  '.cargo/config.toml': '',
  'crates/pricing/Cargo.toml': member(
    'shop-pricing',
    `[dependencies]\nmoney.workspace = true\nparser = "1"\nserde = "1"\n[target.'cfg(unix)'.dependencies]\ntax = { path = "../tax" }\n${measured}`,
  ),
  'crates/money/Cargo.toml': member('money'),
  'crates/tax/Cargo.toml': member('tax'),
  'crates/idle/Cargo.toml': member('idle'),
  'vendored/parser/Cargo.toml': member('parser'),
};

function plan(given: Record<string, string>, projects: string[]) {
  const warnings: string[] = [];
  const nodes = planNodes({
    files: Object.keys(given),
    options: { projects },
    workspaceRoot: process.cwd(),
    workspace: { namedInputs: new Set(['default']), fingerprintEntry: 'fingerprint.js' },
    inferences: [bench],
    reader: memoryReader(given),
    warn: (message) => warnings.push(message),
  });
  const found = nodes.flatMap(([source, { projects: made }]) =>
    Object.entries(made ?? {}).map(([root, { name, targets }]) => ({ source, root, name, targets })),
  );
  return { found, warnings };
}

describe('Rust folders', () => {
  it('become projects where they have benchmarks or something measured needs them', () => {
    const { found, warnings } = plan(files, ['crates/*']);
    expect(found.map(({ root, name, targets }) => [root, name, ...Object.keys(targets ?? {})])).toEqual([
      ['crates/money', 'money'],
      ['crates/pricing', 'shop-pricing', 'bench'],
      ['crates/tax', 'tax'],
    ]);
    expect(found.map(({ source }) => source)).toContain('crates/pricing/Cargo.toml');
    expect(warnings).toEqual([]);
  });

  it('have what pins their crates and compiler among their inputs, and packages that are no projects', () => {
    const { found } = plan(files, ['crates/*']);
    const target = found.find(({ name }) => name === 'shop-pricing')?.targets?.bench;
    expect(target?.inputs).toEqual(
      expect.arrayContaining([
        '{workspaceRoot}/Cargo.toml',
        '{workspaceRoot}/Cargo.lock',
        '{workspaceRoot}/.cargo/config.toml',
        '{workspaceRoot}/vendored/parser/**/*',
        { externalDependencies: [] },
        { runtime: 'node fingerprint.js rust' },
      ]),
    );
    expect(target?.metadata?.technologies).toEqual(['rust']);
  });

  it.each([
    ['no criterion', '[dev-dependencies]\ndivan = "0.1"\n[[bench]]\nname = "x"\nharness = false\n'],
    ['rustc’s own harness', '[dev-dependencies]\ncriterion = "0.5"\n[[bench]]\nname = "x"\n'],
    ['no target', '[dev-dependencies]\ncriterion = "0.5"\n'],
  ])('have nothing to measure with %s', (_, rest) => {
    expect(plan({ 'a/Cargo.toml': member('a', rest) }, ['a']).found).toEqual([]);
  });

  it('use drop-in replacements of criterion under its name', () => {
    const rest =
      '[dev-dependencies]\ncriterion = { package = "codspeed-criterion-compat", version = "2" }\n[[bench]]\nname = "x"\nharness = false\n';
    expect(plan({ 'a/Cargo.toml': member('a', rest) }, ['a']).found).toHaveLength(1);
  });

  it('are left out with a warning where the manifest is broken', () => {
    const { found, warnings } = plan({ 'a/Cargo.toml': '[package\n' }, ['a']);
    expect(found).toEqual([]);
    expect(warnings).toEqual([expect.stringMatching(/^a\/Cargo\.toml is left out: /)]);
  });
});

describe('edges between crates', () => {
  it('follow paths, the workspace’s dependencies and its patches', () => {
    const index = manifestIndex(Object.keys(files), memoryReader(files));
    const ownerOf = ownerLookup({
      pricing: { root: 'crates/pricing' },
      money: { root: 'crates/money' },
      tax: { root: 'crates/tax' },
      parser: { root: 'vendored/parser' },
    });
    const file = 'crates/pricing/Cargo.toml';
    expect(manifestEdges(index, ownerOf, new Map())).toEqual([
      { source: 'pricing', target: 'money', file },
      { source: 'pricing', target: 'parser', file },
      { source: 'pricing', target: 'tax', file },
    ]);
  });
});
