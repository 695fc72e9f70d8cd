import { z } from 'zod';
import { readJson } from '../../kernel/files/read-json.ts';
import { recordingsErrors } from '../errors.ts';

const replicate = z.object({
  side: z.enum(['base', 'head']),
  pair: z.number().int(),
  sequence: z.number().int(),
  startedAtMs: z.number(),
  warmup: z.array(z.number()),
  chunks: z.array(z.number()),
  extra: z
    .array(
      z.object({
        name: z.string(),
        unit: z.string(),
        value: z.number(),
        better: z.enum(['lower', 'higher']),
      }),
    )
    .default([]),
});

const batch = z.object({
  role: z.enum(['pilot', 'main', 'confirm']),
  attempt: z.number().int(),
  turns: z.boolean().default(false),
  replicates: z.array(replicate),
});

const benchmark = z.object({
  subject: z.string(),
  iterations: z.number(),
  overheadNs: z.number(),
  resolutionNs: z.number(),
  batches: z.array(batch),
});

const document = z.object({ schema: z.literal('nx-assay/bench-samples@1'), benchmarks: z.array(benchmark) });

export type PairedSamples = z.infer<typeof benchmark>;

/**
 * `samples.json` of one bench run as it is, pairs and batches and all.
 *
 * @throws AssayError `recordings/malformed`, `files/…`
 */
export async function pairedSamples(path: string, shown: string): Promise<readonly PairedSamples[]> {
  const parsed = document.safeParse(await readJson(path));
  if (parsed.success) return parsed.data.benchmarks;
  const [issue] = parsed.error.issues;
  throw recordingsErrors.create('recordings/malformed', {
    path: shown,
    format: 'nx-assay samples.json',
    place: issue?.path.join('.') || 'the whole',
    problem: `does not fit: ${issue?.message ?? 'unknown'}`,
  });
}

/** Whether both sides were measured. */
export function isPaired({ batches }: PairedSamples): boolean {
  const measured = batches.filter(({ role }) => role !== 'pilot').flatMap(({ replicates }) => replicates);
  return (['base', 'head'] as const).every((side) => measured.some((one) => one.side === side));
}
