import type { BaseRequest } from './request.ts';

/**
 * Which base a run compares with: the option wins, then what the plugin's hook found (`ASSAY_BASE`), then
 * `NX_BASE`. An empty variable counts as absent. Pure.
 */
export function baseRequest(
  option: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): BaseRequest {
  const ref = option || env.ASSAY_BASE || (env.ASSAY_BASE_ERROR ? undefined : env.NX_BASE);
  if (ref) return { state: 'ref', ref };
  if (env.ASSAY_BASE_ERROR) return { state: 'unresolved', reason: env.ASSAY_BASE_ERROR };
  return { state: 'none' };
}
