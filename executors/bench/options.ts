import { z } from 'zod';

/** Options of the `bench` executor; `schema.json` is generated from this. */
export const benchOptionsSchema = z
  .object({
    base: z
      .string()
      .optional()
      .describe('Commit, branch or tag to compare with. HEAD compares a dirty tree with its commit.'),
    filter: z.string().optional().describe('Regular expression: measure only benchmarks whose id matches.'),
    list: z.boolean().default(false).describe('List the benchmarks and measure nothing.'),
    json: z.boolean().default(false).describe('Print the Report as JSON on stdout and nothing else.'),
    budget: z
      .string()
      .optional()
      .describe('Time for the whole run, such as 60s or 5m. What does not fit is inconclusive.'),
    updateBaseline: z.boolean().default(false).describe('Measure and write assay/bench.baseline.json.'),
    aa: z.boolean().default(false).describe('Compare head with itself: what this machine calls noise.'),
    force: z.boolean().default(false).describe('Measure also where the inputs equal those of the base.'),
    failOn: z
      .array(z.enum(['failed', 'inconclusive']))
      .default(['failed'])
      .describe('Verdicts that fail the task.'),
  })
  .meta({
    title: 'Benchmarks, compared with a base and judged',
    description:
      'Measures the benchmarks of a project, compares them with a base commit side by side on this machine, and judges the difference.',
    examples: [
      { command: 'nx run pricing:bench --base=main', description: 'Compare pricing with its state on main.' },
      { command: 'nx run pricing:bench --list', description: 'List the benchmarks of pricing.' },
      { command: 'nx affected -t bench', description: 'Measure what a change affects.' },
    ],
  });

export type BenchOptions = z.infer<typeof benchOptionsSchema>;
