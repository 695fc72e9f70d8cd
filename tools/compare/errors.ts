import { defineErrors } from '../kernel/errors/assay-error.ts';

export const compareErrors = defineErrors({
  'compare/bad-policy': {
    message: (p: { field: string; value: number }) =>
      `The policy's ${p.field} is ${p.value}, which no comparison can be judged by.`,
    remedy: (p: { field: string }) =>
      p.field === 'effectFloor'
        ? 'Set effectFloor to at most the margin, and not below 0.'
        : `Set ${p.field} to a positive number (0.05 means 5 %); alpha and confidence lie between 0 and 1.`,
  },
});
