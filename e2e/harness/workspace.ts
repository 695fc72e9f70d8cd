import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Report } from '../../tools/kernel/report/schema.ts';
import { foreignEnvironment } from './environment.ts';
import type { Host } from './host.ts';
import { commitAll, copyTree, prepared, type Recipe } from './prepared.ts';
import { must, type RunResult, run } from './run.ts';

export interface WorkspaceOptions extends Partial<Recipe> {
  /** Make the Python environment (`uv sync`); needs Python. */
  readonly python?: boolean;
}

export interface NxOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly daemon?: boolean;
  readonly timeoutMs?: number;
}

/** A fresh git workspace of its own in a temporary folder, as a user would have it. */
export interface Workspace {
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Npm, Nx 24 and nx-assay unless told otherwise. */
export async function createWorkspace(host: Host, options: WorkspaceOptions = {}): Promise<Workspace> {
  const { python = false, ...rest } = options;
  const recipe: Recipe = { template: 'poly', packageManager: 'npm', nx: '24', assay: true, ...rest };
  const tools = [host.tools.pnpm, ...(host.tools.uv === undefined ? [] : [host.tools.uv])];
  const setUp = foreignEnvironment(join(host.scratch, 'set-up'), tools);
  const source = await prepared(host, recipe, setUp);
  const folder = mkdtempSync(join(host.scratch, 'ws-'));
  const root = join(folder, 'work space');
  await copyTree(source, root, setUp);
  const env = foreignEnvironment(folder, tools);
  const args = ['sync', '--frozen', '--all-packages', '--quiet', '--python', host.tools.python ?? 'python3'];
  if (python) await must('uv', args, { cwd: root, env });
  return { root, env };
}

/** Runs the workspace's own Nx. Without the daemon unless asked for. */
export function nx(ws: Workspace, args: readonly string[], options: NxOptions = {}): Promise<RunResult> {
  return run(join(ws.root, 'node_modules/.bin/nx'), args, {
    cwd: ws.root,
    env: { ...ws.env, ...(options.daemon === true ? { NX_DAEMON: 'true' } : {}), ...options.env },
    ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
  });
}

/** Commits everything; answers the commit's hash. */
export function commit(ws: Workspace, message: string): Promise<string> {
  return commitAll(ws.root, message, ws.env);
}

export async function git(ws: Workspace, ...args: readonly string[]): Promise<string> {
  return (await must('git', args, { cwd: ws.root, env: ws.env })).stdout.trim();
}

export function read(ws: Workspace, file: string): string {
  return readFileSync(join(ws.root, file), 'utf8');
}

export function write(ws: Workspace, file: string, text: string | object): void {
  const path = join(ws.root, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, typeof text === 'string' ? text : `${JSON.stringify(text, null, 2)}\n`);
}

/** @throws Error where the file does not have the text: the test would test nothing */
export function edit(ws: Workspace, file: string, from: string | RegExp, to: string): void {
  const before = read(ws, file);
  const after = before.replace(from, to);
  if (after === before) throw new Error(`${file} has no ${from}`);
  write(ws, file, after);
}

export function remove(ws: Workspace, path: string): void {
  rmSync(join(ws.root, path), { recursive: true, force: true });
}

/** The Report of a project's last run. @throws Error where there is none, with what the run said */
export function report(ws: Workspace, project: string, after?: RunResult): Report {
  const file = reportFile(project);
  if (!existsSync(join(ws.root, file))) throw new Error(`${file} was not written\n${after?.output ?? ''}`);
  return JSON.parse(read(ws, file)) as Report;
}

export function reportFile(project: string, capability = 'bench'): string {
  return `.assay/${capability}/${project.replaceAll(/[^A-Za-z0-9._-]/g, (char) => encodeURIComponent(char))}/report.json`;
}

/** Verdicts by the title of the benchmark. */
export function verdicts(of: Report): Record<string, string> {
  return Object.fromEntries(of.subjects.map((subject) => [subject.title, subject.verdict]));
}
