import { constants } from 'node:os';
import { guardian } from './guardian.ts';
import { beginShutdown, isShuttingDown } from './shutdown.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * From now on SIGINT, SIGTERM and SIGHUP end our children, remove what we made, and exit with 128 + the
 * signal's number (130, 143, 129). A second signal exits at once; the guardian still finishes.
 *
 * @returns takes the handlers away again; also a disposable, for `using`
 */
export function installSignalHandlers(
  exit: (code: number) => void = (code) => process.exit(code),
): (() => void) & Disposable {
  const handle = (signal: NodeJS.Signals): void => {
    const code = 128 + constants.signals[signal];
    if (isShuttingDown()) {
      exit(code);
      return;
    }
    beginShutdown();
    void guardian()
      .finish()
      .then(() => exit(code));
  };
  for (const signal of SIGNALS) process.on(signal, handle);
  const uninstall = (): void => {
    for (const signal of SIGNALS) process.off(signal, handle);
  };
  return Object.assign(uninstall, { [Symbol.dispose]: uninstall });
}
