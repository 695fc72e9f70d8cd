/** Folder of a workspace-relative POSIX path; `.` for a file at the root. */
export function folderOf(path: string): string {
  const cut = path.lastIndexOf('/');
  return cut < 0 ? '.' : path.slice(0, cut);
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** `inFolder('.', 'a')` → `a`; `inFolder('libs/x', 'a')` → `libs/x/a`. */
export function inFolder(folder: string, path: string): string {
  return folder === '.' ? path : `${folder}/${path}`;
}

/** The folder itself and all above it up to the workspace root: `a/b` → `a/b`, `a`, `.`. */
export function foldersUpwards(folder: string): readonly string[] {
  const found: string[] = [];
  for (let current = folder; current !== '.'; current = folderOf(current)) found.push(current);
  return [...found, '.'];
}

/**
 * Resolves a relative path written in a manifest against the manifest's folder.
 *
 * @returns a workspace-relative folder, or undefined where it leads out of the workspace or is absolute
 */
export function resolveFolder(folder: string, relative: string): string | undefined {
  if (relative.startsWith('/') || /^[A-Za-z]:/.test(relative)) return undefined;
  const parts = folder === '.' ? [] : folder.split('/');
  for (const part of relative.split(/[\\/]+/)) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.length === 0 ? '.' : parts.join('/');
}

/**
 * Folders whose files are never a project's own benchmarks: dependencies, build results, test data,
 * and what the Go tool leaves out.
 */
export function isForeignPath(path: string): boolean {
  return foreign.test(path);
}

const foreign =
  /(?:^|\/)(?:node_modules|bower_components|vendor|dist|testdata|fixtures|__fixtures__|site-packages|__pycache__|\.[^/]+|venv)\//;
