import { z } from 'zod';

/** Options of `nx g nx-assay:judge`. */
export const judgeOptionsSchema = z
  .object({
    margin: z.number().positive().max(10).default(0.05).describe('Relative change that matters.'),
    controls: z
      .array(z.string())
      .default([])
      .describe('Regular expressions of benchmarks that measure the machine.'),
    skipFormat: z
      .boolean()
      .default(false)
      .describe('Do not format the file that is written.')
      .meta({ 'x-priority': 'internal' }),
  })
  .meta({
    title: 'Settings for judging recorded results',
    description:
      'Writes assay/judge.json: margin and controls for nx run assay:judge. The target works without it.',
    examples: [{ command: 'nx g nx-assay:judge --margin=0.03', description: 'Three per cent matter.' }],
  });

export type JudgeOptions = z.input<typeof judgeOptionsSchema>;
