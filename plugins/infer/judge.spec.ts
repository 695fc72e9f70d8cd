import { expect, it } from 'vitest';
import type { ProjectFacts } from '../facts/project-facts.ts';
import { judge } from './judge.ts';

const facts: ProjectFacts = {
  root: 'assay',
  name: 'quality',
  manifests: [],
  benchmarks: {},
  configs: {},
  pins: {},
  looseDependencies: [],
  shadowed: new Set(),
};
const workspace = { namedInputs: new Set<string>(), fingerprintEntry: 'fingerprint.js' };

it('is a target of the workspace project alone, and never cached', () => {
  expect(judge.infer(facts, workspace, { name: 'judge' })).toBeUndefined();
  expect(judge.inferWorkspace?.(facts, workspace, { name: 'assay-judge' })).toMatchObject({
    executor: 'nx-assay:judge',
    cache: false,
    metadata: { help: { command: 'npx nx run quality:assay-judge --help' } },
  });
});
