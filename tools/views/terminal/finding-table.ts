import type { Finding } from '../../kernel/report/schema.ts';
import { escapeLine } from '../escape.ts';
import type { Style } from './style.ts';
import { type Column, displayWidth, layoutTable } from './table.ts';

const INDENT = '    ';

/** The table of a finding, between blank lines. The widest column is cut first, then those on the right go. */
export function findingTable({ table }: Finding, width: number, style: Style): readonly string[] {
  if (table === undefined) return [];
  const rows = table.rows.map((row) => row.map(escapeLine));
  const widths = table.columns.map((_, i) => Math.max(0, ...rows.map((row) => displayWidth(row[i] ?? ''))));
  const widest = widths.indexOf(Math.max(...widths));
  const columns = table.columns.map(
    (title, i): Column => ({
      title: escapeLine(title),
      align: 'left',
      dispensable: i === widest ? 0 : i,
      ...(i === widest ? { shrinks: true } : {}),
    }),
  );
  const inner = Math.max(40, width - INDENT.length);
  const lines = layoutTable(columns, rows, inner, (text) => style('dim', text));
  return ['', `${INDENT}${escapeLine(table.title)}`, ...lines.map((line) => `${INDENT}${line}`), ''];
}
