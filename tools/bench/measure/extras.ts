import type { BenchmarkSamples, Replicate } from '../../compare/types.ts';
import type { ExtraFigure, MissingFigure } from '../outcome.ts';

/** Figures that the library reported beside time (B/op, allocs/op, …): the median over processes of each side. Pure. */
export function extraFigures(samples: BenchmarkSamples): readonly ExtraFigure[] {
  const replicates = samples.batches
    .filter(({ role }) => role !== 'pilot')
    .flatMap((batch) => batch.replicates);
  const known = new Map<string, Replicate['extra'][number]>();
  for (const replicate of replicates) for (const figure of replicate.extra) known.set(figure.name, figure);
  return [...known.values()].flatMap(({ name, unit, better }) => {
    const head = medianOf(replicates, 'head', name);
    const base = medianOf(replicates, 'base', name);
    return head === undefined ? [] : [{ name, unit, better, head, ...(base === undefined ? {} : { base }) }];
  });
}

function medianOf(
  replicates: readonly Replicate[],
  side: Replicate['side'],
  name: string,
): number | undefined {
  const values = replicates
    .filter((replicate) => replicate.side === side)
    .flatMap((replicate) =>
      replicate.extra.filter((figure) => figure.name === name).map((figure) => figure.value),
    )
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const middle = values.length >> 1;
  const upper = values[middle];
  const lower = values.length % 2 === 1 ? upper : values[middle - 1];
  return upper === undefined || lower === undefined ? undefined : (lower + upper) / 2;
}

/** Figures that this machine could not give in any process of head, and why. Pure. */
export function missingFigures(samples: BenchmarkSamples): readonly MissingFigure[] {
  const replicates = samples.batches
    .flatMap((batch) => batch.replicates)
    .filter(({ side }) => side === 'head');
  const given = new Set(replicates.flatMap(({ extra }) => extra.map(({ name }) => name)));
  const missing = new Map(
    replicates.flatMap((replicate) => (replicate.missing ?? []).map(({ name, reason }) => [name, reason])),
  );
  return [...missing].flatMap(([name, reason]) => (given.has(name) ? [] : [{ name, reason }]));
}
