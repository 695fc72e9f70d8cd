import { z } from 'zod';

export const BASELINE_SCHEMA_ID = 'nx-assay/bench-baseline@1';

const recorded = z.object({
  value: z.number().positive(),
  interval: z.tuple([z.number().positive(), z.number().positive()]),
});

const machine = z.object({
  takenAt: z.string(),
  commit: z.string(),
  runtimes: z.record(z.string(), z.string()),
  benchmarks: z.record(
    z.string(),
    z.object({
      unit: z.literal('ns/op'),
      processes: z.number().int().positive(),
      floor: recorded,
      mean: recorded,
    }),
  ),
});

/** `assay/bench.baseline.json`: committed figures, one section for each class of machine. */
export const baselineSchema = z.object({
  schema: z.literal(BASELINE_SCHEMA_ID),
  machines: z.record(z.string(), machine),
});

export type Baseline = z.infer<typeof baselineSchema>;
export type BaselineMachine = z.infer<typeof machine>;
