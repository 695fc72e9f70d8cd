import { stripVTControlCharacters } from 'node:util';

export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
  /** Columns with a higher number go first when the terminal is narrow; 0 never goes. */
  readonly dispensable: number;
  /** May be cut with an ellipsis. */
  readonly shrinks?: boolean;
}

const GAP = '  ';
const segmenter = new Intl.Segmenter();

/** Cells that a text takes up: wide East Asian characters and emoji count two, combining marks none. */
export function displayWidth(text: string): number {
  const plain = stripVTControlCharacters(text);
  // Nearly all text is of such characters, and taking text apart by graphemes is a hundred times slower.
  if (/^[ -~ -ÿ–—›·…≥−µ±✓✗▲→]*$/.test(plain)) return plain.length;
  let width = 0;
  for (const { segment } of segmenter.segment(plain)) {
    width +=
      /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u.test(
        segment,
      )
        ? 2
        : 1;
  }
  return width;
}

/**
 * Lays out rows in columns within `width` cells: dispensable columns go first, then the shrinking one is cut.
 * Cells may hold ANSI styles. Returns lines without trailing blanks.
 */
export function layoutTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
  styleTitle: (text: string) => string,
): readonly string[] {
  let kept = columns.map((_, index) => index);
  const widths = columns.map((column, index) =>
    Math.max(displayWidth(column.title), ...rows.map((row) => displayWidth(row[index] ?? ''))),
  );
  const total = (): number =>
    kept.reduce((sum, index) => sum + (widths[index] ?? 0), 0) + GAP.length * (kept.length - 1);
  while (total() > width) {
    const candidate = kept
      .filter((index) => (columns[index]?.dispensable ?? 0) > 0)
      .sort((a, b) => (columns[b]?.dispensable ?? 0) - (columns[a]?.dispensable ?? 0))[0];
    if (candidate === undefined) break;
    kept = kept.filter((index) => index !== candidate);
  }
  const shrinking = kept.find((index) => columns[index]?.shrinks);
  if (shrinking !== undefined && total() > width) {
    widths[shrinking] = Math.max(12, (widths[shrinking] ?? 0) - (total() - width));
  }
  const line = (cells: readonly string[], style: (text: string) => string): string =>
    kept
      .map((index) => {
        const cell = cutTo(cells[index] ?? '', widths[index] ?? 0);
        const pad = ' '.repeat(Math.max(0, (widths[index] ?? 0) - displayWidth(cell)));
        return columns[index]?.align === 'right' ? pad + style(cell) : style(cell) + pad;
      })
      .join(GAP)
      .trimEnd();
  const titles = columns.map((column) => column.title);
  return [line(titles, styleTitle), ...rows.map((row) => line(row, (text) => text))];
}

function cutTo(cell: string, width: number): string {
  if (displayWidth(cell) <= width) return cell;
  let cut = '';
  for (const { segment } of segmenter.segment(stripVTControlCharacters(cell))) {
    if (displayWidth(cut + segment) > width - 1) break;
    cut += segment;
  }
  return `${cut}…`;
}
