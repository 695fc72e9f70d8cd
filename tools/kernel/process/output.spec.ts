import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cappedOutput } from './output.ts';

function collect(maxBytes: number, ...chunks: string[]) {
  const output = cappedOutput(maxBytes);
  for (const chunk of chunks) output.push(Buffer.from(chunk));
  return output;
}

describe('cappedOutput', () => {
  it('keeps everything up to the limit', () => {
    const output = collect(8, 'abcd', 'efgh');
    expect(output.text()).toBe('abcdefgh');
    expect(output.truncated).toBe(false);
  });

  it('drops the middle past the limit and says how much', () => {
    const output = collect(8, 'abcdXX', 'XXXefgh');
    expect(output.text()).toBe('abcd\n… 5 bytes left out …\nefgh');
    expect(output.truncated).toBe(true);
  });

  it('decodes a character that two chunks share', () => {
    const output = cappedOutput(100);
    const bytes = Buffer.from('é');
    output.push(bytes.subarray(0, 1));
    output.push(bytes.subarray(1));
    expect(output.text()).toBe('é');
  });

  it('keeps the same head and tail however the bytes arrive', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme-ascii', maxLength: 40 })), (chunks) => {
        const whole = chunks.join('');
        const expected =
          whole.length <= 20
            ? whole
            : `${whole.slice(0, 10)}\n… ${whole.length - 20} bytes left out …\n${whole.slice(-10)}`;
        expect(collect(20, ...chunks).text()).toBe(expected);
      }),
    );
  });
});
