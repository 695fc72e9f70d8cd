/** A top-level `func Benchmark…(b *testing.B)` and its line, counted from 1. */
export interface BenchmarkFunction {
  readonly name: string;
  readonly line: number;
}

// `go test` takes `Benchmark` alone or followed by anything but a lower-case letter.
const declaration =
  /^func[ \t]+(Benchmark(?:(?!\p{Ll})[\p{L}\p{N}_]+)?)[ \t]*\(\s*[\p{L}_][\p{L}\p{N}_]*\s+\*\s*(?:[\p{L}_][\p{L}\p{N}_]*\s*\.\s*)?B\s*,?\s*\)/gmu;

/** Benchmark functions that a `_test.go` file declares, in their order. Comments and strings are not code. */
export function benchmarkFunctions(text: string): readonly BenchmarkFunction[] {
  const code = blankOut(text);
  const found: BenchmarkFunction[] = [];
  let line = 1;
  let at = 0;
  for (const match of code.matchAll(declaration)) {
    for (; at < match.index; at++) if (code[at] === '\n') line++;
    found.push({ name: match[1]!, line });
  }
  return found;
}

/** Replaces comments and the insides of literals with spaces; line breaks and offsets stay. */
export function blankOut(text: string): string {
  const token = /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|`[^`]*(?:`|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?/gu;
  return text.replace(token, (part) => part.replace(/[^\n]/g, ' '));
}

const systems = new Set(
  'aix android darwin dragonfly freebsd illumos ios js linux netbsd openbsd plan9 solaris wasip1 windows'.split(
    ' ',
  ),
);
const architectures = new Set(
  '386 amd64 arm arm64 loong64 mips mips64 mips64le mipsle ppc64 ppc64le riscv64 s390x wasm'.split(' '),
);
const unix = new Set(
  'aix android darwin dragonfly freebsd illumos ios linux netbsd openbsd solaris'.split(' '),
);

/** What build constraints are decided by. */
export interface BuildTarget {
  /** `GOOS` and `GOARCH` as Go spells them. */
  readonly os: string;
  readonly arch: string;
  readonly tags: readonly string[];
}

/** The target of this machine, with the tags of `GOFLAGS`. */
export function buildTarget(
  env: Readonly<Record<string, string | undefined>>,
  platform: string,
  arch: string,
): BuildTarget {
  const tags = /(?:^|\s)-?-tags[= ]([^\s]+)/.exec(env.GOFLAGS ?? '')?.[1] ?? '';
  const archs: Record<string, string> = { x64: 'amd64', ia32: '386', ppc64: 'ppc64le' };
  return {
    os: env.GOOS || (platform === 'win32' ? 'windows' : platform),
    arch: env.GOARCH || (archs[arch] ?? arch),
    tags: tags.split(',').filter(Boolean),
  };
}

/**
 * Whether Go would compile this file here, by its name and its `//go:build` line. Versions (`go1.N`), `gc` and
 * `cgo` count as met: the compiler has the last word.
 */
export function isBuiltFor(fileName: string, text: string, target: BuildTarget): boolean {
  const parts = fileName
    .replace(/_test\.go$/, '')
    .split('_')
    .slice(1);
  const [last, before] = [parts.at(-1) ?? '', parts.at(-2) ?? ''];
  if (architectures.has(last)) {
    if (last !== target.arch || (systems.has(before) && before !== target.os)) return false;
  } else if (systems.has(last) && last !== target.os) return false;
  const header = text.split(/^\s*package\s/m)[0] ?? '';
  const expression = /^\/\/go:build[ \t]+(.+)$/m.exec(header)?.[1];
  return expression === undefined || evaluate(expression, target);
}

/** `||`, `&&`, `!` and brackets over tags; what cannot be read counts as met. */
function evaluate(expression: string, target: BuildTarget): boolean {
  const tokens = expression.match(/\|\||&&|[!()]|[\w.]+/g) ?? [];
  let at = 0;
  const has = (tag: string): boolean =>
    tag === target.os ||
    tag === target.arch ||
    target.tags.includes(tag) ||
    tag === 'gc' ||
    tag === 'cgo' ||
    /^go1\.\d+$/.test(tag) ||
    (tag === 'unix' && unix.has(target.os));
  const primary = (): boolean => {
    const token = tokens[at++];
    if (token === '!') return !primary();
    if (token !== '(') return token === undefined || has(token);
    const value = either();
    at++;
    return value;
  };
  const both = (): boolean => {
    let value = primary();
    while (tokens[at] === '&&') {
      at++;
      value = primary() && value;
    }
    return value;
  };
  function either(): boolean {
    let value = both();
    while (tokens[at] === '||') {
      at++;
      value = both() || value;
    }
    return value;
  }
  return either();
}
