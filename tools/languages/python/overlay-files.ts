import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Folders at the top of a project that hold tests and benchmarks and nothing that is shipped. */
const TEST_FOLDERS = /^(tests?|bench|benches|benchmarks?|perf|performance)$/;
const DATA_FOLDERS = /^(fixtures|data|testdata|test_data|resources|snapshots)$/;
const BESIDE = ['conftest.py', 'pytest.ini', '.pytest.ini'];
const MOST = 5_000;

/**
 * Files that belong to the benchmarks, relative to the project root, sorted: the benchmark files, the whole
 * of a top folder for tests that holds one, else data folders beside them; and pytest's own configuration from
 * there up to the project root.
 */
export function overlayOf(projectRoot: string, files: readonly string[]): readonly string[] {
  const found = new Set(files);
  for (const file of files) {
    const folders = file.split('/').slice(0, -1);
    for (let depth = folders.length; depth >= 0; depth--) {
      for (const name of BESIDE) {
        const path = [...folders.slice(0, depth), name].join('/');
        if (existsSync(join(projectRoot, path))) found.add(path);
      }
    }
    const top = folders.findIndex((name) => TEST_FOLDERS.test(name));
    if (top !== -1) addTree(projectRoot, folders.slice(0, top + 1).join('/'), found);
    else addData(projectRoot, folders.join('/'), found);
  }
  return [...found].sort();
}

function addData(root: string, folder: string, found: Set<string>): void {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory() && DATA_FOLDERS.test(entry.name)) addTree(root, path, found);
  }
}

function addTree(root: string, folder: string, found: Set<string>): void {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    if (found.size > MOST) return;
    const path = `${folder}/${entry.name}`;
    const skipped =
      ['__pycache__', 'node_modules', 'venv'].includes(entry.name) || entry.name.startsWith('.');
    if (entry.isDirectory() && !skipped) addTree(root, path, found);
    else if (entry.isFile() && !entry.name.endsWith('.pyc')) found.add(path);
  }
}
