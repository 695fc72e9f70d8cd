import { blankOut } from './go-source.ts';

/** All that a package offers counts. */
const ALL = /./;

/**
 * What of a package reads what is not in the binary: files, the environment, other programs. `go:embed` is in
 * the binary, and writing changes no other run.
 */
const READERS: Readonly<Record<string, RegExp>> = {
  os: /^(Open|OpenFile|OpenRoot|OpenInRoot|ReadFile|ReadDir|ReadLink|Readlink|Stat|Lstat|DirFS|CopyFS|Getwd|Getenv|LookupEnv|Environ|ExpandEnv|Executable|StartProcess)$/,
  'os/exec': ALL,
  plugin: ALL,
  'io/ioutil': /^(ReadFile|ReadDir)$/,
  'path/filepath': /^(Walk|WalkDir|Glob|EvalSymlinks)$/,
  runtime: /^Callers?$/,
  'runtime/debug': /^ReadBuildInfo$/,
  syscall: /^(Open|Openat|Exec|ForkExec|StartProcess|Getenv|Environ|Mmap)$/,
  'text/template': /^Parse(Files|Glob)$/,
  'html/template': /^Parse(Files|Glob)$/,
  'net/http': /^(Dir|ServeFile)$/,
  'archive/zip': /^OpenReader$/,
  'crypto/tls': /^LoadX509KeyPair$/,
  'go/parser': /^Parse(File|Dir)$/,
  'go/build': ALL,
  'database/sql': /^Open(DB)?$/,
  C: ALL,
};

/**
 * Whether this Go source mentions something that reads files, the environment or other programs while it runs.
 * Two binaries of equal bytes may then still behave differently in two trees.
 */
export function readsAtRunTime(text: string): boolean {
  const code = blankOut(text);
  return imports(text).some(({ name, path }) => {
    const readers = READERS[path];
    if (readers === undefined || name === '_') return false;
    if (name === '.') return true; // its names stand bare: which are used cannot be told
    const used = new RegExp(
      `(?<![\\p{L}\\p{N}_.])${literally(name)}\\s*\\.\\s*([\\p{L}_][\\p{L}\\p{N}_]*)`,
      'gu',
    );
    if ([...code.matchAll(used)].some((match) => readers.test(match[1]!))) return true;
    // Methods of a template read files as well as the package's functions do.
    return path.endsWith('/template') && /\.\s*Parse(Files|Glob)\s*\(/.test(code);
  });
}

interface Import {
  /** What the file calls it. */
  readonly name: string;
  readonly path: string;
}

function imports(text: string): readonly Import[] {
  const code = withoutComments(text);
  const declared = [...code.matchAll(/^\s*import\s*(?:\(([^)]*)\)|([^\n(]+))/gm)];
  return declared.flatMap(([, list, single]) =>
    [...(list ?? single ?? '').matchAll(/([\p{L}\p{N}_.]+)?[ \t]*["`]([^"`\n]+)["`]/gu)].map(
      ([, name, path]) => ({
        name: name ?? path!.split('/').at(-1)!,
        path: path!,
      }),
    ),
  );
}

/** Strings stay: import paths are such. */
function withoutComments(text: string): string {
  const token = /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|`[^`]*(?:`|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?/gu;
  return text.replace(token, (part) => (/^\/[/*]/.test(part) ? ' ' : part));
}

function literally(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
