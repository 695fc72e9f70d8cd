import { createHash } from 'node:crypto';

/** Commit to compare with, or empty. Set by the plugin's pre-execution hook before every run. */
export const BASE_VARIABLE = 'ASSAY_BASE';
/** What the user or CI called the base (`main`, `HEAD~1`), or empty. */
export const BASE_REF_VARIABLE = 'ASSAY_BASE_REF';
/** Why a base that was asked for could not be resolved, or empty. */
export const BASE_ERROR_VARIABLE = 'ASSAY_BASE_ERROR';

/**
 * Stands in for the hashes by project where they could not be made (no project graph, a failure of ours): the base
 * itself, or a text never used before. Empty otherwise; an input of every comparing target.
 */
export const FALLBACK_VARIABLE = 'ASSAY_BASE_FALLBACK';

/** Hash of all that the project's target depends on at the base; an input of the target. */
export function baseVariable(project: string): string {
  return `ASSAY_BASE_${suffix(project)}`;
}

/** Number of the attempt from the second on, empty for the first; an input of the target. */
export function attemptVariable(project: string): string {
  return `ASSAY_ATTEMPT_${suffix(project)}`;
}

/** Every variable that the hook may set. */
export const ASSAY_VARIABLES = /^ASSAY_(?:BASE|ATTEMPT)(?:_|$)/;

/** `@scope/a-b` → `SCOPE_A_B_1F2E3D4C`: legal in a shell, readable, and unique by the hash of the exact name. */
function suffix(project: string): string {
  const readable = project
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 40);
  const hash = createHash('sha256').update(project).digest('hex').slice(0, 8).toUpperCase();
  return readable === '' ? hash : `${readable}_${hash}`;
}
