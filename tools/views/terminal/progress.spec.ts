import { expect, it } from 'vitest';
import { createProgress } from './progress.ts';

function stream(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, columns: 80, written, write: (text: string) => written.push(text) };
}

it('redraws one line on a terminal and clears it at the end', () => {
  let now = 0;
  const out = stream(true);
  const progress = createProgress(out, () => now);
  progress.show({ text: 'parse', detail: 'pilot', fraction: 0.25, remainingMs: 12_000 });
  now = 50;
  progress.show({ text: 'parse', fraction: 0.3 });
  now = 200;
  progress.show({ text: 'parse', fraction: 0.5, remainingMs: 8_000 });
  progress.done();
  expect(out.written).toEqual([
    '\r\u001b[2Kparse (pilot) 25 %, 12 s left',
    '\r\u001b[2Kparse 50 %, 8 s left',
    '\r\u001b[2K',
  ]);
});

it('writes a line on a pipe where the text changes or time has passed', () => {
  let now = 0;
  const out = stream(false);
  const progress = createProgress(out, () => now);
  progress.show({ text: 'parse', fraction: 0 });
  now = 5_000;
  progress.show({ text: 'parse', fraction: 0.5 });
  now = 16_000;
  progress.show({ text: 'parse', detail: 'main', fraction: 0.9 });
  progress.show({ text: 'format' });
  progress.done();
  expect(out.written).toEqual(['parse 0 %\n', 'parse 90 %\n', 'format\n']);
});
