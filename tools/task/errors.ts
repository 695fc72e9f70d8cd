import { defineErrors } from '../kernel/errors/assay-error.ts';

export const taskErrors = defineErrors({
  'task/unknown-placeholder': {
    message: (p: { template: string; names: string }) =>
      `${p.template} names placeholders that do not exist: ${p.names}.`,
    remedy: () => 'Use title, verdict, summary, table, findings, method, environment and reproduce.',
  },
});
