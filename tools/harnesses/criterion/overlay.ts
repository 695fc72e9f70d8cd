import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * The benchmark files, and what lies in `benches/` beside them: modules and data. A file that the package's own
 * sources mention (`include_str!("../benches/x.json")`) is the product's, and stays as the base has it.
 */
export async function overlayOf(projectRoot: string, files: readonly string[]): Promise<readonly string[]> {
  const folders = new Set(files.map((file) => file.split('/')[0]).filter((top) => top === 'benches'));
  const beside: string[] = [];
  for (const folder of folders) beside.push(...(await filesBelow(projectRoot, folder as string)));
  const product = beside.length === 0 ? '' : await productText(projectRoot);
  const own = new Set(files);
  const lent = beside.filter((file) => !own.has(file) && !mentions(product, file));
  return [...new Set([...files, ...lent])].sort();
}

/** By its path below the package, or by one of its folders as a whole. */
function mentions(text: string, file: string): boolean {
  if (!text.includes('benches')) return false;
  const parts = file.split('/');
  const folders = parts.slice(1).map((_, at) => parts.slice(0, at + 1).join('/'));
  return (
    text.includes(file) ||
    folders.some((folder) => text.includes(`${folder}"`) || text.includes(`${folder}/"`))
  );
}

/** The text of `src/`, `build.rs` and `examples/`. */
async function productText(projectRoot: string): Promise<string> {
  const sources = [
    ...(await filesBelow(projectRoot, 'src')),
    ...(await filesBelow(projectRoot, 'examples')),
    'build.rs',
  ].filter((file) => file.endsWith('.rs'));
  const texts = await Promise.all(
    sources.map((file) => readFile(join(projectRoot, file), 'utf8').catch(() => '')),
  );
  return texts.join('\n');
}

async function filesBelow(root: string, folder: string): Promise<readonly string[]> {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter(
      (file) =>
        !dirname(file)
          .split('/')
          .some((part) => part === 'target' || part.startsWith('.')),
    );
}
