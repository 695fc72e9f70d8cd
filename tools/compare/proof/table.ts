import { clopperPearson, median } from '../../kernel/statistics/index.ts';
import type { ProofRecord } from './records.ts';

/** The table of a proof in Markdown, a row for each language, margin and truth. Pure. */
export function proofTable(records: readonly ProofRecord[]): string {
  const peers = [...new Set(records.flatMap((record) => Object.keys(record.peers)))];
  const head = [
    ...['language', 'truth', 'margin', 'runs', 'changed', 'wrong', 'unchanged', 'inconclusive'],
    ...['interval holds the truth', 'promised', 'found of the promised', 'seconds', ...peers],
  ];
  const groups = Map.groupBy(records, ({ language, margin, truth }) => `${language} ${margin} ${truth}`);
  const rows = [...groups.values()]
    .sort(([a], [b]) => order(a).localeCompare(order(b)))
    .map((group) => rowOf(group, peers));
  return [head, head.map((_, i) => (i === 0 ? '---' : '--:')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

function order(record: ProofRecord | undefined): string {
  return record ? `${record.language} ${record.margin.toFixed(3)} ${record.truth.toFixed(3)}` : '';
}

function rowOf(group: readonly ProofRecord[], peers: readonly string[]): string[] {
  const [{ language, truth, margin }] = group as readonly [ProofRecord];
  const of = (test: (record: ProofRecord) => boolean) => group.filter(test).length;
  const direction = truth > 1 ? 'regressed' : 'improved';
  const changed = of(({ verdict }) => verdict === 'regressed' || verdict === 'improved');
  // A change there is none of, or in the wrong direction, or none where it is as large as the margin.
  const wrong = of(({ verdict }) =>
    truth === 1
      ? verdict === 'regressed' || verdict === 'improved'
      : verdict === (truth > 1 ? 'improved' : 'regressed') ||
        (verdict === 'unchanged' && truth >= 1 + margin),
  );
  const promised = group.filter(
    (record) => (record.promised ?? Number.POSITIVE_INFINITY) <= truth - 1 + 1e-9,
  );
  const found = promised.filter(({ verdict }) => verdict === direction).length;
  return [
    ...[language, truth === 1 ? 'A/A' : `+${((truth - 1) * 100).toFixed(0)} %`, `${margin * 100} %`],
    ...[String(group.length), share(changed, group.length), String(wrong)],
    ...[
      count(of(({ verdict }) => verdict === 'unchanged')),
      count(of(({ verdict }) => verdict === 'inconclusive')),
    ],
    share(
      of(({ interval: [low, high] }) => low <= truth && truth <= high),
      group.length,
    ),
    ...(truth === 1
      ? ['–', '–']
      : [count(promised.length), promised.length > 0 ? share(found, promised.length) : '–']),
    median(group.map(({ seconds }) => seconds)).toFixed(1),
    ...peers.map((peer) => {
      const known = group.filter((record) => record.peers[peer] !== undefined);
      return known.length === 0
        ? '–'
        : share(known.filter((record) => record.peers[peer]).length, known.length);
    }),
  ];
}

function count(n: number): string {
  return String(n);
}

/** Per cent with its 95 % interval (Clopper and Pearson). */
function share(n: number, of: number): string {
  const [low, high] = clopperPearson(n, of, 0.95).map((value) => (100 * value).toFixed(1));
  return `${((100 * n) / of).toFixed(1)} % [${low}, ${high}]`;
}
