import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Side } from '../../harnesses/harness.ts';
import pyperf from '../../harnesses/pyperf/index.ts';
import pytest from '../../harnesses/pytest-benchmark/index.ts';
import { runProcess } from '../../kernel/process/run.ts';
import type { ProcessRequest } from '../../kernel/process/types.ts';
import { contaminating } from '../contamination.ts';
import { copyOf, testPython } from './fixtures/environment.ts';
import python from './index.ts';
import { pinsEqual, shareDependencies } from './install.ts';
import { pinsOf } from './pins.ts';
import { pythonProjects } from './projects.ts';
import { findInterpreter } from './toolchain.ts';

const context = { run: runProcess, progress: () => {} };
const found = await testPython();
const reason = found.state === 'missing' ? ` (skipped: ${found.reason})` : '';
const folders: { remove(): void }[] = [];
afterAll(() => {
  for (const folder of folders) folder.remove();
});

/** A tree of files in a fresh folder. */
function tree(files: Readonly<Record<string, string>>): string {
  const folder = copyOf();
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder.path, path, '..'), { recursive: true });
    writeFileSync(join(folder.path, path), text);
  }
  return folder.path;
}

describe('pins', () => {
  it('names the lockfile of an ancestor, and manifests only where nothing is locked', async () => {
    const locked = tree({ 'uv.lock': '', 'pyproject.toml': '', 'libs/a/pyproject.toml': '' });
    expect(await python.lockfiles(join(locked, 'libs/a'), locked)).toEqual(['uv.lock']);
    const loose = tree({ 'requirements-dev.txt': '', 'a/pyproject.toml': '', 'a/requirements.txt': '' });
    expect(await python.lockfiles(join(loose, 'a'), loose)).toEqual([
      'a/pyproject.toml',
      'a/requirements.txt',
    ]);
    expect(await python.lockfiles(loose, loose)).toEqual(['requirements-dev.txt']);
    expect(await python.lockfiles(tree({}), '/')).toEqual([]);
  });

  it("are equal where only the workspace's own packages changed", () => {
    const lock = (own: string, other: string): string =>
      `[[package]]\nname = "a"\nversion = "${own}"\nsource = { editable = "libs/a" }\n[[package]]\nname = "b"\nversion = "${other}"\nsource = { registry = "https://pypi.org/simple" }\n`;
    expect(pinsOf('uv.lock', lock('1', '1'))).toBe(pinsOf('uv.lock', lock('2', '1')));
    expect(pinsOf('uv.lock', lock('1', '1'))).not.toBe(pinsOf('uv.lock', lock('1', '2')));
    const manifest = (version: string, needs: string): string =>
      `[project]\nname = "a"\nversion = "${version}"\ndependencies = ["${needs}"]\n[tool.ruff]\nline-length = ${version}\n`;
    expect(pinsOf('pyproject.toml', manifest('1', 'x'))).toBe(pinsOf('pyproject.toml', manifest('2', 'x')));
    expect(pinsOf('pyproject.toml', manifest('1', 'x'))).not.toBe(
      pinsOf('pyproject.toml', manifest('1', 'y')),
    );
    expect(pinsOf('pyproject.toml', '<<<<<<< HEAD')).toBe('<<<<<<< HEAD');
  });
});

it('finds the projects of a workspace and what they can be imported as', () => {
  const root = tree({
    'pyproject.toml': '[tool.uv.workspace]\nmembers = ["libs/*"]\n',
    'libs/Flat_Lib/pyproject.toml': '[project]\nname = "Flat_Lib"\n',
    'libs/Flat_Lib/flat/__init__.py': '',
    'libs/Flat_Lib/tests/__init__.py': '',
    'libs/Flat_Lib/single.py': '',
    'libs/Flat_Lib/conftest.py': '',
    'libs/src.lib/pyproject.toml': '[tool.poetry]\nname = "src.lib"\n',
    'libs/src.lib/src/acme/inner/__init__.py': '',
    'libs/old/setup.py': 'from setuptools import setup\nsetup(name="old-one", version="1")\n',
    'libs/old/old_one/__init__.py': '',
    'libs/old/.venv/pyproject.toml': '',
    'node_modules/x/pyproject.toml': '',
    'env/pyvenv.cfg': '',
    'env/pyproject.toml': '',
  });
  const modules = Object.fromEntries(
    pythonProjects(root).map((project) => [
      project.name,
      Object.entries(project.modules).map(([name, folder]) => `${name} ${folder.slice(root.length + 1)}`),
    ]),
  );
  expect(Object.values(modules).length).toBe(4);
  expect(modules['flat-lib']?.sort()).toEqual(['flat libs/Flat_Lib', 'single libs/Flat_Lib']);
  expect(modules['src-lib']).toEqual(['acme libs/src.lib/src']);
  expect(modules['old-one']).toEqual(['old_one libs/old']);
});

describe('dependencies of the base', () => {
  const side = (name: Side['name'], root: string): Side => ({
    name,
    repoRoot: root,
    workspaceRoot: root,
    projectRoot: join(root, 'app'),
  });
  const probe = {
    state: 'exited' as const,
    code: 0,
    stderr: '',
    truncated: false,
    durationMs: 1,
    stdout: `\n${JSON.stringify({ command: '/py/bin/python', version: '3.12.1', prefix: '/py', basePrefix: '/usr', found: { pytest: '9.0.0' } })}`,
  };

  async function commands(files: Record<string, string>, fails: (line: string) => boolean = () => false) {
    const base = side('base', tree({ 'app/pyproject.toml': '', ...files }));
    const head = side('head', tree({ 'app/pyproject.toml': '' }));
    const lines: string[] = [];
    const run = async ({ command, args }: ProcessRequest) => {
      if (args[0] === '-c') return probe;
      const line = [command, ...args].join(' ').replaceAll(base.repoRoot, '<base>');
      lines.push(line);
      if (!fails(line)) return { ...probe, stdout: '' };
      return { ...probe, code: 2, stdout: 'resolving\n', stderr: 'no such version' };
    };
    const done = shareDependencies(base, head, { run, progress: () => {} });
    return { lines, done };
  }

  it('are those of the head where the pins are equal', async () => {
    const files = { 'uv.lock': 'version = 1\n', 'app/pyproject.toml': '[project]\nname = "app"\n' };
    const base = side('base', tree(files));
    const head = side('head', tree({ ...files, 'app/pyproject.toml': '[project]\nname = "app2"\n' }));
    expect(pinsEqual(base, head)).toBe(true);
    const run = async () => expect.unreachable('nothing is to be run');
    await shareDependencies(base, head, { run, progress: () => {} });
  });

  it('are installed by the tool of the lockfile', async () => {
    const uv = await commands({ 'uv.lock': 'version = 1' });
    await uv.done;
    expect(uv.lines).toEqual(['uv sync --frozen --all-packages --python /py/bin/python --all-groups']);
    const poetry = await commands({ 'app/poetry.lock': '' });
    await poetry.done;
    expect(poetry.lines).toEqual(['poetry install --no-interaction']);
  });

  it('are installed by pip where there is nothing else, with the test tools of the head', async () => {
    const manifest = `[project]\nname = "app"\n[project.optional-dependencies]\ndev = ["x"]\ndocs = ["y"]\n[dependency-groups]\ntest = ["z>=1"]\n`;
    const pip = await commands({ 'app/requirements.txt': 'a', 'app/pyproject.toml': manifest });
    await pip.done;
    expect(pip.lines).toEqual([
      '/py/bin/python -m venv .venv',
      '/py/bin/python -m pip install --disable-pip-version-check --quiet -r <base>/app/requirements.txt -e <base>/app[dev] z>=1 pytest==9.0.0',
    ]);
  });

  it('fail with the last words of the installer', async () => {
    const { done } = await commands({ 'uv.lock': 'version = 1' }, (line) => line.includes('sync'));
    await expect(done).rejects.toMatchObject({
      code: 'base/install-failed',
      message: expect.stringMatching(
        /Python.*'uv sync .*' ended with exit code 2\.\nresolving\n\nno such version$/s,
      ),
    });
  });
});

describe('the toolchain', () => {
  it('is missing with a remedy, by what was tried', async () => {
    const run = async ({ command }: ProcessRequest) =>
      ({ state: 'not-found', command, reason: 'ENOENT' }) as const;
    const root = tree({});
    const missing = await findInterpreter(root, root, { ...context, run }, {});
    expect(missing).toMatchObject({ state: 'missing' });
    expect(missing.state === 'missing' && missing.what).toBe(
      'No Python 3.9 or later was found (python3 could not be started: ENOENT; python could not be started: ENOENT).',
    );
    const wrong = await findInterpreter(root, root, { ...context, run }, { ASSAY_PYTHON: '/no/python' });
    expect(wrong.state === 'missing' && wrong.remedy).toContain("ASSAY_PYTHON names '/no/python'");
  });

  it.skipIf(found.state === 'missing')('is the environment of the nearest folder', async () => {
    if (found.state === 'missing') return;
    const project = join(found.root, 'head/app');
    expect(await python.toolchain(project, join(found.root, 'head'), context)).toMatchObject({
      state: 'found',
    });
    const active = await findInterpreter(project, found.root, context, {
      VIRTUAL_ENV: join(found.root, 'venv'),
    });
    expect(active.state === 'found' && active.interpreter).toMatchObject({
      command: found.python,
      prefix: join(found.root, 'venv'),
      tools: { pytest: expect.stringMatching(/^\d/), pyperf: expect.stringMatching(/^\d/) },
    });
    expect(active.state === 'found' && active.interpreter.distributions).toContain('the-lib');
  });
});

describe.skipIf(found.state === 'missing')(`the base is the base${reason}`, () => {
  const root = found.state === 'found' ? realpathSync(found.root) : '/';
  const sides = (['head', 'base'] as const).map((name): Side => {
    const tree = join(root, name);
    return { name, repoRoot: tree, workspaceRoot: tree, projectRoot: join(tree, 'app') };
  });
  const [head, base] = sides as [Side, Side];
  const options = { processTimeoutMs: 20_000 };

  async function prepared(side: Side, harness: typeof pytest, file: string) {
    const other = side === head ? base : head;
    const scratch = copyOf();
    folders.push(scratch);
    const language = await findInterpreter(side.projectRoot, side.workspaceRoot, context, {
      ASSAY_PYTHON: join(root, 'venv/bin/python'),
    });
    expect(language.state).toBe('found');
    process.env.ASSAY_PYTHON = join(root, 'venv/bin/python');
    const env = await python.environment(side, other, context);
    delete process.env.ASSAY_PYTHON;
    const harnessContext = { run: runProcess, scratch: scratch.path, env };
    return harness.prepare(side, [file], options, harnessContext);
  }

  it.each(sides)('in pytest, in its children, editable or installed: $name', async (side) => {
    const other = side === head ? base : head;
    const ready = await prepared(side, pytest, 'tests/test_sides.py');
    const { outcomes, loaded } = await ready.drive({
      file: 'tests/test_sides.py',
      mode: 'sample',
      benchmarks: ['test_sides'],
      iterations: { test_sides: 10 },
      warmup: {},
      chunks: 1,
      targetChunkNs: 1e5,
      maxBenchmarkMs: 100,
      timeoutMs: 20_000,
    });
    const all = Array(6).fill(side.name).join(' ');
    expect(outcomes).toMatchObject([
      { state: 'failed', reason: expect.stringContaining(`AssertionError: ${all} (`) },
    ]);
    expect(loaded.filter((path) => path.endsWith('side.py'))).toEqual([
      join(side.repoRoot, 'app/src/app/side.py'),
      join(side.repoRoot, 'libs/lib/lib/side.py'),
      join(side.repoRoot, 'libs/wheel/src/installed/side.py'),
    ]);
    expect(contaminating(loaded, side, other)).toEqual([]);
  });

  it.each(sides)('in pyperf: $name', async (side) => {
    const ready = await prepared(side, pyperf, 'bench_sides.py');
    const list = { mode: 'list', benchmarks: [], iterations: {}, warmup: {}, chunks: 0 } as const;
    const limits = { targetChunkNs: 1, maxBenchmarkMs: 1, timeoutMs: 20_000 };
    const { outcomes } = await ready.drive({ file: 'bench_sides.py', ...list, ...limits });
    expect(outcomes.map(({ name }) => name)).toEqual([`${side.name} ${side.name} ${side.name}`]);
  });

  it('and a path that code of its own inserts shows among what was loaded', async () => {
    const project = tree({
      'conftest.py': `import sys\nsys.path.insert(0, ${JSON.stringify(join(head.repoRoot, 'libs/wheel/src'))})\n`,
      'test_it.py': 'import installed.side\n\n\ndef test_it(benchmark):\n    benchmark(len, "x")\n',
    });
    const side: Side = { name: 'base', repoRoot: project, workspaceRoot: project, projectRoot: project };
    const ready = await prepared(side, pytest, 'test_it.py');
    const [file] = ready.files;
    const sources = file?.state === 'ready' ? file.sources : [];
    expect(contaminating(sources, side, head)).toEqual([
      join(head.repoRoot, 'libs/wheel/src/installed/__init__.py'),
      join(head.repoRoot, 'libs/wheel/src/installed/side.py'),
    ]);
  });
});
