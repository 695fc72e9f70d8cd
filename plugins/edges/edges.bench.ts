import { test } from 'vitest';
import { manifestIndex } from '../facts/manifest-index.ts';
import { memoryReader } from '../facts/memory-reader.ts';
import { goImportEdges } from './go-import-edges.ts';
import { manifestEdges } from './manifest-edges.ts';
import { ownerLookup } from './owners.ts';

/** Five hundred Python packages and five hundred Go modules; each needs its predecessor. */
const files: Record<string, string> = {};
const projects: Record<string, { root: string }> = {};
const filesByProject: Record<string, { file: string }[]> = {};
for (let index = 0; index < 500; index++) {
  const before = Math.max(0, index - 1);
  projects[`py-${index}`] = { root: `py/p${index}` };
  files[`py/p${index}/pyproject.toml`] = `[project]\nname = "py-${index}"\ndependencies = ["py-${before}"]\n`;
  projects[`go-${index}`] = { root: `go/p${index}` };
  files[`go/p${index}/go.mod`] = `module example.com/p${index}\nrequire example.com/p${before} v0.0.0\n`;
  files[`go/p${index}/main.go`] = `package p\n\nimport "example.com/p${before}/sub"\n`;
  filesByProject[`go-${index}`] = [{ file: `go/p${index}/main.go` }];
}

test('edges', async ({ bench }) => {
  await bench('edges of 1,000 projects', () => {
    const reader = memoryReader(files);
    const index = manifestIndex(Object.keys(files), reader);
    const ownerOf = ownerLookup(projects);
    const declared = manifestEdges(index, ownerOf, new Map());
    const imported = goImportEdges(filesByProject, index, ownerOf, reader);
    if (declared.length + imported.length !== 3 * 499) throw new Error('some edges are missing');
  }).run();
});
