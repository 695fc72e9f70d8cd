/** What a `cargo … --message-format=json` said. */
export interface CargoMessages {
  /** Benchmark programs by target name. */
  readonly executables: ReadonlyMap<string, string>;
  /** What rustc wrote about the packages of the tree (not the registry's); absolute. */
  readonly artefacts: readonly string[];
  /** Packages of the tree that cargo took as compiled already. */
  readonly fresh: readonly string[];
  /** Folders of native libraries that build scripts made or found. */
  readonly linkedPaths: readonly string[];
  /** Errors as rustc shows them, by target name. */
  readonly errors: ReadonlyMap<string, readonly string[]>;
}

interface Message {
  readonly reason?: string;
  readonly package_id?: string;
  readonly target?: { readonly name?: string; readonly kind?: readonly string[] };
  readonly filenames?: readonly string[];
  readonly executable?: string | null;
  readonly fresh?: boolean;
  readonly linked_paths?: readonly string[];
  readonly message?: {
    readonly level?: string;
    readonly rendered?: string | null;
    readonly message?: string;
  };
}

/** Reads the messages; lines that are none (a build script's own output) are passed over. */
export function readCargoMessages(stdout: string): CargoMessages {
  const executables = new Map<string, string>();
  const artefacts: string[] = [];
  const fresh: string[] = [];
  const linkedPaths: string[] = [];
  const errors = new Map<string, string[]>();
  for (const line of stdout.split('\n')) {
    const message = parse(line);
    const name = message?.target?.name ?? '';
    if (message?.reason === 'compiler-artifact') {
      if (message.executable && message.target?.kind?.includes('bench'))
        executables.set(name, message.executable);
      if (!isPathPackage(message.package_id ?? '')) continue;
      artefacts.push(...(message.filenames ?? []));
      if (message.fresh === true) fresh.push(packageName(message.package_id ?? ''));
    } else if (message?.reason === 'build-script-executed') {
      linkedPaths.push(...(message.linked_paths ?? []).map((path) => path.replace(/^\w+=/, '')));
    } else if (message?.reason === 'compiler-message' && message.message?.level === 'error') {
      const text = message.message.rendered ?? message.message.message ?? '';
      errors.set(name, [...(errors.get(name) ?? []), text]);
    }
  }
  return { executables, artefacts, fresh, linkedPaths, errors };
}

function parse(line: string): Message | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Message;
  } catch {
    return undefined;
  }
}

/** `path+file:///a/b#0.1.0`, and before cargo 1.77 `b 0.1.0 (path+file:///a/b)`. */
function isPathPackage(id: string): boolean {
  return id.includes('path+file:');
}

/** `path+file:///a/b#0.1.0` → `b`, `path+file:///a/x#b@0.1.0` → `b`, `b 0.1.0 (…)` → `b`. */
export function packageName(id: string): string {
  const old = /^(\S+) \S+ \(/.exec(id)?.[1];
  if (old !== undefined) return old;
  const [url = '', rest = ''] = id.split('#');
  const named = /^(.+)@[^@]*$/.exec(rest)?.[1];
  return named ?? decodeURIComponent(url.split('/').at(-1) ?? '');
}
