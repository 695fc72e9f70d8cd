import { defineErrors } from '../kernel/errors/assay-error.ts';

export const taskErrors = defineErrors({
  'task/unknown-placeholder': {
    message: (p: { template: string; names: string }) =>
      `${p.template} names placeholders that do not exist: ${p.names}.`,
    remedy: () => 'Use title, verdict, summary, table, findings, method, environment and reproduce.',
  },
  'task/unsupported-platform': {
    message: (p: { platform: string }) =>
      `Measuring needs process groups, which ${p.platform} does not have: a benchmark that hangs could not be ended.`,
    remedy: () => 'Run this target on Linux, on macOS, or on Windows inside WSL 2.',
  },
});
