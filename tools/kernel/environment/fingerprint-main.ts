import { packageVersion } from '../files/package-file.ts';
import { fingerprint } from './fingerprint.ts';
import { machineClass } from './machine.ts';

/**
 * `node fingerprint-main.ts <language…>` prints one line for Nx to hash (an input of kind `runtime`). Nx
 * fails the whole run where such a command fails, so that it always exits with 0.
 */
try {
  const line = await fingerprint({
    languages: process.argv.slice(2),
    workspaceRoot: process.cwd(),
    machine: machineClass().machine,
    ownVersion: packageVersion(),
    nodeVersion: process.versions.node,
  });
  process.stdout.write(`${line}\n`);
} catch (error) {
  process.stdout.write(`unknown machine: ${(error as Error).message.split('\n')[0]}\n`);
}
process.exitCode = 0;
