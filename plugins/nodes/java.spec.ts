import { describe, expect, it } from 'vitest';
import { manifestEdges } from '../edges/manifest-edges.ts';
import { ownerLookup } from '../edges/owners.ts';
import { manifestIndex } from '../facts/manifest-index.ts';
import { memoryReader } from '../facts/memory-reader.ts';
import { bench } from '../infer/bench.ts';
import { planNodes } from './plan.ts';

const gav = (group: string, artifact: string) =>
  `<groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>1</version>`;
const GROUP = `\${project.groupId}`;
const parent = `<parent>${gav('com.acme', 'all')}</parent>`;
const needs = (...artifacts: string[]) =>
  `<dependencies>${artifacts.map((each) => `<dependency>${gav(GROUP, each)}</dependency>`).join('')}</dependencies>`;
const child = (artifact: string, rest = '') =>
  `<project xmlns="http://maven.apache.org/POM/4.0.0">${parent}<artifactId>${artifact}</artifactId>${rest}</project>`;
const benchmark =
  'package com.acme;\n\nimport org.openjdk.jmh.annotations.*;\n\npublic class PriceBenchmark {\n  @Benchmark\n  public int of() { return 1; }\n}\n';

const files: Record<string, string> = {
  'java/pom.xml': `<project>${gav('com.acme', 'all')}<packaging>pom</packaging><modules><module>price</module><module>money</module><module>idle</module></modules></project>`,
  'java/.mvn/maven.config': '',
  'java/price/pom.xml': child('shop-price', needs('money', 'tax', 'elsewhere')),
  'java/price/src/test/java/com/acme/PriceBenchmark.java': benchmark,
  'java/money/pom.xml': child('money'),
  'java/idle/pom.xml': child('idle', needs('shop-price')),
  'libs/tax/pom.xml': `<project>${gav('com.acme', 'tax')}</project>`,
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

describe('Maven folders', () => {
  it('become projects where they have benchmarks or something measured needs them', () => {
    const { found, warnings } = plan(files, ['java/*']);
    expect(found.map(({ root, name, targets }) => [root, name, ...Object.keys(targets ?? {})])).toEqual([
      ['java/money', 'money'],
      ['java/price', 'shop-price', 'bench'],
    ]);
    expect(found.map(({ source }) => source)).toContain(
      'java/price/src/test/java/com/acme/PriceBenchmark.java',
    );
    expect(warnings).toEqual([]);
  });

  it('have the poms above among their inputs, and modules that are no projects', () => {
    const target = plan(files, ['java/*']).found.find(({ name }) => name === 'shop-price')?.targets?.bench;
    expect(target?.inputs).toEqual(
      expect.arrayContaining([
        '{workspaceRoot}/java/pom.xml',
        '{workspaceRoot}/java/.mvn/maven.config',
        '{workspaceRoot}/libs/tax/**/*',
        { externalDependencies: [] },
        { runtime: 'node fingerprint.js java' },
      ]),
    );
    expect(target?.metadata?.technologies).toEqual(['java']);
  });

  it('need more than a name to have something to measure', () => {
    const given = {
      'a/pom.xml': child('a'),
      'a/src/test/java/ABenchmark.java': benchmark.replace('@Benchmark', '@Test'),
      'a/src/test/java/Other.java': benchmark,
    };
    expect(plan(given, ['a']).found).toEqual([]);
    expect(plan({ ...given, 'a/assay/bench.json': '{}' }, ['a']).found).toMatchObject([
      { name: 'a', targets: { bench: { metadata: { technologies: ['java'] } } } },
    ]);
  });

  it.each([
    ['not closed', '<project><artifactId>a</artifactId>'],
    ['no pom', '<settings/>'],
    ['empty', ''],
  ])('are left out with a warning where the pom is broken: %s', (_, text) => {
    const { found, warnings } = plan({ 'a/pom.xml': text }, ['a']);
    expect(found).toEqual([]);
    expect(warnings).toEqual([expect.stringMatching(/^a\/pom\.xml is left out: /)]);
  });
});

describe('edges between Maven modules', () => {
  it('follow parents and dependencies, and not lists of modules', () => {
    const index = manifestIndex(Object.keys(files), memoryReader(files));
    const ownerOf = ownerLookup({
      all: { root: 'java' },
      price: { root: 'java/price' },
      money: { root: 'java/money' },
      idle: { root: 'java/idle' },
      tax: { root: 'libs/tax' },
    });
    const edge = (source: string, target: string) => ({ source, target, file: `java/${source}/pom.xml` });
    expect(manifestEdges(index, ownerOf, new Map())).toEqual([
      edge('price', 'all'),
      edge('price', 'money'),
      edge('price', 'tax'),
      edge('money', 'all'),
      edge('idle', 'all'),
      edge('idle', 'price'),
    ]);
  });
});
