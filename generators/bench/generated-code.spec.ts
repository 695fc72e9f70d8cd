import { execFileSync, spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Tree } from '@nx/devkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fixtureTree } from './fixture-tree.ts';
import benchGenerator from './generator.ts';

/** What is generated must compile where it is written: asked of the compilers themselves. */
let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'nx-assay generated-')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function generateInto(fixture: string, project: string): Promise<string> {
  const tree = fixtureTree({ [project]: fixture });
  const quiet = (): void => {};
  await benchGenerator(
    tree,
    { project, count: 20, skipFormat: true },
    { readProjects: async () => [], info: quiet, warn: quiet },
  );
  writeOut(tree, project);
  return join(folder, project);
}

function writeOut(tree: Tree, project: string): void {
  for (const { path, content } of tree.listChanges()) {
    if (!path.startsWith(`${project}/`) || content === null) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

function has(command: string, ...args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

const root = join(import.meta.dirname, '../..');
const hasGo = has('go', 'version');
const hasPython = has('python3', '--version');
const hasMaven = has('javac', '-version') && has('mvn', '-v');
if (!hasGo) console.warn('Skipped: go is not installed, so that generated Go is not compiled.');
if (!hasPython) console.warn('Skipped: python3 is not installed, so that generated Python is not compiled.');
if (!hasMaven) console.warn('Skipped: javac and mvn are needed to compile generated Java.');

describe('generated benchmarks', () => {
  it('type-check in TypeScript', async () => {
    const project = await generateInto('typescript-odd', 'rules');
    symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'));
    const options = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2024'];
    const compiler = join(root, 'node_modules/typescript/bin/tsc');
    const { stdout } = spawnSync(
      process.execPath,
      [compiler, ...options, '--types', 'node', 'src/rules.bench.ts'],
      { cwd: project, encoding: 'utf8' },
    );
    // The fixture imports a package that does not exist: its error shows that the compiler has looked.
    expect(stdout).toContain("Cannot find module 'somewhere-else'");
    expect(stdout.split('\n').filter((line) => line.includes('.bench.ts'))).toEqual([]);
  });

  it.skipIf(!hasGo)('pass go vet and gofmt', async () => {
    const project = await generateInto('go-odd', 'odd');
    const env = { ...process.env, GOFLAGS: '', GOWORK: 'off', GOPROXY: 'off', GOTOOLCHAIN: 'local' };
    expect(execFileSync('gofmt', ['-l', '.'], { cwd: project, encoding: 'utf8' })).not.toContain(
      '_bench_test.go',
    );
    const vet = spawnSync('go', ['vet', './...'], { cwd: project, env, encoding: 'utf8' });
    expect(vet.stderr).toBe('');
  });

  it.skipIf(!hasPython)('are Python that runs, benchmark fixture aside', async () => {
    const project = await generateInto('python-odd', 'rules');
    const script = `
import importlib.util, sys
sys.path.insert(0, 'src')
spec = importlib.util.spec_from_file_location('bench', 'tests/benchmarks/test_rules_bench.py')
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
for name in sorted(vars(module)):
    if name.startswith('test_'):
        getattr(module, name)(lambda call, *args, **options: call(*args, **options))
        print(name)
`;
    const { stdout, stderr } = spawnSync('python3', ['-c', script], { cwd: project, encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout.trim().split('\n')).toEqual([
      'test_apply_rules',
      'test_collect',
      'test_convert',
      'test_load',
      'test_slow_search',
      'test_weights',
    ]);
  });

  it.skipIf(!hasMaven)(
    'compile in Java, and JMH makes benchmarks of them',
    async () => {
      const project = await generateInto('java-odd', 'shop');
      const build = (...more: string[]) =>
        spawnSync('mvn', ['-q', '-B', ...more, 'test-compile'], { cwd: project, encoding: 'utf8' });
      const offline = build('-o');
      const result = /offline/.test(offline.stdout) ? build() : offline;
      expect([result.status, result.stdout.slice(0, 2000)]).toEqual([
        0,
        expect.not.stringContaining('ERROR'),
      ]);
      const list = readFileSync(join(project, 'target/test-classes/META-INF/BenchmarkList'), 'utf8');
      const found = [...list.matchAll(/jmh_generated\.(\w+)_jmhTest/g)].map(([, name]) => name);
      expect(found.sort()).toEqual([
        ...[
          'PricesBenchmark_check',
          'PricesBenchmark_drain',
          'PricesBenchmark_largest',
          'PricesBenchmark_mean',
        ],
        ...['PricesBenchmark_merged', 'PricesBenchmark_total', 'ThingBenchmark_shown'],
      ]);
    },
    300_000,
  );
});
