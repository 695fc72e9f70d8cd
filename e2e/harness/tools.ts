import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { must, run } from './run.ts';

/** Toolchains of this machine and the tools that the tests bring along. Absent: not to be had here. */
export interface Tools {
  /** Python 3.11 or newer. */
  readonly python?: string;
  /** Folder with uv, installed from PyPI; absent without Python. */
  readonly uv?: string;
  /** Folder with pnpm. */
  readonly pnpm: string;
  readonly go: boolean;
}

type Env = Readonly<Record<string, string | undefined>>;

const PNPM = '10.24.0';
const UV = '0.13.9';

/** Finds toolchains and installs uv and pnpm into `cache`, which later runs find again. */
export async function findTools(cache: string, env: Env): Promise<Tools> {
  mkdirSync(cache, { recursive: true });
  const python = await findPython(cache, env);
  const uv = python === undefined ? undefined : await installUv(cache, python, env);
  return {
    ...(python === undefined ? {} : { python }),
    ...(uv === undefined ? {} : { uv }),
    pnpm: await installPnpm(cache, env),
    go: (await run('go', ['version'], { cwd: cache, env })).code === 0,
  };
}

async function findPython(cwd: string, env: Env): Promise<string | undefined> {
  const code = 'import sys; assert sys.version_info >= (3, 11); print(sys.executable)';
  for (const command of ['python3', 'python']) {
    const found = await run(command, ['-c', code], { cwd, env });
    if (found.code === 0) return found.stdout.trim();
  }
  return undefined;
}

async function installUv(cache: string, python: string, env: Env): Promise<string> {
  return once(join(cache, `uv-${UV}`), 'bin', async (folder) => {
    await must(python, ['-m', 'venv', join(folder, 'venv')], { cwd: cache, env });
    await must(join(folder, 'venv/bin/pip'), ['install', '--quiet', `uv==${UV}`], { cwd: cache, env });
    // A folder with uv alone: the one of the environment would put its Python on the path as well.
    mkdirSync(join(folder, 'bin'));
    symlinkSync('../venv/bin/uv', join(folder, 'bin/uv'));
  });
}

async function installPnpm(cache: string, env: Env): Promise<string> {
  return once(join(cache, `pnpm-${PNPM}`), 'node_modules/.bin', async (folder) => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"private":true}');
    await must('npm', ['install', '--no-save', `pnpm@${PNPM}`], { cwd: folder, env });
  });
}

/** Makes a folder once; an attempt that broke off leaves nothing behind that looks finished. */
async function once(folder: string, bin: string, make: (folder: string) => Promise<void>): Promise<string> {
  const done = join(folder, '.done');
  if (!existsSync(done)) {
    rmSync(folder, { recursive: true, force: true });
    await make(folder);
    writeFileSync(`${done}.tmp`, '');
    renameSync(`${done}.tmp`, done);
  }
  return join(folder, bin);
}
