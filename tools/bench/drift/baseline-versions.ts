import { askGit, type GitAt, git, isShallow } from '../../kernel/git/index.ts';

/** One committed version of a file. */
export interface FileVersion {
  readonly commit: string;
  /** Milliseconds since the epoch, by the author's clock. */
  readonly time: number;
  readonly text: string;
}

export interface FileHistory {
  /** Oldest first, by the order of the commits. */
  readonly versions: readonly FileVersion[];
  readonly notes: readonly string[];
}

/** More versions than this are not read: each costs a process. */
const MOST_VERSIONS = 200;

/**
 * The committed versions of a file, also from before it was moved.
 *
 * @param path relative to the root of the repository
 */
export async function fileHistory(at: GitAt, path: string): Promise<FileHistory> {
  const log = await git(at, [
    'log',
    '--follow',
    '--topo-order',
    '--name-status',
    '-z',
    `--max-count=${MOST_VERSIONS + 1}`,
    '--format=%x01%H%x00%at',
    'HEAD',
    '--',
    path,
  ]);
  const entries = parseLog(log);
  const notes: string[] = [];
  if (entries.length > MOST_VERSIONS)
    notes.push(`Only the newest ${MOST_VERSIONS} versions of ${path} were read.`);
  if (await isShallow(at)) {
    notes.push('The clone is shallow: the history before it is not seen (git fetch --unshallow).');
  }
  const versions: FileVersion[] = [];
  for (const entry of entries.slice(0, MOST_VERSIONS).reverse()) {
    if (entry.path === undefined) continue;
    const answer = await askGit(at, ['cat-file', 'blob', `${entry.commit}:${entry.path}`]);
    if (answer.code === 0) versions.push({ commit: entry.commit, time: entry.time, text: answer.stdout });
    else notes.push(`${path} cannot be read at ${entry.commit.slice(0, 9)}.`);
  }
  return { versions, notes };
}

interface LogEntry {
  readonly commit: string;
  readonly time: number;
  /** Absent: deleted there. */
  readonly path: string | undefined;
}

/** Records begin with \x01; then commit, time, and status with one path, or two after a move. */
function parseLog(log: string): readonly LogEntry[] {
  return log
    .split('\x01')
    .filter((record) => record !== '')
    .map((record) => {
      const [commit = '', seconds = '', ...rest] = record.split('\0');
      const fields = rest.map((field) => field.replace(/^\n/, '')).filter((field) => field !== '');
      const status = fields[0] ?? '';
      const path = /^[RC]/.test(status) ? fields[2] : status.startsWith('D') ? undefined : fields[1];
      return { commit, time: Number(seconds) * 1000, path };
    });
}
