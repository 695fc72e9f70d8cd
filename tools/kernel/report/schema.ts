import { z } from 'zod';

/**
 * The Report: what every capability writes and every view, gate and CI script reads.
 * Within `@1` fields may be added; readers ignore those they do not know.
 */
export const REPORT_SCHEMA_ID = 'nx-assay/report@1';

const interval = z.tuple([z.number(), z.number()]).describe('Lower and upper bound, same unit as the value.');

export const comparisonVerdict = z.enum([
  'improved',
  'unchanged',
  'regressed',
  'inconclusive',
  'within',
  'over',
]);

const comparison = z.object({
  against: z.enum(['base', 'release', 'history', 'baseline', 'budget', 'warning']),
  ref: z.string().describe('Commit, tag or file that was compared with.'),
  content: z.string().optional().describe('Content hash of what was compared with, where the run has none.'),
  value: z.number().optional().describe('The value on the other side, in the unit of the metric.'),
  interval: interval.optional(),
  change: z
    .object({
      ratio: z.number().describe('head / other side; 1.08 is 8 % more.'),
      interval,
      confidence: z.number().optional(),
    })
    .optional(),
  difference: z
    .object({ value: z.number(), interval })
    .optional()
    .describe(
      'This side less the other, in the unit of the metric; the only change there is where a side is at zero.',
    ),
  p: z.number().optional().describe('Two-sided p-value of the test named in `test`.'),
  test: z.string().optional(),
  alpha: z.number().optional().describe('The error probability this one hypothesis was allowed.'),
  detectable: z
    .number()
    .optional()
    .describe('Smallest relative change this run would have found (95 % power).'),
  promised: z
    .number()
    .optional()
    .describe('Smallest relative change that the look at the noise, before measuring, promised to find.'),
  margin: z.number().optional().describe('Relative change that policy declares to matter.'),
  least: z
    .number()
    .optional()
    .describe('A smaller difference, in the unit of the metric, never matters, whatever its ratio.'),
  design: z.enum(['interleaved', 'sequential', 'other-machine']).optional(),
  pairs: z.number().int().optional().describe('Pairs of processes that were compared.'),
  confirmed: z.boolean().optional().describe('A fresh second batch was measured to confirm the first.'),
  verdict: comparisonVerdict,
  note: z.string().optional(),
});

const metric = z.object({
  id: z.string(),
  subject: z.string(),
  name: z.string(),
  labels: z.record(z.string(), z.string()).default({}),
  unit: z.string(),
  better: z.enum(['lower', 'higher']),
  witness: z.string().describe('What was read: wall, cpu, instructions, allocations, memory, bytes, …'),
  statistic: z.string().describe('floor, mean, p99, total, …'),
  state: z.enum(['measured', 'failed', 'skipped', 'identical']),
  reason: z.string().optional(),
  value: z.number().optional(),
  interval: interval.optional(),
  confidence: z.number().optional(),
  samples: z
    .object({
      artifact: z.string(),
      processes: z.number().int(),
      perProcess: z.number().int(),
      ordered: z.boolean(),
    })
    .optional(),
  comparisons: z.array(comparison).default([]),
});

const waiver = z.object({
  kind: z
    .enum(['accepted', 'quarantined'])
    .optional()
    .describe('An accepted regression, or a subject whose verdict does not count for a while.'),
  reason: z.string(),
  owner: z.string().describe('Who accepted it, or who looks after it.'),
  date: z.string().optional().describe('When it was accepted.'),
  expires: z.string().optional().describe('Last day (UTC) on which it holds.'),
  bounds: z
    .array(
      z.object({
        metric: z.string(),
        ratio: z.number().optional(),
        value: z.number().optional(),
        unit: z.string().optional(),
      }),
    )
    .optional()
    .describe('Up to where it is accepted: now / before, or a value.'),
});

const finding = z.object({
  id: z.string().describe('Rule, such as bench/regressed.'),
  fingerprint: z.string().describe('This instance, whatever its line.'),
  severity: z.enum(['error', 'warning', 'info']),
  message: z.string(),
  remedy: z.string(),
  help: z.string().optional(),
  reproduce: z.array(z.string()).optional().describe('Argument vector that shows it again.'),
  owner: z.string().optional(),
  location: z.object({ file: z.string(), line: z.number().int().optional() }).optional(),
  subject: z.string().optional(),
  waiver: waiver.optional(),
  table: z
    .object({
      title: z.string(),
      columns: z.array(z.string()),
      rows: z.array(z.array(z.string())).describe('As many cells each as there are columns.'),
    })
    .optional()
    .describe('What is better read as a table; a few rows.'),
  evidence: z.record(z.string(), z.unknown()).optional(),
});

const exhibit = z.object({
  id: z.string(),
  kind: z.enum(['series', 'distribution', 'tree', 'table', 'heatmap', 'flame']),
  title: z.string(),
  unit: z.string(),
  artifact: z.string(),
});

export const environmentSchema = z.object({
  machine: z.string().describe('Machine class: equal for machines whose figures may be set side by side.'),
  cpu: z.string(),
  cores: z.number().int(),
  memoryBytes: z.number().optional(),
  os: z.string(),
  container: z.string().optional(),
  runtimes: z.record(z.string(), z.string()),
  tools: z.record(z.string(), z.string()),
  commit: z.string(),
  dirty: z.boolean(),
  taskHash: z.string(),
  startedAt: z.string(),
  durationMs: z.number(),
});

export const reportSchema = z.object({
  schema: z.literal(REPORT_SCHEMA_ID),
  capability: z.string(),
  project: z.string(),
  run: z.object({
    id: z.string(),
    target: z.string(),
    configuration: z.string().default(''),
    mode: z.enum(['compare', 'baseline', 'check', 'aa']),
    attempt: z.number().int().min(1),
    shard: z.object({ index: z.number().int(), of: z.number().int() }).default({ index: 1, of: 1 }),
    branch: z.string().default(''),
    ci: z.string().default(''),
    base: z.string().optional().describe('Commit compared with, if any.'),
    baseContent: z
      .string()
      .optional()
      .describe('Content hash, at that commit, of everything that the project depends on.'),
    pair: z.string().optional().describe('Identity of the two versions, the machine class and the policy.'),
    checks: z
      .array(z.object({ id: z.string(), passed: z.boolean(), message: z.string() }))
      .optional()
      .describe('What the run did to see whether it can be believed: its canary, its look at the noise.'),
  }),
  verdict: z.enum(['passed', 'failed', 'inconclusive', 'skipped']),
  enforcement: z.enum(['enforce', 'observe']),
  summary: z.string(),
  subjects: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      verdict: z.enum([
        'improved',
        'unchanged',
        'regressed',
        'inconclusive',
        'within',
        'over',
        'new',
        'identical',
        'failed',
        'skipped',
        'measured',
      ]),
      decidedBy: z.array(z.string()).default([]),
    }),
  ),
  metrics: z.array(metric),
  findings: z.array(finding),
  exhibits: z.array(exhibit).default([]),
  environment: environmentSchema,
  artifacts: z.array(z.object({ path: z.string(), kind: z.string() })).default([]),
});

export type Report = z.infer<typeof reportSchema>;
export type Metric = z.infer<typeof metric>;
export type Comparison = z.infer<typeof comparison>;
export type Finding = z.infer<typeof finding>;
export type Exhibit = z.infer<typeof exhibit>;
export type Waiver = z.infer<typeof waiver>;
export type Subject = Report['subjects'][number];
export type Environment = z.infer<typeof environmentSchema>;
