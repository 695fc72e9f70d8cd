import { join } from 'node:path';
import { findDrift, writeArtefacts } from './gen/artefact.ts';
import { generate } from './gen/generate.ts';
import { registries } from './gen/registries.ts';

/** `npm run gen`: writes generated files. `npm run gen -- --check`: exits 1 where one is out of date. */
const root = join(import.meta.dirname, '../..');
if (process.argv.includes('--check')) {
  const drift = findDrift(root, await generate(root));
  for (const { path, state } of drift) console.error(`${path}: ${state}`);
  if (drift.length > 0) {
    console.error('Generated files are out of date. Run: npm run gen');
    process.exitCode = 1;
  }
} else {
  // Registries first: the modules that the schemas are read from may import them.
  const written = [...writeArtefacts(root, registries(root)), ...writeArtefacts(root, await generate(root))];
  console.log(
    written.length === 0 ? 'Nothing to generate.' : written.map((path) => `wrote ${path}`).join('\n'),
  );
}
