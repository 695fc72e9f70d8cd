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
 */
export function finding(context: FindingContext, parts: Omit<Finding, 'fingerprint' | 'help'>): Finding {
  const key = [context.project, parts.id, parts.subject ?? ''].join('\0');
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
): Finding {
  return finding(context, {
    id: error.code,
    severity,
    message: error.message,
    remedy: error.remedy,
    evidence: { ...error.params },
  });
}
