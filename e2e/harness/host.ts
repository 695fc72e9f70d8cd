import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { foreignEnvironment } from './environment.ts';
import { startRegistry } from './registry.ts';
import { must } from './run.ts';
import { findTools, type Tools } from './tools.ts';

/** What all workspaces of a run share. Plain data: Vitest hands it to its workers. */
export interface Host {
  /** Folder of this run; goes when the run ends. */
  readonly scratch: string;
  /** The local registry, which has nx-assay as `npm pack` made it. */
  readonly registry: string;
  readonly tarball: string;
  readonly tools: Tools;
}

const repository = join(import.meta.dirname, '../..');

/**
 * Builds and packs the package, starts the registry and publishes to it.
 * `ASSAY_E2E_KEEP=1` keeps the folder, to look into a failed workspace.
 */
export async function startHost(): Promise<{ readonly host: Host; stop(): Promise<void> }> {
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'nx-assay-e2e-')));
  const env = foreignEnvironment(scratch, []);
  const discard = () => {
    if (process.env.ASSAY_E2E_KEEP !== '1') rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const tools = await findTools(join(repository, 'node_modules/.cache/nx-assay-e2e'), env);
    const tarball = await pack(scratch, env);
    const registry = await startRegistry(scratch, env);
    const stop = async () => {
      await registry.stop();
      discard();
    };
    try {
      await registry.publish(tarball);
    } catch (error) {
      await stop();
      throw error;
    }
    return { host: { scratch, registry: registry.url, tarball, tools }, stop };
  } catch (error) {
    discard();
    throw error;
  }
}

async function pack(scratch: string, env: Readonly<Record<string, string | undefined>>): Promise<string> {
  const folder = join(scratch, 'package');
  mkdirSync(folder);
  if (process.env.ASSAY_E2E_BUILT !== '1') {
    await must('npm', ['run', 'build'], { cwd: repository, env });
  }
  await must('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], { cwd: repository, env });
  const [tarball] = readdirSync(folder);
  if (tarball === undefined) throw new Error('npm pack made nothing.');
  return join(folder, tarball);
}
