/** Java source with comments and the contents of strings and characters blanked, line breaks kept. Pure. */
export function blankOut(text: string): string {
  const token =
    /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"""[\s\S]*?(?:"""|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?/g;
  return text.replace(token, (part) => part.replace(/[^\n]/g, ' '));
}

/** A type at the top of a file. */
export interface TopLevelType {
  /** With its package: `com.acme.PriceBench`. */
  readonly name: string;
  readonly simpleName: string;
  readonly isAbstract: boolean;
  /** Simple name of the class that it extends. */
  readonly extends?: string;
  /** Whether a method in it carries `@Benchmark`. */
  readonly hasBenchmarks: boolean;
}

/** What a source file declares at its top. Pure; what it does not understand it leaves out. */
export function topLevelTypes(text: string): readonly TopLevelType[] {
  const code = blankOut(text);
  const pack = /^\s*package\s+([\w.\p{L}]+)\s*;/mu.exec(code)?.[1];
  const found: TopLevelType[] = [];
  const declaration =
    /((?:\b(?:public|final|abstract|sealed|strictfp|non-sealed)\s+)*)(?<![\w.@])(?:class|interface|enum|record|@interface)\s+([\p{L}_$][\p{L}\d_$]*)([^{;]*)\{/gu;
  for (let match = declaration.exec(code); match; match = declaration.exec(code)) {
    const end = closing(code, declaration.lastIndex - 1);
    const parent = /\bextends\s+(?:[\p{L}\d_$]+\.)*([\p{L}\d_$]+)/u.exec(match[3] ?? '')?.[1];
    const simpleName = match[2] as string;
    found.push({
      name: pack === undefined ? simpleName : `${pack}.${simpleName}`,
      simpleName,
      isAbstract: /\babstract\b/.test(match[1] ?? ''),
      ...(parent === undefined ? {} : { extends: parent }),
      hasBenchmarks: benchmarkAnnotation.test(code.slice(declaration.lastIndex, end)),
    });
    declaration.lastIndex = end;
  }
  return found;
}

const benchmarkAnnotation = /@(?:org\.openjdk\.jmh\.annotations\.)?Benchmark\b(?!\s*\.)/;

/** Whether a source holds a JMH benchmark: the annotation, and JMH's package beside it. */
export function mentionsJmh(text: string): boolean {
  return benchmarkAnnotation.test(text) && text.includes('org.openjdk.jmh');
}

/** Names of all types that a source declares, nested ones too. */
export function declaredNames(text: string): readonly string[] {
  const found = blankOut(text).matchAll(
    /(?<![\w.])(?:class|interface|enum|record)\s+([\p{L}_$][\p{L}\d_$]*)/gu,
  );
  return [...found].map((match) => match[1] as string);
}

/** Line of each `@Benchmark` method, and of each `@Group`, by its name; the first of one name. */
export function benchmarkLines(text: string): ReadonlyMap<string, number> {
  const code = blankOut(text);
  const annotations = /@(?!interface\b)[\p{L}\w.$]+(?:\s*\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))?/gu;
  const plain = code.replace(annotations, (part) => part.replace(/[^\n]/g, ' '));
  const lines = new Map<string, number>();
  for (const match of code.matchAll(new RegExp(benchmarkAnnotation, 'g'))) {
    const method = /([\p{L}_$][\p{L}\d_$]*)\s*\(/u.exec(plain.slice(match.index));
    if (method === null) continue;
    const offset = match.index + method.index;
    const line = code.slice(0, offset).split('\n').length;
    // Annotations of the same method stand between it and whatever ended before it.
    const from = Math.max(...[';', '{', '}'].map((end) => plain.lastIndexOf(end, match.index)));
    const group = /@Group\(\s*(?:value\s*=\s*)?"([^"]+)"/.exec(text.slice(from + 1, offset))?.[1];
    for (const name of [method[1] as string, group]) {
      if (name !== undefined && !lines.has(name)) lines.set(name, line);
    }
  }
  return lines;
}

function closing(code: string, open: number): number {
  let depth = 0;
  for (let at = open; at < code.length; at++) {
    if (code[at] === '{') depth++;
    else if (code[at] === '}' && --depth === 0) return at + 1;
  }
  return code.length;
}
