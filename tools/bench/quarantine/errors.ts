import { defineErrors } from '../../kernel/errors/assay-error.ts';

export const quarantineErrors = defineErrors({
  'bench/quarantine-expired': {
    message: (p: { benchmark: string; problem: string }) =>
      `The quarantine of ${p.benchmark} in assay/bench.json ${p.problem}, so what it names counts in full.`,
    remedy: () =>
      'Mend the benchmark and delete the entry from "quarantine"; or give the entry a benchmark, a reason, an owner and a later day in "expires", to be reviewed.',
  },
  'bench/quarantine-unmatched': {
    message: (p: { benchmark: string; owner: string }) =>
      `The quarantine of ${p.benchmark} in assay/bench.json (owner ${p.owner}) names no benchmark of this project.`,
    remedy: () => 'Delete the entry, or correct its "benchmark"; --list shows the ids.',
  },
});
