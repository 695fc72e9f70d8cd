import type { Metafile } from 'esbuild';

/** Modules of Node by which code reads files, or starts code, that is not in the bundle. */
const READERS = /^(node:)?(fs|fs\/promises|module|child_process|worker_threads|cluster|vm|sqlite)$/;
/**
 * A place in the sources is asked for, or a module whose name is not known before, or one that no import shows (the
 * driver itself asks for `node:module` so).
 */
const OPEN =
  /__assaySource\("|\bgetBuiltinModule\b(?!\("node:module"\))|\bimport\((?!["'`])|\b(?:require|__require)\((?!["'`)])/;

/**
 * True if equal bundles behave equally. Where code under test reads files at run time (a template, data, a
 * module by a computed name), two equal bundles may still differ in what they find, and must be measured.
 *
 * @param own inputs that the benchmark leads to, as the metafile names them
 */
export function isSelfContained(metafile: Metafile, own: readonly string[], text: string): boolean {
  if (OPEN.test(text)) return false;
  const used = new Set(Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs)));
  return !own.some(
    (name) =>
      used.has(name) &&
      metafile.inputs[name]?.imports.some(({ path, external }) => external && READERS.test(path)),
  );
}
