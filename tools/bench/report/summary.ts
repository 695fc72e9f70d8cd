import type { Comparison, Metric, Subject, Waiver } from '../../kernel/report/schema.ts';
import { amount } from './memory-words.ts';
import { count, percent } from './words.ts';

const SHOWN = 3;

/** One line that says it all: `1 of 12 benchmarks regressed: parse +8.1 % [6.9, 9.4]; 11 unchanged within 5 %`. Pure. */
export function summarise(
  subjects: readonly Subject[],
  metrics: readonly Metric[],
  waivers: ReadonlyMap<string, Waiver> = new Map(),
): string {
  const total = subjects.length;
  if (total === 0) return 'no benchmark was measured';
  const byId = new Map(metrics.map((metric) => [metric.id, metric]));
  const of = (verdict: Subject['verdict']): readonly Subject[] =>
    subjects.filter((subject) => subject.verdict === verdict && !waivers.has(subject.id));
  const waived = (kind: Waiver['kind']): readonly Subject[] =>
    subjects.filter(({ id }) => waivers.get(id)?.kind === kind);
  const parts: string[] = [];
  const say = (verdict: Subject['verdict'], words: (found: readonly Subject[]) => string): void => {
    const found = of(verdict);
    if (found.length > 0) parts.push(words(found));
  };
  const share = (found: readonly Subject[]): string => `${found.length} of ${count(total, 'benchmark')}`;
  say('failed', (found) => `${share(found)} failed: ${listed(found, titleOf)}`);
  say('regressed', (found) => `${share(found)} regressed: ${listed(found, (one) => changeOf(one, byId))}`);
  say('over', (found) => `${share(found)} over budget: ${listed(found, titleOf)}`);
  say('inconclusive', (found) => `${share(found)} inconclusive: ${listed(found, titleOf)}`);
  const accepted = waived('accepted');
  if (accepted.length > 0) {
    parts.push(
      `${share(accepted)} regressed and accepted: ${listed(accepted, (one) => changeOf(one, byId))}`,
    );
  }
  const held = waived('quarantined');
  if (held.length > 0) {
    parts.push(`${share(held)} in quarantine: ${listed(held, (one) => `${one.title} (${one.verdict})`)}`);
  }
  say('improved', (found) => `${found.length} improved: ${listed(found, (one) => changeOf(one, byId))}`);
  say('unchanged', (found) => `${found.length} unchanged${withinOf(found, byId)}`);
  say('within', (found) => `${found.length} within budget`);
  say('identical', (found) => `${found.length} identical to the base`);
  say('new', (found) => `${found.length} new`);
  say('skipped', (found) => `${found.length} skipped`);
  say('measured', (found) => `${count(found.length, 'benchmark')} measured, nothing to compare with`);
  return parts.join('; ');
}

function titleOf(subject: Subject): string {
  return subject.title;
}

function listed(subjects: readonly Subject[], show: (subject: Subject) => string): string {
  const shown = subjects.slice(0, SHOWN).map(show).join(', ');
  return subjects.length > SHOWN ? `${shown} and ${subjects.length - SHOWN} more` : shown;
}

function changeOf(subject: Subject, metrics: ReadonlyMap<string, Metric>): string {
  const decided = deciding(subject, metrics);
  if (decided && decided.metric.witness !== 'wall') {
    const text = memoryText(decided.metric, decided.comparison);
    if (text !== undefined) return `${subject.title} ${text}`;
  }
  const change = decided?.comparison.change;
  if (!change) return subject.title;
  const [low, high] = change.interval.map((bound) => ((bound - 1) * 100).toFixed(1));
  return `${subject.title} ${percent(change.ratio)} [${low}, ${high}]`;
}

/** The margin, where all share it. */
function withinOf(subjects: readonly Subject[], metrics: ReadonlyMap<string, Metric>): string {
  const margins = new Set(subjects.map((subject) => decidingComparison(subject, metrics)?.margin));
  const [margin] = margins;
  return margins.size === 1 && margin !== undefined ? ` within ${Math.round(margin * 1000) / 10} %` : '';
}

/** `48 → 72 B/op (+50.0 %)`: of what may be zero the amounts say more than the ratio. */
function memoryText(metric: Metric, { value, change, difference }: Comparison): string | undefined {
  if (difference === undefined || value === undefined || metric.value === undefined) return undefined;
  const ratio = change === undefined ? '' : ` (${percent(change.ratio)})`;
  return `${amount(value, metric.unit)} → ${amount(metric.value, metric.unit)}${ratio}`;
}

function decidingComparison(subject: Subject, metrics: ReadonlyMap<string, Metric>): Comparison | undefined {
  return deciding(subject, metrics)?.comparison;
}

function deciding(subject: Subject, metrics: ReadonlyMap<string, Metric>) {
  return subject.decidedBy
    .flatMap((id) => {
      const metric = metrics.get(id);
      return metric?.comparisons.map((comparison) => ({ metric, comparison })) ?? [];
    })
    .find(({ comparison }) => comparison.verdict === subject.verdict);
}
