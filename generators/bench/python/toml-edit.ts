import { closing } from '../brackets.ts';
import { mask } from '../mask.ts';

/**
 * Adds strings to an array of a TOML text, and the table or the key where they are missing. Comments, order and
 * line breaks of the rest stay as they are. Pure.
 *
 * @param table dotted table name, such as `dependency-groups`
 */
export function addToArray(text: string, table: string, key: string, values: readonly string[]): string {
  const masked = mask(text, 'python'); // TOML's comments and strings look like Python's
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const items = values.map((value) => JSON.stringify(value));
  const section = findTable(text, masked, table);
  if (!section)
    return `${ended(text, eol)}${text.trim() === '' ? '' : eol}[${table}]${eol}${key} = [${items.join(', ')}]${eol}`;
  const body = masked.slice(section.start, section.end);
  const match = new RegExp(`^[ \\t]*${key}[ \\t]*=[ \\t]*\\[`, 'm').exec(body);
  if (!match) return insertLine(text, section.start, `${key} = [${items.join(', ')}]`, eol);
  const open = section.start + match.index + match[0].length - 1;
  const close = closing(masked, open);
  if (close < 0) return text;
  return insertItems(text, masked, open, close, items, eol);
}

/** Sets `key = value` in a table (value already TOML), and makes the table where it is missing. Pure. */
export function addToTable(text: string, table: string, key: string, value: string): string {
  const masked = mask(text, 'python');
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const section = findTable(text, masked, table);
  if (!section)
    return `${ended(text, eol)}${text.trim() === '' ? '' : eol}[${table}]${eol}${key} = ${value}${eol}`;
  const used = masked.slice(section.start, section.end).trimEnd().length;
  return insertLine(text, section.start + used, `${key} = ${value}`, eol);
}

function findTable(text: string, masked: string, table: string): { start: number; end: number } | undefined {
  for (const match of masked.matchAll(/^[ \t]*\[(?!\[)[^\n]*\][ \t]*$/gm)) {
    const header = text.slice(masked.indexOf('[', match.index) + 1, match.index + match[0].lastIndexOf(']'));
    if (
      header
        .split('.')
        .map((part) => part.trim().replace(/^(['"])(.*)\1$/, '$2'))
        .join('.') !== table
    )
      continue;
    const start = match.index + match[0].length;
    const next = /^[ \t]*\[/m.exec(masked.slice(start));
    return { start, end: next ? start + next.index : text.length };
  }
  return undefined;
}

/** Puts a line after the one that ends at or after `at`. */
function insertLine(text: string, at: number, line: string, eol: string): string {
  const end = text.indexOf('\n', at);
  const head = end < 0 ? ended(text, eol) : text.slice(0, end + 1);
  return `${head}${line}${eol}${end < 0 ? '' : text.slice(end + 1)}`;
}

function insertItems(
  text: string,
  masked: string,
  open: number,
  close: number,
  items: readonly string[],
  eol: string,
): string {
  const inside = masked.slice(open + 1, close);
  const last = open + 1 + inside.trimEnd().length; // after the last character that is no comment and no blank
  const empty = inside.trim() === '';
  const comma = empty || masked[last - 1] === ',' ? '' : ',';
  if (!inside.includes('\n')) {
    const blank = empty ? '' : ' ';
    return `${text.slice(0, last)}${comma}${blank}${items.join(', ')}${text.slice(last)}`;
  }
  const indent = /\n([ \t]*)(?=\S)/.exec(inside)?.[1] || '    ';
  const lineEnd = text.indexOf('\n', last); // a comment behind the last item stays with it
  const rows = items.map((item) => `${indent}${item},${eol}`).join('');
  return `${text.slice(0, last)}${comma}${text.slice(last, lineEnd + 1)}${rows}${text.slice(lineEnd + 1)}`;
}

function ended(text: string, eol: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}${eol}`;
}
