/** Says something once; the graph goes on. */
export type Warn = (message: string) => void;

/**
 * Warnings go to stderr, so that `nx show projects --json` stays JSON on stdout; under the daemon they are
 * in its log. Each is shown once a process: the daemon computes graphs again and again.
 */
export function warnOnce(sink: (line: string) => void = (line) => console.warn(line)): Warn {
  return (message) => {
    if (shown.has(message)) return;
    shown.add(message);
    sink(`nx-assay: ${message}`);
  };
}

const shown = new Set<string>();
