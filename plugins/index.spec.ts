import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packageRoot } from '../tools/kernel/files/package-file.ts';
import type { PluginOptions } from './options.ts';

const GO_BENCH = 'package x\n\nfunc BenchmarkX(b *testing.B) {}\n';
const PY_BENCH = 'def test_x(benchmark):\n    pass\n';
const home = packageRoot();

let folder: string;
let workspace: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-plugin-'));
  workspace = join(folder, 'workspace');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(files: Record<string, string>, options: PluginOptions = {}): void {
  const nxJson = {
    analytics: false,
    plugins: [{ plugin: join(home, 'plugins/index.ts'), options }],
  };
  for (const [file, text] of Object.entries({ 'nx.json': JSON.stringify(nxJson), ...files })) {
    mkdirSync(dirname(join(workspace, file)), { recursive: true });
    writeFileSync(join(workspace, file), text);
  }
  symlinkSync(join(home, 'node_modules'), join(workspace, 'node_modules'));
}

function nx(...args: string[]) {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    NX_DAEMON: 'false',
    NX_CACHE_DIRECTORY: join(folder, 'cache'),
    NX_WORKSPACE_DATA_DIRECTORY: join(folder, 'data'),
    NX_WORKSPACE_ROOT_PATH: workspace,
    CI: 'false',
  };
  for (const name of Object.keys(env))
    if (/^(?:NX_TASK|NX_BASE|VITEST|NODE_OPTIONS|ASSAY_)/.test(name)) delete env[name];
  const nxBin = join(home, 'node_modules/nx/dist/bin/nx.js');
  return spawnSync(process.execPath, [nxBin, ...args], { cwd: workspace, env, encoding: 'utf8' });
}

interface Graph {
  readonly nodes: Readonly<
    Record<string, { readonly data: { readonly root: string; readonly targets: object } }>
  >;
  readonly dependencies: Readonly<
    Record<string, readonly { readonly target: string; readonly type: string }[]>
  >;
}

function graph(): { readonly graph: Graph; readonly said: string } {
  const file = join(folder, 'graph.json');
  const { status, stdout, stderr } = nx('graph', `--file=${file}`);
  expect(status, `${stdout}${stderr}`).toBe(0);
  return { graph: JSON.parse(readFileSync(file, 'utf8')).graph as Graph, said: stderr };
}

/** Name → `root: targets of ours`. */
function ours({ nodes }: Graph): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(nodes)
      .map(([name, { data }]): [string, string] => {
        const targets = Object.entries(data.targets as Record<string, { executor?: string }>);
        const own = targets.filter(([, { executor }]) => executor?.startsWith('nx-assay:'));
        return [name, [`${data.root}:`, ...own.map(([target]) => target)].join(' ')];
      })
      .sort(),
  );
}

describe('real Nx, in', { timeout: 120_000 }, () => {
  it('npm workspaces, with a script called bench', () => {
    write({
      'package.json': '{"name":"root","private":true,"workspaces":["packages/*"]}',
      'packages/a/package.json': '{"name":"@shop/a"}',
      'packages/a/src/a.bench.ts': '',
      'packages/b/package.json':
        '{"name":"b","scripts":{"bench":"vitest bench"},"dependencies":{"@shop/a":"*"}}',
      'packages/b/b.bench.ts': '',
      'tools/package.json': '{"name":"no-project"}',
      'tools/x.bench.ts': '',
      'assay/policy.json': '{}',
    });
    const { graph: found } = graph();
    expect(ours(found)).toEqual({
      '@shop/a': 'packages/a: bench',
      b: 'packages/b: assay-bench',
      assay: 'assay: judge',
    });
    expect(JSON.stringify(found.nodes.b)).toContain("a target or script 'bench' of its own");
  });

  it('a standalone workspace, with the workspace project beside the root', () => {
    write({
      'package.json': '{"name":"app","nx":{}}',
      'src/app.bench.ts': '',
      'assay/bench.json': '{}',
      'assay/policy.json': '{}',
    });
    expect(ours(graph().graph)).toEqual({ app: '.: bench', assay: 'assay: judge' });
  });

  it('Python and Go without any package.json, with edges and equal names', () => {
    write(
      {
        'services/pricing/pyproject.toml': '[project]\nname = "pricing"\ndependencies = ["rules"]\n',
        'services/pricing/tests/test_x.py': PY_BENCH,
        'libs/rules/pyproject.toml': '[project]\nname = "rules"\n',
        'services/inventory/go.mod':
          'module example.com/inventory\nrequire example.com/stock v0.0.0\nreplace example.com/stock => ../../libs/stock\n',
        'services/inventory/x_test.go': GO_BENCH,
        'libs/stock/go.mod': 'module example.com/stock\n',
        'libs/stock/x_test.go': GO_BENCH,
        'cmd/pricing/go.mod': 'module example.com/pricing\n',
        'cmd/pricing/x_test.go':
          'package x\n\nimport "example.com/stock/rules"\n\nfunc BenchmarkX(b *testing.B) {}\n',
      },
      { projects: ['services/*', 'libs/*', 'cmd/*'] },
    );
    const { graph: found, said } = graph();
    expect(ours(found)).toEqual({
      'cmd-pricing': 'cmd/pricing: bench',
      inventory: 'services/inventory: bench',
      rules: 'libs/rules:',
      'services-pricing': 'services/pricing: bench',
      stock: 'libs/stock: bench',
    });
    const edges = Object.entries(found.dependencies).flatMap(([source, targets]) =>
      targets.map(({ target, type }) => `${source} → ${target} ${type}`),
    );
    expect(edges.sort()).toEqual([
      'cmd-pricing → stock static',
      'inventory → stock static',
      'services-pricing → rules static',
    ]);
    expect(said).toContain(
      "the name 'pricing' of services/pricing/pyproject.toml is used by another project",
    );
  });

  it('malformed manifests of all that we read and Nx does not', () => {
    write(
      {
        'package.json': '{"name":"root","workspaces":["packages/*"]}',
        'packages/a/package.json': '{"name":"a", /* why */}',
        'packages/a/a.bench.ts': '',
        'packages/a/assay/bench.json': '\uFEFF<<<<<<< HEAD\n{}\n=======\n{"enabled":false}\n>>>>>>> x\n',
        'py/pyproject.toml': '[project\nname = ',
        'py/test_x.py': PY_BENCH,
        'go/go.mod': '\0\0',
        'go/x_test.go': GO_BENCH,
        'assay/policy.json': '{',
      },
      { projects: ['**'], attach: { nowhere: 'x' } },
    );
    symlinkSync('..', join(workspace, 'packages/a/loop'));
    symlinkSync('.', join(workspace, 'packages/a/loop_test.go'));
    const { graph: found, said } = graph();
    expect(ours(found)).toEqual({ a: 'packages/a: bench', assay: 'assay: judge', go: 'go: bench' });
    expect(said).toContain('py/pyproject.toml is left out');
  });

  it('a run: tasks get the base where a target that compares may run', () => {
    write({
      'package.json': '{"name":"root","workspaces":["a","b"]}',
      'a/package.json': '{"name":"a"}',
      'a/a.bench.ts': '1',
      'b/package.json': '{"name":"b"}',
      'b/project.json': JSON.stringify({
        targets: {
          look: {
            executor: 'nx:run-commands',
            options: { command: 'node b/look.cjs', forwardAllArgs: false },
          },
        },
      }),
      'b/look.cjs': 'console.log("base [" + process.env.ASSAY_BASE + "]")',
      '.gitignore': 'node_modules\n.nx\n',
    });
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
        cwd: workspace,
        encoding: 'utf8',
      }).trim();
    git('init', '-q', '-b', 'main');
    git('add', '-A');
    git('commit', '-q', '-m', '1');
    git('commit', '-q', '--allow-empty', '-m', '2');
    const look = (...args: string[]) =>
      /base \[(.*)\]/.exec(nx(...args, '--output-style=stream').stdout)?.[1];
    const base = git('rev-parse', 'HEAD~1');
    expect(look('run-many', '-t', 'look', 'bench', '-p', 'b', '--base=HEAD~1')).toBe(base);
    writeFileSync(join(workspace, 'b/new.txt'), '');
    expect(look('affected', '-t', 'look', 'bench', '--base=HEAD~1')).toBe(base);
    expect(look('run', 'b:look', '--base=HEAD~1')).toBe('');
  });
});
