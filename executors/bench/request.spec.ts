import type { ExecutorContext } from '@nx/devkit';
import { describe, expect, it } from 'vitest';
import { benchOptionsSchema } from './options.ts';
import { benchRequest } from './request.ts';

const context = {
  root: '/ws',
  cwd: '/ws',
  isVerbose: false,
  projectName: 'pricing',
  targetName: 'assay-bench',
  projectsConfigurations: {
    version: 2,
    projects: {
      pricing: {
        root: 'services/pricing',
        tags: ['py'],
        targets: { 'assay-bench': { inputs: ['default', '{workspaceRoot}/uv.lock'] } },
      },
    },
  },
  nxJsonConfiguration: {},
  projectGraph: {
    nodes: {
      pricing: { name: 'pricing', type: 'app', data: { root: 'services/pricing' } },
      tariff: { name: 'tariff', type: 'lib', data: { root: 'libs/tariff' } },
    },
    dependencies: { pricing: [{ source: 'pricing', target: 'tariff', type: 'static' }], tariff: [] },
  },
} satisfies ExecutorContext;

describe('benchRequest', () => {
  it('says what Nx knows and what the options say', () => {
    const options = benchOptionsSchema.parse({ base: 'main', filter: 'parse', budget: '60s' });
    expect(benchRequest(options, context, { ASSAY_BASE: 'ignored' })).toEqual({
      workspaceRoot: '/ws',
      project: { name: 'pricing', root: 'services/pricing', tags: ['py'] },
      dependencies: [{ name: 'tariff', root: 'libs/tariff' }],
      inputs: ['uv.lock'],
      target: 'pricing:assay-bench',
      configuration: '',
      base: { state: 'ref', ref: 'main' },
      filter: 'parse',
      budgetNs: 60e9,
      list: false,
      updateBaseline: false,
      aa: false,
      force: false,
      drift: { asked: false, otherBase: true, defaultBranch: 'main' },
    });
  });

  it('refuses a budget without a unit', () => {
    const options = benchOptionsSchema.parse({ budget: '60' });
    expect(() => benchRequest(options, context, {})).toThrow(
      expect.objectContaining({ code: 'bench/unknown-unit' }),
    );
  });
});
