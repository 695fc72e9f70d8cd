/**
 * What our plugin adds to Nx's project graph: `node tools/scripts/bench-graph.ts [projects…]`.
 *
 * Two equal workspaces, one with the plugin and one without, are computed in turns (with, without, without,
 * with, …) in fresh processes and without the daemon, so that a machine that changes its speed changes it
 * for both. Cold: Nx and the plugin have no cache. Warm: both have theirs.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { packageFile, packageRoot } from '../kernel/files/package-file.ts';

const home = packageRoot();
/** What users get, where it is built; from source Node would spend its time on stripping types. */
const built = join(home, 'dist/plugins/index.js');
const plugin = existsSync(built) ? built : packageFile('plugins/index');
const COLD_PAIRS = 2;
const WARM_PAIRS = 5;

interface Workspace {
  readonly root: string;
  readonly data: string;
}

/** Milliseconds of one graph; `plugin` is what Nx's own clock says of our parts. */
interface Sample {
  readonly wall: number;
  readonly plugin: number;
}

type Row = readonly string[];

function measure(projects: number): readonly Row[] {
  const folder = mkdtempSync(join(tmpdir(), 'assay-graph-'));
  try {
    const plain = generate(join(folder, 'without'), projects, false);
    const ours = generate(join(folder, 'with'), projects, true);
    const cold = inTurns(COLD_PAIRS, ours, plain, (workspace) =>
      rmSync(workspace.data, { recursive: true, force: true }),
    );
    const warm = inTurns(WARM_PAIRS, ours, plain, () => {});
    return [row(projects, 'cold', cold), row(projects, 'warm', warm)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Pair {
  readonly ours: Sample;
  readonly plain: Sample;
}

function inTurns(
  pairs: number,
  ours: Workspace,
  plain: Workspace,
  before: (workspace: Workspace) => void,
): readonly Pair[] {
  const once = (workspace: Workspace) => {
    before(workspace);
    return graph(workspace);
  };
  return Array.from({ length: pairs }, (_, index) => {
    if (index % 2 === 0) return { ours: once(ours), plain: once(plain) };
    const first = once(plain);
    return { ours: once(ours), plain: first };
  });
}

/** One `nx show projects` in a fresh process: it computes the graph of nodes and edges. */
function graph(workspace: Workspace): Sample {
  const started = process.hrtime.bigint();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(home, 'node_modules/nx/dist/bin/nx.js'), 'graph', '--file=graph-of-all.json'],
    {
      cwd: workspace.root,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      env: {
        ...process.env,
        NX_DAEMON: 'false',
        NX_PERF_LOGGING: 'true',
        NX_CACHE_DIRECTORY: join(workspace.data, 'cache'),
        NX_WORKSPACE_DATA_DIRECTORY: workspace.data,
        NX_WORKSPACE_ROOT_PATH: workspace.root,
      },
    },
  );
  const wall = Number(process.hrtime.bigint() - started) / 1e6;
  if (status !== 0) throw new Error(`The graph failed:\n${stdout}${stderr}`);
  return { wall, plugin: ownTime(`${stdout}\n${stderr}`) };
}

function ownTime(log: string): number {
  const spans = log.matchAll(/'nx-assay:(?:createNodes|createDependencies)' ([0-9.]+)ms/g);
  return [...spans].reduce((sum, span) => sum + Number(span[1]), 0);
}

/** 40 % TypeScript, 30 % Python, 30 % Go; every third project depends on its neighbour. */
function generate(root: string, projects: number, hasPlugin: boolean): Workspace {
  const nxJson = {
    analytics: false,
    plugins: hasPlugin ? [plugin] : [],
  };
  put(root, 'nx.json', JSON.stringify(nxJson));
  put(root, 'package.json', '{"name":"all","private":true,"workspaces":["ts/*"]}');
  put(root, '.gitignore', 'node_modules\ngraph-of-all.json\n');
  put(root, 'assay/policy.json', '{}');
  symlinkSync(join(home, 'node_modules'), join(root, 'node_modules'));
  for (let index = 0; index < projects; index++) {
    const kind = index % 10 < 4 ? 'ts' : index % 10 < 7 ? 'py' : 'go';
    languages[kind](root, index);
  }
  return { root, data: `${root}-data` };
}

const languages = {
  ts(root: string, index: number): void {
    const dependency = index % 3 === 0 && index > 10 ? { [`ts-${index - 10}`]: '*' } : {};
    put(root, `ts/p${index}/package.json`, JSON.stringify({ name: `ts-${index}`, dependencies: dependency }));
    put(root, `ts/p${index}/src/main.bench.ts`, 'export {};\n');
    sources(root, `ts/p${index}/src`, 'ts', 'export const x = 1;\n');
  },
  py(root: string, index: number): void {
    const dependency = index % 3 === 0 && index > 10 ? `"py-${index - 10}"` : '';
    put(root, `py/p${index}/project.json`, `{"name":"py-${index}"}`);
    put(
      root,
      `py/p${index}/pyproject.toml`,
      `[project]\nname = "py-${index}"\ndependencies = [${dependency}]\n`,
    );
    put(root, `py/p${index}/tests/test_main.py`, 'def test_main(benchmark):\n    benchmark(len, [])\n');
    sources(root, `py/p${index}/src`, 'py', 'X = 1\n');
  },
  go(root: string, index: number): void {
    const dependency = index % 3 === 0 && index > 10 ? `import _ "example.com/p${index - 10}"\n` : '';
    put(root, `go/p${index}/project.json`, `{"name":"go-${index}"}`);
    put(root, `go/p${index}/go.mod`, `module example.com/p${index}\n\ngo 1.24\n`);
    put(root, `go/p${index}/main_test.go`, 'package p\n\nfunc BenchmarkMain(b *testing.B) {}\n');
    sources(root, `go/p${index}`, 'go', `package p\n\n${dependency}`);
  },
};

function sources(root: string, folder: string, ending: string, text: string): void {
  for (let file = 0; file < 5; file++) put(root, `${folder}/file${file}.${ending}`, text);
}

function put(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function row(projects: number, state: string, pairs: readonly Pair[]): Row {
  const added = pairs.map(({ ours, plain }) => ours.wall - plain.wall);
  const own = pairs.map(({ ours }) => ours.plugin);
  return [
    String(projects),
    state,
    ms(median(pairs.map(({ plain }) => plain.wall))),
    ms(median(pairs.map(({ ours }) => ours.wall))),
    `${ms(median(added))} [${ms(Math.min(...added))}, ${ms(Math.max(...added))}]`,
    `${ms(median(own))} [${ms(Math.min(...own))}, ${ms(Math.max(...own))}]`,
  ];
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

function ms(value: number): string {
  return value.toFixed(0);
}

function print(body: readonly Row[]): void {
  const head = ['projects', 'caches', 'without', 'with', 'added, whole command', 'inside the plugin'];
  const table = [head, ...body];
  const widths = head.map((_, column) => Math.max(...table.map((cells) => (cells[column] as string).length)));
  console.log(
    `Milliseconds: median [least, most] of ${WARM_PAIRS} warm and ${COLD_PAIRS} cold pairs in turns,`,
  );
  console.log(
    `fresh processes, no daemon, ${availableParallelism()} cores, Node ${process.versions.node},\n${plugin}\n`,
  );
  for (const cells of table) {
    console.log(cells.map((cell, column) => cell.padStart(widths[column] as number)).join('   '));
  }
}

const sizes = process.argv
  .slice(2)
  .map(Number)
  .filter((size) => size > 0);
const rows = (sizes.length > 0 ? sizes : [100, 1000]).flatMap(measure);
print(rows);
