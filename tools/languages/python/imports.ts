/** What a Python source may mean as a module, and what stands in its strings. */
export interface PythonReferences {
  /** Dotted names without leading dots: `import a.b`, and of `from a import b` both `a` and `a.b`. */
  readonly absolute: readonly string[];
  /** Paths of modules, relative to the project root and without an ending, that relative imports lead to. */
  readonly relative: readonly string[];
  readonly strings: readonly string[];
}

const IMPORT = /^[ \t]*import[ \t]+([^\n#]+)/gm;
const FROM = /^[ \t]*from[ \t]+(\.*)[ \t]*([\w.]*)[ \t]+import[ \t]+(?:\(([^)]*)\)|([^\n#]+))/gm;

/** @param path of the source, relative to the project root */
export function pythonReferences(path: string, source: string): PythonReferences {
  const text = source.replace(/\\\r?\n/g, ' ');
  const absolute = [...text.matchAll(IMPORT)].flatMap(([, list]) => names(list!));
  const relative: string[] = [];
  const folders = path.split('/').slice(0, -1);
  for (const [, dots, from, list, single] of text.matchAll(FROM)) {
    const imported = names((list ?? single ?? '').replace(/#[^\n]*/g, ''));
    if (dots === '') {
      absolute.push(from!, ...imported.map((name) => `${from}.${name}`));
      continue;
    }
    const up = dots!.length - 1;
    if (up > folders.length) continue;
    const base = [...folders.slice(0, folders.length - up), ...from!.split('.').filter(Boolean)];
    relative.push(base.join('/'), ...imported.map((name) => [...base, name].join('/')));
  }
  const strings = [...text.matchAll(/['"](?=([^'"\n\\]{1,200})['"])/g)].map(([, quoted]) => quoted!);
  return { absolute, relative, strings };
}

function names(list: string): readonly string[] {
  return list.split(/[,;]/).flatMap((part) => /^\s*([\w.]+)/.exec(part)?.[1] ?? []);
}

/**
 * Whether a source may mean a module: by a relative import, or by any dotted name that ends a path to it, since what
 * is on `sys.path` cannot be told from outside. A string counts where it is dotted (plugins, `import_module`).
 *
 * @param module path of the module, relative to the project root
 */
export function refersTo(references: PythonReferences, module: string): boolean {
  const bare = module.replace(/(?:\/__init__)?\.py$/, '');
  if (references.relative.includes(bare)) return true;
  const parts = bare.split('/');
  const ends = parts.map((_, index) => parts.slice(index).join('.'));
  if (references.absolute.some((name) => ends.includes(name))) return true;
  return references.strings.some((text) => text.includes('.') && ends.includes(text.split(':')[0]!));
}
