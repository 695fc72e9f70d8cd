import { z } from 'zod';

const share = z.number().positive().max(10);

/** What `assay/judge.json` and the section `judge` of the policy both may set. */
export const judgePolicyFields = {
  margin: share.optional().describe('Relative change that matters, e.g. 0.05 for 5 %. Default 0.05.'),
  effectFloor: share
    .optional()
    .describe('Estimates smaller than this are never called a change. Default: half the margin.'),
};

/** `assay/judge.json` of the workspace. All fields are optional. */
export const judgeConfigSchema = z
  .object({
    $schema: z.string().optional(),
    enabled: z.boolean().optional().describe('`false` takes the target away.'),
    controls: z
      .array(z.string())
      .optional()
      .describe(
        'Regular expressions of control benchmarks: they measure the machine, so that what the machine did between two recordings can be divided out. Two machines are judged by three of them only.',
      ),
    mode: z.enum(['enforce', 'observe']).optional(),
    ...judgePolicyFields,
  })
  .strict();

export type JudgeConfig = z.infer<typeof judgeConfigSchema>;
