import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Build, type BuildContext, type BuildRequest, buildPackage } from './build-package.ts';
import { blankOut } from './go-source.ts';

/** Errors come in waves: without a function, an import is unused; without an import, others are undefined. */
const mostRounds = 12;

/**
 * Builds head's tests against the base's code. A test, helper or benchmark that needs what only head has
 * would keep the whole package from compiling, since Go compiles its test files together; so what does not
 * compile is left out, declaration by declaration, and the rest is measured. A benchmark left out is new.
 *
 * Only `_test.go` files are touched, and those only in an overlay. Without its TestMain a package would not be
 * the same benchmark: then the failure stands.
 */
export async function buildReduced(request: BuildRequest, context: BuildContext): Promise<Build> {
  const first = await buildPackage(request, context);
  if (first.state === 'built' || !/_test\.go:\d+/.test(first.output)) return first;
  const texts = new Map<string, string>();
  let replace = request.replace;
  for (let round = 0; round < mostRounds; round++) {
    const attempt = await buildPackage({ ...request, replace, allErrors: true }, context);
    // The flag for all errors goes into the binary: what is measured is built without it.
    if (attempt.state === 'built') return await buildPackage({ ...request, replace }, context);
    let changed = false;
    for (const { file, line } of errorPlaces(attempt.output)) {
      const path = join(request.folder, file);
      const text = texts.get(path) ?? (await readFile(path, 'utf8').catch(() => undefined));
      const reduced = text === undefined ? undefined : withoutDeclaration(text, line);
      if (reduced === undefined) continue;
      texts.set(path, reduced);
      changed ||= reduced !== text;
    }
    if (!changed) return first;
    replace = { ...request.replace, ...(await writeAll(texts, request.binary)) };
  }
  return first;
}

/** Places in test files that the compiler complains of; files relative to the package's folder. */
export function errorPlaces(output: string): readonly { readonly file: string; readonly line: number }[] {
  const places = [...output.matchAll(/^(?:\S*\/)?([^\s/:]+_test\.go):(\d+)(?::\d+)?: /gm)];
  return places.map((match) => ({ file: match[1]!, line: Number(match[2]) }));
}

/**
 * The text without the top-level declaration at a line; within a list of imports without that line alone.
 * Line numbers stay. Unchanged where the line is blank already.
 *
 * @returns undefined where there is no declaration or it is TestMain
 */
export function withoutDeclaration(text: string, line: number): string | undefined {
  const lines = text.split('\n');
  const code = blankOut(text).split('\n');
  const starts: number[] = [];
  let depth = 0;
  code.forEach((content, index) => {
    if (depth === 0 && /^\s*(?:func|var|const|type|import)\b/.test(content)) starts.push(index);
    for (const mark of content) depth += '([{'.includes(mark) ? 1 : ')]}'.includes(mark) ? -1 : 0;
  });
  const at = line - 1;
  const start = starts.findLast((index) => index <= at);
  if (start === undefined) return lines[at]?.trim() === '' ? text : undefined;
  const declared = code[start]!.trim();
  if (/^func\s+TestMain\b/.test(declared)) return undefined;
  if (/^import\s*\(/.test(declared)) return blank(lines, at, at + 1);
  let from = start;
  while (from > 0 && lines[from - 1]!.startsWith('//')) from--;
  let end = starts.find((index) => index > start) ?? lines.length;
  // Directives such as go:embed belong to the declaration that they precede.
  while (end > start + 1 && lines[end - 1]!.startsWith('//')) end--;
  return blank(lines, from, end);
}

function blank(lines: readonly string[], from: number, end: number): string {
  return lines.map((line, index) => (index >= from && index < end ? '' : line)).join('\n');
}

/** The compiler names the replacement in its messages: it keeps its file's name, in a folder of its own. */
async function writeAll(
  texts: ReadonlyMap<string, string>,
  binary: string,
): Promise<Readonly<Record<string, string>>> {
  const folder = `${binary}.reduced`;
  await mkdir(folder, { recursive: true });
  const replace: Record<string, string> = {};
  for (const [path, text] of texts) {
    const reduced = join(folder, basename(path));
    await writeFile(reduced, text);
    replace[path] = reduced;
  }
  return replace;
}
