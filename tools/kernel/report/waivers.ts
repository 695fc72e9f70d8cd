import type { Finding, Waiver } from './schema.ts';

/**
 * Subjects whose findings are all waived, with the waiver: they stay what they are and do not count. A subject with
 * any error beside, whether or not of the same rule, is not among them. Pure.
 */
export function waiversBySubject(findings: readonly Finding[]): ReadonlyMap<string, Waiver> {
  const waivers = new Map<string, Waiver>();
  const open = new Set<string>();
  for (const { subject, severity, waiver } of findings) {
    if (subject === undefined) continue;
    if (waiver !== undefined) waivers.set(subject, waivers.get(subject) ?? waiver);
    else if (severity === 'error') open.add(subject);
  }
  for (const subject of open) waivers.delete(subject);
  return waivers;
}
