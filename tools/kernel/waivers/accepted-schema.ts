import { z } from 'zod';

/**
 * Up to where one metric may be worse: relative to what it is compared with (`ratio`), or an absolute value with its
 * unit. Exactly one of them.
 */
const bound = z
  .object({
    metric: z.string().min(1).describe('Metric of the subject, such as wall-floor.'),
    witness: z
      .string()
      .optional()
      .describe(
        'What it reads (wall, instructions, allocations, …): other metrics of that are held to this bound.',
      ),
    ratio: z
      .number()
      .positive()
      .optional()
      .describe('Bound of now / before: 1.094 accepts 9.4 % more (less, where higher is better).'),
    value: z.number().optional().describe('Absolute bound, in `unit`.'),
    unit: z.string().min(1).optional(),
    seen: z.number().optional().describe('What was measured when it was accepted; the bound is what counts.'),
  })
  .strict()
  .refine(
    ({ ratio, value }) => (ratio === undefined) !== (value === undefined),
    'it needs a bound: either ratio, or value with unit',
  )
  .refine(({ value, unit }) => (value === undefined) === (unit === undefined), 'value and unit go together');

const entry = z
  .object({
    capability: z.string().min(1).describe('Target whose finding is accepted, such as bench.'),
    subject: z.string().min(1).describe('Id of what got worse, as the Report names it.'),
    against: z
      .enum(['base', 'release', 'baseline', 'budget'])
      .default('base')
      .describe('What it was compared with.'),
    base: z
      .string()
      .min(1)
      .describe('Content hash of what it was compared with. Once that is another, the entry stops applying.'),
    bounds: z.array(bound).min(1, 'it needs at least one bound').describe('Up to where it is accepted.'),
    reason: z.string().trim().min(1, 'it needs a reason').describe('Why the cost is worth it.'),
    author: z.string().trim().min(1, 'it needs an author').describe('Who accepted it.'),
    date: z.iso.date('it needs a date such as 2026-01-31').describe('When it was accepted (UTC).'),
  })
  .strict();

/** `assay/accepted.json` of a project: what got worse knowingly, for a while. Written by `--accept`, and reviewed. */
export const acceptedSchema = z
  .object({
    $schema: z.string().optional(),
    accepted: z.array(entry),
  })
  .strict()
  .meta({
    title: 'nx-assay: accepted',
    description:
      'What got worse knowingly, up to a bound and until it is merged. Written by --accept; commit it, so that it is reviewed.',
  });

export type AcceptedFile = z.infer<typeof acceptedSchema>;
export type AcceptedEntry = z.infer<typeof entry>;
export type AcceptedBound = AcceptedEntry['bounds'][number];
export type Against = AcceptedEntry['against'];
