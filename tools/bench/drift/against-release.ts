import type { Effects } from '../../kernel/effects.ts';
import { detectCi } from '../../kernel/environment/index.ts';
import { type AssayError, isAssayError } from '../../kernel/errors/assay-error.ts';
import { branchName, isDirty } from '../../kernel/git/index.ts';
import { openRepository } from '../inputs.ts';
import type { BenchRequest } from '../request.ts';
import type { BenchSettings } from '../settings/settings.ts';
import { newestRelease, type Release } from './release.ts';

/** As in every policy: neighbours disturb the mean more. */
const MEAN_MARGIN = 3;

/** What `--drift` means where nothing is set. */
export const DRIFT_DEFAULTS = { tag: 'v*', margin: 0.05 } as const;

/** A run as it was asked for, or turned into a comparison with a release. */
export interface Directed {
  readonly request: BenchRequest;
  readonly settings: BenchSettings;
  readonly release?: Release;
  /** Why policy's wish for a comparison with a release was not met. */
  readonly problem?: AssayError;
}

/**
 * Turns a run into a comparison with the last release where that is asked for: by `--drift`, or by policy in CI on the
 * default branch, where the merge base is head itself and a comparison would tell nothing. The machinery is that of
 * `--base`; the margin is drift's own, also where a benchmark has a relative limit against the base.
 *
 * @throws AssayError of `newestRelease` where the option asks; policy's wish becomes `problem`
 */
export async function againstRelease(
  request: BenchRequest,
  settings: BenchSettings,
  effects: Effects,
): Promise<Directed> {
  const asked = request.drift?.asked ?? false;
  if (!asked && !(await policyAsks(request, settings, effects))) return { request, settings };
  try {
    const { at } = await openRepository(request.workspaceRoot, effects.run);
    const { tag, margin } = { ...DRIFT_DEFAULTS, ...settings.drift };
    const release = await newestRelease(at, request.drift?.tag ?? tag, await isDirty(at));
    return {
      request: { ...request, base: { state: 'ref', ref: release.commit } },
      settings: driftSettings(settings, margin),
      release,
    };
  } catch (error) {
    if (asked || !isAssayError(error)) throw error;
    return { request, settings, problem: error };
  }
}

async function policyAsks(
  { drift, aa, updateBaseline, accept, workspaceRoot }: BenchRequest,
  settings: BenchSettings,
  { env, run }: Effects,
): Promise<boolean> {
  if (settings.drift === undefined || drift === undefined || drift.otherBase) return false;
  if (aa || updateBaseline || accept !== undefined) return false;
  const ci = detectCi(env);
  if (ci.name === '') return false;
  return (ci.branch || (await branchName({ cwd: workspaceRoot, run }))) === drift.defaultBranch;
}

/** The same settings with drift's margin in all places where a change against the base has one. Pure. */
export function driftSettings(settings: BenchSettings, margin: number): BenchSettings {
  const { budgets, ...config } = settings.config;
  const absolute = budgets?.filter(({ max }) => max !== undefined).map(({ margin: _, ...limit }) => limit);
  return {
    ...settings,
    judge: { ...settings.judge, margin, meanMargin: MEAN_MARGIN * margin, effectFloor: margin / 2 },
    config: { ...config, ...(absolute ? { budgets: absolute } : {}) },
  };
}
