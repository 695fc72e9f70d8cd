import { expect, it } from 'vitest';
import { AssayError } from '../errors/assay-error.ts';
import { errorFinding, finding } from './finding.ts';

const context = { capability: 'bench', project: 'pricing' };
const parts = { id: 'bench/regressed', severity: 'error', message: 'm', remedy: 'r' } as const;

it('is the same instance whatever its line and message, and another for another subject, rule or project', () => {
  const { fingerprint } = finding(context, { ...parts, subject: 'a' });
  const same = { ...parts, subject: 'a', message: 'other', location: { file: 'x', line: 9 } };
  expect(finding(context, same).fingerprint).toBe(fingerprint);
  const others = [
    finding(context, { ...parts, subject: 'b' }),
    finding(context, { ...parts, subject: 'a', id: 'bench/failed' }),
    finding({ ...context, project: 'checkout' }, { ...parts, subject: 'a' }),
  ];
  expect(new Set([fingerprint, ...others.map((one) => one.fingerprint)]).size).toBe(4);
});

it('keeps code, remedy and parameters of an error', () => {
  const error = new AssayError('base/unresolved', 'No base.', 'Fetch it.', { reason: 'shallow' });
  expect(errorFinding(context, error, 'warning')).toMatchObject({
    id: 'base/unresolved',
    severity: 'warning',
    message: 'No base.',
    remedy: 'Fetch it.',
    help: expect.stringMatching(/docs\/bench\.md#base-unresolved$/),
    evidence: { reason: 'shallow' },
  });
});
