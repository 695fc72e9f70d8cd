import { closing, splitOutside } from '../brackets.ts';
import { mask } from '../mask.ts';

const WIDTH = 100;

/**
 * Breaks the first object or array literal of a long line over several lines, and what is still too long
 * inside it: workspaces without a formatter get readable files too. Pure.
 */
export function layout(line: string): string {
  if (line.length <= WIDTH) return line;
  const masked = mask(line, 'typescript');
  // The callback of Array.from holds what is long; its own options `{ length: 100 }` stay in the line.
  const list = /^[^{[]*Array\.from\(/.test(masked);
  const from = list ? Math.max(0, masked.indexOf('=> ')) : 0;
  const open = masked.slice(from).search(/[{[]/) + from;
  const end = open >= from ? closing(masked, open) : -1;
  if (open < from || end < 0) return line;
  const indent = /^\s*/.exec(line)?.[0] ?? '';
  const rows = splitOutside(line.slice(open + 1, end), masked.slice(open + 1, end), ',');
  if (rows.length === 0) return line;
  const inner = rows.map((row) => `${layout(`${indent}  ${row.text.trim()},`)}\n`).join('');
  return `${line.slice(0, open + 1)}\n${inner}${indent}${line.slice(end)}`;
}
