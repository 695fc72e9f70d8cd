import { closing, depths, lineAt, splitOutside } from '../brackets.ts';
import { mask } from '../mask.ts';
import { functionTypeParameters } from './function-type.ts';
import { scanTypes, type TypeSource } from './type-declarations.ts';

/** A function as its source declares it; types are still text. */
export interface FunctionSource {
  readonly typeParameters: string;
  readonly parameters: string;
  readonly async: boolean;
  readonly line: number;
  readonly body: string;
  /** Doc comment right before it, for types in JSDoc. */
  readonly doc: string;
}

/** Where an exported or imported name comes from. */
export type Origin =
  | { readonly kind: 'local'; readonly name: string }
  | { readonly kind: 'module'; readonly from: string; readonly name: string };

/** What one module declares at its top level, as far as benchmarks need it. */
export interface ModuleScan {
  readonly functions: ReadonlyMap<string, FunctionSource>;
  readonly exports: ReadonlyMap<string, Origin>;
  /** Specifiers of `export * from`. */
  readonly stars: readonly string[];
  readonly imports: ReadonlyMap<string, Origin>;
  readonly types: ReadonlyMap<string, TypeSource>;
}

/** Name under which an anonymous default export is kept. */
const DEFAULT = '*default*';

/**
 * Reads the top level of a TypeScript or JavaScript module (ES or CommonJS) without a parser: comments and
 * strings are masked, then declarations are found by keyword at bracket depth 0. Pure; never throws: what it
 * does not understand it leaves out.
 */
export function scanModule(text: string): ModuleScan {
  const masked = mask(text, 'typescript');
  const depth = depths(masked);
  const functions = new Map<string, FunctionSource>();
  const exports = new Map<string, Origin>();
  const imports = new Map<string, Origin>();
  const stars: string[] = [];
  const top = (pattern: RegExp): RegExpExecArray[] =>
    [...masked.matchAll(pattern)].filter((match) => depth[match.index] === 0);
  const local = (name: string): Origin => ({ kind: 'local', name });
  /** Overloads come first, the implementation last: the first is what callers see. */
  const declare = (name: string, source: FunctionSource | undefined): boolean => {
    if (source && !functions.has(name)) functions.set(name, source);
    return source !== undefined;
  };
  const specifierAt = (end: number): string | undefined => /^\s*(['"])(.+?)\1/.exec(text.slice(end))?.[2];

  for (const match of top(
    /\b(export\s+)?(default\s+)?(async\s+)?function\b\s*(\*?)\s*([\w$]*)\s*(?=[<(])/g,
  )) {
    const [all, exported, isDefault, async, star, name] = match;
    if (star || (!name && !isDefault)) continue;
    const key = name || DEFAULT;
    if (!declare(key, signature(text, masked, match.index, match.index + all.length, async !== undefined)))
      continue;
    if (exported) exports.set(isDefault ? 'default' : key, local(key));
  }
  for (const match of top(/\b(export\s+)?(?:const|let|var)\s+([\w$]+)\s*(?=[:=])/g)) {
    const [all, exported, name = ''] = match;
    if (declare(name, assigned(text, masked, match.index, match.index + all.length)) && exported) {
      exports.set(name, local(name));
    }
  }
  for (const match of top(/\bexport\s+default\s+(?!async\s+function\b|function\b|class\b|abstract\b)/g)) {
    const from = match.index + match[0].length;
    const name = /^([\w$]+)\s*(?:;|\n|$)/.exec(masked.slice(from))?.[1];
    if (name) exports.set('default', local(name));
    else if (declare(DEFAULT, functionValue(text, masked, match.index, from)))
      exports.set('default', local(DEFAULT));
  }
  for (const match of top(/\bexport\s*\{([^}]*)\}(\s*from\b)?/g)) {
    const from = match[2] ? specifierAt(match.index + match[0].length) : undefined;
    for (const [name, alias] of names(match[1] ?? '', /\s+as\s+/)) {
      exports.set(alias, from === undefined ? local(name) : { kind: 'module', from, name });
    }
  }
  for (const match of top(/\bexport\s*\*\s*from\b/g)) {
    const from = specifierAt(match.index + match[0].length);
    if (from) stars.push(from);
  }
  for (const match of top(/\bimport\s+(?:type\s+)?([\w$]+)?\s*,?\s*(?:\{([^}]*)\})?\s*from\b/g)) {
    const from = specifierAt(match.index + match[0].length);
    if (!from) continue;
    if (match[1]) imports.set(match[1], { kind: 'module', from, name: 'default' });
    for (const [name, alias] of names(match[2] ?? '', /\s+as\s+/))
      imports.set(alias, { kind: 'module', from, name });
  }
  scanCommonJs();
  return { functions, exports, stars, imports, types: scanTypes(text, masked, depth) };

  function scanCommonJs(): void {
    for (const match of top(/\b(?:module\.)?exports\.([\w$]+)\s*=(?!=)/g)) {
      const name = match[1] as string;
      const from = match.index + match[0].length;
      const alias = /^\s*([\w$]+)\s*(?:;|\n|$)/.exec(masked.slice(from))?.[1];
      if (alias) exports.set(name, local(alias));
      else if (declare(name, functionValue(text, masked, match.index, from))) exports.set(name, local(name));
    }
    for (const match of top(/\bmodule\.exports\s*=(?!=)\s*/g)) {
      const from = match.index + match[0].length;
      const end = masked[from] === '{' ? closing(masked, from) : -1;
      if (end > 0) {
        for (const [key, value] of names(masked.slice(from + 1, end), /\s*:\s*/))
          exports.set(key, local(value));
        continue;
      }
      const name = /^([\w$]+)\s*(?:;|\n|$)/.exec(masked.slice(from))?.[1];
      if (name) exports.set('default', local(name));
      else if (declare(DEFAULT, functionValue(text, masked, match.index, from)))
        exports.set('default', local(DEFAULT));
    }
  }
}

/** `a, b as c` → [['a', 'a'], ['b', 'c']]; types and what is no plain name are left out. */
function names(list: string, separator: RegExp): readonly (readonly [string, string])[] {
  return list.split(',').flatMap((entry): (readonly [string, string])[] => {
    const [first = '', second = first] = entry
      .trim()
      .replace(/^type\s+/, '')
      .split(separator);
    const name = first.trim();
    return /^[\w$]+$/.test(name) && /^[\w$]+$/.test(second.trim()) ? [[name, second.trim()]] : [];
  });
}

/** A function whose type parameters or parameter list start at `at`. */
function signature(
  text: string,
  masked: string,
  start: number,
  at: number,
  async: boolean,
): FunctionSource | undefined {
  let open = at;
  let typeParameters = '';
  if (masked[open] === '<') {
    const end = closing(masked, open);
    if (end < 0) return undefined;
    typeParameters = text.slice(open + 1, end);
    open = end + 1 + (/^\s*/.exec(masked.slice(end + 1))?.[0].length ?? 0);
  }
  const end = masked[open] === '(' ? closing(masked, open) : -1;
  if (end < 0) return undefined;
  const returns = /^\s*:\s*([^{;=]*)/.exec(masked.slice(end + 1))?.[1] ?? '';
  return {
    typeParameters,
    parameters: text.slice(open + 1, end),
    async: async || /^Promise\b/.test(returns.trim()),
    line: lineAt(text, start),
    body: bodyAfter(masked, end),
    doc: /\/\*\*((?:[^*]|\*(?!\/))*)\*\/\s*$/.exec(text.slice(Math.max(0, start - 4000), start))?.[1] ?? '',
  };
}

/** The value of `const name[: Type] = …`, where it is a function, or its type says that it is one. */
function assigned(text: string, masked: string, start: number, at: number): FunctionSource | undefined {
  if (masked[at] === '=') return functionValue(text, masked, start, at + 1);
  const rest = masked.slice(at + 1, at + 2000);
  const equals = splitOutside(rest.replace(/=>|[=!<>]=/g, '  '), rest.replace(/=>|[=!<>]=/g, '  '), '=')[0];
  if (!equals || equals.text.length === rest.length) return undefined;
  const from = at + 1 + equals.start + equals.text.length + 1;
  const annotation = text.slice(at + 1, from - 1);
  const parameters = functionTypeParameters(annotation);
  const value = functionValue(text, masked, start, from);
  if (parameters === undefined) return value;
  const async = /=>\s*Promise\b/.test(annotation) || (value?.async ?? false);
  const blank = { typeParameters: '', line: lineAt(text, start), body: bodyAfter(masked, from), doc: '' };
  return { ...(value ?? blank), parameters, async };
}

/** A function expression or arrow function that starts at `at`, blanks aside. */
function functionValue(text: string, masked: string, start: number, at: number): FunctionSource | undefined {
  const lead = /^\s*(async\b\s*)?(function\b\s*(\*)?\s*[\w$]*\s*)?/.exec(masked.slice(at));
  if (!lead || lead[3]) return undefined;
  const from = at + lead[0].length;
  const async = lead[1] !== undefined;
  if (masked[from] === '(' || masked[from] === '<') {
    const found = signature(text, masked, start, from, async);
    if (!found || lead[2]) return found;
    const open = masked[from] === '<' ? masked.indexOf('(', closing(masked, from)) : from;
    return /^\s*(=>|:)/.test(masked.slice(closing(masked, open) + 1)) ? found : undefined;
  }
  const single = /^([\w$]+)\s*=>/.exec(masked.slice(from));
  if (!single) return undefined;
  const parameters = single[1] as string;
  return {
    typeParameters: '',
    parameters,
    async,
    line: lineAt(text, start),
    body: bodyAfter(masked, from),
    doc: '',
  };
}

/** From `at` to the next line that starts with a closing brace, or to the end of the statement: a hint, no more. */
function bodyAfter(masked: string, at: number): string {
  const rest = masked.slice(at + 1);
  const end = /\n[})\]]|;\s*\n\S|\n\n\S/.exec(rest);
  return rest.slice(0, end ? end.index : rest.length);
}
