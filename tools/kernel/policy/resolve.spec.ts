import { describe, expect, it } from 'vitest';
import { matches, resolvePolicy } from './resolve.ts';

const pricing = { name: 'pricing', root: 'services/pricing', tags: ['scope:shop', 'lang:python'] };

describe('matches', () => {
  it.each([
    ['pricing', true],
    ['pri*', true],
    ['services/*', true],
    ['services/**', true],
    ['tag:scope:shop', true],
    ['tag:lang:*', true],
    ['tag:scope:web', false],
    ['checkout', false],
    ['apps/*', false],
  ])('%s → %s', (pattern, expected) => {
    expect(matches(pattern, pricing)).toBe(expected);
  });
});

describe('resolvePolicy', () => {
  it('lays later entries over earlier ones, field by field', () => {
    const policy = {
      mode: 'observe' as const,
      bench: { margin: 0.05, budgetSeconds: 10 },
      projects: [
        { match: 'services/*', bench: { margin: 0.1 } },
        { match: 'pricing', mode: 'enforce' as const },
        { match: 'checkout', bench: { margin: 0.9 } },
      ],
    };
    expect(resolvePolicy(policy, pricing, 'bench')).toEqual({
      mode: 'enforce',
      section: { margin: 0.1, budgetSeconds: 10 },
    });
  });

  it('enforces where nothing is said', () => {
    expect(resolvePolicy({}, pricing, 'bench')).toEqual({ mode: 'enforce', section: {} });
  });
});
