import type { BenchRequest } from '../request.ts';
import { type BenchSettings, loadSettings } from './settings.ts';
import { withWitness } from './witness.ts';

/**
 * The settings of a run, with what its options change of them. The identity of a pair follows from them, so that
 * whoever asks for it has to ask here.
 *
 * @throws AssayError those of `loadSettings`
 */
export async function requestedSettings({
  workspaceRoot,
  project,
  witness,
}: BenchRequest): Promise<BenchSettings> {
  return withWitness(await loadSettings(workspaceRoot, project), witness);
}
