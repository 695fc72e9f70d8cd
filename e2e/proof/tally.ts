/** What the runs of one benchmark said, against what is true. */
export interface Tally {
  readonly project: string;
  readonly benchmark: string;
  readonly verdicts: Record<string, number>;
  /** Verdicts that contradict the truth: a change where there is none, none or another where there is one. */
  wrong: number;
  intervals: number;
  /** Intervals of the change that held the true one. */
  held: number;
  readonly ratios: number[];
  add(verdict: string, change: Change | undefined, truth: number): void;
}

type Change = { readonly ratio: number; readonly low: number; readonly high: number };

export function emptyTally(project: string, benchmark: string): Tally {
  return {
    project,
    benchmark,
    verdicts: {},
    wrong: 0,
    intervals: 0,
    held: 0,
    ratios: [],
    add(verdict, change, truth) {
      this.verdicts[verdict] = (this.verdicts[verdict] ?? 0) + 1;
      const right = truth === 1 ? ['unchanged', 'inconclusive'] : ['regressed', 'inconclusive'];
      if (!right.includes(verdict)) this.wrong++;
      if (!change) return;
      this.intervals++;
      this.ratios.push(change.ratio);
      if (change.low <= truth && truth <= change.high) this.held++;
    },
  };
}

/** A plain table. */
export function tableOf(scenario: string, tallies: readonly Tally[]): string {
  const rows = tallies.map((tally) => {
    const sorted = [...tally.ratios].sort((a, b) => a - b);
    const percent = (ratio: number | undefined) =>
      ratio === undefined ? '–' : `${ratio >= 1 ? '+' : '−'}${Math.abs((ratio - 1) * 100).toFixed(1)} %`;
    return [
      tally.project,
      tally.benchmark,
      Object.entries(tally.verdicts)
        .map(([verdict, count]) => `${count} ${verdict}`)
        .join(', '),
      String(tally.wrong),
      `${tally.held}/${tally.intervals}`,
      `${percent(sorted[0])} … ${percent(sorted.at(-1))}`,
    ];
  });
  const head = ['project', 'benchmark', 'verdicts', 'wrong', 'interval holds the truth', 'estimates'];
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]!.length)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd();
  return [`\n${scenario}`, line(head), ...rows.map(line), ''].join('\n');
}
