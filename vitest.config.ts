import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{plugins,generators,executors,tools}/**/*.spec.ts'],
    exclude: ['**/node_modules/**', '**/fixtures/**', 'generators/**/files/**', 'e2e/**'],
    testTimeout: 30_000,
    maxWorkers: 2,
  },
});
