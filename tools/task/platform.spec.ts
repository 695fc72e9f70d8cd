import { expect, it } from 'vitest';
import { requireProcessGroups } from './platform.ts';

it('measures on Linux and macOS and says why not on Windows', () => {
  expect(() => requireProcessGroups('linux')).not.toThrow();
  expect(() => requireProcessGroups('darwin')).not.toThrow();
  expect(() => requireProcessGroups('win32')).toThrow(
    expect.objectContaining({ code: 'task/unsupported-platform', remedy: expect.stringContaining('WSL') }),
  );
});
