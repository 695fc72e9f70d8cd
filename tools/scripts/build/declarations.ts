import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { pluginOptionsDeclarations, reportDeclarations } from './schema-declarations.ts';

/** Declarations that are made from a schema instead of emitted by the compiler. */
const made: Readonly<Record<string, () => string>> = {
  'plugins/options.d.ts': pluginOptionsDeclarations,
  'tools/kernel/report/schema.d.ts': reportDeclarations,
};

/**
 * Writes the type declarations of the documented exports to `dist/`, and of nothing else.
 *
 * @param entries source paths of the exports, relative to `root`
 * @throws Error where a declaration needs a package that a user does not have (a bundled one)
 */
export function writeDeclarations(root: string, entries: readonly string[]): readonly string[] {
  const scratch = mkdtempSync(join(tmpdir(), 'nx-assay-types-'));
  try {
    compile(root, entries, scratch);
    const files = closure(scratch, entries.map(declarationOf));
    for (const [file, text] of files) {
      const target = join(root, 'dist', file);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, rewriteEndings(text));
    }
    return [...files.keys()];
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function compile(root: string, entries: readonly string[], outDir: string): void {
  const config = join(outDir, 'tsconfig.json');
  writeFileSync(
    config,
    JSON.stringify({
      extends: join(root, 'tsconfig.base.json'),
      compilerOptions: {
        noEmit: false,
        declaration: true,
        emitDeclarationOnly: true,
        // The closure is wanted, errors are `npm run typecheck`'s business.
        noCheck: true,
        rootDir: root,
        outDir,
        typeRoots: [join(root, 'node_modules/@types')],
      },
      files: entries.map((entry) => join(root, entry)),
    }),
  );
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [compiler, '-p', config], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

function closure(folder: string, entries: readonly string[]): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const visit = (file: string): void => {
    if (files.has(file)) return;
    const text = made[file]?.() ?? readFileSync(join(folder, file), 'utf8');
    files.set(file, text);
    for (const specifier of specifiers(text)) {
      if (specifier.startsWith('.')) {
        visit(declarationOf(posix.join(posix.dirname(file), specifier)));
      } else if (!/^(node:|nx($|\/)|@nx\/)/.test(specifier)) {
        throw new Error(`${file} needs the types of '${specifier}', which users of the package do not have.`);
      }
    }
  };
  for (const entry of entries) if (existsSync(join(folder, entry)) || made[entry]) visit(entry);
  return files;
}

const importPattern = /(\bfrom\s*|\bimport\s*\(\s*|^\s*import\s+)(['"])([^'"]+)\2/gm;

/** Module specifiers of a declaration file, static and `import('…')` types. */
export function specifiers(text: string): readonly string[] {
  return [...text.matchAll(importPattern)].map((match) => match[3] as string);
}

/** `from './x.ts'` → `from './x.js'`: TypeScript leaves the endings of declarations as they are. Pure. */
export function rewriteEndings(text: string): string {
  return text.replace(importPattern, (_, lead: string, quote: string, specifier: string) => {
    const target = specifier.startsWith('.') ? specifier.replace(/\.ts$/, '.js') : specifier;
    return `${lead}${quote}${target}${quote}`;
  });
}

function declarationOf(file: string): string {
  return file.replace(/\.d\.ts$|\.ts$|\.js$/, '.d.ts');
}
