import { defineErrors } from '../kernel/errors/assay-error.ts';

interface InFile {
  path: string;
}
interface OfBenchmark extends InFile {
  benchmark: string;
}

const RECORD_AGAIN = 'Record it again, and let the tool end by itself before the file is copied.';

export const recordingsErrors = defineErrors({
  'recordings/unknown-format': {
    message: (p: InFile & { looks: string; known: string }) =>
      `${p.path} is of no format that can be judged: it looks like ${p.looks}.`,
    remedy: (p: { known: string }) => `Give results of one of: ${p.known}.`,
  },
  'recordings/empty': {
    message: (p: InFile) => `${p.path} is empty.`,
    remedy: () => RECORD_AGAIN,
  },
  'recordings/truncated': {
    message: (p: InFile & { format: string; detail: string }) =>
      `${p.path} ends in the middle (${p.format}): ${p.detail}.`,
    remedy: () => RECORD_AGAIN,
  },
  'recordings/malformed': {
    message: (p: InFile & { format: string; place: string; problem: string }) =>
      `${p.path} is not what ${p.format} writes: ${p.place} ${p.problem}.`,
    remedy: () => `${RECORD_AGAIN} If a newer version of the tool writes it so, report that.`,
  },
  'recordings/bad-sample': {
    message: (p: OfBenchmark & { problem: string }) =>
      `${p.path} holds a figure of ${p.benchmark} that nothing can measure: ${p.problem}.`,
    remedy: () =>
      'Find out why the tool wrote it (an empty operation, a clock that jumped, a failed run), and record it again.',
  },
  'recordings/unknown-unit': {
    message: (p: OfBenchmark & { unit: string }) =>
      `${p.path} gives ${p.benchmark} in '${p.unit}', which is no unit that is known here.`,
    remedy: () => 'Record it in a unit of time (ns, us, ms, s), of bytes, or in operations per time.',
  },
  'recordings/contradictory-units': {
    message: (p: OfBenchmark & { units: string }) =>
      `${p.path} contradicts itself about the unit of ${p.benchmark}: ${p.units}.`,
    remedy: () => 'Record it again in one unit; do not join files of different settings.',
  },
  'recordings/two-machines': {
    message: (p: InFile & { what: string; values: string }) =>
      `${p.path} mixes recordings of two machines: ${p.what} is ${p.values}.`,
    remedy: () => 'Split the file, and judge recordings of one machine at a time.',
  },
  'recordings/no-benchmarks': {
    message: (p: InFile & { format: string }) => `${p.path} (${p.format}) holds no benchmark.`,
    remedy: () => 'See that the run that wrote it selected some, and record it again.',
  },
  'recordings/duplicate-name': {
    message: (p: OfBenchmark) =>
      `${p.path} holds several benchmarks called ${p.benchmark}: their figures cannot be told apart.`,
    remedy: () => 'Give them different names.',
  },
  'recordings/failed-benchmark': {
    message: (p: OfBenchmark & { reason: string }) =>
      `${p.benchmark} failed while it was recorded (${p.path}): ${p.reason}.`,
    remedy: () => 'Mend the benchmark, and record it again.',
  },
  'recordings/no-samples': {
    message: (p: OfBenchmark & { problem: string }) =>
      `${p.path} has nothing of ${p.benchmark} that could be judged: ${p.problem}.`,
    remedy: () => 'Let the tool keep its samples; docs/judge.md says how for each format.',
  },
});
