import { z } from 'zod';
import { commandSchema } from './command-config.ts';
import { resultSchema } from './result-config.ts';

const share = z.number().positive().max(10);

/** Margins and budgets that a project's own file and the workspace policy both may set. */
export const benchPolicyFields = {
  margin: share.optional().describe('Relative change that matters, e.g. 0.05 for 5 %. Default 0.05.'),
  effectFloor: share
    .optional()
    .describe('Estimates smaller than this are never called a change. Default: half the margin.'),
  meanMargin: share
    .optional()
    .describe(
      'Margin of the mean, which shared machines disturb more than the floor. Default: three times the margin.',
    ),
  budgetSeconds: z
    .number()
    .positive()
    .optional()
    .describe('Time to spend on one benchmark, both sides together. Default 20.'),
  canary: z
    .boolean()
    .optional()
    .describe(
      '`false` leaves out the benchmark with a known slowdown that tells whether the run can be believed. Default true.',
    ),
  memory: z.boolean().optional().describe('`false`: memory is neither measured nor judged. Default true.'),
  memoryMargin: share
    .optional()
    .describe(
      'Relative change of allocations per operation that matters; two and a half times it for the peak of a whole process. Default 0.1.',
    ),
  minBenchmarks: z
    .number()
    .int()
    .min(0)
    .optional()
    .describe(
      'A project with fewer benchmarks than this, quarantined ones left out, is a finding. Default 3.',
    ),
  minBenchmarksSeverity: z
    .enum(['error', 'warning', 'info'])
    .optional()
    .describe('What too few benchmarks are. Default warning.'),
  drift: z
    .object({
      tag: z.string().min(1).default('v*').describe('Glob of the release tags.'),
      margin: share
        .default(0.05)
        .describe('Change since the release that matters, whatever the margin against the base.'),
    })
    .strict()
    .optional()
    .describe(
      'CI compares the default branch with the newest release tag. Without it only --drift does, with these defaults.',
    ),
  witness: z
    .enum(['auto', 'wall', 'instructions'])
    .optional()
    .describe(
      'What decides. `auto`: wall time, and where it cannot resolve the margin and the code is CPU-bound, instruction counts under valgrind. `wall`: never counts. `instructions`: always counts. Default auto.',
    ),
  countMargin: share
    .optional()
    .describe('Change of the instruction count that matters, such as 0.005. Default: the margin.'),
  env: z
    .record(z.string(), z.string())
    .optional()
    .describe('Environment variables for the code under test, on both sides.'),
};

const limit = z
  .object({
    benchmark: z.string().describe('Regular expression over subject ids.'),
    max: z
      .string()
      .optional()
      .describe('Absolute: upper bound of the time per operation with its unit, such as `250us` or `1.5ms`.'),
    margin: share
      .optional()
      .describe(
        'Relative: change against the base that matters for these benchmarks, instead of the margin of all.',
      ),
    severity: z.enum(['error', 'warning']).default('error').describe('What exceeding `max` is.'),
  })
  .refine((entry) => entry.max !== undefined || entry.margin !== undefined, 'it needs a max or a margin');

/** A benchmark whose verdict does not count for a while. */
export const quarantineEntrySchema = z
  .object({
    benchmark: z.string().min(1).describe('Id of a benchmark, or a regular expression over ids.'),
    reason: z.string().trim().min(1, 'it needs a reason').describe('Why its verdict cannot be believed.'),
    owner: z.string().trim().min(1, 'it needs an owner').describe('Who mends it until then.'),
    expires: z.iso
      .date('it needs a day such as 2026-12-31')
      .describe(
        'Last day (UTC) on which it holds. Afterwards the benchmark counts again, and the entry is an error.',
      ),
  })
  .strict();

/** `assay/bench.json` of a project. All fields are optional: conventions serve where it is silent. */
export const benchConfigSchema = z
  .object({
    $schema: z.string().optional(),
    enabled: z.boolean().optional().describe('`false` takes the target away from this project.'),
    harness: z
      .string()
      .optional()
      .describe(
        'Harness to use where the files do not tell: vitest, pytest-benchmark, pyperf, go-testing, criterion, jmh, command.',
      ),
    files: z.array(z.string()).optional().describe('Globs of benchmark files, relative to the project root.'),
    overlay: z
      .array(z.string())
      .optional()
      .describe('Further files that belong to the benchmarks (fixtures), copied from head onto the base.'),
    setup: z
      .array(z.array(z.string()).min(1))
      .optional()
      .describe(
        'Commands (argument arrays) run in the project root of each side before measuring, such as a build.',
      ),
    runner: z
      .enum(['auto', 'fast', 'vitest'])
      .optional()
      .describe('TypeScript: our own fast runner, Vitest itself, or whichever the file needs.'),
    commands: z
      .array(commandSchema)
      .optional()
      .describe('Command benchmarks: wall time, CPU time and peak memory of whole processes.'),
    results: z
      .array(resultSchema)
      .optional()
      .describe(
        'Commands that measure by themselves and write results in a format that `judge` reads. Each run of one is a process.',
      ),
    budgets: z
      .array(limit)
      .optional()
      .describe('Limits of single benchmarks, absolute or relative. The last that matches sets the margin.'),
    turns: z
      .boolean()
      .optional()
      .describe(
        '`false`: processes of both sides run one after the other, never both at once on one core. By default they take turns where the machine and the benchmark allow it.',
      ),
    processTimeoutSeconds: z
      .number()
      .positive()
      .optional()
      .describe('A process that takes longer counts as hanging. Default 60.'),
    controls: z
      .array(z.string())
      .optional()
      .describe(
        'Regular expressions of control benchmarks: they measure the machine, so that a baseline from another machine can be judged relatively.',
      ),
    quarantine: z
      .array(quarantineEntrySchema)
      .optional()
      .describe('Flaky or hopeless benchmarks: measured and shown, and for a while no reason to fail.'),
    mode: z.enum(['enforce', 'observe']).optional(),
    ...benchPolicyFields,
  })
  .strict();

export type BenchConfig = z.infer<typeof benchConfigSchema>;
