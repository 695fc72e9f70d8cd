const closers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' };

/**
 * Offset of the bracket that closes the one at `open`, in masked text; -1 where it is never closed. Angle
 * brackets count only where `open` is one, and the arrow `=>` closes none.
 */
export function closing(masked: string, open: number): number {
  const angle = masked[open] === '<';
  const stack: string[] = [];
  for (let at = open; at < masked.length; at += 1) {
    const char = masked[at] as string;
    if (char in closers && (char !== '<' || angle)) stack.push(closers[char] as string);
    else if (char === '>' && (!angle || masked[at - 1] === '=')) continue;
    else if (char === stack.at(-1)) {
      stack.pop();
      if (stack.length === 0) return at;
    }
  }
  return -1;
}

/** A piece of a text and where it starts. */
export interface Piece {
  readonly text: string;
  readonly start: number;
}

/**
 * Splits `text` at a separator outside all brackets and strings.
 *
 * @param masked the same text, masked; pieces are cut from `text`
 */
export function splitOutside(text: string, masked: string, separator: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < masked.length; at += 1) {
    const char = masked[at] as string;
    if ('([{'.includes(char)) depth += 1;
    else if (')]}'.includes(char)) depth -= 1;
    else if (char === '<') depth += 1;
    else if (char === '>' && masked[at - 1] !== '=' && masked[at - 1] !== '-') depth -= 1;
    else if (char === separator && depth <= 0) {
      pieces.push({ text: text.slice(start, at), start });
      start = at + 1;
    }
  }
  pieces.push({ text: text.slice(start), start });
  return pieces.filter((piece) => piece.text.trim() !== '');
}

/** Bracket depth before each character of masked text; 0 = the top of the file. */
export function depths(masked: string): Int32Array {
  const result = new Int32Array(masked.length + 1);
  let depth = 0;
  for (let at = 0; at < masked.length; at += 1) {
    const char = masked[at] as string;
    if (')]}'.includes(char)) depth = Math.max(0, depth - 1);
    result[at] = depth;
    if ('([{'.includes(char)) depth += 1;
  }
  result[masked.length] = depth;
  return result;
}

/** 1-based line of an offset. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}
