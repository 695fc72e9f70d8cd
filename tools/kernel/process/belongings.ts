/** What must not outlive us: the guardian removes it when we die, however we die. */
export type Belonging =
  /** A process group, by the id of its leader and what tells that from a later process of its number. */
  | { readonly kind: 'group'; readonly id: number; readonly start?: string }
  /** A temporary folder of ours; refused unless its name carries our prefix. */
  | { readonly kind: 'folder'; readonly path: string }
  /** A git worktree that we added to `repo`. */
  | { readonly kind: 'worktree'; readonly repo: string; readonly path: string }
  /** The file by which we hold the measuring lock. */
  | { readonly kind: 'lock'; readonly path: string };

/** Number of the file descriptor on which the guardian hears of its owner. */
export const GUARDIAN_FD = 3;

/** One line to the guardian. JSON, since a path may hold a line break. */
export type GuardianMessage = { readonly own: Belonging } | { readonly drop: Belonging };

export function encodeMessage(message: GuardianMessage): string {
  return `${JSON.stringify(message)}\n`;
}

/** @returns undefined for a line that was cut short by our death */
export function decodeMessage(line: string): GuardianMessage | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== 'object' || value === null) return undefined;
    return 'own' in value || 'drop' in value ? (value as GuardianMessage) : undefined;
  } catch {
    return undefined;
  }
}

/** Equal for equal belongings. */
export function belongingKey(belonging: Belonging): string {
  switch (belonging.kind) {
    case 'group':
      return `group ${belonging.id} ${belonging.start ?? ''}`;
    case 'worktree':
      return `worktree ${belonging.path}`;
    default:
      return `${belonging.kind} ${belonging.path}`;
  }
}
