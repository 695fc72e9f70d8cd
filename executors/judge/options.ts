import { z } from 'zod';

/** Nx turns a value that looks like a number into one. */
const text = z.union([z.string(), z.number()]).transform(String);

/** Options of the `judge` executor; `schema.json` is generated from this. */
export const judgeOptionsSchema = z
  .object({
    base: text.describe('File or folder of recorded results of the version compared with.'),
    head: text.describe('The same of the version judged.'),
    json: z.boolean().default(false).describe('Print the Report as JSON on stdout and nothing else.'),
    margin: z
      .number()
      .positive()
      .max(10)
      .optional()
      .describe('Relative change that matters, instead of that in assay/judge.json.'),
    controls: z
      .array(z.string())
      .default([])
      .describe(
        'Regular expressions of benchmarks that measure the machine, beside those in assay/judge.json.',
      ),
    failOn: z
      .array(z.enum(['failed', 'inconclusive']))
      .default(['failed'])
      .describe('Verdicts that fail the task.'),
  })
  .meta({
    title: 'Recorded benchmark results, judged',
    description:
      'Compares results that benchstat, pytest-benchmark, pyperf, Criterion, JMH, hyperfine, Google Benchmark, mitata, Vitest or nx-assay recorded, and says what the comparison can bear.',
    examples: [
      {
        command: 'nx run assay:judge --base=old.txt --head=new.txt',
        description: 'Judge two files of go test -bench.',
      },
      {
        command: 'nx run assay:judge --base=base.json --head=head.json --json',
        description: 'The Report as JSON.',
      },
    ],
  });

export type JudgeOptions = z.infer<typeof judgeOptionsSchema>;
