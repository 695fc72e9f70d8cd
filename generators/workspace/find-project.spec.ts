import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import { describe, expect, it } from 'vitest';
import { fileName, findProject } from './find-project.ts';

const view = (name: string, root: string) => ({ name, root, tags: [], targets: {} });

describe('fileName', () => {
  it.each([
    ['@shop/Pricing Rules', 'pricing-rules'],
    ['checkoutApi', 'checkout-api'],
    ['it\'s "odd"\n', 'it-s-odd'],
    ['münze', 'mu-nze'],
    ['---', 'project'],
    ['', 'project'],
  ])('%j → %s', (project, expected) => {
    expect(fileName(project)).toBe(expected);
  });
});

describe('findProject', () => {
  const tree = createTreeWithEmptyWorkspace();
  tree.write('services/new/go.mod', '');
  const projects = [view('@shop/web', 'apps/web'), view('my app', 'apps/my app')];
  const candidates = ['services/new', 'a/twin', 'b/twin'];
  const find = (wanted: string) => findProject(tree, wanted, projects, candidates);

  it.each([
    ['@shop/web', 'apps/web'],
    ['web', 'apps/web'],
    ['apps/web/', 'apps/web'],
    ['./apps/web', 'apps/web'],
    ['my app', 'apps/my app'],
    ['new', 'services/new'],
    ['services/new', 'services/new'],
  ])('%s is at %s', (wanted, root) => {
    expect(find(wanted).root).toBe(root);
  });

  it.each(['twin', '../outside', '/etc', '.', 'nx.json'])('%s is none', (wanted) => {
    expect(() => find(wanted)).toThrow(`There is no project or folder '${wanted}'`);
  });
});
