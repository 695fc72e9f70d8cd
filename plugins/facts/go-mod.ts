/** What inference wants to know of a go.mod. */
export interface GoModFacts {
  readonly module?: string;
  readonly requires: readonly string[];
  /** `replace` lines that point to a folder. */
  readonly replaces: readonly { readonly module: string; readonly path: string }[];
}

/** Reads a go.mod line by line; unknown lines are left alone, so it never throws. */
export function goModFacts(source: string): GoModFacts {
  const requires: string[] = [];
  const replaces: { module: string; path: string }[] = [];
  let module: string | undefined;
  for (const { directive, words } of directives(source)) {
    if (directive === 'module') module ??= words[0];
    else if (directive === 'require' && words[0] !== undefined) requires.push(words[0]);
    else if (directive === 'replace') {
      const arrow = words.indexOf('=>');
      const path = words[arrow + 1];
      if (arrow > 0 && path !== undefined && /^\.{1,2}(?:\/|$)/.test(path)) {
        replaces.push({ module: words[0] as string, path });
      }
    }
  }
  return { ...(module === undefined ? {} : { module }), requires, replaces };
}

/** Folders of the `use` lines of a go.work, as written. */
export function goWorkMembers(source: string): readonly string[] {
  return directives(source).flatMap(({ directive, words }) => (directive === 'use' ? words.slice(0, 1) : []));
}

/** Last part of a module path, without a major version: `example.com/shop/inventory/v2` → `inventory`. */
export function goModuleName(module: string): string | undefined {
  const parts = module.split('/').filter((part) => part !== '');
  const last = /^v[0-9]+$/.test(parts.at(-1) ?? '') && parts.length > 1 ? parts.at(-2) : parts.at(-1);
  return last?.replace(/\.v[0-9]+$/, '') || undefined;
}

/** Import paths of a Go file. Only its head is looked at: imports precede all other declarations. */
export function goImports(source: string): readonly string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^[ \t]*\/\/.*$/gm, '');
  const head = code.split(/^(?:func|type|var|const)\b/m, 1)[0] as string;
  const blocks = head.matchAll(/^import[ \t]*(?:\(([\s\S]*?)^[ \t]*\)|([^\n(]+))/gm);
  const found = [...blocks].flatMap((block) =>
    [...(block[1] ?? block[2] ?? '').matchAll(/["`]([^"`\n]+)["`]/g)].map((match) => match[1] as string),
  );
  return [...new Set(found)];
}

interface Directive {
  readonly directive: string;
  readonly words: readonly string[];
}

/** `require (a v1 \n b v2)` and `require a v1` alike: one directive and the words of one line. */
function directives(source: string): readonly Directive[] {
  const found: Directive[] = [];
  let block: string | undefined;
  for (const line of source.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    const words = wordsOf(line.replace(/\/\/.*$/, ''));
    const [first] = words;
    if (first === undefined) continue;
    if (first === ')') block = undefined;
    else if (block !== undefined) found.push({ directive: block, words });
    else if (words[1] === '(') block = first;
    else found.push({ directive: first, words: words.slice(1) });
  }
  return found;
}

function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"|`([^`]*)`|\(|\)|[^\s()]+/g)].map(
    (match) => match[1] ?? match[2] ?? match[0],
  );
}
