import { defineConfig } from 'vitest/config';

/** End-to-end: one workspace after the other, since every one of them measures. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['{bench,init,judge}/**/*.spec.ts'],
    globalSetup: ['./global-setup.ts'],
    testTimeout: 400_000,
    hookTimeout: 600_000,
    teardownTimeout: 60_000,
    fileParallelism: false,
    maxWorkers: 1,
    retry: 0,
  },
});
