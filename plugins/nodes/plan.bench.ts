import { test } from 'vitest';
import { memoryReader } from '../facts/memory-reader.ts';
import { bench as benchInference } from '../infer/bench.ts';
import { planNodes } from './plan.ts';

/** A thousand projects in three languages, each with a benchmark. */
const files: Record<string, string> = {
  'package.json': '{"name":"all","workspaces":["ts/*"]}',
  'assay/policy.json': '{}',
};
for (let index = 0; index < 1000; index++) {
  if (index % 10 < 4) {
    files[`ts/p${index}/package.json`] = `{"name":"ts-${index}"}`;
    files[`ts/p${index}/src/main.bench.ts`] = '';
  } else if (index % 10 < 7) {
    files[`py/p${index}/pyproject.toml`] = `[project]\nname = "py-${index}"\n`;
    files[`py/p${index}/tests/test_main.py`] = 'def test_main(benchmark):\n    pass\n';
  } else {
    files[`go/p${index}/go.mod`] = `module example.com/p${index}\n`;
    files[`go/p${index}/main_test.go`] = 'package p\n\nfunc BenchmarkMain(b *testing.B) {}\n';
  }
}
const paths = Object.keys(files);

test('plan', async ({ bench }) => {
  await bench('nodes of 1,000 projects', () => {
    const nodes = planNodes({
      files: paths,
      options: { projects: ['py/*', 'go/*'] },
      workspaceRoot: process.cwd(),
      workspace: { namedInputs: new Set(['default']), fingerprintEntry: 'fingerprint.js' },
      inferences: [benchInference],
      reader: memoryReader(files),
      warn: () => {},
    });
    if (nodes.length !== 1001) throw new Error(`${nodes.length} nodes`);
  }).run();
});
