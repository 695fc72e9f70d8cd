/** Set once, when a signal has ended this run: from then on nothing new is started and nothing is reported. */
const state = globalState();

export function isShuttingDown(): boolean {
  return state.shuttingDown;
}

export function beginShutdown(): void {
  state.shuttingDown = true;
}

/** On `globalThis`, since a bundle may hold this module twice. */
function globalState(): { shuttingDown: boolean } {
  const key = Symbol.for('nx-assay.shutdown');
  const holder = globalThis as unknown as Record<symbol, { shuttingDown: boolean } | undefined>;
  holder[key] ??= { shuttingDown: false };
  return holder[key];
}
