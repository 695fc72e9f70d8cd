import { join } from 'node:path';
import type { PreTasksExecutionContext } from '@nx/devkit';
import { dayOf } from '../../tools/kernel/waivers/expiry.ts';
import { readCachedGraph } from '../../tools/nx/cached-graph.ts';
import {
  ASSAY_VARIABLES,
  BASE_ERROR_VARIABLE,
  FALLBACK_VARIABLE,
} from '../../tools/nx/environment-variables.ts';
import { cacheDirectory } from '../../tools/nx/workspace-data.ts';
import { loadAttempts, saveAttempts } from './attempt-file.ts';
import { expiredWaivers } from './expired-waivers.ts';
import { gitIn } from './git.ts';
import { isUnsettled, lastReport } from './last-report.ts';
import { runVariables } from './variables.ts';

/**
 * Hands the base over to the tasks of a run, in environment variables that Nx gives to them and hashes.
 *
 * Synchronous to the end: the daemon shares one environment among overlapping runs, and a hook that yields
 * gives one run the other's base. For the same reason every variable is set each time, empty for none, so
 * that nothing of an earlier run shows through. Never throws, since that would stop unrelated tasks too.
 */
export function preTasksExecution(context: PreTasksExecutionContext): void {
  const stale = Object.keys(process.env).filter((name) => ASSAY_VARIABLES.test(name));
  for (const name of stale) process.env[name] = '';
  const nonce = `${process.pid}-${Date.now()}`;
  const today = dayOf(new Date());
  try {
    const { workspaceRoot, nxJsonConfiguration: nxJson, argv } = context;
    const affected = nxJson.affected as { defaultBase?: string } | undefined;
    const store = join(cacheDirectory(workspaceRoot), 'nx-assay-attempts.json');
    const before = loadAttempts(store);
    const { variables, attempts } = runVariables({
      argv,
      environment: process.env,
      workspaceRoot,
      defaultBase: nxJson.defaultBase ?? affected?.defaultBase ?? 'main',
      namedInputs: nxJson.namedInputs as Readonly<Record<string, readonly unknown[]>> | undefined,
      graph: readCachedGraph(workspaceRoot),
      git: gitIn(workspaceRoot),
      isUnsettled: ({ target }) => isUnsettled(lastReport(target, workspaceRoot)),
      expired: ({ target }) => expiredWaivers(target, workspaceRoot, today),
      today,
      attempts: before,
      nonce,
    });
    for (const [name, value] of variables) process.env[name] = value;
    if (attempts !== before) saveAttempts(store, attempts);
  } catch (error) {
    process.env[BASE_ERROR_VARIABLE] = error instanceof Error ? error.message : String(error);
    // Nothing that an earlier run left in the cache may answer for a base that we could not look at.
    process.env[FALLBACK_VARIABLE] = nonce;
  }
}
