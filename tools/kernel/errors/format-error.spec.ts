import { describe, expect, it } from 'vitest';
import { defineErrors } from './assay-error.ts';
import { formatError } from './format-error.ts';

const errors = defineErrors({
  'spec/too-hot': {
    message: (p: { degrees: number }) => `It has ${p.degrees} degrees.`,
    remedy: () => 'Open a window.',
  },
});

describe('formatError', () => {
  it('gives message, remedy and code of a user’s mistake, and no stack', () => {
    const error = errors.create('spec/too-hot', { degrees: 40 }, new Error('cause'));
    expect(formatError(error)).toBe('It has 40 degrees.\n  Open a window.\n  (spec/too-hot)');
  });

  it('keeps the stack of a mistake of ours', () => {
    const text = formatError(new TypeError('x is not a function'));
    expect(text).toMatch(/^Unexpected: TypeError: x is not a function\n {4}at /);
    expect(text).toContain('please report it');
  });

  it('does not call an abort a mistake', () => {
    expect(formatError(new DOMException('The run was stopped.', 'AbortError'))).toBe(
      'Stopped: The run was stopped.',
    );
  });

  it('shows whatever else was thrown', () => {
    expect(formatError('oops')).toBe('Unexpected: oops');
    expect(formatError(undefined)).toBe('Unexpected: undefined');
  });
});
