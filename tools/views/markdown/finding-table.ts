import type { Finding } from '../../kernel/report/schema.ts';
import { escapeMarkdown } from '../escape.ts';

/** The table of a finding, between blank lines, or Markdown takes it for text. */
export function findingTable({ table }: Finding): readonly string[] {
  if (table === undefined) return [];
  const line = (cells: readonly string[]): string => `| ${cells.map(escapeMarkdown).join(' | ')} |`;
  return [
    '',
    `${escapeMarkdown(table.title)}:`,
    '',
    line(table.columns),
    `|${table.columns.map(() => '---').join('|')}|`,
    ...table.rows.map(line),
    '',
  ];
}
