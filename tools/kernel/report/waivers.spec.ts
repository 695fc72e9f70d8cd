import { expect, it } from 'vitest';
import type { Finding } from './schema.ts';
import { waiversBySubject } from './waivers.ts';

const waiver = { reason: 'r', owner: 'o' };
const finding = (subject: string, severity: Finding['severity'], waived = false): Finding => ({
  ...{ id: 'x/y', fingerprint: '', severity, message: '', remedy: '', subject },
  ...(waived ? { waiver } : {}),
});

it('waives a subject only where none of its errors is open', () => {
  const findings = [
    finding('all', 'error', true),
    finding('all', 'warning'),
    finding('told', 'info', true),
    finding('half', 'error', true),
    finding('half', 'error'),
    finding('none', 'error'),
    finding('noted', 'info'),
  ];
  expect([...waiversBySubject(findings)]).toEqual([
    ['all', waiver],
    ['told', waiver],
  ]);
});
