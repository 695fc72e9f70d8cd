/** How a language writes comments and strings. */
export type Syntax = 'typescript' | 'python' | 'go' | 'java' | 'rust';

/**
 * The same text with comments and the contents of strings replaced by blanks, line breaks kept: brackets and
 * keywords that are left mean what they say, and every offset still holds. Pure.
 */
export function mask(text: string, syntax: Syntax): string {
  const out = text.split('');
  const blank = (from: number, to: number): void => {
    for (let at = from; at < to && at < out.length; at += 1) if (out[at] !== '\n') out[at] = ' ';
  };
  const scan = tokens[syntax];
  for (let at = 0; at < text.length; ) {
    const token = scan(text, at, out);
    if (!token) {
      at += 1;
      continue;
    }
    const { end, keep } = token;
    // A string that is never closed has no quote at its end.
    const closed = end - keep >= at + keep && text.slice(end - keep, end) === text.slice(at, at + keep);
    blank(at + keep, closed ? end - keep : end);
    at = Math.max(token.end, at + 1);
  }
  return out.join('');
}

/** How each language's comments and strings are found. */
const tokens: Readonly<
  Record<Syntax, (text: string, at: number, out: readonly string[]) => Token | undefined>
> = {
  typescript: typescriptToken,
  python: pythonToken,
  go: goToken,
  java: javaToken,
  rust: rustToken,
};

/** A comment or string from the scanned place to `end`; `keep` characters of it (its quotes) stay at both sides. */
interface Token {
  readonly end: number;
  readonly keep: number;
}

function typescriptToken(text: string, at: number, out: readonly string[]): Token | undefined {
  const two = text.slice(at, at + 2);
  if (two === '//') return { end: lineEnd(text, at), keep: 0 };
  if (two === '/*') return { end: after(text, '*/', at + 2), keep: 0 };
  const char = text[at];
  if (char === "'" || char === '"') return { end: quoted(text, at, char), keep: 1 };
  if (char === '`') return { end: template(text, at), keep: 1 };
  if (char === '/' && startsExpression(out, at)) return { end: regularExpression(text, at), keep: 1 };
  if (two === '#!' && at === 0) return { end: lineEnd(text, at), keep: 0 };
  return undefined;
}

function pythonToken(text: string, at: number): Token | undefined {
  const char = text[at];
  if (char === '#') return { end: lineEnd(text, at), keep: 0 };
  if (char !== "'" && char !== '"') return undefined;
  const triple = char.repeat(3);
  if (text.startsWith(triple, at)) return { end: quotedBy(text, at + 3, triple), keep: 3 };
  return { end: quoted(text, at, char), keep: 1 };
}

function goToken(text: string, at: number): Token | undefined {
  const two = text.slice(at, at + 2);
  if (two === '//') return { end: lineEnd(text, at), keep: 0 };
  if (two === '/*') return { end: after(text, '*/', at + 2), keep: 0 };
  const char = text[at];
  if (char === '"' || char === "'") return { end: quoted(text, at, char), keep: 1 };
  if (char === '`') return { end: after(text, '`', at + 1), keep: 1 };
  return undefined;
}

function javaToken(text: string, at: number): Token | undefined {
  const two = text.slice(at, at + 2);
  if (two === '//') return { end: lineEnd(text, at), keep: 0 };
  if (two === '/*') return { end: after(text, '*/', at + 2), keep: 0 };
  if (text.startsWith('"""', at)) return { end: quotedBy(text, at + 3, '"""'), keep: 3 };
  const char = text[at];
  return char === '"' || char === "'" ? { end: quoted(text, at, char), keep: 1 } : undefined;
}

/** A quote begins a character or a lifetime; block comments nest. */
function rustToken(text: string, at: number): Token | undefined {
  const two = text.slice(at, at + 2);
  if (two === '//') return { end: lineEnd(text, at), keep: 0 };
  if (two === '/*') return { end: nestedComment(text, at), keep: 0 };
  const raw = /^b?r(#*)"/.exec(text.slice(at, at + 12));
  if (raw && !/\w/.test(text[at - 1] ?? '')) {
    return { end: after(text, `"${raw[1]}`, at + raw[0].length), keep: 0 };
  }
  if (text[at] === '"') return { end: rustStringEnd(text, at), keep: 1 };
  if (text[at] !== "'") return undefined;
  const char = /^'(?:\\(?:x..|u\{[^}]*\}|.)|[^'\\])'/u.exec(text.slice(at, at + 16));
  return char ? { end: at + char[0].length, keep: 1 } : undefined;
}

/** After the quote that ends a string; unlike elsewhere, strings may go over lines. */
function rustStringEnd(text: string, at: number): number {
  for (let i = at + 1; i < text.length; i += 1) {
    if (text[i] === '\\') i += 1;
    else if (text[i] === '"') return i + 1;
  }
  return text.length;
}

function nestedComment(text: string, at: number): number {
  let depth = 0;
  for (let i = at; i < text.length; i += 1) {
    const two = text.slice(i, i + 2);
    if (two !== '/*' && two !== '*/') continue;
    depth += two === '/*' ? 1 : -1;
    i += 1;
    if (depth === 0) return i + 1;
  }
  return text.length;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

function after(text: string, mark: string, from: number): number {
  const end = text.indexOf(mark, from);
  return end < 0 ? text.length : end + mark.length;
}

/** End of a string that starts at `at`. A line break ends it too: a stray quote harms one line. */
function quoted(text: string, at: number, quote: string): number {
  for (let i = at + 1; i < text.length; i += 1) {
    if (text[i] === '\\') i += 1;
    else if (text[i] === quote) return i + 1;
    else if (text[i] === '\n') return i;
  }
  return text.length;
}

function quotedBy(text: string, from: number, mark: string): number {
  for (let i = from; i < text.length; i += 1) {
    if (text[i] === '\\') i += 1;
    else if (text.startsWith(mark, i)) return i + mark.length;
  }
  return text.length;
}

/** A template literal with everything in it, the code of its `${…}` too: no declaration stands there. */
function template(text: string, at: number): number {
  for (let i = at + 1; i < text.length; i += 1) {
    if (text[i] === '\\') i += 1;
    else if (text[i] === '`') return i + 1;
    else if (text[i] === '$' && text[i + 1] === '{') i = substitution(text, i + 2) - 1;
  }
  return text.length;
}

function substitution(text: string, from: number): number {
  let depth = 1;
  for (let i = from; i < text.length; i += 1) {
    const char = text[i] as string;
    if (char === '`') i = template(text, i) - 1;
    else if (char === "'" || char === '"') i = quoted(text, i, char) - 1;
    else if (char === '{') depth += 1;
    else if (char === '}') {
      depth -= 1;
      if (depth === 0) return i + 1;
    }
  }
  return text.length;
}

function regularExpression(text: string, at: number): number {
  let inClass = false;
  for (let i = at + 1; i < text.length; i += 1) {
    const char = text[i];
    if (char === '\\') i += 1;
    else if (char === '\n')
      return at + 1; // it was a division after all
    else if (char === '[') inClass = true;
    else if (char === ']') inClass = false;
    else if (char === '/' && !inClass) return i + 1;
  }
  return at + 1;
}

/** True where a slash begins a regular expression: after an operator, an opening bracket or a keyword. */
function startsExpression(out: readonly string[], at: number): boolean {
  let i = at - 1;
  while (i >= 0 && /\s/.test(out[i] as string)) i -= 1;
  if (i < 0) return true;
  if (/[=(,:;!&|?{}[+\-*%~^<>]/.test(out[i] as string)) return true;
  const word = out.slice(Math.max(0, i - 9), i + 1).join('');
  return /\b(return|typeof|case|in|of|delete|void|throw|new|else|do|yield|await)$/.test(word);
}
