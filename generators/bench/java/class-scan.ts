import { closing, depths, lineAt, splitOutside } from '../brackets.ts';
import { mask } from '../mask.ts';

/** A public static method as its source declares it; types are still text, with their type parameters filled in. */
export interface JavaMethod {
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly type: string }[];
  readonly returns: string;
  readonly throws: boolean;
  readonly line: number;
  readonly body: string;
}

/** A type at the top of a file or in one of its types. */
export interface JavaType {
  readonly name: string;
  /** With the class around it, as others of the package call it. */
  readonly qualified: string;
  readonly kind: 'class' | 'interface' | 'enum' | 'record';
  /** Of a record: its components; of an enum: its constants by name. */
  readonly parts: readonly { readonly name: string; readonly type: string }[];
}

/** What one Java file declares. */
export interface JavaFile {
  readonly packageName: string;
  /** Imported simple names with their packages. */
  readonly imports: ReadonlyMap<string, string>;
  /** The public class of the file; undefined where there is none, or it is generic or nested only. */
  readonly className: string | undefined;
  readonly methods: readonly JavaMethod[];
  readonly types: readonly JavaType[];
}

const declaration =
  /((?:\b(?:public|final|abstract|sealed|strictfp|static)\s+)*)\b(class|interface|enum|record)\s+([\p{L}_$][\p{L}\d_$]*)/gu;

/** Reads a Java file. Pure; what it does not understand it leaves out. */
export function scanJavaFile(text: string): JavaFile {
  const masked = mask(text, 'java');
  const depth = depths(masked);
  const found = [...masked.matchAll(declaration)];
  const main = found.find(
    ({ index, 1: modifiers = '', 2: kind }) =>
      depth[index] === 0 && modifiers.includes('public') && kind !== 'interface',
  );
  return {
    packageName: /^\s*package\s+([\w.\p{L}]+)\s*;/mu.exec(masked)?.[1] ?? '',
    imports: new Map(
      [...masked.matchAll(/^\s*import\s+([\w.\p{L}]+)\.([\w\p{L}]+)\s*;/gmu)].map((match) => [
        match[2] as string,
        match[1] as string,
      ]),
    ),
    className: main?.[3],
    methods: main === undefined ? [] : scanMethods(text, masked, depth, main.index),
    types: found
      .filter(
        ({ index }) =>
          depth[index] === 0 || (depth[index] === 1 && !/\bprivate\s*$/.test(masked.slice(0, index))),
      )
      .map((match) => typeOf(masked, match, depth[match.index] === 0 ? undefined : main?.[3])),
  };
}

const method =
  /((?:\b(?:public|static|final|synchronized|strictfp)\s+){2,})(<[^;{}()=]*>\s*)?([\p{L}_$][\p{L}\d_$.<>,?&[\]\s]*?)\s+([\p{L}_$][\p{L}\d_$]*)\s*\(/gu;

function scanMethods(text: string, masked: string, depth: Int32Array, from: number): readonly JavaMethod[] {
  const open = masked.indexOf('{', from);
  const end = closing(masked, open);
  const found: JavaMethod[] = [];
  for (const match of masked.matchAll(method)) {
    const [whole, modifiers = '', generics = '', returns = '', name = ''] = match;
    if (match.index < open || (end > 0 && match.index > end) || depth[match.index] !== 1) continue;
    if (!/\bpublic\b/.test(modifiers) || !/\bstatic\b/.test(modifiers)) continue;
    const start = match.index + whole.length - 1;
    const close = closing(masked, start);
    const brace = close < 0 ? -1 : masked.indexOf('{', close);
    if (brace < 0) continue;
    const filled = typeParameters(generics);
    const concrete = (type: string): string =>
      type
        .replace(/[\p{L}_$][\p{L}\d_$.]*/gu, (word) => filled.get(word) ?? word)
        .replace(/\s+/g, ' ')
        .trim();
    found.push({
      name,
      parameters: readParameters(masked.slice(start + 1, close)).map((each) => ({
        ...each,
        type: concrete(each.type),
      })),
      returns: concrete(returns),
      throws: /\bthrows\b/.test(masked.slice(close, brace)),
      line: lineAt(text, match.index),
      body: masked.slice(brace, Math.max(brace, closing(masked, brace))),
    });
  }
  return found;
}

/** `final @Nonnull Map<String, Integer> prices, int... more` → names and types; annotations left out. */
export function readParameters(list: string): readonly { readonly name: string; readonly type: string }[] {
  return splitOutside(list, list, ',').flatMap(({ text }) => {
    const plain = text.replace(/@[\w.$]+(?:\s*\([^()]*\))?/g, ' ').replace(/\bfinal\s+/g, ' ');
    const match = /^\s*([\s\S]+?)\s*([\p{L}_$][\p{L}\d_$]*)((?:\s*\[\s*\])*)\s*$/u.exec(plain);
    return match ? [{ type: `${match[1]}${match[3]?.replace(/\s/g, '')}`, name: match[2] as string }] : [];
  });
}

/** What stands in for each type parameter: an Integer where its bound allows one. */
function typeParameters(generics: string): ReadonlyMap<string, string> {
  const inner = generics.trim().replace(/^<|>$/g, '');
  if (inner === '') return new Map();
  return new Map(
    splitOutside(inner, inner, ',').map(({ text }) => {
      const [, name = '', bound = ''] =
        /^\s*([\p{L}_$][\p{L}\d_$]*)(?:\s+extends\s+([\s\S]+))?/u.exec(text) ?? [];
      return [
        name,
        bound === '' || /^(Comparable|Number|Object|Integer)\b/.test(bound.trim()) ? 'Integer' : bound.trim(),
      ];
    }),
  );
}

function typeOf(masked: string, match: RegExpMatchArray, around: string | undefined): JavaType {
  const [whole, , kind, name] = match;
  const at = (match.index ?? 0) + whole.length;
  const qualified = around === undefined ? (name as string) : `${around}.${name}`;
  const base = { name: name as string, qualified, kind: kind as JavaType['kind'] };
  if (kind === 'record') {
    const open = masked.indexOf('(', at);
    const generic = /^\s*</.test(masked.slice(at));
    return { ...base, parts: generic ? [] : readParameters(masked.slice(open + 1, closing(masked, open))) };
  }
  if (kind !== 'enum') return { ...base, parts: [] };
  const body = masked.slice(masked.indexOf('{', at) + 1);
  const first = /^\s*([\p{L}_$][\p{L}\d_$]*)\s*(?:[,;({}]|$)/u.exec(body.replace(/@[\w.]+/g, ''))?.[1];
  return { ...base, parts: first === undefined ? [] : [{ name: first, type: base.name }] };
}
