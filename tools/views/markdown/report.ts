import type { Comparison, Finding, Report } from '../../kernel/report/schema.ts';
import { escapeMarkdown, markdownCode, shellLine } from '../escape.ts';
import { formatConfidence, formatDuration, formatShare, formatValue } from '../number.ts';
import { againstOf, alsoTexts, changeCells, type DeltaRow, decidedWord, deltaRows } from '../rows.ts';
import { SIGNS, WAIVED_SIGN } from '../sign.ts';
import { coverOf, inOrder, waiverLine, waiverWord } from '../waiver.ts';
import { findingTable } from './finding-table.ts';
import { DEFAULT_TEMPLATE, fillTemplate, type TemplateParts } from './template.ts';

export interface MarkdownResult {
  readonly text: string;
  /** Placeholders of the template that do not exist. */
  readonly unknown: readonly string[];
}

/** The delta report of one project in GitHub-flavoured Markdown. Pure. */
export function renderMarkdown(report: Report, template: string = DEFAULT_TEMPLATE): MarkdownResult {
  return fillTemplate(template, markdownParts(report));
}

function markdownParts(report: Report): TemplateParts {
  const rows = deltaRows(report);
  const against = againstOf(report);
  return {
    title: `${escapeMarkdown(report.capability)}: ${escapeMarkdown(report.project)}${against ? ` against ${escapeMarkdown(against)}` : ''}`,
    verdict: `${SIGNS[report.verdict]} **${report.verdict}**${report.enforcement === 'observe' ? ' (observed, not enforced)' : ''}:`,
    summary: escapeMarkdown(report.summary),
    table: rows.length === 0 ? '' : deltaTable(rows, report),
    findings: inOrder(report.findings).map(findingBlock).join('\n\n'),
    method: methodText(report),
    environment: environmentText(report),
    reproduce: `Again: ${markdownCode(shellLine(reproduceCommand(report)))}`,
  };
}

function deltaTable(rows: readonly DeltaRow[], report: Report): string {
  const compared = rows.some(({ comparison }) => comparison?.change ?? comparison?.difference);
  const confidence = formatConfidence(report.metrics.find((metric) => metric.confidence)?.confidence ?? 0.99);
  const head = compared
    ? `| | Benchmark | Before | Now | Change | ${confidence} interval | Would find | Verdict |\n|---|---|--:|--:|--:|--:|--:|---|`
    : `| | Benchmark | Time | ${confidence} interval | Verdict |\n|---|---|--:|--:|---|`;
  const lines = rows.map((row) => {
    const { subject, metric, comparison } = row;
    const unit = metric?.unit ?? '';
    const start = [row.waiver ? WAIVED_SIGN : SIGNS[subject.verdict], markdownCode(subject.id)];
    const verdict = verdictCell(row);
    const now = formatValue(metric?.value, unit);
    if (!compared) {
      const range = metric?.interval
        ? `${formatValue(metric.interval[0], unit)} – ${formatValue(metric.interval[1], unit)}`
        : '–';
      return `| ${[...start, now, range, verdict].join(' | ')} |`;
    }
    const [change, interval] = changeCells(row);
    const cells = [
      ...start,
      formatValue(comparison?.value, unit),
      now,
      comparison?.verdict === 'regressed' ? `**${change}**` : change,
      interval,
      comparison?.detectable === undefined ? '–' : `≥ ${formatShare(comparison.detectable)}`,
      verdict,
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [head, ...lines].join('\n');
}

function verdictCell(row: DeltaRow): string {
  const word = decidedWord(row);
  const statistic = word === '' ? '' : ` (${escapeMarkdown(word)})`;
  const also = alsoTexts(row).map(escapeMarkdown);
  const waived = row.waiver ? [escapeMarkdown(waiverWord(row.waiver, row.metric?.id))] : [];
  return [`${row.subject.verdict}${statistic}`, ...waived, ...also].join('; ');
}

function findingBlock(finding: Finding): string {
  const where = finding.location
    ? ` in ${markdownCode(`${finding.location.file}${finding.location.line ? `:${finding.location.line}` : ''}`)}`
    : '';
  const cover = coverOf(finding);
  const start = `**${cover ? 'waived ' : ''}${finding.severity}** ${markdownCode(finding.id)}${where}: ${escapeMarkdown(finding.message)}`;
  if (cover) return `${start}\n- Waived: ${escapeMarkdown(waiverLine(cover))}`;
  return [
    start,
    ...findingTable(finding),
    ...(finding.reproduce ? [`- Again: ${markdownCode(shellLine(finding.reproduce))}`] : []),
    `- Mend: ${escapeMarkdown(finding.remedy)}`,
  ].join('\n');
}

function methodText(report: Report): string {
  const compared = report.metrics.flatMap((metric) => metric.comparisons).filter((entry) => entry.change);
  const first = compared[0];
  if (!first) return 'One side was measured; nothing was compared.';
  const pairs = compared.flatMap((entry) => (entry.pairs === undefined ? [] : [entry.pairs]));
  const range =
    pairs.length === 0 ? '' : `, ${Math.min(...pairs)}–${Math.max(...pairs)} pairs of fresh processes`;
  const alpha =
    first.alpha === undefined
      ? ''
      : ` Each hypothesis may err with probability ${Number(first.alpha.toPrecision(3))}.`;
  return `Design: ${first.design ?? 'unknown'}${range}; ${first.test ?? 'no test'}.${alpha} “Would find” is the smallest change that this run detects 95 times in 100.${promiseText(compared)}${checksText(report)}`;
}

function promiseText(compared: readonly Comparison[]): string {
  const promised = compared.flatMap((entry) => (entry.promised === undefined ? [] : [entry.promised]));
  if (promised.length === 0) return '';
  const [least, most] = [formatShare(Math.min(...promised)), formatShare(Math.max(...promised))];
  return ` A look at the noise before measuring promised to find ${least === most ? least : `${least} to ${most}`}.`;
}

function checksText(report: Report): string {
  const checks = report.run.checks ?? [];
  return checks.length === 0
    ? ''
    : ` Canary: ${checks.map(({ message }) => escapeMarkdown(message)).join('; ')}.`;
}

function environmentText(report: Report): string {
  const { environment } = report;
  const tools = [...Object.entries(environment.runtimes), ...Object.entries(environment.tools)]
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
  const commit = environment.commit
    ? `${environment.commit.slice(0, 9)}${environment.dirty ? ' with uncommitted changes' : ''}`
    : 'no commit';
  return escapeMarkdown(
    `Machine: ${environment.machine}. ${tools ? `Tools: ${tools}. ` : ''}Head: ${commit}. Taken ${environment.startedAt}, in ${formatDuration(environment.durationMs)}.`,
  );
}

function reproduceCommand(report: Report): readonly string[] {
  const base = report.run.base ? [`--base=${report.run.base.slice(0, 12)}`] : [];
  return ['npx', 'nx', 'run', report.run.target, ...base, '--skip-nx-cache'];
}
