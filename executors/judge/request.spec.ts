import type { ExecutorContext } from '@nx/devkit';
import { describe, expect, it } from 'vitest';
import { judgeOptionsSchema } from './options.ts';
import { judgeRequest } from './request.ts';

const context = {
  root: '/ws',
  cwd: '/ws/apps/shop',
  isVerbose: false,
  projectName: 'assay',
  targetName: 'judge',
  projectsConfigurations: { version: 2, projects: { assay: { root: 'assay', tags: ['ops'] } } },
  nxJsonConfiguration: {},
  projectGraph: { nodes: {}, dependencies: {} },
} satisfies ExecutorContext;

describe('judgeRequest', () => {
  it('takes a path from where the command was given, else from the workspace root', () => {
    const options = judgeOptionsSchema.parse({ base: 'old.txt', head: 'results/new.txt', controls: ['fib'] });
    const here = new Set(['/ws/apps/shop/old.txt']);
    expect(judgeRequest(options, context, (path) => here.has(path))).toEqual({
      workspaceRoot: '/ws',
      project: { name: 'assay', root: 'assay', tags: ['ops'] },
      target: 'assay:judge',
      configuration: '',
      base: { path: '/ws/apps/shop/old.txt', shown: 'old.txt' },
      head: { path: '/ws/results/new.txt', shown: 'results/new.txt' },
      controls: ['fib'],
    });
  });

  it('takes a file that is called like a number', () => {
    expect(judgeOptionsSchema.parse({ base: 1, head: '2' })).toMatchObject({ base: '1', head: '2' });
  });
});
