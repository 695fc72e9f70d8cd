import { expect, it } from 'vitest';
import { workspaceInputs } from './workspace-inputs.ts';

const named = {
  default: ['{projectRoot}/**/*', '!{projectRoot}/assay/**', 'sharedGlobals'],
  production: ['default', '!{workspaceRoot}/docs/**'],
  sharedGlobals: ['{workspaceRoot}/shared/rates.json', { fileset: '{workspaceRoot}/*.config.ts' }, 'default'],
  tools: [{ input: 'compilers' }, { env: 'X' }, { runtime: 'go version' }],
  compilers: ['{workspaceRoot}/tools/**/*'],
};

it('follows named inputs through each other, once, whatever their form', () => {
  expect(workspaceInputs(['default', '^production', { input: 'tools', projects: ['a'] }], named)).toEqual([
    '*.config.ts',
    'shared/rates.json',
    'tools',
  ]);
});

it('takes what the target names itself, and no policy', () => {
  const inputs = [
    '{workspaceRoot}/uv.lock',
    '{workspaceRoot}/vendored/lib/**/*',
    '{workspaceRoot}/assay/policy.json',
    '{workspaceRoot}/services/pricing/assay/bench.json',
    'constructor',
    { env: 'X' },
  ];
  expect(workspaceInputs(inputs, {})).toEqual(['uv.lock', 'vendored/lib']);
});
