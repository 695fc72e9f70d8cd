import { type ComparisonKind, FEWEST_PROCESSES } from '../compare/recorded/judge-samples.ts';
import type { RecordedData, Recording, SameMachine } from '../recordings/index.ts';

/** How two recordings lie to each other in time and place. */
export interface Circumstances {
  readonly design: ComparisonKind['design'];
  readonly machine: SameMachine;
}

/** What kind of comparison two sides of one figure make. */
export function kindOf(base: RecordedData, head: RecordedData, around: Circumstances): ComparisonKind {
  const summary = base.state === 'summary' || head.state === 'summary';
  const processes = [processesOf(base), processesOf(head)] as const;
  return {
    design: around.machine.state === 'different' ? 'other-machine' : around.design,
    machine: around.machine.state,
    unit: summary ? 'summary' : Math.min(...processes) >= FEWEST_PROCESSES ? 'process' : 'sample',
    order: summary ? 'summary' : sorted(base) || sorted(head) ? 'sorted' : 'kept',
    processes,
    samples: [countOf(base), countOf(head)],
  };
}

function processesOf(data: RecordedData): number {
  return data.state === 'samples' ? data.processes.length : 1;
}

function countOf(data: RecordedData): number {
  if (data.state === 'summary') return data.count;
  return data.processes.reduce((sum, { values }) => sum + values.length, 0);
}

function sorted(data: RecordedData): boolean {
  return data.state === 'samples' && data.order === 'sorted';
}

/** Share of the switches between the sides that a random order would have. Blocks of one side have fewer. */
const MIXED = 0.5;

/** Whether the starts of the processes show that both sides took turns. Few files tell. */
export function designOf(base: Recording, head: Recording): 'interleaved' | 'sequential' {
  const starts = (recording: Recording, side: number) =>
    recording.benchmarks.flatMap((benchmark) =>
      benchmark.state !== 'read'
        ? []
        : benchmark.metrics.flatMap(({ data }) =>
            data.state === 'samples'
              ? data.processes.map(({ startedAtMs }) => ({ side, at: startedAtMs }))
              : [],
          ),
    );
  const all = [...starts(base, 0), ...starts(head, 1)];
  if (all.length < 6 || all.some(({ at }) => at === undefined)) return 'sequential';
  all.sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
  const switches = all.filter(({ side }, index) => index > 0 && side !== all[index - 1]?.side).length;
  const heads = all.filter(({ side }) => side === 1).length;
  const expected = (2 * heads * (all.length - heads)) / all.length;
  return switches >= MIXED * expected ? 'interleaved' : 'sequential';
}

/**
 * The kind in words: what was compared, and how.
 *
 * @param counts also how many samples there were
 */
export function kindText(kind: ComparisonKind, counts = true): string {
  const sides = (pair: readonly [number, number], noun: string): string =>
    pair[0] === pair[1]
      ? `${pair[0]} ${noun}${pair[0] === 1 ? '' : noun.endsWith('s') ? 'es' : 's'} a side`
      : `${pair[0]} and ${pair[1]} ${noun.endsWith('s') ? `${noun}es` : `${noun}s`}`;
  const design = {
    interleaved: 'interleaved in time',
    sequential: 'recorded one after the other',
    'other-machine': 'recorded on two machines',
  }[kind.design];
  const machine =
    kind.machine === 'same'
      ? 'on the same machine'
      : kind.machine === 'unknown'
        ? 'on machines that the files do not name'
        : undefined;
  const order = {
    kept: 'samples in the order taken',
    sorted: 'samples sorted, their order lost',
    summary: 'summaries only',
  };
  return [
    [design, machine].filter(Boolean).join(' '),
    sides(kind.processes, 'process'),
    ...(counts ? [sides(kind.samples, 'sample')] : []),
    order[kind.order],
  ].join(', ');
}
