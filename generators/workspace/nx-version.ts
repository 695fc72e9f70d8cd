import { NX_VERSION } from '@nx/devkit';
import { generatorErrors } from '../errors.ts';

const FLOOR = 23;

/**
 * Every generator starts with this.
 *
 * @throws AssayError `generator/nx-too-old`
 */
export function assertNxVersion(version: string = NX_VERSION): void {
  const major = Number.parseInt(version, 10);
  if (Number.isFinite(major) && major < FLOOR) {
    throw generatorErrors.create('generator/nx-too-old', { version, floor: FLOOR });
  }
}
