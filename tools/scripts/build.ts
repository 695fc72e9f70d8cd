import { cpSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bundle } from './build/bundle.ts';
import { writeDeclarations } from './build/declarations.ts';
import { findAssets, findEntries } from './build/entries.ts';
import { thirdPartyLicences } from './build/licences.ts';
import { filesWithTopLevelAwait, staticClosure } from './build/top-level-await.ts';

/** `npm run build`: sources → dist/, and what each entry costs to load. */
const root = join(import.meta.dirname, '../..');
const dist = join(root, 'dist');
const entries = findEntries(root);

rmSync(dist, { recursive: true, force: true });
const metafile = await bundle(root, [...entries.host, ...entries.exported, ...entries.programs]);

const output = (entry: string): string => `dist/${entry.replace(/\.ts$/, '.js')}`;
const closures = entries.host.map((entry) => ({ entry, files: staticClosure(metafile, output(entry)) }));
const awaiting = await filesWithTopLevelAwait(root, [...new Set(closures.flatMap(({ files }) => files))]);
if (awaiting.length > 0) {
  const { entry } = closures.find(({ files }) => files.some((file) => awaiting.includes(file))) ?? {
    entry: '',
  };
  throw new Error(`Top-level await in ${awaiting.join(', ')}, which ${entry} loads: Nx cannot load it.`);
}

const assets = findAssets(root);
for (const asset of assets) {
  const target = join(dist, asset);
  mkdirSync(dirname(target), { recursive: true });
  cpSync(join(root, asset), target);
}
writeFileSync(join(dist, 'THIRD-PARTY-LICENSES.txt'), thirdPartyLicences(root, metafile));
const declarations = writeDeclarations(root, [
  ...entries.exported,
  ...entries.host.filter((entry) => entry === 'plugins/index.ts'),
]);

const kilobytes = (files: readonly string[]): string =>
  `${(files.reduce((sum, file) => sum + statSync(join(root, file)).size, 0) / 1000).toFixed(0)} kB`;
for (const { entry, files } of closures) console.log(`${output(entry)}: ${kilobytes(files)} on load`);
for (const entry of [...entries.exported, ...entries.programs]) {
  console.log(`${output(entry)}: ${kilobytes(staticClosure(metafile, output(entry)))}`);
}
console.log(
  `dist/: ${kilobytes(Object.keys(metafile.outputs))} of code, ${assets.length} assets, ${declarations.length} declarations`,
);
