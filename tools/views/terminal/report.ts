import type { Finding, Report } from '../../kernel/report/schema.ts';
import { escapeLine, shellLine } from '../escape.ts';
import { formatConfidence, formatDuration, formatShare, formatValue } from '../number.ts';
import { againstOf, alsoTexts, changeCells, type DeltaRow, decidedWord, deltaRows } from '../rows.ts';
import { SIGNS, WAIVED_SIGN } from '../sign.ts';
import { coverOf, inOrder, waiverLine, waiverWord } from '../waiver.ts';
import { findingTable } from './finding-table.ts';
import { type Format, type Style, styleFor, VERDICT_FORMATS } from './style.ts';
import { type Column, layoutTable } from './table.ts';

export interface TerminalOptions {
  readonly width: number;
  readonly colour: boolean;
  /** Path of the written Report, shown at the end. */
  readonly reportPath?: string;
}

const SEVERITY_FORMATS: Readonly<Record<Finding['severity'], Format>> = {
  error: ['red', 'bold'],
  warning: 'yellow',
  info: 'dim',
};

/** A Report for the terminal: what, how sure, why, how to reproduce, how to mend. Ends with a newline. */
export function renderTerminal(report: Report, options: TerminalOptions): string {
  const style = styleFor(options.colour);
  const rows = deltaRows(report);
  const lines = [heading(report, style), ''];
  if (rows.length > 0) lines.push(...table(rows, report, options.width, style), '');
  lines.push(verdictLine(report, style));
  for (const check of report.run.checks ?? []) {
    if (check.passed) lines.push(style('dim', `Canary: ${escapeLine(check.message)}`));
  }
  for (const finding of inOrder(report.findings)) lines.push(...findingLines(finding, options.width, style));
  if (options.reportPath) lines.push('', style('dim', `Report: ${escapeLine(options.reportPath)}`));
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

function heading(report: Report, style: Style): string {
  const against = againstOf(report);
  const { environment, run } = report;
  const parts = [
    style('bold', `${report.capability} ${escapeLine(report.project)}`),
    against && `against ${escapeLine(against)}`,
    environment.machine && escapeLine(environment.machine),
    formatDuration(environment.durationMs),
    takenAt(environment.startedAt),
    run.attempt > 1 ? `attempt ${run.attempt}` : undefined,
    report.enforcement === 'observe' ? 'observing: nothing fails' : undefined,
  ];
  return parts.filter(Boolean).join(style('dim', ' · '));
}

/** To the minute: enough to see that a Report came out of the cache. */
function takenAt(iso: string): string | undefined {
  const match = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/.exec(iso);
  return match ? `taken ${match[1]} ${match[2]} UTC` : undefined;
}

function table(rows: readonly DeltaRow[], report: Report, width: number, style: Style): readonly string[] {
  const compared = rows.some(({ comparison }) => comparison?.change ?? comparison?.difference);
  const confidence = report.metrics.find((metric) => metric.confidence)?.confidence ?? 0.99;
  const columns: Column[] = [
    { title: '', align: 'left', dispensable: 0 },
    { title: 'benchmark', align: 'left', dispensable: 0, shrinks: true },
    ...(compared ? [{ title: 'before', align: 'right', dispensable: 3 } as const] : []),
    { title: compared ? 'now' : 'time', align: 'right', dispensable: compared ? 2 : 0 },
    ...(compared
      ? ([
          { title: 'change', align: 'right', dispensable: 0 },
          { title: `${formatConfidence(confidence)} interval`, align: 'right', dispensable: 0 },
          { title: 'would find', align: 'right', dispensable: 4 },
        ] as const)
      : [{ title: `${formatConfidence(confidence)} interval`, align: 'right', dispensable: 1 } as const]),
    { title: 'verdict', align: 'left', dispensable: 0 },
  ];
  const cells = rows.map((row) => rowCells(row, compared, style));
  return layoutTable(columns, cells, Math.max(40, width), (text) => style('dim', text));
}

function rowCells(row: DeltaRow, compared: boolean, style: Style): readonly string[] {
  const { subject, metric, comparison } = row;
  const format = row.waiver ? 'yellow' : VERDICT_FORMATS[subject.verdict];
  const unit = metric?.unit ?? '';
  const verdict = style(format, verdictText(row));
  const start = [style(format, row.waiver ? WAIVED_SIGN : SIGNS[subject.verdict]), escapeLine(subject.id)];
  const now = formatValue(metric?.value, unit);
  if (!compared) {
    const interval = metric?.interval;
    const range = interval ? `${formatValue(interval[0], unit)} – ${formatValue(interval[1], unit)}` : '–';
    return [...start, now, range, verdict];
  }
  const detectable = comparison?.detectable;
  return [
    ...start,
    formatValue(comparison?.value, unit),
    now,
    ...changeCells(row),
    detectable === undefined ? '–' : `≥ ${formatShare(detectable)}`,
    verdict,
  ];
}

function verdictText(row: DeltaRow): string {
  const { subject, metric } = row;
  const word = decidedWord(row);
  const statistic = word === '' ? '' : ` (${escapeLine(word)})`;
  const also = alsoTexts(row).map(escapeLine);
  const reason = (subject.verdict === 'skipped' || subject.verdict === 'new') && row.reason ? row.reason : '';
  const waived = row.waiver ? waiverWord(row.waiver, metric?.id) : '';
  return [`${subject.verdict}${statistic}`, waived, ...also, reason && escapeLine(reason)]
    .filter(Boolean)
    .join('; ');
}

function verdictLine(report: Report, style: Style): string {
  const verdict = `${SIGNS[report.verdict]} ${report.verdict}`;
  return `${style(VERDICT_FORMATS[report.verdict], verdict)}  ${escapeLine(report.summary)}`;
}

function findingLines(finding: Finding, width: number, style: Style): readonly string[] {
  const where = finding.location
    ? ` (${escapeLine(finding.location.file)}${finding.location.line ? `:${finding.location.line}` : ''})`
    : '';
  const cover = coverOf(finding);
  const start = [
    '',
    `  ${severityText(finding, style)} ${style('bold', finding.id)}${where}`,
    `    ${escapeLine(finding.message)}`,
  ];
  // Somebody has answered for it: what is left to say is who.
  if (cover) return [...start, `    ${style('dim', 'waived:')} ${escapeLine(waiverLine(cover))}`];
  return [
    ...start,
    ...findingTable(finding, width, style),
    ...(finding.reproduce
      ? [`    ${style('dim', 'again:')} ${escapeLine(shellLine(finding.reproduce))}`]
      : []),
    `    ${style('dim', 'mend:')}  ${escapeLine(finding.remedy)}`,
    ...(finding.help ? [`    ${style('dim', `more:  ${escapeLine(finding.help)}`)}`] : []),
  ];
}

/** An error that is waived is no longer red. */
function severityText(finding: Finding, style: Style): string {
  const { severity } = finding;
  return coverOf(finding)
    ? style('yellow', `waived ${severity}`)
    : style(SEVERITY_FORMATS[severity], severity);
}
