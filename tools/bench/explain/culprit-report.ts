import { type FindingContext, finding } from '../../kernel/report/finding.ts';
import type { Finding } from '../../kernel/report/schema.ts';
import { clause, count, listed, percent } from '../report/words.ts';
import type { Change } from './bisect.ts';
import type { ChainStep } from './chain.ts';
import { dateOf } from './commit-table.ts';
import type { ComparedPair, Culprits, NamedCommit, NamedRange } from './find-culprits.ts';
import type { Yardstick } from './yardstick.ts';

/** From here on one commit counts as the whole reason. */
const WHOLE = 0.75;

/** What a bisection found of one benchmark. Pure. */
export function culpritFinding(
  context: FindingContext,
  culprits: Culprits,
  notes: readonly string[],
): Finding {
  const { regressed, named, ranges, compared, alpha } = culprits;
  const title = regressed.title;
  const parts = [
    headline(`${title} got worse (${nameOfYardstick(regressed.yardstick)})`, named, ranges),
    ...rangeSentences(named, ranges),
  ];
  const share = named.reduce((sum, one) => sum + one.share, 0);
  if (named.length > 0 && share < WHOLE) {
    parts.push(`Together that is ${shareText(share)} of the change; the rest is spread or hidden by noise.`);
  }
  const how =
    compared.length === 0
      ? 'There was one step only, so the comparison of the run itself shows it.'
      : `${count(compared.length, 'comparison')} of two commits each; a commit that changed nothing is named with a probability of at most ${alpha * 100} %.`;
  return finding(context, {
    id: named.length > 0 ? 'bench/culprit' : 'bench/culprit-unknown',
    severity: 'info',
    subject: regressed.subject,
    message: [...parts, how, ...notes].join(' '),
    remedy: remedyOf(named, ranges),
    ...(compared.length === 0
      ? {}
      : {
          table: {
            title: `How it was found: ${title}`,
            columns: ['From', 'To', 'Steps', 'Change', 'Interval', 'Result'],
            rows: compared.map(rowOf),
          },
        }),
    evidence: {
      culprits: named.map(({ step, change, share }) => ({ ...idOf(step), ...ratios(change), share })),
      ranges: ranges.map(({ steps, change, why, detail }) => ({
        ...{ commits: steps.map(idOf), ...ratios(change), why, detail },
      })),
      comparisons: compared.length,
      alpha,
    },
  });
}

function headline(what: string, named: readonly NamedCommit[], ranges: readonly NamedRange[]): string {
  const [first] = named;
  if (first === undefined) {
    const commits = ranges.reduce((sum, { steps }) => sum + steps.length, 0);
    return `${what}, and by which commit could not be told; ${commits === 1 ? 'one is' : `${commits} are`} left.`;
  }
  if (named.length === 1) return `${what} by ${nameOf(first.step)}: ${figures(first)}.`;
  const each = named.map((one) => `${nameOf(one.step)}: ${figures(one)}`);
  return `${what} by ${named.length} commits. ${each.join('. ')}.`;
}

function figures({ change, share }: NamedCommit): string {
  return `${percent(Math.exp(change.size))}, 99 % interval ${percent(Math.exp(change.low))} to ${percent(Math.exp(change.high))}, ${shareText(share)} of the whole`;
}

function shareText(share: number): string {
  return `${Math.round(Math.min(1, share) * 100)} %`;
}

const WHY: Readonly<Record<NamedRange['why'], string>> = {
  'does not build': 'what lies between does not build or run',
  undecided: 'the comparisons do not decide',
  'too small': 'each part is too small to be told from noise',
  stopped: 'there was no more time',
};

function rangeSentences(named: readonly NamedCommit[], ranges: readonly NamedRange[]): readonly string[] {
  return ranges.slice(0, 3).map(({ steps, change, why, detail }) => {
    const names = listed(steps.map(nameOf));
    const about = named.length > 0 ? 'A further part' : 'It';
    const size = `about ${percent(Math.exp(change.size))}`;
    return `${about} (${size}) lies in ${steps.length === 1 ? names : `one or several of ${names}`}: ${WHY[why]}${detail === '' ? '' : ` (${clause(detail, 160)})`}.`;
  });
}

function remedyOf(named: readonly NamedCommit[], ranges: readonly NamedRange[]): string {
  const [first] = named;
  if (first?.step.commit) return `See git show ${first.step.commit.commit.slice(0, 9)}.`;
  const stopped = ranges.some(({ why }) => why === 'stopped' || why === 'undecided');
  return stopped
    ? 'Give it more time (--budget=30m) or a quieter machine.'
    : 'Look at the commits named; that none can be told from the others is what the measurements say.';
}

function nameOf({ commit, state }: ChainStep): string {
  if (commit === undefined) return `the difference up to ${state.slice(0, 9)}`;
  const merge = commit.parents.length > 1 ? ', a merge' : '';
  return `${commit.commit.slice(0, 9)} “${clause(commit.subject, 72)}” (${clause(commit.author, 40)}, ${dateOf(commit.time)}${merge})`;
}

function idOf({ commit, state }: ChainStep) {
  return commit
    ? { commit: commit.commit, author: commit.author, subject: commit.subject, files: commit.files }
    : { commit: state };
}

function ratios({ size, low, high }: Change) {
  return { ratio: Math.exp(size), interval: [Math.exp(low), Math.exp(high)] };
}

function rowOf({ from, to, commits, outcome }: ComparedPair): string[] {
  const start = [from.slice(0, 9), to.slice(0, 9), String(commits)];
  switch (outcome.state) {
    case 'judged': {
      const { ratio, interval } = ratios(outcome.change);
      const range = interval.map(percent).join(' to ');
      return [...start, percent(ratio), range, outcome.slower ? 'worse' : 'not shown to be worse'];
    }
    case 'identical':
      return [...start, '', '', 'equal builds'];
    case 'broken':
      return [...start, '', '', `does not run: ${clause(outcome.reason, 60)}`];
    case 'unknown':
      return [...start, '', '', clause(outcome.reason, 60)];
  }
}

function nameOfYardstick(yardstick: Yardstick): string {
  if (yardstick.kind === 'memory') return yardstick.figure;
  if (yardstick.kind === 'instructions') return 'instructions';
  return yardstick.statistic === 'mean' ? 'mean time' : 'time';
}
