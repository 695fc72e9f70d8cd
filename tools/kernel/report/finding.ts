import { createHash } from 'node:crypto';
import type { AssayError } from '../errors/assay-error.ts';
import type { Finding } from './schema.ts';

/** What all findings of one Report share. */
export interface FindingContext {
  readonly capability: string;
  readonly project: string;
}

const DOCS = 'https://github.com/nx-assay/nx-assay/blob/main/docs';

/**
 * A finding with its fingerprint and help page. It stays the same instance when lines move or neighbours are renamed:
 * the fingerprint keys on project, rule and subject alone.
 *
 * @param instance tells several findings of one rule apart that have no subject
 */
export function finding(
  context: FindingContext,
  parts: Omit<Finding, 'fingerprint' | 'help'>,
  instance?: string,
): Finding {
  const key = [context.project, parts.id, parts.subject ?? '', ...(instance ? [instance] : [])].join('\0');
  return {
    ...parts,
    fingerprint: createHash('sha256').update(key).digest('hex').slice(0, 16),
    help: `${DOCS}/${context.capability}.md#${parts.id.replace('/', '-')}`,
  };
}

/** A user's mistake or a condition of the machine as a finding. */
export function errorFinding(
  context: FindingContext,
  error: AssayError,
  severity: Finding['severity'] = 'error',
  instance?: string,
): Finding {
  const { code, message, remedy, params } = error;
  return finding(context, { id: code, severity, message, remedy, evidence: { ...params } }, instance);
}
