import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { writeArtefacts } from './gen/artefact.ts';
import { type Kind, kinds, skeleton } from './scaffold/skeleton.ts';

/** `npm run scaffold -- capability|harness|language <name>`: a skeleton; touches no file but generated ones. */
const root = join(import.meta.dirname, '../..');
const [kind, name] = process.argv.slice(2);
if (!kinds.includes(kind as Kind) || name === undefined) {
  console.error(`Usage: npm run scaffold -- ${kinds.join('|')} <name>`);
  process.exit(2);
}
const files = skeleton(kind as Kind, name);
const present = files.filter(({ path }) => existsSync(join(root, path)));
if (present.length > 0) {
  console.error(`There already: ${present.map(({ path }) => path).join(', ')}. Nothing was written.`);
  process.exit(1);
}
for (const path of writeArtefacts(root, files)) console.log(`wrote ${path}`);
execFileSync(process.execPath, [join(import.meta.dirname, 'gen.ts')], { stdio: 'inherit' });
// Names differ in length, and with them the line breaks.
const formatter = join(root, 'node_modules/@biomejs/biome/bin/biome');
const written = files.map(({ path }) => path).filter((path) => path.endsWith('.ts'));
execFileSync(process.execPath, [formatter, 'check', '--write', ...written], { cwd: root, stdio: 'inherit' });
