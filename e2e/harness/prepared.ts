import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Host } from './host.ts';
import { must } from './run.ts';

/** Which workspace: a template, a package manager and an Nx, with nx-assay in it or not yet. */
export interface Recipe {
  readonly template: 'poly' | 'standalone' | 'nxlv';
  readonly packageManager: 'npm' | 'pnpm';
  readonly nx: '24' | '23';
  /** By `nx add nx-assay` from the local registry, which runs `init`. */
  readonly assay: boolean;
}

type Env = Readonly<Record<string, string | undefined>>;

const NX = {
  '24': { nx: '24.0.6', '@nx/devkit': '24.0.0' },
  '23': { nx: '23.3.2', '@nx/devkit': '23.3.2' },
} as const;

/**
 * The folder of an installed workspace of this kind, made once a run. It is copied, never used itself.
 * Made under another name and renamed, so that a broken attempt is not taken for a finished one.
 */
export async function prepared(host: Host, recipe: Recipe, env: Env): Promise<string> {
  const name = `${recipe.template}-${recipe.packageManager}-nx${recipe.nx}${recipe.assay ? '-assay' : ''}`;
  const folder = join(host.scratch, 'prepared', name);
  if (existsSync(folder)) return folder;
  const draft = `${folder}.draft`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  if (recipe.assay) {
    await copyTree(await prepared(host, { ...recipe, assay: false }, env), draft, env);
    await must(join(draft, 'node_modules/.bin/nx'), ['add', 'nx-assay'], { cwd: draft, env });
    await commitAll(draft, 'Add nx-assay', env);
  } else {
    cpSync(join(import.meta.dirname, '../fixtures', recipe.template), draft, { recursive: true });
    await install(draft, recipe, env);
    writeFileSync(join(draft, '.npmrc'), `registry=${host.registry}\n`);
    await must('git', ['init', '-q', '-b', 'main'], { cwd: draft, env });
    await commitAll(draft, 'Begin', env);
  }
  renameSync(draft, folder);
  return folder;
}

async function install(folder: string, recipe: Recipe, env: Env): Promise<void> {
  const manifest = join(folder, 'package.json');
  const json = JSON.parse(readFileSync(manifest, 'utf8')) as Record<string, unknown>;
  json.devDependencies = {
    ...NX[recipe.nx],
    ...(recipe.template === 'nxlv' ? { '@nxlv/python': '23.1.1' } : { vitest: '5.1.1' }),
  };
  if (recipe.packageManager === 'npm') {
    // The plugin's own peers name an older Nx than the one it runs under here.
    const args = ['install', ...(recipe.template === 'nxlv' ? ['--legacy-peer-deps'] : [])];
    writeFileSync(manifest, JSON.stringify(json, null, 2));
    await must('npm', args, { cwd: folder, env, timeoutMs: 600_000 });
    return;
  }
  writeFileSync(join(folder, 'pnpm-workspace.yaml'), 'packages:\n  - "packages/*"\n');
  delete json.workspaces;
  writeFileSync(manifest, JSON.stringify(json, null, 2));
  const web = join(folder, 'packages/web/package.json');
  if (existsSync(web)) writeFileSync(web, readFileSync(web, 'utf8').replace('"*"', '"workspace:*"'));
  await must('pnpm', ['install', '--no-frozen-lockfile'], { cwd: folder, env, timeoutMs: 600_000 });
}

/** Copies a tree with its links as they are; shares blocks where the file system can. */
export async function copyTree(from: string, to: string, env: Env): Promise<void> {
  mkdirSync(to, { recursive: true });
  const args = process.platform === 'darwin' ? ['-a'] : ['-a', '--reflink=auto'];
  await must('cp', [...args, `${from}/.`, to], { cwd: to, env });
}

export async function commitAll(folder: string, message: string, env: Env): Promise<string> {
  await must('git', ['add', '-A'], { cwd: folder, env });
  await must('git', ['commit', '-q', '--allow-empty', '-m', message], { cwd: folder, env });
  return (await must('git', ['rev-parse', 'HEAD'], { cwd: folder, env })).stdout.trim();
}
