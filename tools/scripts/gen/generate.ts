import type { Artefact } from './artefact.ts';
import { nxSchemas } from './nx-schemas.ts';
import { publishedSchemas } from './published-schemas.ts';
import { referenceDocs } from './reference-docs.ts';
import { registries } from './registries.ts';

/** Everything that `npm run gen` writes, computed from the sources under `root`; writes nothing itself. */
export async function generate(root: string): Promise<readonly Artefact[]> {
  const artefacts = await Promise.all([nxSchemas(root), publishedSchemas(root), referenceDocs(root)]);
  return [...registries(root), ...artefacts.flat()];
}
