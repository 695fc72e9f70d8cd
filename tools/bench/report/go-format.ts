import type { BenchmarkSamples, Replicate } from '../../compare/types.ts';

/**
 * Samples in Go's benchmark format, a line a process, so that `benchstat base.txt head.txt` reads them.
 * Format: https://go.googlesource.com/proposal/+/master/design/14313-benchmark-format.md
 */
export function goBenchmarkText(
  samples: readonly BenchmarkSamples[],
  side: 'base' | 'head',
  labels: Readonly<Record<string, string>>,
): string {
  const lines = Object.entries(labels).map(([key, value]) => `${key}: ${value.replace(/\s+/g, ' ')}`);
  for (const benchmark of samples) {
    const name = goName(benchmark.subject);
    for (const replicate of measured(benchmark, side)) {
      const mean = replicate.chunks.reduce((sum, ns) => sum + ns, 0) / replicate.chunks.length;
      const floor =
        [...replicate.chunks].sort((a, b) => a - b)[Math.floor(replicate.chunks.length / 10)] ?? mean;
      const extra = replicate.extra
        .map((figure) => ` ${figure.value} ${figure.unit.replace(/\s+/g, '-')}`)
        .join('');
      const n = benchmark.iterations * replicate.chunks.length;
      lines.push(
        `Benchmark${name} ${n} ${mean.toPrecision(8)} ns/op ${floor.toPrecision(8)} floor-ns/op${extra}`,
      );
    }
  }
  return `${lines.join('\n')}\n`;
}

function measured(benchmark: BenchmarkSamples, side: 'base' | 'head'): readonly Replicate[] {
  return benchmark.batches
    .filter((batch) => batch.role !== 'pilot')
    .flatMap((batch) => batch.replicates)
    .filter((replicate) => replicate.side === side && replicate.chunks.length > 0);
}

/** Go's format splits at white space and wants a capital letter first; `/` separates parts. */
function goName(subject: string): string {
  const name = subject
    .split(' › ')
    .map((part) => part.replace(/\s+/g, '_').replace(/[^\p{L}\p{N}_.=[\]:,+-]/gu, '_'))
    .join('/');
  return name.charAt(0).toUpperCase() + name.slice(1);
}
